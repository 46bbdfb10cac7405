"""Sickness allowance: Sairausvakuutuslaki 1224/2004, chapters 8 and 11."""

from collections.abc import Iterator, Sequence

from employers.benefits import age, maximum, scale
from employers.benefits.allowance import Rate
from employers.benefits.claim import Claim
from employers.benefits.daily import DailyAllowance, Situation
from employers.benefits.problems import Problem
from employers.benefits.scale import Scale
from employers.benefits.spell import Terms, Wait

SCALE = Scale(
    limits=("sickness.income_limit",),
    shares=("sickness.rate", "sickness.rate_above_limit"),
    divisor="sickness.divisor",
    minimum="sickness.minimum",
)


def waits(_claim: Claim) -> Wait:
    return Wait.FULL


TERMS = Terms(group="sickness", wait=waits, relapses=True)


def rates(situation: Situation) -> Sequence[Rate]:
    """11:1; the year is that of the onset."""
    assert situation.income is not None
    return [scale.rate(situation.income, scale=SCALE, law=situation.law, deducted=situation.deducted)]


def conditions(situation: Situation) -> Iterator[Problem]:
    yield from age.check(situation)
    yield from maximum.check(situation, most="sickness.maximum_days", counted=("sickness_allowance",))


RULES = DailyAllowance(terms=TERMS, rates=rates, needs=SCALE.needs, conditions=conditions)
