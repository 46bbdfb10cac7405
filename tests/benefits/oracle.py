"""The calendar once more, naively: a day is looked up, never computed, and counting walks day by day.

Easter Sundays are a table; what hangs on Easter is counted from it in days.
"""

from collections.abc import Iterator
from datetime import date, timedelta

FIRST, LAST = date(2019, 1, 1), date(2035, 12, 31)
DAY = timedelta(days=1)
SATURDAY, SUNDAY = 5, 6
EASTER_SUNDAYS = """
    2019-04-21 2020-04-12 2021-04-04 2022-04-17 2023-04-09 2024-03-31 2025-04-20 2026-04-05 2027-03-28
    2028-04-16 2029-04-01 2030-04-21 2031-04-13 2032-03-28 2033-04-17 2034-04-09 2035-03-25
"""
EASTER = set(map(date.fromisoformat, EASTER_SUNDAYS.split()))
FIXED = {(1, 1), (1, 6), (5, 1), (12, 6), (12, 25), (12, 26)}
# Good Friday, Easter Monday, Ascension Thursday: days from Easter Sunday.
MOVING = (-2, 1, 39)


def every_day(first: date = FIRST, last: date = LAST) -> Iterator[date]:
    day = first
    while day <= last:
        yield day
        day += DAY


def is_midsummer_day(day: date) -> bool:
    return day.weekday() == SATURDAY and date(day.year, 6, 20) <= day <= date(day.year, 6, 26)


def is_all_saints(day: date) -> bool:
    return day.weekday() == SATURDAY and date(day.year, 10, 31) <= day <= date(day.year, 11, 6)


def is_holiday(day: date) -> bool:
    moving = any(day - timedelta(days=offset) in EASTER for offset in MOVING)
    return (day.month, day.day) in FIXED or moving or is_midsummer_day(day) or is_all_saints(day)


def is_weekday(day: date) -> bool:
    return day.weekday() != SUNDAY and not is_holiday(day)


def can_end_a_time_limit(day: date) -> bool:
    """150/1930 5 §: no Saturday, Sunday or holiday, and neither Christmas Eve nor Midsummer Eve."""
    eve = (day.month, day.day) == (12, 24) or is_midsummer_day(day + DAY)
    return day.weekday() not in (SATURDAY, SUNDAY) and not is_holiday(day) and not eve


def in_time_until(deadline: date) -> date:
    while not can_end_a_time_limit(deadline):
        deadline += DAY
    return deadline


def last_waiting_day(onset: date) -> date:
    """The day of onset, whatever day it is, and nine weekdays."""
    day, left = onset, 9
    while left:
        day += DAY
        left -= is_weekday(day)
    return day


def weekday_after(day: date) -> date:
    day += DAY
    while not is_weekday(day):
        day += DAY
    return day


def months_later(day: date, months: int) -> date:
    """Walks to the month, then to the day of the same number as far as the month goes."""
    walked = day.replace(day=1)
    for _ in range(months):
        month = walked.month
        while walked.month == month:
            walked += DAY
    wanted = walked.month
    while walked.day < day.day and (walked + DAY).month == wanted:
        walked += DAY
    return walked


def income_window(onset: date) -> tuple[date, date]:
    """Walks back: the month of onset, one more, then twelve."""
    months: list[tuple[int, int]] = []
    day = onset
    while True:
        if (day.year, day.month) not in months:
            months.append((day.year, day.month))
        if len(months) == 15:
            break
        day -= DAY
    counted = months[2:14]
    first, last = date(*counted[-1], 1), date(*months[1], 1) - DAY
    return first, last


def majority_year(start: date, end: date) -> int:
    """The year with the most days; of two equal ones the earlier."""
    days: dict[int, int] = {}
    for day in every_day(start, end):
        days[day.year] = days.get(day.year, 0) + 1
    most = max(days.values())
    return min(year for year, count in days.items() if count == most)
