"""What a case is made of: what is told and done as time passes, and what has to come of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from employers.income_register.schema import Report

BEGIN = date(2025, 1, 31)  # the first look; what was told before is told then
END = date(2026, 10, 31)  # a Saturday and All Saints' Day: whoever had time until then has until Monday

SICK, SICK_PART = "sickness_allowance", "partial_sickness_allowance"
REHAB, REHAB_PART = "rehabilitation_allowance", "partial_rehabilitation_allowance"
PREGNANCY, SPECIAL = "pregnancy_allowance", "special_pregnancy_allowance"
PARENTAL = "parental_allowance"
LEAVE_SUM, LEAVE_COSTS = "family_leave_compensation", "annual_leave_compensation"


class Unfit(Exception):
    """The draw is not what the case is about: draw again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A report as it arrives."""

    payer: str
    on: date
    report: Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What somebody does in the portal: `apply`, then `withdraw`, `reject` or `grant` what was applied for last."""

    on: date
    verb: str
    payer: str
    code: str = ""
    benefit: str = ""
    start: date | None = None
    end: date | None = None
    amount: Decimal = Decimal(0)
    employed: date | None = None
    changes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """A row that has to be there at the end, and since when. A set holds what the sources leave open.

    `must`: it has to be found; else it may be. `spread`: one row or several, by month or by stretch, that add up.
    `tail`: where the time to ask runs from the day the benefit is wanted from (15:4), it can be wanted from a later day
    once it is too late for the first: the sums of what is left from that day, and `months` to ask for it.
    """

    payer: str
    code: str
    benefits: frozenset[str]
    start: date
    end: date
    sums: frozenset[Decimal | None]
    deadlines: frozenset[date]
    statuses: frozenset[str]
    known: date
    paid: frozenset[Decimal] | None = None  # None: not judged
    must: bool = True
    spread: bool = False
    tail: Callable[[date], set[Decimal]] | None = None
    months: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One person's story. A trap is a case where something must not be raised, or not as it looks at first."""

    label: str
    trap: bool
    told: tuple[Told, ...]
    acts: tuple[Act, ...]
    expected: tuple[Expected, ...]
