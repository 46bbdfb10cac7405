"""What holds for every claim, not only for those somebody thought of."""

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from employers.benefits import days, rules
from employers.benefits.claim import Claim, Earlier, Income
from employers.benefits.law import Law
from employers.benefits.money import cents
from employers.benefits.problems import CATALOGUE, errors
from employers.benefits.weekdays import is_weekday
from tests.benefits.strategies import (
    MONEY,
    any_day,
    any_earlier,
    any_income,
    any_read_claim,
    just_before,
    maybe_day,
    sound_claims,
    unhurried,
)

WITH_A_WAIT = (
    "sickness_allowance", "partial_sickness_allowance",
    "rehabilitation_allowance", "partial_rehabilitation_allowance",
)  # fmt: skip
AMOUNTS = ("daily_allowance", "amount", "to_employer", "to_employee")


def law_of(claim: Claim) -> Law:
    return Law.on(rules.law_day(claim))


def assert_answered(
    claim: Claim, *, law: Law, income: Income, earlier: Earlier | None = None, submitted_on: date | None = None
) -> None:
    found = rules.check(claim, law=law, earlier=earlier, submitted_on=submitted_on)
    assert {CATALOGUE[problem.code] == problem.severity for problem in found} <= {True}
    estimate = rules.estimate(claim, law=law, income=income, earlier=earlier)
    shown = json.dumps(estimate.as_dict())
    assert "NaN" not in shown
    assert "Infinity" not in shown
    if not errors(estimate.problems):
        assert all(amount is None or amount >= 0 for name in AMOUNTS for amount in [getattr(estimate, name)])


@unhurried
@given(any_read_claim, any_income, any_earlier, maybe_day)
def test_every_claim_that_can_be_read_has_an_answer(claim, income, earlier, submitted_on):
    law = Law.on(rules.law_day(claim, earlier=earlier))
    assert_answered(claim, law=law, income=income, earlier=earlier, submitted_on=submitted_on)


@unhurried
@given(any_read_claim, any_income, any_day)
def test_the_law_of_any_day_has_an_answer(claim, income, other_day):
    assert_answered(claim, law=Law.on(other_day), income=income)


@unhurried
@given(sound_claims(), any_read_claim, st.sets(st.sampled_from(Claim.__slots__), max_size=2), any_income, maybe_day)
def test_a_sound_claim_with_an_odd_part_has_an_answer(claim, odd, names, income, submitted_on):
    details = odd.details if odd.benefit == claim.benefit else claim.details
    odd_parts = {name: getattr(odd, name) for name in names - {"benefit", "details"}}
    mixed = replace(claim, **odd_parts, details=details)
    assert_answered(mixed, law=law_of(mixed), income=income, submitted_on=submitted_on)


@unhurried
@given(sound_claims(WITH_A_WAIT), any_income, st.data())
def test_whatever_ended_just_before_there_is_an_answer(claim, income, data):
    earlier = data.draw(just_before(claim.absence.start))
    law = Law.on(rules.law_day(claim, earlier=earlier))
    assert_answered(claim, law=law, income=income, earlier=earlier, submitted_on=claim.absence.end)
    rules.income_days(claim, law=law, earlier=earlier)


@unhurried
@given(any_read_claim, any_earlier)
def test_what_a_later_claim_sees_is_an_earlier_period_or_refused(claim, earlier):
    law = Law.on(rules.law_day(claim, earlier=earlier))
    try:
        seen = rules.as_earlier(claim, law=law, earlier=earlier)
    except ValueError:
        return
    assert claim.absence
    assert seen.period_end == claim.absence.end


@unhurried
@given(sound_claims(), MONEY)
def test_sums_add_up(claim, income):
    estimate = rules.estimate(claim, law=law_of(claim), income=Income(after_deduction=income))
    assert errors(estimate.problems) == []
    assert estimate.to_employer + estimate.to_employee == estimate.amount
    assert sum((line.amount for line in estimate.lines), Decimal(0)) == estimate.amount
    assert all(cents(line.quantity * line.unit_amount) == line.amount for line in estimate.lines)
    assert 0 <= estimate.to_employer <= sum(period.amount for period in claim.pay_periods)
    assert estimate.to_employee >= 0


@unhurried
@given(sound_claims(), MONEY)
def test_what_is_not_certain_lies_within_its_range(claim, income):
    estimate = rules.estimate(claim, law=law_of(claim), income=Income(annual=income))
    if estimate.range is None:
        return
    assert estimate.range.amount.low <= estimate.amount <= estimate.range.amount.high
    assert estimate.range.to_employer.low <= estimate.to_employer <= estimate.range.to_employer.high


@unhurried
@given(sound_claims(), MONEY)
def test_the_days_are_what_the_sum_adds(claim, income):
    estimate = rules.estimate(claim, law=law_of(claim), income=Income(after_deduction=income))
    dates, pay = days.payable_dates(claim, first=estimate.first_payable_day), days.pay_by_day(claim)
    assert all(is_weekday(day) and estimate.first_payable_day <= day <= claim.absence.end for day in dates)
    assert len(dates) == estimate.payable_days
    if estimate.daily_allowance is None:  # a donor's earnings lost are no amount a day
        return
    daily = [line.unit_amount for line in estimate.lines for _ in range(int(line.quantity))]
    parts = [min(Fraction(one), pay.get(day, Fraction(0))) for day, one in zip(dates, daily, strict=True)]
    assert cents(sum(parts)) == estimate.to_employer


@unhurried
@given(sound_claims(), MONEY, MONEY)
def test_more_income_never_gives_less(claim, one, other):
    low, high = sorted((one, other))
    law = law_of(claim)
    for name in ("after_deduction", "annual"):
        less = rules.estimate(claim, law=law, income=Income(**{name: low}))
        more = rules.estimate(claim, law=law, income=Income(**{name: high}))
        assert (less.daily_allowance or 0) <= (more.daily_allowance or 0)
        assert less.amount <= more.amount
        assert less.to_employer <= more.to_employer


@unhurried
@given(sound_claims(), st.integers(1, 30))
def test_a_longer_absence_never_gives_fewer_days(claim, days):
    longer = replace(claim, absence=replace(claim.absence, end=claim.absence.end + timedelta(days=days)))
    known = {"law": law_of(claim), "income": Income()}
    assert rules.estimate(claim, **known).payable_days <= rules.estimate(longer, **known).payable_days


@unhurried
@given(sound_claims(), st.integers(1, 400), st.integers(1, 60))
def test_an_earlier_period_never_lengthens_the_waiting(claim, onset_before, paid_before):
    start = claim.absence.start
    earlier = Earlier(
        last_paid_day=start - timedelta(days=paid_before), onset=start - timedelta(days=paid_before + onset_before)
    )
    alone = rules.estimate(claim, law=Law.on(start), income=Income())
    after = rules.estimate(claim, law=Law.on(start), income=Income(), earlier=earlier)
    assert after.first_payable_day <= alone.first_payable_day
