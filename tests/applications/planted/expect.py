"""What has to come of what was told, by the reckoner."""

from collections.abc import Callable, Iterable, Sequence
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
PARTIAL_DAYS = 12
SATURDAY = 5
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
    if benefit == SICK_PART:
        known = max(known, told_weekdays(parts, PARTIAL_DAYS))
    deadlines = {months_later(since or onset, DEADLINES[benefit])}
    if benefit in HALVES:  # from the day it is wanted: the first day of the absence, or the first that is paid
        deadlines.add(months_later(first, DEADLINES[benefit]))
    rate = allowance(worker, benefit, onset)

    def tail(day: date) -> set[Decimal]:
        """The wait and the rate are those of the onset, whichever day it is wanted from."""
        return {reckoner.to_employer(parts, reckoner.from_day(max(first, day), rate))}

    if benefit != SICK:
        more = {"tail": tail, "months": DEADLINES[benefit]} | more
    return row(worker, {benefit}, parts, tail(first), deadlines, known, **more)


def told_weekdays(parts: Sequence[Part], count: int) -> date:
    """When so many weekdays are told: a partial sick leave is agreed for twelve at least."""
    told = sorted({part.told for part in parts})
    enough = (day for day in told if sum(len(days(part)) for part in parts if part.told <= day) >= count)
    return next(enough, END + reckoner.DAY)


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
    counts = {reckoner.RAISED_DAYS}
    if woman:
        counts |= {reckoner.PREGNANCY_DAYS, reckoner.PREGNANCY_DAYS + reckoner.RAISED_DAYS}

    def sums(left: Sequence[Part], income_of: date, since: date = date.min) -> set[Decimal]:
        income = reckoner.net(worker.income(income_of), income_of.year)
        high, low = reckoner.raised(income, income_of.year), reckoner.parental(income, income_of.year)
        rates = (reckoner.first_days(left, count=each, then=low, rate=high) for each in counts)
        return {reckoner.to_employer(left, reckoner.only(rate, since)) for rate in rates}

    def tail(day: date) -> set[Decimal]:
        """The first day asked for decides, or the first of the leave, if the employee was paid until then."""
        left = clipped(parts, day)
        return sums(left, first) | sums(left, day) | sums(parts, first, since=day) | sums(parts, day, since=day)

    benefits = {PREGNANCY, PARENTAL} if woman else {PARENTAL}
    return wanted(worker, benefits, parts, sums(parts, first), tail, **more)


def special(worker: Worker, parts: Sequence[Part], **more: object) -> Expected:
    def sums(left: Sequence[Part], income_of: date) -> set[Decimal]:
        rate = reckoner.parental(reckoner.net(worker.income(income_of), income_of.year), income_of.year)
        return {reckoner.to_employer(left, lambda day: rate)}

    def tail(day: date) -> set[Decimal]:
        left = clipped(parts, day)
        return sums(left, parts[0].start) | sums(left, day)

    return wanted(worker, {SPECIAL}, parts, sums(parts, parts[0].start), tail, **more)


def wanted(
    worker: Worker,
    benefits: set[str],
    parts: Sequence[Part],
    sums: set[Decimal],
    tail: Callable[[date], set[Decimal]],
    **more: object,
) -> Expected:
    """From the first day, within two months of it. Of a Saturday alone it is not told whether it was paid for."""
    known = next(part.told for part in parts if any(day.weekday() < SATURDAY for day in days(part)))
    deadlines = {months_later(parts[0].start, 2)}
    return row(worker, benefits, parts, sums, deadlines, known, **{"tail": tail, "months": 2} | more)


def clipped(parts: Sequence[Part], day: date) -> list[Part]:
    """What is left from a day on, each weekday with its share of the pay."""
    left = []
    for part in parts:
        start = max(part.start, day)
        count = len(reckoner.weekdays(start, part.end)) if start <= part.end else 0
        if count:
            amount = part.amount * count / len(days(part))
            left.append(Part(start, part.end, amount, part.told))
    return left


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

    A month is known when fourteen days of it are told. The cap, the month's own holiday pay, is not in the register:
    a sum may be told with the least that it can be, or not.
    """
    months = reckoner.full_months(parts)
    if not months:
        return []
    first = since or parts[0].start
    income = reckoner.net(worker.income(first), first.year)
    least = reckoner.annual_leave_at_least(worker.income(first), parts, months)
    sums = {min(reckoner.annual_leave(income, len(months)), least), None}
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
