"""What holds for every claim, not only for those somebody thought of."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from employers.benefits import rules
from employers.benefits.claim import (
    BENEFITS,
    OTHER_DAY_KINDS,
    PAY_BASES,
    Claim,
    Earlier,
    Employee,
    Employment,
    Income,
    OtherDays,
    PayPeriod,
    Period,
)
from employers.benefits.law import Law
from employers.benefits.money import cents
from employers.benefits.problems import CATALOGUE
from employers.benefits.weekdays import add_weekdays, is_weekday, next_weekday, weekdays_between

unhurried = settings(deadline=None)  # the first look at a year's holidays is slow
ONSETS = st.dates(date(2024, 1, 1), date(2026, 12, 31))
MONEY = st.decimals(0, 200_000, places=2)
any_day = st.dates() | st.dates(date(2024, 1, 1), date(2026, 12, 31))
maybe_day = st.none() | any_day
any_amount = st.decimals() | MONEY

any_claim = st.builds(
    Claim,
    benefit=st.sampled_from([*BENEFITS, "sickness_allowance", ""]) | st.just("sickness_allowance"),
    employer=st.text(max_size=3),
    reference=st.text(max_size=3),
    employee=st.none() | st.builds(Employee, **dict.fromkeys(Employee.__slots__, st.text(max_size=3))),
    employment=st.none() | st.builds(Employment, start=any_day, end=maybe_day),
    absence=st.none() | st.builds(Period, start=any_day, end=any_day),
    previous_paid_day=maybe_day,
    pay_periods=st.lists(st.builds(PayPeriod, start=any_day, end=any_day, amount=any_amount), max_size=4).map(tuple),
    pay_basis=st.sampled_from([*PAY_BASES, "", "x"]),
    pay_continues_from=maybe_day,
    other_days=st.lists(
        st.builds(OtherDays, start=any_day, end=any_day, kind=st.sampled_from([*OTHER_DAY_KINDS, "x"])), max_size=4
    ).map(tuple),
    certificate=st.none() | st.text(max_size=3),
    insurer_case=st.text(max_size=3),
    payment_reference=st.none() | st.text(max_size=30),
    payment_specifier=st.none() | st.text(max_size=30),
    details=st.dictionaries(st.text(max_size=3), st.integers(), max_size=2),
)


@st.composite
def sound_claims(draw):
    """Claims without errors: consecutive pay periods and other days, all inside the absence."""
    start = draw(ONSETS)
    end = start + timedelta(days=draw(st.integers(0, 120)))
    stretches = cut(start, end, draw(st.lists(st.integers(0, 120), max_size=4, unique=True)))
    return Claim(
        benefit="sickness_allowance",
        absence=Period(start=start, end=end),
        pay_periods=tuple(PayPeriod(start=a, end=b, amount=draw(MONEY)) for a, b in stretches if draw(st.booleans()))
        or (PayPeriod(start=start, end=start, amount=draw(MONEY)),),
        other_days=tuple(
            OtherDays(start=a, end=a, kind=draw(st.sampled_from(OTHER_DAY_KINDS)))
            for a, _ in stretches
            if draw(st.booleans())
        ),
        pay_basis=draw(st.sampled_from(PAY_BASES)),
        previous_paid_day=draw(st.none() | st.integers(1, 60).map(lambda days: start - timedelta(days=days))),
    )


def cut(start: date, end: date, marks: list[int]) -> list[tuple[date, date]]:
    """The days from start to end in consecutive stretches."""
    firsts = sorted({start, *(day for mark in marks if (day := start + timedelta(days=mark)) <= end)})
    lasts = [*(first - timedelta(days=1) for first in firsts[1:]), end]
    return list(zip(firsts, lasts, strict=True))


def law_of(claim: Claim) -> Law:
    """That of its onset, also where an earlier period would lead back beyond the first year kept."""
    return Law.on(max(rules.law_day(claim), date(2024, 1, 1)))


def assert_answered(claim: Claim, *, law: Law, submitted_on: date | None) -> None:
    for problem in rules.check(claim, law=law, submitted_on=submitted_on):
        assert CATALOGUE[problem.code] == problem.severity
    rules.estimate(claim, law=law, income=Income(annual=Decimal(30000))).as_dict()


@unhurried
@given(any_claim, maybe_day, any_day)
def test_check_never_raises_whatever_it_is_told(claim, submitted_on, other_day):
    assert_answered(claim, law=Law.on(rules.law_day(claim)), submitted_on=submitted_on)
    assert_answered(claim, law=Law.on(other_day), submitted_on=submitted_on)


@unhurried
@given(sound_claims(), any_claim, st.sets(st.sampled_from(Claim.__slots__), max_size=2), maybe_day)
def test_check_never_raises_where_a_sound_claim_has_an_odd_part(claim, odd, names, submitted_on):
    mixed = replace(claim, **{name: getattr(odd, name) for name in names})
    assert_answered(mixed, law=Law.on(rules.law_day(mixed)), submitted_on=submitted_on)


@unhurried
@given(st.dates(date(2019, 1, 1), date(2099, 12, 31)), st.integers(0, 40), maybe_day)
def test_check_never_raises_on_any_day_kept(start, length, previous):
    claim = Claim(
        benefit="sickness_allowance",
        absence=Period(start=start, end=min(start + timedelta(days=length), date(2099, 12, 31))),
        previous_paid_day=previous,
    )
    assert_answered(claim, law=Law.on(rules.law_day(claim)), submitted_on=start)


@unhurried
@given(sound_claims(), MONEY)
def test_sums_add_up(claim, income):
    estimate = rules.estimate(claim, law=law_of(claim), income=Income(after_deduction=income))
    assert not [problem for problem in estimate.problems if problem.severity == "error"]
    assert estimate.to_employer + estimate.to_employee == estimate.amount
    assert sum((line.amount for line in estimate.lines), Decimal(0)) == estimate.amount
    assert estimate.amount == estimate.daily_allowance * estimate.payable_days
    assert 0 <= estimate.to_employer <= sum(period.amount for period in claim.pay_periods)
    assert estimate.to_employee >= 0


@unhurried
@given(sound_claims(), MONEY)
def test_the_days_are_what_the_sum_adds(claim, income):
    known = {"law": law_of(claim), "income": Income(after_deduction=income)}
    estimate, days = rules.estimate(claim, **known), rules.payable_days(claim, **known)
    assert len(days) == estimate.payable_days
    assert cents(sum(day.to_employer for day in days)) == estimate.to_employer
    for day in days:
        assert is_weekday(day.day)
        assert day.to_employer >= 0
        assert day.to_employee >= 0
        assert day.to_employer + day.to_employee == estimate.daily_allowance
        assert estimate.first_payable_day <= day.day <= claim.absence.end


@unhurried
@given(sound_claims(), MONEY, MONEY)
def test_more_income_never_gives_less(claim, one, other):
    low, high = sorted((one, other))
    law = law_of(claim)
    less = rules.estimate(claim, law=law, income=Income(after_deduction=low))
    more = rules.estimate(claim, law=law, income=Income(after_deduction=high))
    assert less.daily_allowance <= more.daily_allowance
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
    alone = rules.estimate(replace(claim, previous_paid_day=None), law=Law.on(start), income=Income())
    after = rules.estimate(claim, law=Law.on(start), income=Income(), earlier=earlier)
    assert after.first_payable_day <= alone.first_payable_day


@unhurried
@given(st.dates(date(2019, 1, 1), date(2099, 1, 1)), st.integers(0, 40))
def test_weekdays_count_the_same_both_ways(day, count):
    end = add_weekdays(day, count)
    assert len(weekdays_between(day + timedelta(days=1), end)) == count
    assert next_weekday(end) > end
    assert is_weekday(next_weekday(end))
