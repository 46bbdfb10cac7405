"""What an official chooses beyond the register's twelve months: it is told why, and only where the law leaves it."""

from datetime import date
from decimal import Decimal

import pytest

from employers.applications.calculate import RAISED_CEILING, THREE_MONTHS, ChoiceNotOpen
from employers.applications.decide import FigureNeeded, IncomeNeeded, ReasonNeeded, decide
from employers.applications.models import Application, Decision
from employers.benefits.details import CONDITIONS
from employers.income_register.models import ReportVersion
from tests import cast

pytestmark = pytest.mark.usefixtures("sandbox")


def decided(application: Application, *, choice: str = "", reason: str = "As the act lists") -> Decision:
    return decide(
        application_id=application.pk,
        outcome="granted",
        reason=reason,
        by=cast.by_official(),
        at=cast.AT,
        choice=choice,
    )


def paid(application: Application, *, month: date, amount: str) -> None:
    ReportVersion.objects.create(
        report_id=f"report-{month}",
        version=1,
        status=1,
        organisation=application.organisation,
        person=application.person,
        payment_date=month,
        period_start=month.replace(day=1),
        period_end=month,
        wages=Decimal(amount),
        current=True,
        received_at=cast.AT,
    )


def care(*, year: int, employees: int = 3) -> Application:
    details = {
        "accounting_period": {"start": date(year, 1, 1), "end": date(year, 12, 31)},
        "employees": employees,
        "costs": ({"class": "I", "kind": "physician", "amount": Decimal("4000.00")},),
        "statement": {"date": date(year + 1, 1, 15), "opportunity_given": True},
        "conditions": dict.fromkeys(CONDITIONS, True),
    }
    return cast.sent(
        benefit="occupational_health_reimbursement",
        details=details,
        absence=None,
        pay_periods=(),
        employee=None,
        employment=None,
    )


def test_three_months_count_when_an_official_chooses_them():
    application = cast.sent()
    for month in (date(2025, 5, 15), date(2025, 11, 15), date(2025, 12, 15), date(2026, 1, 15)):
        paid(application, month=month, amount="3000.00")
    decision = decided(application, choice=THREE_MONTHS)
    assert decision.calculation["daily_allowance"] == "69.35"  # 36 000 x 0.9093 = 32 734.80
    assert {row["why"] for row in decision.differences} == {THREE_MONTHS}


def test_without_a_rise_there_is_no_choice():
    application = cast.sent()
    for month in range(2, 13):
        paid(application, month=date(2025, month, 15), amount="3000.00")
    with pytest.raises(ChoiceNotOpen):
        decided(application, choice=THREE_MONTHS)


def test_a_choice_is_told_why():
    with pytest.raises(ReasonNeeded):
        decided(cast.sent(), choice=THREE_MONTHS, reason=" ")


def test_the_raised_ceiling_of_a_small_employer():
    decision = decided(care(year=2020), choice=RAISED_CEILING)
    assert decision.amount == Decimal("2400.00")
    assert [row["decision"] for row in decision.differences] == ["2400.00", "2400.00"]
    assert decision.differences[0]["estimate"] == "762.48"  # 0.60 x 3 x 423.60


@pytest.mark.parametrize("application", [lambda: care(year=2020, employees=10), cast.sent], ids=["ten", "sickness"])
def test_nobody_else_has_a_raised_ceiling(application):
    with pytest.raises(ChoiceNotOpen):
        decided(application(), choice=RAISED_CEILING)


def test_without_a_confirmed_ceiling_nothing_is_decided():
    with pytest.raises(FigureNeeded):
        decided(care(year=2025))


def test_without_an_income_neither():
    with pytest.raises(IncomeNeeded):
        decided(cast.sent())
