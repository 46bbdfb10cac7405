"""What the daily allowances for parents share: Sairausvakuutuslaki 1224/2004, chapters 9 and 11 (28/2022)."""

from collections.abc import Iterator
from datetime import date

from employers.benefits import scale
from employers.benefits.allowance import Rate
from employers.benefits.claim import Claim
from employers.benefits.daily import Situation
from employers.benefits.problems import Problem, problem
from employers.benefits.scale import Scale
from employers.benefits.spell import Terms

GROUP = "parents"
ORDINARY = Scale(
    limits=("parents.income_limit", "parents.upper_income_limit"),
    shares=("parents.rate", "parents.rate_above_limit", "parents.rate_above_upper_limit"),
    divisor="parents.divisor",
    minimum="parents.minimum",
)
RAISED = Scale(
    limits=("parents.upper_income_limit",),
    shares=("parents.raised_rate", "parents.raised_rate_above_limit"),
    divisor="parents.divisor",
    minimum="parents.minimum",
)


def first_benefit_day(claim: Claim) -> date | None:
    """The first day for which this parent gets any parents' allowance for the child: its year decides."""
    day = claim.details.get("first_benefit_day")
    return day if isinstance(day, date) else None


# No waiting, and the law of the first day holds for the child, however long ago that was.
TERMS = Terms(group=GROUP, first_day=first_benefit_day, once=True)


def ordinary(situation: Situation) -> Rate:
    """70, 40 and 25 per cent: 11:1.3."""
    assert situation.income is not None
    return scale.rate(situation.income, scale=ORDINARY, law=situation.law, deducted=situation.deducted)


def raised(situation: Situation, *, days: int | None = None) -> Rate:
    """90 and 32.5 per cent: 11:1.4."""
    assert situation.income is not None
    return scale.rate(
        situation.income,
        scale=RAISED,
        law=situation.law,
        deducted=situation.deducted,
        code="daily_allowance_raised",
        days=days,
    )


def conditions(situation: Situation) -> Iterator[Problem]:
    """The first day of any allowance for the child is no later than this absence."""
    claim = situation.claim
    first = first_benefit_day(claim)
    if first and claim.absence and first > claim.absence.start:
        yield problem("details.first_benefit_day", "day_after_absence_start")
