from datetime import date
from decimal import Decimal

import pytest

from employers.income_register.codes import absence_causes, income_type, income_types, pensionable
from employers.income_register.schema import Inclusion, Transaction

DAY = date(2026, 10, 28)


def row(code, amount, **flags):
    return Transaction(code=code, amount=Decimal(amount), **flags)


CASES = {
    "time wages": ([row(201, "3000.00")], "3000.00"),
    "withholding does not count": ([row(201, 3000), row(402, 645)], 3000),
    "bonus and holiday pay": ([row(201, 3000), row(203, 150), row(234, 200)], 3350),
    "travel is no earning": ([row(201, 3000), row(311, 90), row(331, 50)], 3000),
    "a benefit in kind less what is collected for it": ([row(201, 3000), row(304, 500), row(401, 120)], 3380),
    "the total": ([row(101, 3000)], 3000),
    "the pension total replaces the total": ([row(101, 3200), row(102, 3000)], 3000),
    "the social total replaces the total": ([row(101, 3200), row(103, 2900)], 2900),
    "the health total does not": ([row(101, 3200), row(104, 3000)], 3200),
    "recovered": ([row(201, 3000), row(201, 400, recovery=True)], 2600),
    "paid without grounds": ([row(201, 3000), row(201, 400, unjust_enrichment=True)], 3000),
    "the payer says no": ([row(216, 100, inclusions=(Inclusion(insurance=1, included=False),))], 0),
    "the payer says yes": ([row(210, 100, inclusions=(Inclusion(insurance=2, included=True),))], 100),
    "another insurance does not matter": ([row(210, 100, inclusions=(Inclusion(insurance=3, included=True),))], 0),
    "an unknown code": ([row(999, 100)], 0),
    "masked": ([Transaction(code=201)], None),
    "nothing told": ([], None),
}


@pytest.mark.parametrize("case", CASES)
def test_earnings_subject_to_pension_insurance(case):
    transactions, expected = CASES[case]
    assert pensionable(transactions, on=DAY) == (None if expected is None else Decimal(expected))


def test_a_code_counts_from_its_first_day():
    assert income_type(366, date(2023, 12, 31)) is None
    assert income_type(366, date(2024, 1, 1)) is not None


def test_the_lists_are_whole():
    assert len(income_types()) == 121
    assert len(absence_causes()) == 24
    assert absence_causes()[9].valid_until == date(2025, 3, 31)
    assert not absence_causes()[23].unpaid
