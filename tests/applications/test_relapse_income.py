"""A relapse keeps at least the income of its beginning, and takes a greater one."""

from datetime import date
from decimal import Decimal

import pytest

from employers.applications.decide import decide
from employers.benefits.claim import PayPeriod, Period
from employers.income_register.models import ReportVersion
from tests import cast

pytestmark = pytest.mark.usefixtures("sandbox")


def paid(person, *, on: date, amount: str) -> None:
    ReportVersion.objects.create(
        report_id=f"report-{on}",
        version=1,
        status=1,
        organisation=cast.employer(),
        person=person,
        payment_date=on,
        period_start=on.replace(day=1),
        period_end=on,
        wages=Decimal(amount),
        current=True,
        received_at=cast.AT,
    )


def absent(start: date, end: date) -> dict[str, object]:
    pay = PayPeriod(start=start, end=end, amount=Decimal("9000.00"))
    return {"absence": Period(start=start, end=end), "pay_periods": (pay,)}


@pytest.mark.parametrize(
    ("february_2025", "february_2026", "income"),
    [
        ("6000.00", "3000.00", "36000.00"),  # the window of March 2026 begins with it
        ("3000.00", "6000.00", "36000.00"),  # that of April 2026 ends with it, and begins without the other
        ("3000.00", "3000.00", "33000.00"),
    ],
)
def test_the_greater_of_the_two_windows(february_2025, february_2026, income):
    """11:2.7. Onset on 2 March 2026, again on 20 April, within 30 days of the last paid day."""
    first = cast.sent(**absent(date(2026, 3, 2), date(2026, 3, 31)))
    for month in range(3, 13):
        paid(first.person, on=date(2025, month, 15), amount="3000.00")
    paid(first.person, on=date(2025, 2, 15), amount=february_2025)
    paid(first.person, on=date(2026, 2, 15), amount=february_2026)
    again = cast.sent(
        **absent(date(2026, 4, 20), date(2026, 5, 15)), continues_application=str(first.pk), reference="row-2"
    )
    decision = decide(application_id=again.pk, outcome="granted", reason="", by=cast.by_official(), at=cast.AT)
    basis = again.versions.get().basis["income"]
    assert Decimal(basis["annual"]) == Decimal(income)
    assert decision.differences == []
