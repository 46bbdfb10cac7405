"""Rehabilitation allowance: act 566/2005 25-27 § (waiting), 32 § and 32 a § (amount), 41 § (deadline)."""

from collections.abc import Iterator, Sequence

from employers.benefits import age, scale, sickness
from employers.benefits.allowance import Rate
from employers.benefits.claim import Claim
from employers.benefits.daily import DailyAllowance, Situation
from employers.benefits.problems import Problem, problem
from employers.benefits.scale import Scale
from employers.benefits.spell import Terms, Wait

VOCATIONAL = Scale(
    limits=(), shares=("rehabilitation.vocational_rate",), divisor="sickness.divisor", minimum="sickness.minimum"
)
LEAST_REDUCTION = "rehabilitation.least_reduction"


def waits(claim: Claim) -> Wait:
    said = claim.details.get("waiting")
    return Wait(said) if said in set(Wait) else Wait.FULL


# No wait right after sickness, partial sickness or parents' allowance: 25-27 §.
TERMS = Terms(group="rehabilitation", wait=waits, relapses=True, spared_after=("sickness", "parents"), from_wanted=True)


def rates(situation: Situation) -> Sequence[Rate]:
    """As if incapacity had begun that day (32.1); vocational rehabilitation has a share of its own (32.2)."""
    assert situation.income is not None
    chosen = VOCATIONAL if situation.claim.details.get("kind") == "vocational" else sickness.SCALE
    return [scale.rate(situation.income, scale=chosen, law=situation.law, deducted=situation.deducted)]


def partial_rates(situation: Situation) -> Sequence[Rate]:
    """Half: 32 a §."""
    return [scale.part_of(full, factor="rehabilitation.partial_factor", law=situation.law) for full in rates(situation)]


def partial_conditions(situation: Situation) -> Iterator[Problem]:
    """The day is shortened by at least 40 per cent."""
    yield from age.check(situation)
    law, details = situation.law, situation.claim.details
    before, agreed = details.get("daily_hours_before"), details.get("daily_hours_agreed")
    if before is None or agreed is None:
        return
    if before <= 0:
        yield problem("details.daily_hours_before", "number_out_of_range", least=0)
    elif agreed > before * (1 - law.value(LEAST_REDUCTION)):
        yield problem("details.daily_hours_agreed", "reduction_too_small", least=law.value(LEAST_REDUCTION) * 100)


RULES = DailyAllowance(terms=TERMS, rates=rates, needs=sickness.SCALE.needs, conditions=age.check)
PARTIAL = DailyAllowance(
    terms=TERMS,
    rates=partial_rates,
    needs=(*sickness.SCALE.needs, "rehabilitation.partial_factor"),
    conditions=partial_conditions,
    full_pay_only=True,
)
