"""A daily allowance from annual income: shares of it up to limits, divided by the weekdays of a year."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from employers.benefits.allowance import Rate
from employers.benefits.estimate import ParameterUse
from employers.benefits.law import Law
from employers.benefits.money import cents

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Names of parameters. Each share holds up to the limit in the same place; the last one has none."""

    shares: tuple[str, ...]
    limits: tuple[str, ...]
    divisor: str
    minimum: str

    @property
    def names(self) -> tuple[str, ...]:
        return (*self.limits, *self.shares, self.divisor)

    @property
    def needs(self) -> tuple[str, ...]:
        return (*self.names, self.minimum)


def rate(
    annual: Decimal,
    *,
    scale: Scale,
    law: Law,
    deducted: Sequence[ParameterUse] = (),
    code: str = "daily_allowance",
    days: int | None = None,
) -> Rate:
    """EUR a weekday from annual income after the deduction. Raises NotInForce.

    The minimum counts as used only when it lifted the amount.
    """
    computed = yearly(annual, scale=scale, law=law) / law.value(scale.divisor)
    minimum = law.use(scale.minimum)
    lifted = [minimum] if computed < minimum.value else []
    return Rate(
        amount=cents(max(computed, minimum.value)),
        uses=(*(law.use(name) for name in scale.names), *lifted, *deducted),
        code=code,
        days=days,
    )


def yearly(annual: Decimal, *, scale: Scale, law: Law) -> Decimal:
    """What the shares of the income come to in a year, unrounded."""
    total, floor = NOTHING, NOTHING
    for share, limit in zip(scale.shares, (*scale.limits, None), strict=True):
        ceiling = law.value(limit) if limit else max(annual, floor)
        total += law.value(share) * max(min(annual, ceiling) - floor, NOTHING)
        floor = ceiling
    return total


def part_of(full: Rate, *, factor: str, law: Law) -> Rate:
    """A half benefit is half of the rounded full one. Raises NotInForce."""
    use = law.use(factor)
    return Rate(amount=cents(full.amount * use.value), uses=(*full.uses, use), code=full.code, days=full.days)
