"""What has to come of what was told, by the reckoner."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from . import reckoner
from .paydays import look_on
from .people import Worker
from .reckoner import Part, months_later
from .shape import (
    END,
    LEAVE_COSTS,
    LEAVE_SUM,
    PARENTAL,
    PREGNANCY,
    REHAB,
    REHAB_PART,
    SICK,
    SICK_PART,
    SPECIAL,
    Expected,
    Unfit,
)

OPEN, EXPIRED, COVERED = frozenset({"open"}), frozenset({"expired"}), frozenset({"covered"})
HALVES = {SICK_PART, REHAB_PART}
DEADLINES = {SICK: 2, SICK_PART: 2, REHAB: 6, REHAB_PART: 6}  # months


def waited(
    worker: Worker,
    parts: Sequence[Part],
    benefit: str = SICK,
    *,
    onset: date | None = None,
    first: date | None = None,
    since: date | None = None,
    **more: object,
) -> Expected:
    """The sickness family: nothing for the day of onset and nine weekdays, then a day's allowance.

    `onset` decides the year, the income and the wait; `first` is the first payable day where it is not theirs;
    `since` is the day the time to ask runs from, by default the onset.
    """
    onset = onset or parts[0].start
    first = first or reckoner.first_payable(onset)
    if not any(day >= first for part in parts for day in reckoner.weekdays(part.start, part.end)):
        raise Unfit
    known = min(part.told for part in parts if part.amount and any(d >= first for d in days(part)))
    deadlines = {months_later(since or onset, DEADLINES[benefit])}
    if benefit in HALVES:  # from the day it is wanted: the first day of the absence, or the first that is paid
        deadlines.add(months_later(first, DEADLINES[benefit]))
    rate = allowance(worker, benefit, onset)
    sums = {reckoner.to_employer(parts, reckoner.from_day(first, rate))}
    return row(worker, {benefit}, parts, sums, deadlines, known, **more)


def allowance(worker: Worker, benefit: str, onset: date) -> Decimal:
    income = reckoner.net(worker.income(onset), onset.year)
    return (reckoner.half if benefit in HALVES else reckoner.ordinary)(income, onset.year)


def parents(
    worker: Worker, parts: Sequence[Part], *, woman: bool, since: date | None = None, **more: object
) -> Expected:
    """Every paid weekday from the first. A woman's is the pregnancy allowance, or the parental one: it is not told.

    A man's first 16 weekdays are raised. `since`: an earlier first day of the same leave decides year and income.
    """
    first = since or parts[0].start
    income = reckoner.net(worker.income(first), first.year)
    high, low = reckoner.raised(income, first.year), reckoner.parental(income, first.year)
    counts = {reckoner.RAISED_DAYS}
    if woman:
        counts |= {reckoner.PREGNANCY_DAYS, reckoner.PREGNANCY_DAYS + reckoner.RAISED_DAYS}
    sums = {reckoner.to_employer(parts, reckoner.first_days(parts, count=each, then=low, rate=high)) for each in counts}
    benefits = {PREGNANCY, PARENTAL} if woman else {PARENTAL}
    deadlines = {months_later(parts[0].start, 2)}
    return row(worker, benefits, parts, sums, deadlines, parts[0].told, **more)


def special(worker: Worker, parts: Sequence[Part], **more: object) -> Expected:
    first = parts[0].start
    rate = reckoner.parental(reckoner.net(worker.income(first), first.year), first.year)
    sums = {reckoner.to_employer(parts, lambda day: rate)}
    return row(worker, {SPECIAL}, parts, sums, {months_later(first, 2)}, parts[0].told, **more)


def lump_sum(worker: Worker, parts: Sequence[Part], **more: object) -> Expected:
    """Once a month's pay was paid; two years from the first day of the pregnancy leave."""
    first = parts[0].start
    month = months_later(first, 1) - reckoner.DAY
    known = next((part.told for part in parts if part.end >= month), None)
    if known is None:
        raise Unfit
    deadlines = {months_later(first, 24)}
    return row(worker, {LEAVE_SUM}, parts, {reckoner.LUMP_SUM}, deadlines, known, paid=None, **more)


def leave_costs(worker: Worker, parts: Sequence[Part], *, since: date | None = None, **more: object) -> list[Expected]:
    """By calendar month with 14 paid weekdays; one row or one a month. None at all when no month is full enough.

    A month is known when fourteen days of it are told. The cap, the month's own holiday pay, is not in the register.
    """
    months = reckoner.full_months(parts)
    if not months:
        return []
    first = since or parts[0].start
    income = reckoner.net(worker.income(first), first.year)
    sums = {reckoner.annual_leave(income, len(months))}
    deadlines = {months_later(month, 24) for month in months}
    told = sorted({part.told for part in parts})
    known = next(day for day in told if reckoner.full_months([part for part in parts if part.told <= day]))
    facts = {"paid": None, "spread": True} | more
    return [row(worker, {LEAVE_COSTS}, parts, sums, deadlines, known, **facts)]


def row(
    worker: Worker,
    benefits: Iterable[str],
    parts: Sequence[Part],
    sums: Iterable[Decimal | None],
    deadlines: Iterable[date],
    known: date,
    **more: object,
) -> Expected:
    """Open as long as there is time, unless told otherwise. A part told after the last day belongs to another case."""
    last = min(map(reckoner.last_day_to_ask, deadlines))
    seen = look_on(worker.payer, known)
    if seen > last or max(part.told for part in parts) > last or last in (END, END - reckoner.DAY):
        raise Unfit
    facts = {
        "payer": worker.payer,
        "code": worker.code,
        "benefits": frozenset(benefits),
        "start": parts[0].start,
        "end": parts[-1].end,
        "sums": frozenset(sums),
        "deadlines": frozenset(deadlines),
        "statuses": in_time(deadlines),
        "known": seen,
        "paid": frozenset({sum((part.amount for part in parts), Decimal(0))}),
    }
    return Expected(**facts | more)


def in_time(deadlines: Iterable[date]) -> frozenset[str]:
    return frozenset("expired" if reckoner.last_day_to_ask(day) < END else "open" for day in deadlines)


def days(part: Part) -> tuple[date, ...]:
    return reckoner.weekdays(part.start, part.end)
