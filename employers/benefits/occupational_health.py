"""Reimbursement of occupational health care costs: Sairausvakuutuslaki 1224/2004, chapter 13 (1075/2018), 15:5.

One ceiling for both classes of costs. Class I, preventive care, is taken first; class II, medical care, gets what is
left, at most 40 per cent of the ceiling.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from employers.benefits import common
from employers.benefits import occupational_health_conditions as demands
from employers.benefits.claim import Claim, Period
from employers.benefits.compensation import Compensation, Matter, Reckoning
from employers.benefits.deadlines import add_months
from employers.benefits.estimate import Line, ParameterUse
from employers.benefits.law import Law
from employers.benefits.money import cents
from employers.benefits.periods import in_range

COUNTED = "occupational_health.counted_at_least"
MULTIPLE, SMALL = "occupational_health.small_employer_multiple", "occupational_health.small_employer"
SHARE = "occupational_health.class_2_share"
RATES = {"I": "occupational_health.class_1_rate", "II": "occupational_health.class_2_rate"}
LINES = {"I": "class_1", "II": "class_2"}
DEADLINE = "occupational_health.deadline_months"
NOTHING = Decimal(0)


def begins(claim: Claim) -> date | None:
    """The first day of the year that holds most of the accounting period; of two equal ones the earlier."""
    period = demands.accounting_period(claim)
    if period is None or period.end < period.start:
        return None
    years = range(period.start.year, period.end.year + 1)
    return date(max(years, key=lambda year: (days_in(period, year), -year)), 1, 1)


def days_in(period: Period, year: int) -> int:
    return (min(period.end, date(year, 12, 31)) - max(period.start, date(year, 1, 1))).days + 1


def deadlines(claim: Claim, law: Law) -> Iterator[tuple[str, date]]:
    period = demands.accounting_period(claim)
    if period and in_range(period.end):
        yield "details.accounting_period.end", add_months(period.end, law.count(DEADLINE))


def reckon(matter: Matter) -> Reckoning:
    """Each class is rounded to a cent, nothing before. Raises NotInForce where no ceiling is known."""
    law, costs = matter.law, {name: net_costs(matter.claim, name) for name in RATES}
    ceiling, counted, share = law.use(demands.CEILING), law.use(COUNTED), law.use(SHARE)
    total = ceiling.value * counted_people(matter.claim, law)
    first = min(costs["I"], total)
    accepted = {"I": first, "II": min(costs["II"], most_of_second(first, total=total, law=law))}
    lines = tuple(line(name, accepted[name], law=law) for name in RATES if costs[name])
    return Reckoning(lines=lines, uses=(ceiling, *used(matter.claim, counted, share), *rates(costs, law=law)))


def counted_people(claim: Claim, law: Law) -> Decimal:
    return max(headcount(claim), law.value(COUNTED))


def most_of_second(first: Decimal, *, total: Decimal, law: Law) -> Decimal:
    """What class II may take after `first` of class I was accepted."""
    return min(total - first, law.value(SHARE) * total)


def used(claim: Claim, counted: ParameterUse, share: ParameterUse) -> tuple[ParameterUse, ...]:
    """The raised ceiling where it was chosen; the share where there are costs of class II."""
    raised = (counted,) if counted.value > headcount(claim) else ()
    return (*raised, share) if net_costs(claim, "II") else raised


def rates(costs: Mapping[str, Decimal], *, law: Law) -> tuple[ParameterUse, ...]:
    return tuple(law.use(RATES[name]) for name in RATES if costs[name])


def line(name: str, accepted: Decimal, *, law: Law) -> Line:
    rate = law.value(RATES[name])
    return Line(code=LINES[name], quantity=cents(accepted), unit="EUR", unit_amount=rate, amount=cents(rate * accepted))


def headcount(claim: Claim) -> Decimal:
    """Employees, and entrepreneurs whose own care is claimed here: 13:2.3."""
    return Decimal((claim.details.get("employees") or 0) + (claim.details.get("entrepreneurs") or 0))


def net_costs(claim: Claim, name: str) -> Decimal:
    """Costs of a class less the income that reduces them; without value added tax where the employer deducts it."""
    income: Mapping[str, Any] = claim.details.get("deductible_income") or {}
    return demands.gross_costs(claim, name) - (income.get(name) or NOTHING)


def may_be_raised(claim: Claim, *, law: Law) -> bool:
    """At most nine employees over all sites; an official then decides whether the costs are exceptionally high."""
    return headcount(claim) <= law.value(SMALL)


def raised(law: Law) -> Law:
    """The law with the ceiling of a small employer raised, as an official chooses. Raises NotInForce."""
    return law.instead({COUNTED: replace(law.use(MULTIPLE), name=COUNTED)})


RULES = Compensation(
    begins=begins,
    begins_at="details.accounting_period",
    deadlines=deadlines,
    reckon=reckon,
    conditions=demands.conditions,
    needs=(*RATES.values(), SHARE),
    foreign=(*common.ABOUT_A_PERSON, *common.ABOUT_AN_ABSENCE),
)
