"""Special pregnancy allowance: Sairausvakuutuslaki 1224/2004 9:3-4; the partial form from 1 January 2026.

The employee could work, but the work endangers the pregnancy, and no other work can be given.
"""

from collections.abc import Iterator, Sequence

from employers.benefits import parents, scale
from employers.benefits.allowance import Rate
from employers.benefits.daily import DailyAllowance, Situation
from employers.benefits.problems import Problem, problem

FACTOR, MOST_HOURS = "parents.special_partial_factor", "parents.special_partial_hours"


def rates(situation: Situation) -> Sequence[Rate]:
    """The ordinary allowance (11:1.3); half of it for shortened days, which is our assumption. Raises NotInForce."""
    full = parents.ordinary(situation)
    if is_partial(situation):
        return [scale.part_of(full, factor=FACTOR, law=situation.law)]
    return [full]


def is_partial(situation: Situation) -> bool:
    return situation.claim.details.get("daily_hours") is not None


def conditions(situation: Situation) -> Iterator[Problem]:
    yield from hazard_notice(situation)
    law, hours = situation.law, situation.claim.details.get("daily_hours")
    if hours is None:
        return
    if not law.knows(MOST_HOURS):
        yield problem("details.daily_hours", "partial_not_available")
    elif hours > law.value(MOST_HOURS):
        yield problem("details.daily_hours", "hours_too_many", most=law.count(MOST_HOURS))


def hazard_notice(situation: Situation) -> Iterator[Problem]:
    """The employer's notice of the hazard may come later; one that is begun has to be whole."""
    details = situation.claim.details
    hazards, offered = details.get("hazards"), details.get("other_work_offered")
    if hazards is None and offered is None:
        yield problem("details.hazards", "hazard_notice_missing")
        return
    if not hazards:
        yield problem("details.hazards", "required")
    if offered is None:
        yield problem("details.other_work_offered", "required")
    elif offered:
        yield problem("details.other_work_offered", "other_work_offered")


RULES = DailyAllowance(terms=parents.TERMS, rates=rates, needs=parents.ORDINARY.needs, conditions=conditions)
