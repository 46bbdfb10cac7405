"""Pregnancy allowance: Sairausvakuutuslaki 1224/2004 9:1-2 and 11:1.4 (28/2022)."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from employers.benefits import parents
from employers.benefits.allowance import Rate
from employers.benefits.claim import Claim, Earlier
from employers.benefits.daily import DailyAllowance, Situation
from employers.benefits.problems import Problem, problem
from employers.benefits.weekdays import subtract_weekdays


def rates(situation: Situation) -> Sequence[Rate]:
    """Raised on every day."""
    return [replace(parents.raised(situation), code="daily_allowance")]


def conditions(situation: Situation) -> Iterator[Problem]:
    yield from parents.conditions(situation)
    law = situation.law
    used = situation.earlier.pregnancy_days_used if situation.earlier else 0
    if used + len(situation.dates) > law.count("parents.pregnancy_days"):
        yield problem("absence", "maximum_exceeded", most=law.count("parents.pregnancy_days"))
    due = situation.claim.details.get("due_date")
    if due and not situation.claim.continues_application:
        yield from start_problems(situation, due=due)


def start_problems(situation: Situation, *, due: date) -> Iterator[Problem]:
    """From 30 to 14 weekdays before the due date: 9:2. After an early birth it starts at once, so this only warns."""
    claim, law = situation.claim, situation.law
    if claim.absence is None:
        return
    start = parents.first_benefit_day(claim) or claim.absence.start
    earliest = subtract_weekdays(due, law.count("parents.earliest_start_weekdays"))
    latest = subtract_weekdays(due, law.count("parents.latest_start_weekdays"))
    if start < earliest:
        yield problem("absence.start", "starts_too_early", day=earliest)
    elif start > latest:
        yield problem("absence.start", "starts_too_late", day=latest)


def counts(_claim: Claim, earlier: Earlier | None, days: int) -> dict[str, int]:
    return {"pregnancy_days_used": (earlier.pregnancy_days_used if earlier else 0) + days}


RULES = DailyAllowance(
    terms=parents.TERMS, rates=rates, needs=parents.RAISED.needs, conditions=conditions, counts=counts
)
