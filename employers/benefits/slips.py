"""What no act forbids and hardly anybody means: a wrong year, a day left out, a name where none belongs.

Looked for when a claim is filed, never in an estimate. Warnings all of them: whoever means it sends it as it is.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from employers.benefits import days, slips_of_money
from employers.benefits.claim import OTHER_DAY_KINDS, Claim, Earlier, Income, Period
from employers.benefits.law import Law
from employers.benefits.periods import in_range, is_reversed
from employers.benefits.problems import Problem, Severity
from employers.benefits.spell import earlier_period, period_end
from employers.benefits.weekdays import DAY, weekdays_between

CODES: dict[str, Severity] = dict.fromkeys(
    (
        "absence_long", "certificate_needed", "class_mistaken", "continuation_unsaid", "cost_twice", "costs_unlikely",
        "day_ahead", "days_over_month", "health_told", "over_ceiling", "pay_gap", "pay_unlikely", "personal_data",
        "saturday_between",
    ),
    "warning",
)  # fmt: skip

# Benefits with a waiting period: there it matters whether an absence goes on.
WAITING = (
    "sickness_allowance",
    "partial_sickness_allowance",
    "rehabilitation_allowance",
    "partial_rehabilitation_allowance",
)
CERTIFIED = (*WAITING, "donor_allowance", "special_pregnancy_allowance")
SELF_CERTIFIED = timedelta(days=13)  # about as long as the waiting period: no certificate need be there yet
LONGEST = timedelta(days=366)
AHEAD = timedelta(days=60)  # an absence is applied for this long before it begins, not longer
SATURDAY = 5
IDENTITY_CODE = re.compile(r"\b\d{6}[-+A-FU-Y]\d{3}[0-9A-Y]\b", re.ASCII | re.IGNORECASE)
ILLNESS = re.compile(r"\b[A-Z]\d{2}\.\d|\bdiagno", re.ASCII | re.IGNORECASE)  # a code of the ICD, or the word


def check(claim: Claim, *, law: Law, income: Income, earlier: Earlier | None, on: date) -> list[Problem]:
    """`income`: what the employer itself paid or typed, never another's wages. `on`: the day of filing."""
    return [
        *years(claim, on=on),
        *certificate(claim, earlier=earlier),
        *saturday(claim, earlier=earlier),
        *gaps(claim),
        *texts(claim),
        *slips_of_money.check(claim, law=law, income=income),
    ]


def slip(field: str, code: str, **params: object) -> Problem:
    return Problem(field, code, CODES[code], params)


def years(claim: Claim, *, on: date) -> Iterator[Problem]:
    """Around New Year the old one is typed, or the new."""
    absence, stated = claim.absence, (claim.details.get("statement") or {}).get("date")
    if absence and not is_reversed(absence) and absence.end - absence.start > LONGEST:
        yield slip("absence.end", "absence_long")
    if absence and absence.start - on > AHEAD:
        yield slip("absence.start", "day_ahead")
    if isinstance(stated, date) and stated > on:
        yield slip("details.statement.date", "day_ahead")


def certificate(claim: Claim, *, earlier: Earlier | None) -> Iterator[Problem]:
    """Of what goes on, the certificate may be here already."""
    if claim.benefit not in CERTIFIED or claim.certificate != "not_needed" or claim.absence is None:
        return
    goes_on = earlier or claim.previous_paid_day or claim.continues_application
    short = claim.benefit == "sickness_allowance" and claim.absence.end - claim.absence.start < SELF_CERTIFIED
    if not goes_on and not short:
        yield slip("certificate", "certificate_needed")


def saturday(claim: Claim, *, earlier: Earlier | None) -> Iterator[Problem]:
    """A Saturday alone keeps an absence from going on: it is a weekday, and waiting begins anew."""
    before = earlier_period(claim, earlier)
    if claim.benefit not in WAITING or claim.absence is None or before is None:
        return
    end = period_end(before)
    if not in_range(end) or not in_range(claim.absence.start):
        return
    between = weekdays_between(end + DAY, claim.absence.start - DAY)
    if len(between) == 1 and between[0].weekday() == SATURDAY:
        yield slip("absence.start", "saturday_between", day=between[0])


def gaps(claim: Claim) -> Iterator[Problem]:
    """Weekdays between two pay periods that are told to be nothing else. Saturdays are not paid everywhere."""
    other = days.other_days(claim, OTHER_DAY_KINDS) if all_sound(claim) else set()
    periods = sorted(enumerate(claim.pay_periods), key=lambda one: one[1].start) if all_sound(claim) else []
    for (_index, earlier), (index, later) in pairwise(periods):
        between = weekdays_between(earlier.end + DAY, later.start - DAY)
        if any(day.weekday() != SATURDAY and day not in other for day in between):
            yield slip(f"pay_periods.{index}.start", "pay_gap")


def all_sound(claim: Claim) -> bool:
    """Days that can be counted one by one."""
    periods: list[Period] = [*claim.pay_periods, *claim.other_days]
    return all(in_range(one.start) and in_range(one.end) and not is_reversed(one) for one in periods)


def texts(claim: Claim) -> Iterator[Problem]:
    """What is told of the illness, and of people whom nobody asked about."""
    note, more = claim.payment_specifier or "", claim.additional_information
    name = claim.employee.family_name.strip().casefold() if claim.employee else ""
    if IDENTITY_CODE.search(note) or (len(name) > 2 and name in note.casefold()):
        yield slip("payment_specifier", "personal_data")
    if IDENTITY_CODE.search(more):
        yield slip("additional_information", "personal_data")
    for field, text in (("payment_specifier", note), ("additional_information", more)):
        if ILLNESS.search(text):
            yield slip(field, "health_told")
