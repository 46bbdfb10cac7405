"""What only an official can choose: three months of income, and the raised ceiling of a small employer."""

from datetime import date
from decimal import Decimal

import pytest

from employers.benefits import occupational_health, rules
from employers.benefits.claim import Claim, Income
from employers.benefits.income import three_month_income
from employers.benefits.law import Law

ONSET = date(2026, 3, 2)  # the window is 1 February 2025 to 31 January 2026
LAW = Law.on(ONSET)


def wages(*, until_october: str, from_november: str) -> list[tuple[date, Decimal]]:
    early = [(date(2025, month, 15), Decimal(until_october)) for month in range(2, 11)]
    late = [date(2025, 11, 15), date(2025, 12, 15), date(2026, 1, 15)]
    return early + [(day, Decimal(from_november)) for day in late]


@pytest.mark.parametrize(
    ("until_october", "from_november", "income"),
    [
        ("1000.00", "3000.00", "36000.00"),  # 9 000 a quarter; the year has 18 000
        ("2000.00", "2000.00", None),  # no rise
        ("2250.00", "2892.86", "34714.32"),  # the year has 28 928.58, a fifth more is 34 714.296
        ("2250.00", "2892.85", None),  # 34 714.20 against 34 714.26
        ("0.00", "1000.00", "12000.00"),
        ("1000.00", "0.00", None),
    ],
)
def test_three_months_times_four(until_october, from_november, income):
    """11:2.3: at least 20 per cent more than the twelve months."""
    found = three_month_income(wages(until_october=until_october, from_november=from_november), ONSET, law=LAW)
    assert found == (Decimal(income) if income else None)


def test_wages_outside_the_window_do_not_count():
    assert three_month_income([(date(2026, 2, 1), Decimal(9000))], ONSET, law=LAW) is None


def care(*, employees: int, costs: str) -> Claim:
    return Claim(
        benefit="occupational_health_reimbursement",
        details={
            "accounting_period": {"start": date(2020, 1, 1), "end": date(2020, 12, 31)},
            "employees": employees,
            "costs": ({"class": "I", "kind": "physician", "amount": Decimal(costs)},),
        },
    )


def test_the_ceiling_of_a_small_employer_is_ten_times_that_of_one_employee():
    """13:6; Kela's figures of 2017: 1 695.00 for the employer, 169.50 an employee."""
    claim, law = care(employees=3, costs="4000.00"), Law.on(date(2020, 1, 1))
    assert occupational_health.may_be_raised(claim, law=law)
    ordinary = rules.estimate(claim, law=law, income=Income())
    raised = rules.estimate(claim, law=occupational_health.raised(law), income=Income())
    assert ordinary.amount == Decimal("762.48")  # 0.60 x 3 x 423.60
    assert raised.amount == Decimal("2400.00")  # 4 000 is under 4 236.00
    assert raised.estimate_status == "estimate"
    assert raised.range is not None
    assert raised.range.amount.low == Decimal("2287.44")  # nine times: 0.60 x 3 812.40


def test_ten_employees_are_not_small():
    assert not occupational_health.may_be_raised(care(employees=10, costs="1.00"), law=Law.on(date(2020, 1, 1)))
