"""Claims for sums: no month and no accounting period is covered twice."""

from datetime import date
from decimal import Decimal

import pytest

from employers.applications.decide import decide
from employers.applications.models import Application
from employers.applications.pay import PaymentBlocked, pay
from employers.applications.submit import Duplicate, Overlap
from employers.benefits.details import CONDITIONS
from tests import cast

pytestmark = pytest.mark.usefixtures("sandbox")


def leave(*months: str, **changes):
    entries = tuple(
        {"month": month, "days": Decimal("2.5"), "paid_days": 25, "holiday_pay": Decimal("300.00")} for month in months
    )
    details = {"first_leave_day": date(2026, 1, 12), "months": entries}
    about = {"benefit": "annual_leave_compensation", "absence": None, "pay_periods": (), "details": details}
    return cast.sent(**about, **changes)


def care(start: date, end: date, *, bank_account: str = "", **changes):
    account = {"bank_account": bank_account} if bank_account else {}
    details = {
        **account,
        "accounting_period": {"start": start, "end": end},
        "employees": 19,
        "costs": ({"class": "I", "kind": "physician", "amount": Decimal("5200.00")},),
        "statement": {"date": date(2026, 1, 15), "opportunity_given": True},
        "conditions": dict.fromkeys(CONDITIONS, True),
    }
    about = {"benefit": "occupational_health_reimbursement", "absence": None, "pay_periods": (), "details": details}
    return cast.sent(**about, employee=None, employment=None, **changes)


def test_a_month_is_claimed_once():
    first = leave("2026-02", "2026-03")
    with pytest.raises(Overlap) as overlap:
        leave("2026-03", "2026-04", reference="row-2")
    assert overlap.value.existing == [first]
    leave("2026-04", reference="row-3")
    assert Application.objects.count() == 2


def test_the_same_months_again_are_a_duplicate():
    first = leave("2026-02")
    with pytest.raises(Duplicate) as duplicate:
        leave("2026-02", reference="row-2")
    assert duplicate.value.existing == first


def test_an_accounting_period_is_claimed_once():
    first = care(date(2025, 1, 1), date(2025, 12, 31))
    with pytest.raises(Overlap) as overlap:
        care(date(2025, 7, 1), date(2026, 3, 31), reference="row-2")
    assert overlap.value.existing == [first]
    care(date(2024, 1, 1), date(2024, 12, 31), reference="row-3")
    assert set(Application.objects.values_list("person", "absence_start")) == {(None, None)}


@pytest.mark.parametrize(
    ("bank_account", "missing"),
    [("", ["bank_account_missing", "consent_missing"]), ("FI2112345600000785", ["consent_missing"])],
)
def test_a_claim_may_name_an_account_of_its_own(bank_account, missing):
    """15:8: occupational health care is paid to the account that the applicant names."""
    sent = care(date(2020, 1, 1), date(2020, 12, 31), bank_account=bank_account, business_id=cast.CAFE)
    decide(application_id=sent.pk, outcome="granted", reason="", by=cast.by_official(), at=cast.AT)
    with pytest.raises(PaymentBlocked) as blocked:
        pay(application_id=sent.pk, by=cast.by_official(), at=cast.AT)
    assert blocked.value.missing == missing
