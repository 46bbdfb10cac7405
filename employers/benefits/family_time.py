"""Family leave as wage reports tell it: pregnancy and parental leave under one cause, over months and years.

What can be told: the first family leave that a woman begins is pregnancy leave for 40 weekdays (Sairausvakuutuslaki
1224/2004 9:1-2), and what follows within two years, while the child is under two (9:5), is parental leave for the same
child. Everything else is taken for parental leave, which after its first days gives less: a man's leave, a leave of
somebody with an earlier one in those two years, one that the employer itself applied for as parental leave. Whether a
woman adopts, or has a second child within the two years, no report tells: the claim asks.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from employers.benefits.claim import Period
from employers.benefits.deadlines import add_months
from employers.benefits.details import DETAILS
from employers.benefits.law import Law
from employers.benefits.periods import overlap
from employers.benefits.weekdays import DAY, add_weekdays, first_weekday, next_weekday, weekdays_between

WOMEN = 2  # the individual number of an identity code is even
MONTHS = 12
SAME_CHILD = 9  # months: no two children of one mother are further from each other than this


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyTime:
    """The leaves for one child. `first_day`: of any parents' allowance for it. `mothers`: the days of pregnancy leave,
    if it is a mother's; `pregnancy`: the same, None where the employer has said otherwise. `leaves`: the days told of
    pregnancy and parental leave, in order."""

    first_day: date
    until: date
    mothers: Period | None
    pregnancy: Period | None
    leaves: tuple[Period, ...]


def is_woman(identity_code: str) -> bool:
    """By the individual number, which is even for women: decree 128/2010 2 §."""
    number = identity_code[7:10]
    return number.isdecimal() and int(number) % WOMEN == 0


def family_times(
    leaves: Iterable[Period],
    *,
    special: Sequence[Period] = (),
    woman: bool,
    parental: Sequence[Period] = (),
    pregnancies: Sequence[Period] = (),
    law: Law,
) -> list[FamilyTime]:
    """`leaves` of pregnancy or parenthood, `special` ones before them; `parental` and `pregnancies` are what the
    employer applied for as such. Raises NotInForce."""
    found = []
    waiting = sorted((*leaves, *special), key=lambda one: one.start)
    while waiting:
        first = waiting[0].start
        until = add_months(first, law.count("parents.child_age") * MONTHS)
        now, waiting = [one for one in waiting if one.start < until], [one for one in waiting if one.start >= until]
        own = tuple(one for one in now if one not in special)
        asked = _within(pregnancies, first=first, until=until)
        mothers = asked or (_first_weekdays(own, law=law) if woman else None)
        otherwise = not asked and mothers and any(overlap(mothers, one) for one in parental)
        pregnancy = None if otherwise else mothers
        found.append(FamilyTime(first_day=first, until=until, mothers=mothers, pregnancy=pregnancy, leaves=own))
    return found


def _within(periods: Sequence[Period], *, first: date, until: date) -> Period | None:
    near = [one for one in periods if first <= one.end and one.start < until]
    return Period(start=min(one.start for one in near), end=max(one.end for one in near)) if near else None


def _first_weekdays(leaves: Sequence[Period], *, law: Law) -> Period | None:
    """Pregnancy leave is taken in one go."""
    if not leaves:
        return None
    first = first_weekday(leaves[0].start)
    return Period(start=leaves[0].start, end=add_weekdays(first, law.count("parents.pregnancy_days") - 1))


def split(absence: Period, time: FamilyTime) -> Iterator[tuple[str, Period]]:
    """Which days of an absence are for which allowance."""
    window = time.pregnancy
    if window is None or not overlap(absence, window):
        yield "parental_allowance", _after(absence, window)
        return
    yield "pregnancy_allowance", Period(start=max(absence.start, window.start), end=min(absence.end, window.end))
    if absence.start < window.start:
        yield "parental_allowance", Period(start=absence.start, end=window.start - DAY)
    if absence.end >= next_weekday(window.end):
        yield "parental_allowance", _after(Period(start=window.end + DAY, end=absence.end), window)


def _after(absence: Period, window: Period | None) -> Period:
    """Parental leave that follows pregnancy leave begins with a weekday."""
    if window is None or not window.end < absence.start <= next_weekday(window.end) <= absence.end:
        return absence
    return Period(start=next_weekday(window.end), end=absence.end)


def parental_days_before(day: date, time: FamilyTime) -> int:
    """Weekdays of parental leave for the child before the day, each counted once."""
    window = time.pregnancy
    days = {one for leave in time.leaves for one in weekdays_between(leave.start, min(leave.end, day - DAY))}
    return len({one for one in days if window is None or not window.start <= one <= window.end})


def details_told(day: date, *, benefit: str, time: FamilyTime) -> dict[str, Any]:
    """What the leaves tell of the details of a claim whose absence begins on the day and continues none.

    Days used before are counted as raised ones too, as there can be no more of them: that gives less.
    """
    found: dict[str, Any] = {}
    declared = DETAILS[benefit]
    if "first_benefit_day" in declared and time.first_day < day:
        found["first_benefit_day"] = time.first_day
    used = parental_days_before(day, time)
    if used and "raised_days_used" in declared:
        found |= {"days_used": used, "raised_days_used": used}
    return found


def same_child(one: date, other: date) -> bool:
    """Whether two pregnancy or adoption periods that begin on these days are one: the compensation is paid once."""
    early, late = sorted((one, other))
    return late < add_months(early, SAME_CHILD)
