"""Weekdays, months and deadlines, against days counted by hand; waiting periods are golden cases."""

from datetime import date

import pytest

from employers.benefits.deadlines import add_months, moved
from employers.benefits.weekdays import add_weekdays, is_weekday, next_weekday, weekdays_between


@pytest.mark.parametrize(
    ("day", "weekday"),
    [
        ("2026-01-01", False),  # New Year
        ("2026-01-06", False),  # Epiphany, a Tuesday
        ("2026-04-02", True),  # Maundy Thursday
        ("2026-04-03", False),  # Good Friday
        ("2026-04-04", True),  # Easter Saturday
        ("2026-04-06", False),  # Easter Monday
        ("2026-05-01", False),  # May Day
        ("2026-05-14", False),  # Ascension
        ("2026-06-19", True),  # Midsummer Eve
        ("2026-06-20", False),  # Midsummer Day
        ("2026-10-31", False),  # All Saints' Day
        ("2025-12-06", False),  # Independence Day, a Saturday
        ("2026-12-24", True),  # Christmas Eve
        ("2026-12-25", False),
        ("2026-12-26", False),  # a Saturday
        ("2026-12-31", True),  # New Year's Eve
        ("2026-03-07", True),  # a Saturday
        ("2026-03-08", False),  # a Sunday
        ("2023-12-24", False),  # Christmas Eve on a Sunday
    ],
)
def test_weekday(day, weekday):
    assert is_weekday(date.fromisoformat(day)) is weekday


def test_published_lengths_of_leave():
    """40 weekdays from 2 March 2026 end on 18 April, 160 on 9 September."""
    start = date(2026, 3, 2)
    assert len(weekdays_between(start, date(2026, 4, 18))) == 40
    assert len(weekdays_between(start, date(2026, 9, 9))) == 160
    assert add_weekdays(start, 39) == date(2026, 4, 18)


def test_over_christmas():
    assert next_weekday(date(2026, 12, 24)) == date(2026, 12, 28)
    assert weekdays_between(date(2026, 12, 25), date(2026, 12, 27)) == []
    assert weekdays_between(date(2026, 3, 3), date(2026, 3, 2)) == []


@pytest.mark.parametrize(
    ("day", "months", "result"),
    [
        ("2026-03-02", 2, "2026-05-02"),
        ("2025-12-31", 2, "2026-02-28"),
        ("2023-12-30", 2, "2024-02-29"),
        ("2026-10-31", 2, "2026-12-31"),
        ("2026-11-30", 2, "2027-01-30"),
        ("2026-03-31", -1, "2026-02-28"),
        ("2026-01-15", -1, "2025-12-15"),
        ("2026-01-15", 24, "2028-01-15"),
    ],
)
def test_months(day, months, result):
    assert add_months(date.fromisoformat(day), months) == date.fromisoformat(result)


@pytest.mark.parametrize(
    ("deadline", "last_day"),
    [
        ("2026-05-04", "2026-05-04"),  # a Monday
        ("2026-05-02", "2026-05-04"),  # a Saturday
        ("2026-05-01", "2026-05-04"),  # May Day, a Friday
        ("2026-04-03", "2026-04-07"),  # Good Friday to the Tuesday after Easter
        ("2026-04-02", "2026-04-02"),  # Maundy Thursday
        ("2026-06-19", "2026-06-22"),  # Midsummer Eve
        ("2026-12-24", "2026-12-28"),  # Christmas Eve
        ("2026-12-31", "2026-12-31"),  # New Year's Eve
        ("2027-01-01", "2027-01-04"),
        ("2027-12-06", "2027-12-07"),  # Independence Day, a Monday
        ("2026-01-06", "2026-01-07"),
    ],
)
def test_a_deadline_moves_off_days_off(deadline, last_day):
    assert moved(date.fromisoformat(deadline)) == date.fromisoformat(last_day)
