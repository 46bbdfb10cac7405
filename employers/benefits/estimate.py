"""An estimate: what a claim would give, with every line and every parameter it used."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from employers.benefits.claim import Period
from employers.benefits.problems import Problem

STATUSES = ("official", "derived", "secondary", "estimate", "unverified")  # strongest first


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """`quantity` of `unit` (weekday, month, EUR, compensation) at `unit_amount` EUR each is `amount` EUR.

    `month`: the one it is about ("2026-03"), where there may be a line for each of several.
    """

    code: str
    quantity: Decimal
    unit: str
    unit_amount: Decimal
    amount: Decimal
    month: str = ""

    def as_dict(self) -> dict[str, str]:
        return ({"month": self.month} if self.month else {}) | {
            "code": self.code,
            "quantity": plain(self.quantity),
            "unit": self.unit,
            "unit_amount": money(self.unit_amount),
            "amount": money(self.amount),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterUse:
    """`low` and `high`: between what a value that is not official could fall."""

    name: str
    value: Decimal
    valid_from: date
    status: str
    reference: str
    low: Decimal | None = None
    high: Decimal | None = None

    def as_dict(self) -> dict[str, str]:
        return {
            "name": self.name,
            "value": plain(self.value),
            "valid_from": self.valid_from.isoformat(),
            "status": self.status,
            "reference": self.reference,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """The least and the most an amount could be, EUR."""

    low: Decimal
    high: Decimal

    def as_dict(self) -> dict[str, str]:
        return {"low": money(self.low), "high": money(self.high)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """Between what the amounts fall when a value that is not official turns out otherwise."""

    amount: Bounds
    to_employer: Bounds

    def as_dict(self) -> dict[str, dict[str, str]]:
        return {"amount": self.amount.as_dict(), "to_employer": self.to_employer.as_dict()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """EUR; None where the income or a value of the law is unknown."""

    amount: Decimal | None
    to_employer: Decimal | None
    to_employee: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """Amounts in EUR with two decimals; None where the income or a value of the law is unknown."""

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
    range: Range | None = None

    def as_dict(self) -> dict[str, Any]:
        """The JSON shape of the API, without words: money as strings with two decimals, dates as ISO 8601.

        `range` is there only where there is one.
        """
        said = {
            "benefit": self.benefit,
            "daily_allowance": money_or_none(self.daily_allowance),
            "payable_days": self.payable_days,
            "amount": money_or_none(self.amount),
            "to_employer": money_or_none(self.to_employer),
            "to_employee": money_or_none(self.to_employee),
            "at_least": self.at_least,
            "waiting_period": period_dict(self.waiting_period),
            "first_payable_day": iso(self.first_payable_day),
            "deadline": iso(self.deadline),
            "lines": [line.as_dict() for line in self.lines],
            "parameters": [use.as_dict() for use in self.parameters],
            "estimate_status": self.estimate_status,
            "problems": [problem.as_dict() for problem in self.problems],
        }
        return said | {"range": self.range.as_dict()} if self.range else said


def money(amount: Decimal) -> str:
    return f"{amount:.2f}"


def money_or_none(amount: Decimal | None) -> str | None:
    return None if amount is None else money(amount)


def plain(number: Decimal) -> str:
    """Never in powers of ten, as the number was written: `0.70`, `28899`."""
    return f"{number:f}"


def iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def period_dict(period: Period | None) -> dict[str, str] | None:
    return None if period is None else {"start": period.start.isoformat(), "end": period.end.isoformat()}


def weakest_status(uses: Iterable[ParameterUse]) -> str:
    """The status of the least certain value; the strongest one when nothing was used."""
    return max((use.status for use in uses), key=STATUSES.index, default=STATUSES[0])


def blank(benefit: str, *, problems: Iterable[Problem]) -> Estimate:
    """Nothing can be computed; the problems say why."""
    return Estimate(
        benefit=benefit,
        daily_allowance=None,
        payable_days=0,
        amount=None,
        to_employer=None,
        to_employee=None,
        at_least=False,
        waiting_period=None,
        first_payable_day=None,
        deadline=None,
        lines=(),
        parameters=(),
        estimate_status=STATUSES[0],
        problems=tuple(problems),
    )
