"""Weekdays (arkipäivä): Monday to Saturday without midweek holidays; eves are weekdays.

Midsummer Day and All Saints' Day are always Saturdays and not weekdays; Christmas Eve, Midsummer Eve and Easter
Saturday are.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from holidays import country_holidays

DAY = timedelta(days=1)
SATURDAY, SUNDAY = 5, 6


@cache
def days_off(year: int) -> frozenset[date]:
    """Church holidays, Independence Day, May Day, Christmas Eve and Midsummer Eve."""
    return frozenset(country_holidays("FI", years=year))


def is_eve(day: date) -> bool:
    """Christmas Eve, or Midsummer Eve: the Friday from 19 to 25 June."""
    christmas = (day.month, day.day) == (12, 24)
    midsummer = day.month == 6 and 19 <= day.day <= 25 and day.weekday() == SATURDAY - 1
    return christmas or midsummer


def is_weekday(day: date) -> bool:
    if day.weekday() == SUNDAY:
        return False
    return day not in days_off(day.year) or is_eve(day)


def is_working_day(day: date) -> bool:
    """A day on which a time limit can end: act 150/1930 5 §. Eves of Christmas and Midsummer are not."""
    return day.weekday() not in (SATURDAY, SUNDAY) and day not in days_off(day.year)


def days_between(start: date, end: date) -> Iterator[date]:
    """Every calendar day, both ends included; none when the end comes first."""
    return (start + DAY * number for number in range((end - start).days + 1))


@cache
def weekdays_of(year: int) -> tuple[date, ...]:
    """In order. Counted once: every estimate asks several times."""
    return tuple(day for day in days_between(date(year, 1, 1), date(year, 12, 31)) if is_weekday(day))


def weekdays_between(start: date, end: date) -> list[date]:
    """Both ends included; empty when the end comes first."""
    years = map(weekdays_of, range(start.year, end.year + 1))
    return [day for days in years for day in days[bisect_left(days, start) : bisect_right(days, end)]]


def first_weekday(day: date) -> date:
    """The day itself when it is a weekday, else the next one."""
    while not is_weekday(day):
        day += DAY
    return day


def next_weekday(day: date) -> date:
    """The first weekday after the day."""
    return first_weekday(day + DAY)


def add_weekdays(day: date, count: int) -> date:
    """The `count`th weekday after the day; the day itself when the count is 0."""
    year, days = day.year, weekdays_of(day.year)
    left = days[bisect_right(days, day) :]
    while count > len(left):
        year, count = year + 1, count - len(left)
        left = weekdays_of(year)
    return left[count - 1] if count else day


def subtract_weekdays(day: date, count: int) -> date:
    """The `count`th weekday before the day; the day itself when the count is 0."""
    for _ in range(count):
        day -= DAY
        while not is_weekday(day):
            day -= DAY
    return day
