"""The register's code lists as dated data: a code is judged by the payment date, not by the day it is read."""

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path

from .schema import Transaction

HERE = Path(__file__).parent
ALL_SOCIAL_INSURANCE, PENSION = 1, 2  # InsuranceCode
TOTAL, PENSION_TOTAL, SOCIAL_TOTAL = 101, 102, 103
COLLECTED_FOR_BENEFITS = {401, 407, 415, 420}  # what the employee pays for a benefit in kind lessens it
CLAIMS_DAILY_ALLOWANCE, CLAIMS_FAMILY_LEAVE = 1, 2  # ReimbPaymentType: what the payer asks for
ILLNESS, PARTIAL_ILLNESS, FAMILY_LEAVE, SPECIAL_PREGNANCY, REHABILITATION = 1, 2, 3, 4, 5  # causes of absence
ACCIDENT, PARTIAL_REHABILITATION, ANNUAL_LEAVE_COSTS = 20, 22, 23


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomeType:
    code: int
    name: str
    insurance: str | None  # letters of p, a, u, h; None when the register has not told us
    valid_from: date
    valid_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceCause:
    code: int
    name: str
    paid: bool
    unpaid: bool
    valid_from: date
    valid_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimType:
    benefit: str
    types: tuple[int, ...]  # empty where the register has not told us its code
    cause: int
    valid_from: date
    status: str  # official, or unverified


@cache
def claim_types() -> tuple[ClaimType, ...]:
    return tuple(
        ClaimType(
            benefit=benefit,
            types=tuple(row.get("types", ())),
            cause=row["cause"],
            valid_from=row["from"],
            status=row["status"],
        )
        for benefit, row in tomllib.loads((HERE / "claim_types.toml").read_text()).items()
    )


def benefit_claimed(payment_type: int | None, cause: int | None, *, on: date) -> str:
    """By what is asked for and the cause, on the day that the report came; empty where we know none."""
    told = (
        one.benefit
        for one in claim_types()
        if one.cause == cause and one.valid_from <= on and (not one.types or payment_type in one.types)
    )
    return next(told, "") if payment_type is not None else ""


@cache
def income_types() -> dict[int, IncomeType]:
    return {
        int(code): IncomeType(
            code=int(code),
            name=row["name"],
            insurance=row.get("insurance"),
            valid_from=row["from"],
            valid_until=row.get("until"),
        )
        for code, row in tomllib.loads((HERE / "income_types.toml").read_text()).items()
    }


@cache
def absence_causes() -> dict[int, AbsenceCause]:
    return {
        int(code): AbsenceCause(
            code=int(code),
            name=row["name"],
            paid=row["paid"],
            unpaid=row["unpaid"],
            valid_from=row["from"],
            valid_until=row.get("until"),
        )
        for code, row in tomllib.loads((HERE / "absence_causes.toml").read_text()).items()
    }


def income_type(code: int | None, on: date) -> IncomeType | None:
    """None for a code that is unknown or not in force on the payment date."""
    found = income_types().get(code or 0)
    if found is None or on < found.valid_from or (found.valid_until and on > found.valid_until):
        return None
    return found


def pensionable(transactions: Collection[Transaction], *, on: date) -> Decimal | None:
    """Earnings subject to pension insurance, EUR; what the annual income of a daily allowance is made of.

    A report by method 1 gives totals: the pension total replaces the total it is part of. Money paid without grounds
    is not earned, and what is recovered is taken off. None when amounts are masked.
    """
    known = [one for one in transactions if one.amount is not None]
    if not known:
        return None
    replaced, usual = _replaced_totals({one.code for one in transactions}), _pensionable_codes(on)
    return sum((_share(one, usual) for one in known if one.code not in replaced), Decimal(0))


def _replaced_totals(codes: set[int | None]) -> set[int]:
    if PENSION_TOTAL in codes:
        return {TOTAL, SOCIAL_TOTAL}
    return {TOTAL} if SOCIAL_TOTAL in codes else set()


def _share(one: Transaction, usual: frozenset[int]) -> Decimal:
    if one.amount is None or one.unjust_enrichment:
        return Decimal(0)
    if one.code in COLLECTED_FOR_BENEFITS or (one.recovery and _is_pensionable(one, usual)):
        return -one.amount
    return one.amount if _is_pensionable(one, usual) else Decimal(0)


def _is_pensionable(one: Transaction, usual: frozenset[int]) -> bool:
    """The payer's own word on the insurance, else the code's default."""
    if one.inclusions:
        said = {each.insurance: each.included for each in one.inclusions}
        for insurance in (PENSION, ALL_SOCIAL_INSURANCE):
            if said.get(insurance) is not None:
                return said[insurance] is True
    return one.code in usual


@lru_cache(maxsize=1024)
def _pensionable_codes(on: date) -> frozenset[int]:
    """Subject to pension insurance by default, of those in force on the payment date."""
    kinds = (income_type(code, on) for code in income_types())
    return frozenset(kind.code for kind in kinds if kind is not None and "p" in (kind.insurance or ""))
