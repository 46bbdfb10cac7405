"""What every claim for an absence is checked for, beside what every claim is."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from employers.benefits import common
from employers.benefits.claim import (
    CERTIFICATES,
    INSURER_CASES,
    OTHER_DAY_KINDS,
    PAY_BASES,
    Claim,
    Period,
)
from employers.benefits.income import wrong_amount
from employers.benefits.periods import contains, in_range, is_reversed, later_of_overlapping
from employers.benefits.problems import Problem, errors, problem

MOST_PAY_PERIODS = 60
MOST_OTHER_DAYS = 366
MOST_PAY = Decimal(100_000_000)  # EUR in one pay period; more is a slip of the keyboard

INSIDE = {"annual_leave": "annual_leave_inside", "worked": "worked_days_inside"}


def check(claim: Claim, *, filing: bool, periods: Sequence[Problem] | None = None) -> list[Problem]:
    """`periods`: the claim's `period_problems`, of whoever has looked at them already."""
    return [
        *missing(claim),
        *(period_problems(claim) if periods is None else periods),
        *choices(claim),
        *notices(claim),
        *common.check(claim, filing=filing),
    ]


def is_countable(claim: Claim) -> bool:
    """Nothing stands in the way of counting days and pay; a claim with other errors still has an estimate."""
    return claim.absence is not None and not errors(period_problems(claim))


def missing(claim: Claim) -> Iterator[Problem]:
    """What not even an estimate can do without."""
    if claim.absence is None:
        yield problem("absence", "required")
    if not claim.pay_periods:
        yield problem("pay_periods", "pay_periods_missing")
    if not claim.pay_basis:
        yield problem("pay_basis", "required")


def period_problems(claim: Claim) -> list[Problem]:
    entries = dict(listed(claim))
    if claim.absence is not None:
        entries = {"absence": claim.absence, **entries}
    return [
        *too_many(claim),
        *(problem(f"{path}.end", "before_start") for path, period in entries.items() if is_reversed(period)),
        *out_of_range(claim, entries),
        *outside(claim),
        *overlapping(claim),
        *amounts(claim),
        *previous_day(claim),
    ]


def listed(claim: Claim) -> Iterator[tuple[str, Period]]:
    """The entries of both lists with their paths; of too long a list, as many as there may be."""
    for index, pay_period in enumerate(claim.pay_periods[:MOST_PAY_PERIODS]):
        yield f"pay_periods.{index}", pay_period
    for index, days in enumerate(claim.other_days[:MOST_OTHER_DAYS]):
        yield f"other_days.{index}", days


def too_many(claim: Claim) -> Iterator[Problem]:
    if len(claim.pay_periods) > MOST_PAY_PERIODS:
        yield problem("pay_periods", "too_many_periods", most=MOST_PAY_PERIODS)
    if len(claim.other_days) > MOST_OTHER_DAYS:
        yield problem("other_days", "too_many_periods", most=MOST_OTHER_DAYS)


def out_of_range(claim: Claim, entries: dict[str, Period]) -> Iterator[Problem]:
    days: dict[str, date | None] = {}
    for path, period in entries.items():
        days |= {f"{path}.start": period.start, f"{path}.end": period.end}
    days |= {"previous_paid_day": claim.previous_paid_day, "pay_continues_from": claim.pay_continues_from}
    return (problem(path, "date_out_of_range") for path, day in days.items() if day and not in_range(day))


def outside(claim: Claim) -> Iterator[Problem]:
    """Pay and other days lie inside the absence. Of a reversed period it is enough to say that it is reversed."""
    if claim.absence is None or is_reversed(claim.absence):
        return
    for path, period in listed(claim):
        if is_reversed(period):
            continue
        if not contains(claim.absence, period.start):
            yield problem(f"{path}.start", "outside_absence")
        if not contains(claim.absence, period.end):
            yield problem(f"{path}.end", "outside_absence")


def overlapping(claim: Claim) -> Iterator[Problem]:
    for index in later_of_overlapping(claim.pay_periods[:MOST_PAY_PERIODS]):
        yield problem(f"pay_periods.{index}", "overlapping_periods")
    for index in later_of_overlapping(claim.other_days[:MOST_OTHER_DAYS]):
        yield problem(f"other_days.{index}", "overlapping_periods")


def amounts(claim: Claim) -> Iterator[Problem]:
    for index, period in enumerate(claim.pay_periods[:MOST_PAY_PERIODS]):
        if code := wrong_amount(period.amount, most=MOST_PAY):
            yield problem(f"pay_periods.{index}.amount", code)


def previous_day(claim: Claim) -> Iterator[Problem]:
    """A day paid before this absence lies before it."""
    if claim.previous_paid_day and claim.absence and claim.previous_paid_day >= claim.absence.start:
        yield problem("previous_paid_day", "not_before_absence")


def choices(claim: Claim) -> Iterator[Problem]:
    if claim.pay_basis and claim.pay_basis not in PAY_BASES:
        yield problem("pay_basis", "invalid_choice")
    if claim.certificate is not None and claim.certificate not in CERTIFICATES:
        yield problem("certificate", "invalid_choice")
    if claim.insurer_case not in INSURER_CASES:
        yield problem("insurer_case", "invalid_choice")
    for index, days in enumerate(claim.other_days[:MOST_OTHER_DAYS]):
        if days.kind not in OTHER_DAY_KINDS:
            yield problem(f"other_days.{index}.kind", "invalid_choice")


def notices(claim: Claim) -> Iterator[Problem]:
    if claim.insurer_case in INSURER_CASES and claim.insurer_case != "none":
        yield problem("insurer_case", "insurer_first")
    for index, days in enumerate(claim.other_days[:MOST_OTHER_DAYS]):
        if days.kind in INSIDE:
            yield problem(f"other_days.{index}", INSIDE[days.kind])
