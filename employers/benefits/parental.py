"""Parental allowance: Sairausvakuutuslaki 1224/2004 9:5-10, 11:1.3-4 (28/2022); partial: 9:11, 11:13."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from employers.benefits import parents, scale
from employers.benefits.allowance import Rate
from employers.benefits.claim import Claim, Earlier
from employers.benefits.daily import DailyAllowance, Situation
from employers.benefits.deadlines import add_months
from employers.benefits.problems import Problem, problem

RAISED_DAYS = "parents.raised_days"
MONTHS = 12


def rates(situation: Situation) -> Sequence[Rate]:
    """Each parent's first 16 weekdays are raised, then the ordinary allowance is paid."""
    left = situation.law.count(RAISED_DAYS) - raised_days_used(situation.claim, situation.earlier)
    first = [parents.raised(situation, days=left)] if left > 0 else []
    return [*first, parents.ordinary(situation)]


def partial_rates(situation: Situation) -> Sequence[Rate]:
    """Half of the ordinary allowance. Whether the raised days can be partial, the act does not say."""
    return [scale.part_of(parents.ordinary(situation), factor="parents.partial_factor", law=situation.law)]


def raised_days_used(claim: Claim, earlier: Earlier | None) -> int:
    """As the employer says; else as the application it continues left it."""
    said = claim.details.get("raised_days_used")
    return int(said) if said is not None else earlier.raised_days_used if earlier else 0


def days_used(claim: Claim, earlier: Earlier | None) -> int:
    said = claim.details.get("days_used")
    return int(said) if said is not None else earlier.days_used if earlier else 0


def counts(claim: Claim, earlier: Earlier | None, days: int) -> dict[str, int]:
    """More raised days than there are say only that none is left."""
    return {"days_used": days_used(claim, earlier) + days, "raised_days_used": raised_days_used(claim, earlier) + days}


def partial_counts(claim: Claim, earlier: Earlier | None, days: int) -> dict[str, int]:
    """A partial day uses half a day: 9:11.4."""
    return {
        "days_used": days_used(claim, earlier) + (days + 1) // 2,
        "raised_days_used": earlier.raised_days_used if earlier else 0,
    }


def conditions(situation: Situation) -> Iterator[Problem]:
    yield from of_either(situation, counts(situation.claim, situation.earlier, len(situation.dates)))


def partial_conditions(situation: Situation) -> Iterator[Problem]:
    yield from of_either(situation, partial_counts(situation.claim, situation.earlier, len(situation.dates)))
    law, hours = situation.law, situation.claim.details.get("daily_hours_agreed")
    if hours is not None and hours > law.value("parents.partial_hours"):
        yield problem("details.daily_hours_agreed", "hours_too_many", most=law.count("parents.partial_hours"))


def of_either(situation: Situation, counted: Mapping[str, int]) -> Iterator[Problem]:
    """What the whole and the partial allowance ask alike. `counted`: the days used with those of this claim."""
    yield from parents.conditions(situation)
    yield from quota(situation, used=counted["days_used"])
    yield from child(situation)


def quota(situation: Situation, *, used: int) -> Iterator[Problem]:
    """160 weekdays for each parent, and 63 that the other can give: beyond a parent's own the agency looks."""
    own = situation.law.count("parents.own_days")
    if used > own:
        yield problem("absence", "maximum_exceeded", most=own)


def child(situation: Situation) -> Iterator[Problem]:
    """From the birth on until the child is two."""
    absence, born = situation.claim.absence, situation.claim.details.get("child_born")
    if absence is None or not isinstance(born, date):
        return
    if absence.start < born:
        yield problem("absence.start", "before_birth")
    if absence.end >= add_months(born, situation.law.count("parents.child_age") * MONTHS):
        yield problem("absence.end", "child_too_old")


RULES = DailyAllowance(
    terms=parents.TERMS,
    rates=rates,
    needs=(*parents.RAISED.needs, *parents.ORDINARY.needs),
    conditions=conditions,
    counts=counts,
)
PARTIAL = DailyAllowance(
    terms=parents.TERMS,
    rates=partial_rates,
    needs=(*parents.ORDINARY.needs, "parents.partial_factor"),
    conditions=partial_conditions,
    counts=partial_counts,
    full_pay_only=True,
)
