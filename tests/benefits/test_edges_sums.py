"""Edges of the benefits paid as a sum: which values entered it, and what is odd enough to be refused."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from employers.benefits import occupational_health, rules
from employers.benefits.claim import Income
from employers.benefits.estimate import Estimate
from employers.benefits.law import Law
from tests.benefits.golden import claim_of

ANNUAL, HEALTH = "annual_leave_compensation", "occupational_health_reimbursement"


def estimate(benefit: str, *, income: Income, **details: Any) -> Estimate:
    claim = claim_of({"benefit": benefit, "details": details})
    return rules.estimate(claim, law=Law.on(rules.law_day(claim)), income=income)


def used(made: Estimate) -> set[str]:
    return {use.name for use in made.parameters}


def said(made: Estimate) -> list[str]:
    return sorted(f"{problem.code} at {problem.field}" for problem in made.problems)


BY_INCOME = {"annual_leave.days_per_month", "annual_leave.divisor", "income.deduction"}


@pytest.mark.parametrize(
    ("holiday_pays", "by_income"),
    [
        (("227.33",), True),  # 2.5 x 30 000 x (1 - 0.0907) / 300 is 227.325
        (("227.32",), False),
        (("100.00", "227.33"), True),
        (("100.00", "100.00"), False),
    ],
)
def test_the_income_is_listed_where_it_entered_a_month(holiday_pays, by_income):
    months = [
        {"month": f"2026-{number:02}", "paid_days": 20, "holiday_pay": pay}
        for number, pay in enumerate(holiday_pays, start=1)
    ]
    made = estimate(ANNUAL, income=Income(annual=Decimal(30000)), months=months)
    assert used(made) == {"annual_leave.multiplier"} | (BY_INCOME if by_income else set())


def test_holiday_pay_of_exactly_the_share_of_the_income_is_what_counts():
    month = {"month": "2026-01", "paid_days": 20, "holiday_pay": "250.00"}
    made = estimate(ANNUAL, income=Income(after_deduction=Decimal(30000)), months=[month])
    assert used(made) == {"annual_leave.multiplier"}
    assert made.amount == Decimal("302.50")


def test_a_month_outside_the_years_kept():
    month = {"month": "1900-03", "paid_days": 20, "holiday_pay": "250.00"}
    made = estimate(ANNUAL, income=Income(), first_leave_day=date(2026, 3, 2), months=[month])
    assert said(made) == ["date_out_of_range at details.months.0.month"]


@pytest.mark.parametrize(
    ("first", "employed", "problems"),
    [
        ("2026-03-31", "2026-01-01", []),  # the last day of the first month
        ("2026-04-01", "2026-01-01", ["day_after_absence_start at details.first_leave_day"]),
        ("2026-03-02", "2026-03-02", []),
        ("2026-03-01", "2026-03-02", ["before_employment at employment.start"]),
    ],
)
def test_the_first_day_of_leave_is_in_the_first_month_and_the_employment(first, employed, problems):
    months = [{"month": month, "paid_days": 20, "holiday_pay": "250.00"} for month in ("2026-04", "2026-03")]
    details = {"first_leave_day": date.fromisoformat(first), "months": months}
    claim = claim_of({"benefit": ANNUAL, "employment": {"start": employed}, "details": details})
    found = rules.check(claim, law=Law.on(rules.law_day(claim)))
    assert [f"{problem.code} at {problem.field}" for problem in found] == problems


def donor(earnings_lost: str | None, *, pay: str = "3300.00", **members: Any) -> Estimate:
    days = {"start": date(2026, 3, 2), "end": date(2026, 4, 10)}  # 33 weekdays
    paid = [{**days, "amount": pay}]
    details = {"earnings_lost": earnings_lost}
    said = {"benefit": "donor_allowance", "absence": days, "pay_periods": paid, "details": details, **members}
    return rules.estimate(claim_of(said), law=Law.on(days["start"]), income=Income())


def test_the_earnings_lost_are_one_line():
    (line,) = donor("3300.00").lines
    assert line.as_dict() == {
        "code": "earnings_lost",
        "quantity": "1",
        "unit": "compensation",
        "unit_amount": "3300.00",
        "amount": "3300.00",
    }
    nothing = donor("0.00")
    assert (nothing.amount, nothing.to_employer, nothing.lines, nothing.parameters) == (0, 0, (), ())


@pytest.mark.parametrize(("lost", "code"), [("-0.01", "amount_negative"), ("100000000.01", "amount_invalid")])
def test_earnings_lost_beyond_belief(lost, code):
    assert said(donor(lost)) == [f"{code} at details.earnings_lost"]


def test_of_the_earnings_lost_the_employer_gets_what_it_paid_for():
    """Pay for the first ten of 33 weekdays alone; two of those were unpaid."""
    paid = [{"start": date(2026, 3, 2), "end": date(2026, 3, 12), "amount": "1000.00"}]
    unpaid = [{"start": date(2026, 3, 11), "end": date(2026, 3, 12), "kind": "unpaid"}]
    made = donor("3300.00", pay_periods=paid, other_days=unpaid)
    assert (made.amount, made.to_employer, made.to_employee) == (3300, 1000, 2300)


@pytest.mark.parametrize(("employees", "raised"), [(9, True), (10, False)])
def test_nine_employees_are_few(employees, raised):
    claim = claim_of({"benefit": HEALTH, "details": {"employees": employees}})
    assert occupational_health.may_be_raised(claim, law=Law.on(date(2020, 1, 1))) is raised
