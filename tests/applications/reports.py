"""Reports planted as the register would tell them, and what is looked through after they came."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count

from django.db import transaction

from employers.applications import review_register
from employers.benefits.claim import PayPeriod
from employers.benefits.deadlines import add_months
from employers.income_register.merge import merge
from employers.income_register.models import RegisterCursor, RegisterSync
from employers.income_register.schema import (
    Contact,
    EmploymentPeriod,
    Identifier,
    PaidAbsence,
    Reimbursement,
    Report,
    Transaction,
)
from tests import cast

AT = cast.AT
AINO, EERO = "010190-9123", "010190-901R"
MARCH = date(2026, 3, 27)  # a payday
_hours = count()


def absence(start, end, *, amount="1800.00", **changes):
    """A paid sick leave."""
    facts = {"start": start, "end": end, "cause_code": 1, "amount": amount and Decimal(amount)}
    return PaidAbsence(**facts | changes)


def pay(start, end, amount="1800.00"):
    return PayPeriod(start=start, end=end, amount=Decimal(amount))


def claimed(start, end, **changes):
    """One that the report itself claims the daily allowance for."""
    return absence(start, end, **{"reimbursements": (Reimbursement(payment_type=1, reference="SV1"),)} | changes)


def report(number, *absences, code=AINO, paid=MARCH, version=1, payer=cast.BAKERY, wages="3000", **changes):
    facts = {
        "status": 1,
        "received_at": datetime(paid.year, paid.month, paid.day, 6, version, tzinfo=UTC),
        "payment_date": paid,
        "period_start": paid.replace(day=1),
        "period_end": paid,
        "payer_ids": (Identifier(type=1, code=payer),),
        "earner_ids": (Identifier(type=2, code=code),),
        "given_name": "Aino",
        "family_name": "Esimerkki",
        "employment_periods": (EmploymentPeriod(start=date(2019, 5, 2)),),
        "contacts": (Contact(name="Palkat", telephone="029", email="palkat@example.fi", responsibility=1),),
        "transactions": (Transaction(code=201, amount=Decimal(wages)),),
        "absences_told": True,
        "paid_absences": absences,
    }
    return Report(report_id=number, version=version, **facts | changes)


def year_of_wages(*, code=AINO, payer=cast.BAKERY, wages="3000"):
    """Twelve monthly reports in the window that an absence in March 2026 counts income from."""
    days = [add_months(date(2025, 2, 28), month) for month in range(12)]
    return [report(f"{payer}/{code}/{day}", code=code, payer=payer, paid=day, wages=wages) for day in days]


def told(*reports, payer=cast.BAKERY, at=AT):
    """A finished sync that brought these, not yet looked through."""
    sync = RegisterSync.objects.create(organisation=cast.employer(payer), requested_at=at, status="running")
    with transaction.atomic():
        merge(reports, sync=sync, at=at)
    sync.status, sync.finished_at = "finished", at + timedelta(milliseconds=next(_hours))
    sync.save()
    kept = {"last_sync": sync, "last_good_at": at, "synced_until": sync.finished_at}
    RegisterCursor.objects.update_or_create(organisation=sync.organisation, defaults=kept)
    return sync


def reviewed(*reports, payer=cast.BAKERY, at=AT):
    """The same, looked through."""
    sync = told(*reports, payer=payer, at=at)
    review_register.review_register(at=at)
    sync.refresh_from_db()
    return sync
