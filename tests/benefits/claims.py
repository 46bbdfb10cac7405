"""The claim the tests vary: six weeks of sick leave in spring 2026."""

import dataclasses
from datetime import date
from decimal import Decimal
from typing import Any

from employers.benefits.claim import Claim, Employee, Employment, PayPeriod, Period

START, END = date(2026, 3, 2), date(2026, 4, 10)

CLAIM = Claim(
    benefit="sickness_allowance",
    employer="9000004-6",
    reference="row-4711",
    employee=Employee(personal_identity_code="010190-9123", given_name="Aino", family_name="Esimerkki"),
    employment=Employment(start=date(2019, 5, 2)),
    absence=Period(start=START, end=END),
    pay_periods=(PayPeriod(start=START, end=END, amount=Decimal("3600.00")),),
)


def claim(**changes: Any) -> Claim:
    return dataclasses.replace(CLAIM, **changes)


def absent(start: date, end: date, **changes: Any) -> Claim:
    """Away and fully paid from start to end."""
    pay = (PayPeriod(start=start, end=end, amount=Decimal("3600.00")),)
    return claim(**{"absence": Period(start=start, end=end), "pay_periods": pay, **changes})
