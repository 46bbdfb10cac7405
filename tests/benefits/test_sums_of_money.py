"""Benefits paid as a sum: what holds for every claim."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from employers.benefits import rules
from employers.benefits.claim import Claim, Income, PayPeriod, Period
from employers.benefits.estimate import Estimate
from employers.benefits.law import Law
from employers.benefits.problems import errors
from tests.benefits.strategies import MONEY, MONTHLY, unhurried

COSTS = st.decimals(0, 30_000, places=2)


def assert_adds_up(estimate: Estimate) -> None:
    assert errors(estimate.problems) == []
    assert estimate.to_employer + estimate.to_employee == estimate.amount
    assert sum((line.amount for line in estimate.lines), Decimal(0)) == estimate.amount


def estimated(claim: Claim, income: Income | None = None) -> Estimate:
    return rules.estimate(claim, law=Law.on(rules.law_day(claim)), income=income or Income())


@st.composite
def months_of_leave(draw: st.DrawFn) -> Claim:
    start, pays = draw(st.integers(1, 6)), draw(st.lists(MONTHLY, min_size=1, max_size=6))
    months = [
        {"month": f"2026-{start + index:02}", "paid_days": draw(st.integers(14, 27)), "holiday_pay": pay}
        for index, pay in enumerate(pays)
    ]
    return Claim(
        benefit="annual_leave_compensation", details={"first_leave_day": date(2026, 1, 5), "months": tuple(months)}
    )


@unhurried
@given(months_of_leave(), MONEY, MONEY)
def test_annual_leave(claim, one, other):
    """Never more than the pay and its side costs, nor less for more income; every month is a line."""
    low, high = sorted((one, other))
    less, more = estimated(claim, Income(after_deduction=low)), estimated(claim, Income(after_deduction=high))
    assert_adds_up(less)
    assert less.amount <= more.amount
    assert len(less.lines) == len(claim.details["months"])
    for line, month in zip(more.lines, claim.details["months"], strict=True):
        assert line.amount <= month["holiday_pay"] * Decimal("1.21") + Decimal("0.005")


@unhurried
@given(st.integers(1, 50), st.integers(0, 3), st.lists(COSTS, max_size=3), st.lists(COSTS, max_size=3))
def test_occupational_health(employees, entrepreneurs, first, second):
    """By the limits of the act, written down once more: nobody gets more than 60 % of the ceiling."""
    costs = [{"class": "I", "kind": "nurse", "amount": amount} for amount in first]
    costs += [{"class": "II", "kind": "nurse", "amount": amount} for amount in second]
    claim = Claim(
        benefit="occupational_health_reimbursement",
        details={
            "accounting_period": {"start": date(2020, 1, 1), "end": date(2020, 12, 31)},
            "employees": employees,
            "entrepreneurs": entrepreneurs,
            "costs": (*costs, {"class": "I", "kind": "nurse", "amount": Decimal("1.00")}),
        },
    )
    estimate = estimated(claim)
    assert_adds_up(estimate)
    ceiling = Decimal("423.60") * (employees + entrepreneurs)
    accepted = {line.code: line.quantity for line in estimate.lines}
    assert sum(accepted.values()) <= ceiling
    assert accepted.get("class_2", 0) <= ceiling * Decimal("0.40")
    assert accepted["class_1"] == min(sum(first, Decimal("1.00")), ceiling)
    assert estimate.amount <= ceiling * Decimal("0.60") + Decimal("0.005")


@unhurried
@given(st.dates(date(2024, 1, 1), date(2026, 12, 31)), st.integers(31, 180), MONEY)
def test_family_leave(start, days, income):
    """A sum that neither the income nor the length of the leave changes."""
    end = start + timedelta(days=days)
    claim = Claim(
        benefit="family_leave_compensation",
        absence=Period(start=start, end=end),
        pay_periods=(PayPeriod(start=start, end=end, amount=Decimal("3000.00")),),
        details={"basis": "pregnancy", "contract": {"kind": "open_ended"}, "working_time_percent": 100},
    )
    estimate = estimated(claim, Income(annual=income))
    assert_adds_up(estimate)
    assert estimate.amount == 2500
