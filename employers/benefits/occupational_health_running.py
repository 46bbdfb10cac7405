"""How far the costs of an accounting period have come towards the ceiling, while they are still being gathered.

The ceiling and its division are those of employers.benefits.occupational_health: what is accepted here is what the
estimate reckons with.
"""

from dataclasses import dataclass
from decimal import Decimal

from employers.benefits import occupational_health as rules
from employers.benefits import occupational_health_conditions as demands
from employers.benefits.claim import Claim
from employers.benefits.estimate import ParameterUse
from employers.benefits.law import Law

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ceiling:
    """EUR for all employees together. Where it is not confirmed, it falls between `low` and `high`."""

    total: Decimal
    low: Decimal
    high: Decimal
    confirmed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OfClass:
    """EUR. `most`: what the class may take of the ceiling; None with what follows from it while that is not known."""

    name: str  # I, II
    costs: Decimal
    income: Decimal
    most: Decimal | None

    @property
    def net(self) -> Decimal:
        return max(self.costs - self.income, NOTHING)

    @property
    def accepted(self) -> Decimal | None:
        return None if self.most is None else min(self.net, self.most)

    @property
    def left(self) -> Decimal | None:
        return None if self.most is None else max(self.most - self.net, NOTHING)

    @property
    def over(self) -> Decimal | None:
        return None if self.most is None else max(self.net - self.most, NOTHING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    classes: tuple[OfClass, ...]
    ceiling: Ceiling | None  # None: nobody knows it yet, or the number of employees has not been said

    @property
    def accepted(self) -> Decimal | None:
        taken = [one.accepted for one in self.classes]
        return None if None in taken else sum(filter(None, taken), start=NOTHING)


def running(claim: Claim, *, law: Law) -> Running:
    """`law`: of the year that the accounting period belongs to."""
    ceiling = ceiling_of(claim, law=law)
    first = of_class(claim, "I", most=ceiling.total if ceiling else None)
    rest = None
    if ceiling and first.accepted is not None:
        rest = rules.most_of_second(first.accepted, total=ceiling.total, law=law)
    return Running(classes=(first, of_class(claim, "II", most=rest)), ceiling=ceiling)


def ceiling_of(claim: Claim, *, law: Law) -> Ceiling | None:
    each = law.find(demands.CEILING)
    known = each and law.knows(rules.COUNTED) and law.knows(rules.SHARE)
    if each is None or not known or not rules.headcount(claim):
        return None
    people = rules.counted_people(claim, law)
    low, high = bounds(each)
    return Ceiling(
        total=each.value * people,
        low=low * people,
        high=high * people,
        confirmed=each.status in demands.CONFIRMED,
    )


def bounds(each: ParameterUse) -> tuple[Decimal, Decimal]:
    """The value itself on a side where nobody has said how far off it could be."""
    low = each.value if each.low is None else each.low
    return low, each.value if each.high is None else each.high


def of_class(claim: Claim, name: str, *, most: Decimal | None) -> OfClass:
    costs = demands.gross_costs(claim, name)
    return OfClass(name=name, costs=costs, income=costs - rules.net_costs(claim, name), most=most)
