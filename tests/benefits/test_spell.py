"""Anew, continued, relapsed: what an earlier period does to the waiting, the deadline and the law."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from employers.benefits import rules, sickness, spell
from employers.benefits.claim import Earlier, Income, OtherDays, Period
from employers.benefits.law import Law
from employers.benefits.spell import Kind, Spell
from tests.benefits.claims import absent, claim

ONSET = date(2026, 3, 2)  # a Monday
LAW = Law.on(ONSET)


def begin(onset: date, *, earlier: Earlier | None) -> Spell:
    return spell.begin(claim(), absence=Period(start=onset, end=onset), terms=sickness.TERMS, earlier=earlier, law=LAW)


@pytest.mark.parametrize(
    ("end_before", "onset", "kind"),
    [
        ("2026-02-28", "2026-03-01", Kind.CONTINUATION),  # the next day, a Sunday
        ("2026-02-28", "2026-03-02", Kind.CONTINUATION),  # Saturday to Monday
        ("2026-02-27", "2026-03-02", Kind.RELAPSE),  # Friday to Monday: Saturday lies between
        ("2026-04-02", "2026-04-04", Kind.CONTINUATION),  # over Good Friday
        ("2026-04-04", "2026-04-07", Kind.CONTINUATION),  # over Easter Sunday and Monday
        ("2026-04-04", "2026-04-08", Kind.RELAPSE),
        ("2026-12-24", "2026-12-28", Kind.CONTINUATION),  # over Christmas
        ("2026-12-23", "2026-12-28", Kind.RELAPSE),  # Christmas Eve is a weekday
        ("2026-01-31", "2026-03-02", Kind.RELAPSE),  # 30 days
        ("2026-01-30", "2026-03-02", Kind.TOO_LONG_AGO),  # 31 days
    ],
)
def test_what_the_gap_makes_of_it(end_before, onset, kind):
    earlier = Earlier(last_paid_day=date.fromisoformat(end_before))
    assert begin(date.fromisoformat(onset), earlier=earlier).kind is kind


def test_the_gap_is_counted_from_the_end_of_the_period_and_the_relapse_from_the_paid_day():
    paid = date(2026, 1, 31)
    on_holiday_to_the_end = Earlier(last_paid_day=paid, period_end=date(2026, 2, 28), onset=date(2026, 1, 5))
    assert begin(ONSET, earlier=on_holiday_to_the_end).kind is Kind.CONTINUATION
    ended_on_friday = Earlier(last_paid_day=paid, period_end=date(2026, 2, 20), onset=date(2026, 1, 5))
    assert begin(ONSET, earlier=ended_on_friday).kind is Kind.RELAPSE


def test_a_continuation_that_begins_on_a_day_off_is_paid_from_the_next_weekday():
    spell = begin(date(2026, 3, 1), earlier=Earlier(last_paid_day=date(2026, 2, 28)))
    assert spell.waiting_period is None
    assert spell.first_payable_day == date(2026, 3, 2)
    assert spell.deadline == date(2026, 4, 28)


def test_a_relapse_on_a_sunday_waits_that_day_alone():
    sunday = date(2026, 3, 8)
    spell = begin(sunday, earlier=Earlier(last_paid_day=date(2026, 2, 20)))
    assert spell.waiting_period == Period(start=sunday, end=sunday)
    assert spell.first_payable_day == date(2026, 3, 9)


@pytest.mark.parametrize(
    ("earlier", "law_day"),
    [
        (None, ONSET),
        (Earlier(last_paid_day=date(2026, 2, 28), onset=date(2025, 12, 1)), date(2025, 12, 1)),
        (Earlier(last_paid_day=date(2026, 2, 10), onset=date(2025, 12, 1)), date(2025, 12, 1)),
        (Earlier(last_paid_day=date(2026, 2, 10)), date(2026, 2, 10)),
        (Earlier(last_paid_day=date(2026, 1, 30), onset=date(2025, 12, 1)), ONSET),
    ],
    ids=["first", "continuation", "relapse", "relapse of unknown onset", "too long ago"],
)
def test_whose_law(earlier, law_day):
    assert rules.law_day(claim(), earlier=earlier) == law_day


def test_the_employers_word_counts_where_the_portal_knows_nothing():
    said = claim(previous_paid_day=date(2026, 2, 10))
    known = Earlier(last_paid_day=date(2026, 2, 12), onset=date(2025, 12, 29))
    assert rules.law_day(said) == date(2026, 2, 10)
    assert rules.law_day(said, earlier=known) == date(2025, 12, 29)


def test_without_an_absence_no_law_is_in_force():
    assert rules.law_day(claim(absence=None)) == date.min


def test_a_claim_as_a_later_one_sees_it():
    before = absent(ONSET, date(2026, 3, 21), other_days=(days(date(2026, 3, 20), date(2026, 3, 21), "worked"),))
    assert rules.as_earlier(before, law=LAW) == Earlier(
        last_paid_day=date(2026, 3, 19), period_end=date(2026, 3, 21), onset=ONSET, group="sickness", wait="full"
    )


def test_a_chain_keeps_the_first_onset():
    first = absent(date(2025, 12, 1), date(2026, 1, 31))
    law = Law.on(date(2025, 12, 1))
    seen = rules.as_earlier(first, law=law)
    relapse = absent(date(2026, 2, 16), date(2026, 2, 28))
    seen_again = rules.as_earlier(relapse, law=law, earlier=seen)
    assert seen_again.onset == date(2025, 12, 1)
    assert rules.law_day(absent(ONSET, date(2026, 3, 7)), earlier=seen_again) == date(2025, 12, 1)


def test_a_waiting_period_that_had_not_run_out_runs_on():
    """Four days of the first claim are waiting; the second has the rest of it, not a new one and not none."""
    first = absent(ONSET, date(2026, 3, 7))
    earlier = rules.as_earlier(first, law=LAW)
    spell = begin(date(2026, 3, 9), earlier=earlier)
    assert spell.kind is Kind.CONTINUATION
    assert spell.waiting_period == Period(start=ONSET, end=date(2026, 3, 12))
    assert spell.first_payable_day == date(2026, 3, 13)
    assert spell.deadline == date(2026, 5, 7)


def test_a_waiting_period_that_ran_out_unpaid_is_not_repeated():
    earlier = rules.as_earlier(absent(ONSET, date(2026, 3, 12)), law=LAW)
    spell = begin(date(2026, 3, 13), earlier=earlier)
    assert spell.waiting_period is None
    assert spell.first_payable_day == date(2026, 3, 13)


def test_after_days_that_were_never_paid_there_is_no_relapse():
    earlier = rules.as_earlier(absent(ONSET, date(2026, 3, 4)), law=LAW)
    assert begin(date(2026, 3, 16), earlier=earlier).kind is Kind.TOO_LONG_AGO


def test_a_relapse_of_one_day_continues_without_a_new_waiting_period():
    paid = Earlier(last_paid_day=date(2026, 2, 20), period_end=date(2026, 2, 20), onset=date(2026, 1, 20))
    one_day = rules.as_earlier(absent(ONSET, ONSET), law=LAW, earlier=paid)
    spell = begin(ONSET + timedelta(days=1), earlier=one_day)
    assert spell.waiting_period is None
    assert one_day.last_paid_day == date(2026, 2, 20)


def test_days_that_cannot_be_counted_are_refused():
    with pytest.raises(ValueError, match="cannot be counted"):
        rules.as_earlier(claim(absence=Period(start=date(2026, 4, 1), end=date(2026, 3, 1))), law=LAW)


def test_continuing_pays_as_if_never_interrupted():
    """One claim or two for the same absence: the same days."""
    income = {"law": LAW, "income": Income(after_deduction=Decimal(40000))}
    whole = rules.estimate(absent(ONSET, date(2026, 4, 10)), **income)
    first = absent(ONSET, date(2026, 3, 14))
    second = absent(date(2026, 3, 16), date(2026, 4, 10))
    earlier = rules.as_earlier(first, law=LAW)
    parts = [rules.estimate(first, **income), rules.estimate(second, **income, earlier=earlier)]
    assert sum(part.payable_days for part in parts) == whole.payable_days


def days(start, end, kind):
    return OtherDays(start=start, end=end, kind=kind)
