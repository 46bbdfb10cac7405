"""Partial sick leave, rehabilitation, partial rehabilitation."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from . import expect, reckoner
from .claims import Made, applied
from .people import CLAIMED, Maker, Worker
from .reckoner import DAY, Part, months_later, weekdays
from .shape import REHAB, REHAB_PART, SICK_PART, Expected, Unfit

PARTIAL, REHABILITATION, PART_REHABILITATION = 2, 5, 22  # causes
HOURS = {"weekly_hours_before": Decimal("37.5"), "weekly_hours_agreed": Decimal("18.75")}


def absent(make: Maker, cause: int, *, least: int, most: int, **told: object) -> tuple[Worker, list[Part]]:
    worker = make.worker()
    start = make.day()
    return worker, worker.earning(start).absent(start, start + make.length(least, most), cause, **told)


def partial(make: Maker) -> Made:
    """Half the sickness allowance; whether full pay and the hours agreed are there is not told."""
    worker, parts = absent(make, PARTIAL, least=20, most=45)
    return [worker], [expect.waited(worker, parts, SICK_PART)], []


def partial_little_pay(make: Maker) -> Made:
    worker, parts = absent(make, PARTIAL, least=20, most=40, pay=Decimal("21.40"))
    return [worker], [expect.waited(worker, parts, SICK_PART)], []


def partial_after_whole(make: Maker) -> Made:
    """Straight after sick leave. Whether it waits anew is not in our sources: either sum, either day to ask by."""
    worker, whole = absent(make, 1, least=14, most=20)
    start = whole[-1].end + DAY
    parts = worker.absent(start, start + make.length(20, 30), PARTIAL)
    anew = expect.waited(worker, parts, SICK_PART)
    on = expect.waited(worker, parts, SICK_PART, onset=whole[0].start, first=parts[0].start)

    def either(day: date) -> set[Decimal]:
        firsts, onsets = (reckoner.first_payable(start), start), (start, whole[0].start)
        rates = [expect.allowance(worker, SICK_PART, onset) for onset in onsets]
        return {
            reckoner.to_employer(parts, reckoner.from_day(max(first, day), rate)) for first in firsts for rate in rates
        }

    since = {months_later(whole[-1].end, 2), *anew.deadlines}
    row = replace(anew, sums=anew.sums | on.sums | either(start), deadlines=frozenset(since), tail=either)
    return [worker], [expect.waited(worker, whole), row], []


def partial_applied(make: Maker) -> Made:
    worker, parts = absent(make, PARTIAL, least=20, most=40)
    row = expect.waited(worker, parts, SICK_PART)
    on = max(row.known, max(part.told for part in parts)) + 2 * DAY
    if on >= min(row.deadlines) or on > make.last_day:
        raise Unfit
    act = replace(applied(worker, parts, on, benefit=SICK_PART), changes={"details": HOURS})
    return [worker], [replace(row, statuses=expect.COVERED)], [act]


def partial_claimed(make: Maker) -> Made:
    """Claims of it came to the register in 2025; their payment type is not sourced: the daily allowance's is used."""
    worker, parts = absent(make, PARTIAL, least=20, most=40, reimbursements=CLAIMED)
    expect.waited(worker, parts, SICK_PART)
    return [worker], [], []


def partial_wait_only(make: Maker) -> Made:
    worker, _ = absent(make, PARTIAL, least=2, most=9)
    return [worker], [], []


def rehabilitation(make: Maker) -> Made:
    """The kind decides whether it waits for nothing, a day or ten, and the register does not tell the kind."""
    worker, parts = absent(make, REHABILITATION, least=14, most=40)
    return [worker], [any_wait(worker, parts, REHAB)], []


def any_wait(worker: Worker, parts: list[Part], benefit: str) -> Expected:
    start = parts[0].start
    full = expect.waited(worker, parts, benefit)
    after = reckoner.oracle.weekday_after(start)
    others = [expect.waited(worker, parts, benefit, first=first) for first in (start, after)]
    sums = full.sums.union(*(each.sums for each in others))
    days = {start, after, reckoner.first_payable(start)}
    deadlines = frozenset(months_later(day, expect.DEADLINES[benefit]) for day in days)

    def tail(day: date) -> set[Decimal]:
        return {one for each in (full, *others) if each.tail for one in each.tail(day)}

    return replace(full, sums=sums, deadlines=deadlines, statuses=expect.in_time(deadlines), tail=tail)


def rehabilitation_short(make: Maker) -> Made:
    """A course of a week: paid from the second day if it is of the listed kinds. May be raised."""
    worker, parts = absent(make, REHABILITATION, least=2, most=8)
    row = maybe(worker, parts, REHAB)
    return [worker], [row], []


def maybe(worker: Worker, parts: list[Part], benefit: str) -> Expected:
    start = parts[0].start
    after = reckoner.oracle.weekday_after(start)
    rows = [expect.waited(worker, parts, benefit, first=first) for first in (start, after)]
    deadlines = frozenset(months_later(day, 6) for day in (start, after))
    sums = rows[0].sums | rows[1].sums
    return replace(rows[1], sums=sums, deadlines=deadlines, statuses=expect.in_time(deadlines), must=False)


def rehabilitation_claimed(make: Maker) -> Made:
    worker, parts = absent(make, REHABILITATION, least=14, most=40, reimbursements=CLAIMED)
    expect.waited(worker, parts, REHAB)
    return [worker], [], []


def rehabilitation_applied(make: Maker) -> Made:
    worker, parts = absent(make, REHABILITATION, least=14, most=40)
    row = any_wait(worker, parts, REHAB)
    on = max(row.known, max(part.told for part in parts)) + 30 * DAY
    if on > make.last_day:
        raise Unfit
    return [worker], [replace(row, statuses=expect.COVERED)], [applied(worker, parts, on, benefit=REHAB)]


def rehabilitation_late(make: Maker) -> Made:
    """Told when half a year had passed."""
    worker = make.worker()
    start = make.day(end=make.last_day - timedelta(days=230))
    end = start + make.length(14, 30)
    over = months_later(reckoner.first_payable(start), 6) + 7 * DAY
    payday = next(one for one in worker.all_paydays() if one.day > over)
    worker.earning(start).tells(payday.day, start, end, REHABILITATION, Decimal(80) * len(weekdays(start, end)))
    return [worker], [], []


def partial_rehabilitation(make: Maker) -> Made:
    worker, parts = absent(make, PART_REHABILITATION, least=16, most=40, pay=Decimal("55.00"))
    return [worker], [any_wait(worker, parts, REHAB_PART)], []


KINDS: dict[str, tuple[Callable[[Maker], Made], int]] = {
    "partial sick leave": (partial, 20),
    "partial, little pay": (partial_little_pay, 4),
    "partial after sick leave": (partial_after_whole, 4),
    "partial, applied for later": (partial_applied, 3),
    "rehabilitation": (rehabilitation, 20),
    "rehabilitation, applied for later": (rehabilitation_applied, 3),
    "partial rehabilitation": (partial_rehabilitation, 14),
}
TRAPS: dict[str, tuple[Callable[[Maker], Made], int]] = {
    "partial, claimed in the report": (partial_claimed, 3),
    "partial, only the wait": (partial_wait_only, 12),
    "rehabilitation, short": (rehabilitation_short, 5),
    "rehabilitation, claimed in the report": (rehabilitation_claimed, 3),
    "rehabilitation, late": (rehabilitation_late, 6),
}
