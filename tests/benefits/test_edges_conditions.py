"""Edges of the conditions of single benefits: the last day of a maximum, the least hours, what need not be said."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from employers.benefits import rules
from employers.benefits.claim import Claim, Earlier, Income, Paid, PayPeriod
from employers.benefits.income import three_month_income
from employers.benefits.law import Law
from tests.benefits.claims import absent
from tests.benefits.golden import claim_of

MONDAY, FRIDAY = date(2026, 3, 2), date(2026, 4, 10)  # 33 weekdays
THURSDAY = date(2026, 4, 9)  # 32
LEAVE = {"basis": "adoption", "contract": {"kind": "open_ended"}, "working_time_percent": 100}


def codes(claim: Claim, *, earlier: Earlier | None = None) -> list[str]:
    law = Law.on(rules.law_day(claim, earlier=earlier))
    return [problem.code for problem in rules.check(claim, law=law, earlier=earlier)]


def away(benefit: str, *, end: date = FRIDAY, start: date = MONDAY, **said: Any) -> Claim:
    return absent(start, end, benefit=benefit, **said)


def parent(days_used: int) -> Earlier:
    return Earlier(last_paid_day=date(2026, 2, 28), onset=date(2026, 1, 2), group="parents", days_used=days_used)


@pytest.mark.parametrize(
    ("benefit", "end", "used", "beyond"),
    [
        ("parental_allowance", FRIDAY, 127, False),
        ("parental_allowance", FRIDAY, 128, True),
        ("partial_parental_allowance", FRIDAY, 143, False),  # 33 half days use 17
        ("partial_parental_allowance", FRIDAY, 144, True),
        ("partial_parental_allowance", THURSDAY, 144, False),  # 32 half days use 16
        ("partial_parental_allowance", THURSDAY, 145, True),
    ],
)
def test_one_parent_has_160_days_over_all_claims(benefit, end, used, beyond):
    assert ("maximum_exceeded" in codes(away(benefit, end=end), earlier=parent(used))) is beyond


def test_where_no_raised_day_is_left_none_is_named():
    sunday = date(2026, 3, 1)
    claim = away("parental_allowance", start=sunday, end=sunday, details={"raised_days_used": 16})
    made = rules.estimate(claim, law=Law.on(sunday), income=Income(after_deduction=Decimal(30000)))
    assert "parents.rate" in {use.name for use in made.parameters}
    assert "parents.raised_rate" not in {use.name for use in made.parameters}


@pytest.mark.parametrize(
    ("certificate", "details", "missing"),
    [
        ("attached", {}, False),
        ("follows", {}, False),
        ("electronic", {}, True),
        (None, {"decision_follows": True}, False),
        (None, {"decision_follows": False}, True),
    ],
)
def test_the_decision_on_an_infectious_disease(certificate, details, missing):
    said = {"monthly_pay": Decimal("3000.00"), **details}
    claim = away("infectious_disease_allowance", certificate=certificate, details=said)
    assert ("decision_missing" in codes(claim)) is missing


@pytest.mark.parametrize(
    ("before", "agreed", "problems"),
    [
        ("1.00", "0.50", ["full_time_in_sector"]),
        ("0.00", "0.00", ["number_out_of_range"]),
        ("30.00", "12.00", []),
        ("30.00", "18.00", []),
        ("30.00", "11.99", ["hours_outside_share"]),
        ("30.00", "18.01", ["hours_outside_share"]),
        ("29.99", "15.00", ["full_time_in_sector"]),
        (None, "15.00", ["required"]),
        ("30.00", None, ["required"]),
    ],
)
def test_hours_of_partial_sickness(before, agreed, problems):
    hours = {"weekly_hours_before": before, "weekly_hours_agreed": agreed}
    details = {name: Decimal(value) for name, value in hours.items() if value}
    assert codes(away("partial_sickness_allowance", details=details)) == problems


@pytest.mark.parametrize(
    ("said", "too_short"),
    [({}, True), ({"continues_application": "one"}, False), ({"previous_paid_day": date(2026, 2, 28)}, False)],
)
def test_what_goes_on_was_planned_before(said, too_short):
    hours = {"weekly_hours_before": Decimal(30), "weekly_hours_agreed": Decimal(15)}
    claim = away("partial_sickness_allowance", end=date(2026, 3, 6), details=hours, **said)
    assert ("too_short_plan" in codes(claim)) is too_short


def test_a_sum_says_what_it_is_for_with_errors_too():
    claim = away("family_leave_compensation")
    made = rules.estimate(claim, law=Law.on(MONDAY), income=Income())
    assert (made.benefit, made.amount, made.at_least) == ("family_leave_compensation", None, False)
    whole = away("family_leave_compensation", details=LEAVE)
    assert rules.estimate(whole, law=Law.on(MONDAY), income=Income()).benefit == "family_leave_compensation"


def test_only_a_sum_from_income_is_at_least():
    """Where one employer's wages alone are known, more of them can only give more."""
    month = {"month": "2026-03", "paid_days": 20, "holiday_pay": Decimal(250)}
    annual = claim_of({"benefit": "annual_leave_compensation", "details": {"months": [month]}})
    family = away("family_leave_compensation", details=LEAVE)
    for claim, at_least in [(annual, True), (family, False)]:
        known = {"law": Law.on(MONDAY), "income": Income(after_deduction=Decimal(30000), at_least=True)}
        assert rules.estimate(claim, **known).at_least is at_least
        assert not rules.estimate(claim, law=Law.on(MONDAY), income=Income(annual=Decimal(30000))).at_least


def test_without_an_income_a_sum_from_it_is_not_known():
    month = {"month": "2026-03", "paid_days": 20, "holiday_pay": Decimal(250)}
    claim = claim_of({"benefit": "annual_leave_compensation", "details": {"months": [month]}})
    made = rules.estimate(claim, law=Law.on(MONDAY), income=Income())
    assert [(problem.field, problem.code) for problem in made.problems] == [("", "income_unknown")]
    assert (made.amount, made.to_employer, made.to_employee) == (None, None, None)


def test_an_income_that_does_not_enter_needs_no_deduction():
    """None is kept for 2020."""
    details = {
        "accounting_period": {"start": date(2020, 1, 1), "end": date(2020, 12, 31)},
        "employees": 1,
        "costs": [{"class": "I", "kind": "nurse", "amount": "100.00"}],
    }
    claim = claim_of({"benefit": "occupational_health_reimbursement", "details": details})
    made = rules.estimate(claim, law=Law.on(date(2020, 1, 1)), income=Income(annual=Decimal(30000)))
    assert made.amount == Decimal("60.00")


@pytest.mark.parametrize(("amount", "paid"), [("0.01", True), ("0.00", False)])
def test_any_pay_counts_towards_the_paid_month(amount, paid):
    pay = (PayPeriod(start=MONDAY, end=FRIDAY, amount=Decimal(amount)),)
    claim = away("family_leave_compensation", details=LEAVE, pay_periods=pay)
    assert ("paid_under_a_month" not in codes(claim)) is paid


def test_a_sum_for_leave_without_days_follows_no_law():
    assert rules.law_day(Claim(benefit="family_leave_compensation")) == date.min


@pytest.mark.parametrize(("first", "too_late"), [(MONDAY, False), (date(2026, 3, 3), True)])
def test_the_first_day_of_any_allowance_is_no_later_than_the_leave(first, too_late):
    claim = away("parental_allowance", details={"first_benefit_day": first})
    assert ("day_after_absence_start" in codes(claim)) is too_late


def test_pregnancy_has_one_rate_and_its_ordinary_name():
    claim = away("pregnancy_allowance")
    made = rules.estimate(claim, law=Law.on(MONDAY), income=Income(after_deduction=Decimal(30000)))
    assert [(line.code, line.quantity, line.unit_amount) for line in made.lines] == [("daily_allowance", 33, 90)]


@pytest.mark.parametrize("benefit", ["rehabilitation_allowance", "parental_allowance", "pregnancy_allowance"])
def test_the_deduction_is_named_where_it_was_made(benefit):
    def named(income: Income) -> bool:
        made = rules.estimate(away(benefit), law=Law.on(MONDAY), income=income)
        return "income.deduction" in {use.name for use in made.parameters}

    assert named(Income(annual=Decimal(30000)))
    assert not named(Income(after_deduction=Decimal(30000)))


def test_the_deduction_is_named_for_a_donor_too():
    claim = away("donor_allowance", start=date(2025, 3, 3), end=date(2025, 3, 14))
    made = rules.estimate(claim, law=Law.on(date(2025, 3, 3)), income=Income(annual=Decimal(30000)))
    assert "income.deduction" in {use.name for use in made.parameters}


def test_what_was_paid_after_the_onset_hides_nothing_paid_before():
    before = Paid(benefit="sickness_allowance", first_day=date(2025, 4, 1), last_day=date(2026, 2, 27), days=280)
    after = Paid(benefit="sickness_allowance", first_day=MONDAY, last_day=FRIDAY, days=23)
    found = rules.check(away("sickness_allowance"), law=Law.on(MONDAY), paid=[before, after])
    assert [problem.code for problem in found] == ["maximum_exceeded"]


def test_three_months_begin_with_a_month_and_a_fifth_is_enough():
    """The window of March 2026 is February 2025 to January 2026; 700 and then 900 a month: 10 800 is 1.2 x 9 000."""
    early = [(date(2025, month, 15), Decimal(700)) for month in range(2, 11)]
    late = [(day, Decimal(900)) for day in (date(2025, 11, 15), date(2025, 12, 15), date(2026, 1, 15))]
    assert three_month_income(early + late, MONDAY, law=Law.on(MONDAY)) == 10800
    october = [(date(2025, 10, 31), Decimal(900)), *late]
    assert three_month_income(october, MONDAY, law=Law.on(MONDAY)) == 10800
