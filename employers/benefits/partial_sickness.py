"""Partial sickness allowance: Sairausvakuutuslaki 1224/2004 8:11-13 and 11:14."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from employers.benefits import age, maximum, scale, sickness
from employers.benefits.allowance import Rate
from employers.benefits.daily import DailyAllowance, Situation
from employers.benefits.problems import Problem, problem
from employers.benefits.weekdays import weekdays_between

BENEFIT = "partial_sickness_allowance"
LEAST_SHARE, MOST_SHARE = "sickness.partial_least_share", "sickness.partial_most_share"


def rates(situation: Situation) -> Sequence[Rate]:
    """Half of the sickness allowance, and so never under half of the minimum: 11:14."""
    return [
        scale.part_of(full, factor="sickness.partial_factor", law=situation.law) for full in sickness.rates(situation)
    ]


def conditions(situation: Situation) -> Iterator[Problem]:
    yield from age.check(situation)
    yield from working_time(situation)
    yield from length(situation)
    yield from maximum.check(situation, most="sickness.partial_maximum_days", counted=(BENEFIT,))


def working_time(situation: Situation) -> Iterator[Problem]:
    """From 40 to 60 per cent of full time, which is at least 30 hours a week or what is full time in the sector."""
    law, details = situation.law, situation.claim.details
    before, agreed = details.get("weekly_hours_before"), details.get("weekly_hours_agreed")
    if before is None or agreed is None:
        return
    if before <= 0:
        yield problem("details.weekly_hours_before", "number_out_of_range", least=0)
        return
    least, most = law.value(LEAST_SHARE), law.value(MOST_SHARE)
    if not least * before <= agreed <= most * before:
        yield problem("details.weekly_hours_agreed", "hours_outside_share", least=least * 100, most=most * 100)
    if before < law.value("sickness.full_time_hours"):
        yield problem("details.weekly_hours_before", "full_time_in_sector", least=law.count("sickness.full_time_hours"))


def length(situation: Situation) -> Iterator[Problem]:
    """Part-time work is planned for at least 12 weekdays: 8:11.3. What is planned counts, not what is paid.

    What goes on from an earlier period was planned with it.
    """
    claim, law = situation.claim, situation.law
    if claim.absence is None or claim.continues_application or claim.previous_paid_day:
        return
    least = law.count("sickness.partial_least_days")
    if len(weekdays_between(claim.absence.start, claim.absence.end)) < least:
        yield problem("absence", "too_short_plan", least=least)


RULES = DailyAllowance(
    terms=replace(sickness.TERMS, from_wanted=True),
    rates=rates,
    needs=(*sickness.SCALE.needs, "sickness.partial_factor"),
    conditions=conditions,
    full_pay_only=True,
)
