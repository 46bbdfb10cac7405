"""Sickness allowance: Sairausvakuutuslaki 1224/2004, chapters 8 and 11."""

from collections.abc import Iterator, Sequence

from employers.benefits import age, maximum, scale
from employers.benefits.allowance import Rate
from employers.benefits.claim import Claim
from employers.benefits.daily import DailyAllowance, Situation
from employers.benefits.problems import Problem
from employers.benefits.scale import Scale
from employers.benefits.spell import Terms, Wait

BENEFIT = "sickness_allowance"
SCALE = Scale(
    limits=("sickness.income_limit",),
    shares=("sickness.rate", "sickness.rate_above_limit"),
    divisor="sickness.divisor",
    minimum="sickness.minimum",
)


def waits(_claim: Claim) -> Wait:
    return Wait.FULL


# No wait right after rehabilitation allowance: 8:7.3.
TERMS = Terms(group="sickness", wait=waits, relapses=True, spared_after=("rehabilitation",))


def rates(situation: Situation) -> Sequence[Rate]:
    """11:1; the year is that of the onset."""
    assert situation.income is not None
    return [scale.rate(situation.income, scale=SCALE, law=situation.law, deducted=situation.deducted)]


def conditions(situation: Situation) -> Iterator[Problem]:
    """It ends with the month before the one in which the maximum would be reached: 8:8.1."""
    yield from age.check(situation)
    yield from maximum.check(situation, most="sickness.maximum_days", counted=(BENEFIT,), spare=1)


RULES = DailyAllowance(terms=TERMS, rates=rates, needs=SCALE.needs, conditions=conditions)
