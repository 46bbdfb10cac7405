"""What the reports that count today tell of one employer's absences, for everybody at once. Reads only.

Each function is one statement over the whole employer, however many people it has.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection

from employers.applications import lifecycle
from employers.benefits import findable
from employers.benefits.claim import Income, PayPeriod, Period
from employers.benefits.deadlines import add_months
from employers.benefits.findable import Cause
from employers.benefits.income import income_window
from employers.benefits.law import Law
from employers.benefits.parts import clipped, together
from employers.benefits.periods import in_range
from employers.benefits.weekdays import DAY, SATURDAY, days_between, is_weekday
from employers.income_register.codes import (
    ANNUAL_LEAVE_COSTS,
    CLAIMS_FAMILY_LEAVE,
    FAMILY_LEAVE,
    ILLNESS,
    PARTIAL_ILLNESS,
    PARTIAL_REHABILITATION,
    REHABILITATION,
    SPECIAL_PREGNANCY,
)
from employers.organisations.models import Organisation

HERE = Path(__file__).parent
CAUSES: Mapping[int, Cause] = {
    ILLNESS: Cause.ILLNESS,
    PARTIAL_ILLNESS: Cause.PARTIAL_ILLNESS,
    FAMILY_LEAVE: Cause.FAMILY_LEAVE,
    SPECIAL_PREGNANCY: Cause.SPECIAL_PREGNANCY,
    REHABILITATION: Cause.REHABILITATION,
    PARTIAL_REHABILITATION: Cause.PARTIAL_REHABILITATION,
}
ONCE_A_CHILD = f"$[*] ? (@.payment_type == {CLAIMS_FAMILY_LEAVE})"
BY_DAY = f"$[*] ? (@.payment_type != {CLAIMS_FAMILY_LEAVE})"
LOOK_BACK = 54  # months: two years to apply, two in which a child is under two, and the leave before its birth
LOOK_AHEAD = 24  # months that may be told before they come
NEAR = 40  # days: further apart no spell goes on or comes back


@dataclass(frozen=True, slots=True, kw_only=True)
class Run(Period):
    """An absence of which no day was claimed, from its first day, also where that was unpaid. `before`: the one of
    another cause that it goes on from, with the weekdays after its onset. `pays`: where the amount is masked there is
    none."""

    person: UUID
    cause: Cause
    pays: tuple[PayPeriod, ...]
    before: tuple[Cause, Period, int] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave(Period):
    """A part of family leave as a report tells it, or a time for which the report itself asks for leave costs."""

    person: UUID
    cause: Cause | None
    amount: Decimal | None
    lump_sum_claimed: bool

    @property
    def is_paid(self) -> bool:
        return self.amount is not None and self.amount > 0


def unclaimed_runs(organisation: Organisation, *, on: date, law: Law, person: UUID | None = None) -> list[Run]:
    """Runs that may be in time and pay something; no law is applied yet but its times and waits. One statement."""
    first, last = span(on)
    days, passed, workdays = calendar(first - DAY, last)
    rows = _rows(
        "candidates",
        **_about(organisation, person, first=first, last=last),
        days=days,
        passed=passed,
        workdays=workdays,
        causes=list(CAUSES),
        other_claim=BY_DAY,
        waiting=[code for code, cause in CAUSES.items() if findable.waited(findable.BY_DAY[cause], law=law) >= 0],
        withdrawn=lifecycle.WITHDRAWN,
        daily=list(findable.DAILY),
        near=NEAR,
        **_times(on, law),
    )
    return [_run(*row) for row in rows]


def _times(on: date, law: Law) -> dict[str, list[Any]]:
    """By cause what the law says of time and waiting: wider than it is where that cannot be told of a run alone."""
    benefits = {code: findable.BY_DAY[cause] for code, cause in CAUSES.items()}
    return {
        "law_causes": list(benefits),
        "since": [findable.earliest(one, on=on, law=law) for one in benefits.values()],
        "from_onset": [findable.FINDABLE[one].from_onset for one in benefits.values()],
        "waited": [findable.waited(one, law=law) for one in benefits.values()],
    }


def _run(
    person: UUID,
    cause: int,
    start: date,
    end: date,
    cause_before: int | None,
    end_before: date | None,
    after_onset: int | None,
    *pieces: Sequence[Any],
) -> Run:
    before = None
    if cause_before and cause_before != cause and end_before and end_before < start:
        before = (CAUSES[cause_before], Period(start=end_before, end=end_before), after_onset or 0)
    return Run(person=person, cause=CAUSES[cause], start=start, end=end, pays=together(_pays(*pieces)), before=before)


def _pays(
    firsts: Sequence[date],
    lasts: Sequence[date],
    starts: Sequence[date],
    ends: Sequence[date],
    amounts: Sequence[Decimal | None],
) -> Iterable[PayPeriod]:
    """The pay of what is left of each part."""
    for first, last, start, end, amount in zip(firsts, lasts, starts, ends, amounts, strict=True):
        if amount is not None:
            left = clipped(PayPeriod(start=start, end=end, amount=amount), Period(start=first, end=last))
            assert left
            yield left


def leaves(organisation: Organisation, *, on: date, person: UUID | None = None) -> dict[UUID, list[Leave]]:
    """By person, in the order of days. One statement."""
    first, last = span(on)
    found: dict[UUID, list[Leave]] = {}
    about = _about(organisation, person, first=first, last=last)
    rows = _rows(
        "leaves",
        **about,
        causes=[FAMILY_LEAVE, SPECIAL_PREGNANCY, ANNUAL_LEAVE_COSTS],
        lump_sum_claim=ONCE_A_CHILD,
    )
    for who, cause, start, end, amount, claimed in rows:
        leave = Leave(
            person=who,
            cause=CAUSES.get(cause),
            start=max(start, first),
            end=min(end, last),
            amount=amount,
            lump_sum_claimed=claimed,
        )
        found.setdefault(who, []).append(leave)
    return found


def incomes(organisation: Organisation, asked: Collection[tuple[UUID, date]]) -> dict[tuple[UUID, date], Income]:
    """Of each person the income that counts for what begins on the day, by this employer's own wages. One statement."""
    windows = {(person, day): income_window(day) for person, day in asked if in_range(day)}
    wanted = sorted({(person, window.start, window.end) for (person, _day), window in windows.items()})
    rows = _rows(
        "incomes",
        organisation=organisation.pk,
        people=[person for person, _first, _last in wanted],
        firsts=[first for _person, first, _last in wanted],
        lasts=[last for _person, _first, last in wanted],
    )
    known = {(person, first): Income(annual=annual, at_least=True) for person, first, annual in rows}
    return {key: known.get((key[0], windows[key].start), Income()) if key in windows else Income() for key in asked}


def span(on: date) -> tuple[date, date]:
    return add_months(on, -LOOK_BACK), add_months(on, LOOK_AHEAD)


@lru_cache(maxsize=4)
def calendar(first: date, last: date) -> tuple[list[date], list[int], list[int]]:
    """Every day, with the weekdays and the weekdays but Saturdays that have passed when it is over."""
    days, passed, workdays = list(days_between(first, last)), [], []
    count = work = 0
    for day in days:
        count += is_weekday(day)
        work += is_weekday(day) and day.weekday() != SATURDAY
        passed.append(count)
        workdays.append(work)
    return days, passed, workdays


def _about(organisation: Organisation, person: UUID | None, *, first: date, last: date) -> dict[str, Any]:
    return {
        "organisation": organisation.pk,
        "person": person,
        "first": first,
        "last": last,
        "lump_sum": CLAIMS_FAMILY_LEAVE,
    }


def _rows(name: str, **parameters: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(_statement(name), parameters)
        rows: list[Any] = cursor.fetchall()
    return rows


@cache
def _statement(name: str) -> str:
    return (HERE / f"{name}.sql").read_text()
