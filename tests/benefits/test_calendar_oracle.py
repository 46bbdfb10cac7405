"""The calendar agrees, day by day over seventeen years, with one that looks days up and walks."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from employers.benefits import rules, sickness, spell
from employers.benefits.claim import Claim, Period
from employers.benefits.deadlines import add_months, moved
from employers.benefits.income import income_window
from employers.benefits.law import Law
from employers.benefits.weekdays import add_weekdays, is_weekday, is_working_day, next_weekday, weekdays_between
from tests.benefits import oracle
from tests.benefits.strategies import unhurried

DAYS = list(oracle.every_day())
CLAIM = Claim(benefit="sickness_allowance")


def test_weekdays():
    assert [day for day in DAYS if is_weekday(day) != oracle.is_weekday(day)] == []
    assert [day for day in DAYS if is_working_day(day) != oracle.can_end_a_time_limit(day)] == []


def test_moved_deadlines():
    assert [day for day in DAYS[:-14] if moved(day) != oracle.in_time_until(day)] == []


def test_weekdays_that_follow():
    assert [day for day in DAYS[:-14] if next_weekday(day) != oracle.weekday_after(day)] == []


def test_waiting_periods_and_first_payable_days():
    different = []
    for onset in DAYS[:-31]:
        begun = spell.begin(
            CLAIM, absence=Period(start=onset, end=onset), terms=sickness.TERMS, earlier=None, law=Law.on(onset)
        )
        last = oracle.last_waiting_day(onset)
        if begun.waiting_period != Period(start=onset, end=last) or begun.first_payable_day != oracle.weekday_after(
            last
        ):
            different.append(onset)
    assert different == []


def test_months():
    months = (1, 2, 3, 6, 24)
    different = [(day, count) for day in DAYS for count in months if add_months(day, count) != whole(day, count)]
    assert different == []


def whole(day: date, months: int) -> date:
    return oracle.months_later(day, months) if day.day > 28 or day.day == 1 else in_step(day, months)


def in_step(day: date, months: int) -> date:
    """Up to the 28th every month has the day; walking to its first is enough."""
    return FIRSTS[(day.year - 2019) * 12 + day.month - 1 + months] + timedelta(days=day.day - 1)


FIRSTS = [day for day in oracle.every_day(last=date(2038, 12, 31)) if day.day == 1]


def test_income_windows():
    edges = [day for day in DAYS if day.day in (1, 15) or (day + oracle.DAY).day == 1]
    windows = {day: income_window(day) for day in edges}
    assert [day for day, window in windows.items() if (window.start, window.end) != oracle.income_window(day)] == []


@unhurried
@given(st.dates(oracle.FIRST, date(2035, 6, 30)), st.integers(0, 180))
def test_weekdays_between(start, length):
    end = start + timedelta(days=length)
    assert weekdays_between(start, end) == [day for day in oracle.every_day(start, end) if oracle.is_weekday(day)]


@unhurried
@given(st.dates(oracle.FIRST, date(2035, 1, 1)), st.integers(0, 40))
def test_weekdays_count_the_same_both_ways(day, count):
    end = add_weekdays(day, count)
    assert len(weekdays_between(day + oracle.DAY, end)) == count
    assert is_weekday(next_weekday(end))


@unhurried
@given(st.dates(oracle.FIRST, date(2033, 12, 31)), st.integers(0, 730))
def test_the_year_of_an_accounting_period(start, length):
    end = start + timedelta(days=length)
    claim = Claim(
        benefit="occupational_health_reimbursement",
        details={"accounting_period": {"start": start, "end": end}},
    )
    assert rules.law_day(claim) == date(oracle.majority_year(start, end), 1, 1)
