"""What an estimate was made from, beside the claim: kept with it, so that it can be made again whatever comes later."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from employers.benefits.claim import Earlier, Income
from employers.benefits.estimate import ParameterUse
from employers.benefits.law import Law, Overlay, Uses

Basis = Mapping[str, Any]
DAYS = ("last_paid_day", "period_end", "onset", "valid_from")
NUMBERS = ("annual", "after_deduction", "value", "low", "high")
SOURCE = "reference"  # long, and told by the estimate itself


def to_keep(*, law: Law, income: Income, earlier: Earlier | None) -> dict[str, Any]:
    """As JSON. The income is personal data: it belongs into a sealed field."""
    return {
        "income": _plain(asdict(income)),
        "earlier": _plain(asdict(earlier)) if earlier else None,
        "law_day": law.day.isoformat(),
        "values": {name: _of_use(use) if use else None for name, use in law.consulted.items()},
    }


@lru_cache(maxsize=2000)
def _of_use(use: ParameterUse) -> dict[str, Any]:
    """Thousands of claims consult the same values; nobody changes what was made of one."""
    return _plain(asdict(use))


def income_of(basis: Basis) -> Income:
    return Income(**_typed(basis["income"]))


def earlier_of(basis: Basis) -> Earlier | None:
    return Earlier(**_typed(basis["earlier"])) if basis["earlier"] else None


def law_day_of(basis: Basis) -> date:
    return date.fromisoformat(basis["law_day"])


def uses_of(basis: Basis, *, told: list[dict[str, str]]) -> Uses:
    """Every value that was looked up; `told` are the parameters that the estimate lists, with their sources."""
    sources = {one["name"]: one[SOURCE] for one in told}
    return {
        name: ParameterUse(**_typed(kept), name=name, reference=sources.get(name, "")) if kept else None
        for name, kept in basis["values"].items()
    }


def law_of(basis: Basis, *, told: list[dict[str, str]], overlay: Overlay) -> Law:
    """The law as the estimate knew it. `overlay` is for what it did not look up."""
    return Law.as_said(law_day_of(basis), said=uses_of(basis, told=told), overlay=overlay)


def _plain(fields: Mapping[str, Any]) -> dict[str, Any]:
    said = {name: value for name, value in fields.items() if value is not None and name not in ("name", SOURCE)}
    return {name: str(value) if isinstance(value, date | Decimal) else value for name, value in said.items()}


def _typed(kept: Mapping[str, Any]) -> dict[str, Any]:
    typed = dict(kept)
    typed |= {name: date.fromisoformat(typed[name]) for name in DAYS if name in typed}
    return typed | {name: Decimal(typed[name]) for name in NUMBERS if name in typed}
