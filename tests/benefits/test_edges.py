"""Edges between two answers: the last day, the exact limit, the odd claim before."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from employers.benefits import rules, scale
from employers.benefits.allowance import Rate
from employers.benefits.claim import Earlier, Employment, Income, PayPeriod, Period
from employers.benefits.estimate import Estimate
from employers.benefits.law import Law
from tests.benefits.claims import absent

MONDAY = date(2026, 3, 2)


def estimate(start: date, end: date, *, earlier: Earlier | None = None, income: str = "40000", **said: Any) -> Estimate:
    claim = absent(start, end, **said)
    law = Law.on(rules.law_day(claim, earlier=earlier))
    return rules.estimate(claim, law=law, income=Income(after_deduction=Decimal(income)), earlier=earlier)


@pytest.mark.parametrize(
    ("income", "daily", "listed"),
    [
        ("13709.99", "31.99", True),  # 31.98998 is lifted to 31.99
        ("13710.00", "31.99", False),  # 0.70 x 13 710 / 300 is 31.99 by itself
        ("13715.00", "32.00", False),
        ("0.00", "31.99", True),
    ],
)
def test_the_minimum_is_named_only_where_it_lifted_the_amount(income, daily, listed):
    made = estimate(MONDAY, date(2026, 4, 10), income=income)
    assert str(made.daily_allowance) == daily
    assert ("sickness.minimum" in {use.name for use in made.parameters}) is listed


def test_half_of_a_rate_is_a_rate_of_the_same_kind():
    raised = Rate(amount=Decimal("90.01"), uses=(), code="daily_allowance_raised", days=16)
    half = scale.part_of(raised, factor="parents.partial_factor", law=Law.on(MONDAY))
    assert (half.amount, half.code, half.days) == (Decimal("45.01"), "daily_allowance_raised", 16)
    assert [use.name for use in half.uses] == ["parents.partial_factor"]


def test_each_rate_has_a_line_of_its_own_name():
    made = estimate(MONDAY, date(2026, 4, 10), benefit="parental_allowance", details={})
    assert [line.code for line in made.lines] == ["daily_allowance_raised", "daily_allowance"]
    partial = estimate(MONDAY, date(2026, 4, 10), benefit="partial_parental_allowance")
    assert [line.code for line in partial.lines] == ["daily_allowance"]


@pytest.mark.parametrize("previous", [date(1900, 1, 1), date.max])
def test_a_mistyped_day_before_does_not_move_the_law(previous):
    assert rules.law_day(absent(MONDAY, MONDAY, previous_paid_day=previous)) == MONDAY


def test_a_mistyped_onset_does_not_move_the_law():
    assert rules.law_day(absent(date(1900, 1, 1), MONDAY, previous_paid_day=MONDAY)) == date(1900, 1, 1)


def waited_in_vain(end: date) -> Earlier:
    """Sick from Monday on; the waiting, which lasts until 12 March, took it all."""
    return Earlier(last_paid_day=date(2026, 3, 1), period_end=end, onset=MONDAY, group="sickness", wait="full")


@pytest.mark.parametrize(
    ("onset", "waits", "first_payable"),
    [
        ("2026-03-11", True, "2026-03-13"),
        ("2026-03-12", True, "2026-03-13"),  # the last day of it
        ("2026-03-13", False, "2026-03-13"),
    ],
)
def test_a_waiting_runs_on_to_its_last_day(onset, waits, first_payable):
    start = date.fromisoformat(onset)
    made = estimate(start, date(2026, 4, 10), earlier=waited_in_vain(date.fromordinal(start.toordinal() - 1)))
    assert made.waiting_period == (Period(start=MONDAY, end=date(2026, 3, 12)) if waits else None)
    assert made.first_payable_day == date.fromisoformat(first_payable)


def test_what_goes_on_from_a_paid_relapse_does_not_wait():
    """The relapse waited one day and was paid from the next: the whole waiting does not come back."""
    relapse = Earlier(
        last_paid_day=date(2026, 3, 6), period_end=date(2026, 3, 6), onset=MONDAY, group="sickness", wait="full"
    )
    made = estimate(date(2026, 3, 7), date(2026, 3, 20), earlier=relapse)
    assert (made.waiting_period, made.first_payable_day) == (None, date(2026, 3, 7))


def test_one_paid_day_is_enough_to_relapse_from():
    paid_on_its_first_day = Earlier(last_paid_day=MONDAY, period_end=MONDAY, onset=MONDAY, group="sickness")
    made = estimate(date(2026, 3, 16), date(2026, 4, 10), earlier=paid_on_its_first_day)
    assert made.waiting_period == Period(start=date(2026, 3, 16), end=date(2026, 3, 16))
    assert "too_long_ago" not in {problem.code for problem in made.problems}


def test_an_absence_that_begins_on_the_last_day_of_the_employment_only_ends_after_it():
    employment = Employment(start=date(2019, 5, 2), end=MONDAY)
    made = estimate(MONDAY, date(2026, 4, 10), employment=employment)
    assert [f"{problem.code} at {problem.field}" for problem in made.problems] == [
        "ends_after_employment at employment.end"
    ]


def test_only_rates_that_paid_a_day_are_named():
    all_raised = estimate(MONDAY, date(2026, 3, 14), benefit="parental_allowance")
    assert "parents.raised_rate" in {use.name for use in all_raised.parameters}
    assert "parents.rate" not in {use.name for use in all_raised.parameters}


def test_without_a_payable_day_the_first_rate_is_named():
    sunday = estimate(date(2026, 3, 1), date(2026, 3, 1), benefit="parental_allowance")
    assert (sunday.payable_days, sunday.amount, sunday.lines) == (0, 0, ())
    assert "parents.raised_rate" in {use.name for use in sunday.parameters}
    assert "parents.rate" not in {use.name for use in sunday.parameters}


@pytest.mark.parametrize(("second", "overlaps"), [("2026-03-16", True), ("2026-03-17", False)])
def test_pay_periods_may_touch_but_not_share_a_day(second, overlaps):
    pay = tuple(
        PayPeriod(start=start, end=end, amount=Decimal(100))
        for start, end in [(MONDAY, date(2026, 3, 16)), (date.fromisoformat(second), date(2026, 4, 10))]
    )
    made = estimate(MONDAY, date(2026, 4, 10), pay_periods=pay)
    assert ("overlapping_periods" in {problem.code for problem in made.problems}) is overlaps


@pytest.mark.parametrize(
    ("before", "agreed", "codes"),
    [
        ("1.00", "0.60", []),
        ("0.00", "0.00", ["number_out_of_range"]),
        ("5.00", "3.00", []),
        ("5.00", "3.01", ["reduction_too_small"]),
        (None, "3.01", ["required"]),
        ("5.00", None, ["required"]),
    ],
)
def test_a_day_shortened_for_rehabilitation(before, agreed, codes):
    hours = {"daily_hours_before": before, "daily_hours_agreed": agreed}
    details = {name: Decimal(value) for name, value in hours.items() if value}
    made = estimate(MONDAY, date(2026, 4, 10), benefit="partial_rehabilitation_allowance", details=details)
    assert [problem.code for problem in made.problems] == codes
