"""The reckoner against the published examples: the sums of a year's table and the days of the calendar."""

from datetime import date
from decimal import Decimal

import pytest

from . import reckoner

VECTORS = """
    0 31.99 31.99 31.99 31.99 31.99
    13713 32.00 32.00 32.00 32.00 41.14
    20000 46.67 46.67 46.67 46.67 60.00
    25000 58.33 58.33 58.33 58.33 75.00
    28899 67.43 66.22 67.43 67.43 86.70
    30000 70.00 66.78 67.98 70.00 90.00
    35000 81.67 69.28 70.48 81.67 105.00
    40000 86.28 71.78 72.98 93.33 120.00
    45744 90.11 74.65 75.85 106.74 137.23
    50000 92.95 76.78 77.98 112.41 150.00
    60000 99.62 81.78 82.98 125.74 180.00
    70379 106.53 86.96 88.17 139.58 211.14
    80000 112.95 91.78 92.98 147.60 221.56
"""
DAYS = """
    2026-03-02 2026-03-13 2025-02-01 2026-01-31 2026-05-02
    2026-03-30 2026-04-13 2025-02-01 2026-01-31 2026-05-30
    2026-04-05 2026-04-17 2025-03-01 2026-02-28 2026-06-05
    2026-06-15 2026-06-27 2025-05-01 2026-04-30 2026-08-15
    2026-11-30 2026-12-11 2025-10-01 2026-09-30 2027-01-30
    2026-12-21 2027-01-05 2025-11-01 2026-10-31 2027-02-21
"""


@pytest.mark.parametrize("row", VECTORS.strip().splitlines())
def test_daily_allowances(row):
    income, *expected = map(Decimal, row.split())
    sick = [reckoner.ordinary(income, year) for year in (2024, 2025, 2026)]
    assert [*sick, reckoner.parental(income, 2026), reckoner.raised(income, 2026)] == expected


@pytest.mark.parametrize("row", DAYS.strip().splitlines())
def test_days(row):
    onset, payable, since, until, deadline = map(date.fromisoformat, row.split())
    assert reckoner.first_payable(onset) == payable
    assert reckoner.income_window(onset) == (since, until)
    assert reckoner.months_later(onset, 2) == deadline


def test_weekdays_of_a_pregnancy_and_of_what_annual_leave_is_earned_by():
    assert len(reckoner.weekdays(date(2026, 3, 2), date(2026, 4, 18))) == 40
    assert len(reckoner.weekdays(date(2026, 3, 2), date(2026, 9, 9))) == 160


def test_costs_of_annual_leave():
    """30 000 a year: 2.5 days of 100, and 21 %."""
    assert reckoner.annual_leave(Decimal(30000), 1) == Decimal("302.50")
