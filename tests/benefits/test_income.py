"""Annual income from wages by payment date, the deduction, and incomes that somebody typed."""

from datetime import date
from decimal import Decimal

import pytest

from employers.benefits.claim import Income
from employers.benefits.income import after_deduction, annual_income, check
from employers.benefits.law import Law
from employers.benefits.money import cents

ONSET = date(2026, 3, 2)  # the window is February 2025 to January 2026


def test_wages_count_by_the_day_they_were_paid():
    wages = [
        (date(2025, 1, 31), Decimal("1.00")),
        (date(2025, 2, 1), Decimal("20.00")),
        (date(2026, 1, 31), Decimal("300.00")),
        (date(2026, 2, 1), Decimal("4000.00")),
    ]
    assert annual_income(wages, ONSET) == Decimal("320.00")


def test_no_wage_in_the_window_is_not_an_income_of_nothing():
    assert annual_income([(date(2026, 2, 1), Decimal("4000.00"))], ONSET) is None
    assert annual_income([(date(2025, 2, 1), Decimal("0.00"))], ONSET) == 0


@pytest.mark.parametrize(
    ("income", "left"),
    [
        (Income(annual=Decimal(40000)), Decimal("36372.0000")),
        (Income(after_deduction=Decimal(40000)), Decimal(40000)),
        (Income(annual=Decimal(-1)), Decimal(0)),
        (Income(), None),
    ],
)
def test_the_deduction_is_taken_from_wages_alone(income, left):
    assert after_deduction(income, law=Law.on(ONSET))[0] == left


@pytest.mark.parametrize(
    ("income", "expected"),
    [
        (Income(), []),
        (Income(annual=Decimal(0)), []),
        (Income(annual=Decimal("-0.01")), [("/annual_income", "amount_negative")]),
        (Income(after_deduction=Decimal("Infinity")), [("/income_after_deduction", "amount_invalid")]),
        (Income(annual=Decimal(1), after_deduction=Decimal(1)), [("/income_after_deduction", "income_twice")]),
    ],
)
def test_what_is_wrong_with_an_income(income, expected):
    assert [(problem.pointer, problem.code) for problem in check(income)] == expected


@pytest.mark.parametrize(
    ("amount", "rounded"),
    [
        ("0.004999", "0.00"),
        ("0.005", "0.01"),
        ("83.895", "83.90"),
        ("2.675", "2.68"),
        ("-0.005", "-0.01"),
        ("7", "7.00"),
    ],
)
def test_half_a_cent_goes_up(amount, rounded):
    assert str(cents(Decimal(amount))) == rounded
