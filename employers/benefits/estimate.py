"""An estimate: what a claim would give, with every line and every parameter it used."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from employers.benefits.claim import Period
from employers.benefits.problems import Problem

STATUSES = ("official", "derived", "secondary", "estimate", "unverified")  # strongest first


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    code: str
    quantity: Decimal
    unit_amount: Decimal
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterUse:
    name: str
    value: Decimal
    valid_from: date
    status: str
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """Amounts in EUR with two decimals; None where the income is unknown."""

    benefit: str
    daily_allowance: Decimal | None
    payable_days: int
    amount: Decimal | None
    to_employer: Decimal | None
    to_employee: Decimal | None
    at_least: bool
    waiting_period: Period | None
    first_payable_day: date | None
    deadline: date | None
    lines: tuple[Line, ...]
    parameters: tuple[ParameterUse, ...]
    estimate_status: str
    problems: tuple[Problem, ...]

    def as_dict(self) -> dict[str, Any]:
        """The JSON shape of the API, without words: money as strings with two decimals, dates as ISO 8601."""
        raise NotImplementedError
