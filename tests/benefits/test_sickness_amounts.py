"""The daily allowance of three years by annual income after the deduction, EUR a weekday."""

from datetime import date
from decimal import Decimal

import pytest

from employers.benefits import rules
from employers.benefits.claim import Income
from employers.benefits.law import Law
from tests.benefits.claims import CLAIM

YEARS = (2024, 2025, 2026)
TABLE = """
    0      31.99  31.99  31.99
    13713  32.00  32.00  32.00
    20000  46.67  46.67  46.67
    25000  58.33  58.33  58.33
    28899  67.43  66.22  67.43
    30000  70.00  66.78  67.98
    35000  81.67  69.28  70.48
    40000  86.28  71.78  72.98
    45744  90.11  74.65  75.85
    50000  92.95  76.78  77.98
    60000  99.62  81.78  82.98
    70379  106.53 86.96  88.17
    80000  112.95 91.78  92.98
"""
ROWS = [line.split() for line in TABLE.strip().splitlines()]
VECTORS = [(year, row[0], row[1 + index]) for row in ROWS for index, year in enumerate(YEARS)]


def names_used(income: Income, year: int) -> dict[str, str]:
    estimate = rules.estimate(CLAIM, law=Law.on(date(year, 6, 1)), income=income)
    return {use.name: use.status for use in estimate.parameters}


@pytest.mark.parametrize(("year", "income", "daily"), VECTORS)
def test_daily_allowance(year, income, daily):
    estimate = rules.estimate(CLAIM, law=Law.on(date(year, 6, 1)), income=Income(after_deduction=Decimal(income)))
    assert estimate.daily_allowance == Decimal(daily)


def test_the_minimum_is_named_only_when_it_lifted_the_amount():
    """31.99 x 300 / 0.70 = 13 710: from there on the formula alone gives the minimum."""
    assert "sickness.minimum" in names_used(Income(after_deduction=Decimal("13709.99")), 2026)
    assert "sickness.minimum" not in names_used(Income(after_deduction=Decimal("13710.00")), 2026)


@pytest.mark.parametrize(("year", "status"), [(2024, "official"), (2025, "derived"), (2026, "unverified")])
def test_the_deduction_is_named_only_when_it_applied(year, status):
    assert names_used(Income(annual=Decimal(40000)), year)["income.deduction"] == status
    assert "income.deduction" not in names_used(Income(after_deduction=Decimal(40000)), year)


def test_calendar_rules_do_not_count():
    used = names_used(Income(annual=Decimal(1)), 2026)
    assert not {"sickness.waiting_weekdays", "sickness.deadline_months", "sickness.relapse_days"} & set(used)


def test_corrections_that_outweigh_the_wages_leave_the_minimum():
    estimate = rules.estimate(CLAIM, law=Law.on(date(2026, 6, 1)), income=Income(annual=Decimal("-120.00")))
    assert estimate.daily_allowance == Decimal("31.99")


def test_an_estimate_from_own_wages_says_at_least():
    income = Income(annual=Decimal(40000), at_least=True)
    assert rules.estimate(CLAIM, law=Law.on(date(2026, 6, 1)), income=income).at_least
