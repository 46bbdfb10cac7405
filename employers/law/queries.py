"""The law with everything that was confirmed since its files were written."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import cache, partial
from uuid import UUID

from employers.benefits.law import Law, Overlay, Parameter, Value, files, in_force, overlaid
from employers.law.models import ConfirmedValue

LawOn = Callable[[date], Law]
CENTS = Decimal("0.01")


class NotWaiting(Exception):
    """It was approved or withdrawn by now."""


def overlay(*, at: datetime | None = None) -> Overlay:
    """What was approved, of the same day the latest; with `at` what was approved by then. One query."""
    approved = ConfirmedValue.objects.filter(approved_at__isnull=False)
    if at is not None:
        approved = approved.filter(approved_at__lte=at)
    found: dict[str, dict[date, Value]] = defaultdict(dict)
    for row in approved.order_by("approved_at", "pk"):
        found[row.name][row.start] = as_value(row)
    return {name: tuple(by_start.values()) for name, by_start in found.items()}


def laws(*, at: datetime | None = None) -> LawOn:
    """The law of any day, for whoever needs it of more than one: one query, with the first of them."""
    confirmed = cache(partial(overlay, at=at))
    return lambda day: Law.on(day, overlay=confirmed())


def law_on(day: date, *, at: datetime | None = None) -> Law:
    return laws(at=at)(day)


def year_values(parameter: Parameter, year: int) -> list[Value]:
    """What holds in the year, in the order of its days: more than one where something changes within it."""
    begun = in_force(parameter.values, date(year, 1, 1))
    later = [value for value in parameter.values if date(year, 1, 1) < value.start <= date(year, 12, 31)]
    return [begun, *later] if begun else later


def known_years(confirmed: Overlay) -> list[int]:
    """Years for which a figure that is set yearly is known, the latest first."""
    yearly = [overlaid(parameter, confirmed) for parameter in files().values() if parameter.unit == "EUR/year"]
    return sorted({value.start.year for one in yearly for value in one.values if value.value is not None}, reverse=True)


def as_value(row: ConfirmedValue) -> Value:
    return Value(start=row.start, value=written(row.value), status="official", reference=row.reference)


def written(stored: Decimal) -> Decimal:
    """As an official writes it: `29900`, `451.20`, `0.0907`; the column knows six decimals of each."""
    if stored == stored.to_integral_value():
        return Decimal(int(stored))
    short = stored.normalize()
    return short.quantize(CENTS) if short == short.quantize(CENTS) else short


def waiting(value_id: UUID) -> ConfirmedValue:
    """Locked until the caller's transaction ends. Raises NotWaiting."""
    found = ConfirmedValue.objects.select_for_update(of=("self",)).get(pk=value_id)
    if not found.is_waiting:
        raise NotWaiting
    return found
