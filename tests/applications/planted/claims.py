"""Sick leave that was claimed: in the portal or in the report, whole or in part; and what became of the claim."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from . import expect
from .paydays import CAFE, LARGE
from .people import CLAIMED, Maker, Worker
from .reckoner import DAY, Part, last_day_to_ask, months_later, weekdays
from .shape import END, SICK, Act, Expected, Unfit
from .sickness import spell

Made = tuple[list[Worker], list[Expected], list[Act]]


def applied(worker: Worker, parts: list[Part], on: date, *, verb: str = "apply", benefit: str = SICK) -> Act:
    amount = sum(part.amount for part in parts)
    facts = {"start": parts[0].start, "end": parts[-1].end, "amount": amount, "benefit": benefit}
    facts["employed"] = worker.employment.start
    return Act(on=on, verb=verb, payer=worker.payer, code=worker.code, **facts)


def found_at_once(make: Maker) -> tuple[Worker, list[Part], Expected, date]:
    """With the day, after it was found and in time, on which somebody does something."""
    worker = make.worker()
    parts = spell(make, worker, least=14, most=29)
    row = expect.waited(worker, parts)
    on = max(row.known, max(part.told for part in parts)) + make.length(1, 8)
    if on >= min(map(last_day_to_ask, row.deadlines)) or on > END - 45 * DAY:
        raise Unfit
    return worker, parts, row, on


def applied_after(make: Maker) -> Made:
    worker, parts, row, on = found_at_once(make)
    return [worker], [replace(row, statuses=expect.COVERED)], [applied(worker, parts, on)]


def granted(make: Maker) -> Made:
    worker, parts, row, on = found_at_once(make)
    acts = [applied(worker, parts, on), Act(on=on + 9 * DAY, verb="grant", payer=worker.payer)]
    return [worker], [replace(row, statuses=expect.COVERED)], acts


def withdrawn(make: Maker) -> Made:
    """What was taken back covers nothing: it is open again, unless its time had passed by then."""
    worker, parts, row, on = found_at_once(make)
    acts = [applied(worker, parts, on), Act(on=on + DAY, verb="withdraw", payer=worker.payer)]
    statuses = row.statuses if "open" in row.statuses else row.statuses | expect.COVERED
    return [worker], [replace(row, statuses=statuses)], acts


def rejected(make: Maker) -> Made:
    """It was claimed, and refused; the days can be claimed anew. The sources do not say whether to tell so."""
    worker, parts, row, on = found_at_once(make)
    acts = [applied(worker, parts, on), Act(on=on + DAY, verb="reject", payer=worker.payer)]
    return [worker], [replace(row, statuses=row.statuses | expect.COVERED)], acts


def applied_before(make: Maker) -> Made:
    """Somebody was quicker than the payroll."""
    worker = make.worker()
    parts = spell(make, worker, least=14, most=29)
    expect.waited(worker, parts)
    if len(parts) > 1 or parts[0].told <= parts[0].end:
        raise Unfit
    return [worker], [], [applied(worker, parts, parts[0].told - DAY)]


def in_part(make: Maker) -> Made:
    """The first payday's days are claimed, the next payday tells more: the rest continues them, without a wait."""
    worker = make.worker()
    parts = spell(make, worker, least=28, most=50)
    if len(parts) < 2:
        raise Unfit
    first = expect.waited(worker, parts[:1])
    on = parts[0].told + 2 * DAY
    acts = [applied(worker, parts[:1], on)]
    return [worker], [replace(first, statuses=expect.COVERED), rest_of(worker, parts)], acts


def rest_of(worker: Worker, parts: list[Part]) -> Expected:
    rest = parts[1:]
    return expect.waited(worker, rest, onset=parts[0].start, first=rest[0].start, since=parts[0].end)


def in_the_report(make: Maker) -> Made:
    """The report itself asks for the allowance."""
    worker = make.worker()
    start = make.day()
    worker.earning(start)
    parts = worker.absent(start, start + make.length(14, 40), 1, reimbursements=CLAIMED)
    expect.waited(worker, parts)
    return [worker], [], []


def in_the_report_then_not(make: Maker) -> Made:
    """The first payday claims, the next forgets to."""
    worker = make.worker()
    start = make.day()
    worker.earning(start)
    payday = next(one for one in worker.all_paydays() if one.end >= start)
    end = payday.end + make.length(5, 18)
    first = worker.absent(start, payday.end, 1, reimbursements=CLAIMED)
    rest = worker.absent(payday.end + DAY, end, 1)
    expect.waited(worker, first)
    return [worker], [rest_of(worker, [*first, *rest])], []


def corrected_to_a_claim(make: Maker) -> Made:
    """A replacement asks for the allowance that the first version forgot."""
    worker, parts, row, _ = found_at_once(make)
    if len(parts) > 1:
        raise Unfit
    told = worker.report(worker.payday(parts[0].told)).paid_absences[0]
    arrives = worker.corrects(parts[0].told, paid_absences=(replace(told, reimbursements=CLAIMED),))
    if arrives > last_day_to_ask(min(row.deadlines)):
        raise Unfit
    return [worker], [replace(row, statuses=expect.COVERED)], []


def by_the_other_employer(make: Maker) -> Made:
    """Two employers, one applied: the other's money is still there."""
    worker, parts, row, on = found_at_once(make)
    other = make.worker(payer=CAFE if worker.payer != CAFE else LARGE)
    other.code = worker.code
    start, end = parts[0].start, parts[-1].end
    second = expect.waited(other, other.earning(start).absent(start, end, 1))
    return [worker, other], [replace(row, statuses=expect.COVERED), second], [applied(worker, parts, on)]


def late(make: Maker) -> Made:
    """Told for the first time when the time to ask is over: nothing to raise."""
    worker = make.worker()
    start = make.day(date(2025, 1, 2), date(2026, 5, 20))
    end = start + make.length(14, 30)
    over = last_day_to_ask(months_later(start, 2)) + 3 * DAY
    payday = next(one for one in worker.all_paydays() if one.day > over)
    worker.earning(start).tells(payday.day, start, end, 1, Decimal(90) * len(weekdays(start, end)))
    return [worker], [], []


def years_ago(make: Maker) -> Made:
    """In the reports of the years before the first look."""
    worker = make.worker()
    start = make.day(date(2023, 1, 10), date(2024, 9, 30))
    worker.absent(start, start + make.length(14, 40), 1)
    return [worker], [], []


KINDS: dict[str, tuple[Callable[[Maker], Made], int]] = {
    "applied for later": (applied_after, 6),
    "granted": (granted, 3),
    "by the other employer": (by_the_other_employer, 3),
}
TRAPS: dict[str, tuple[Callable[[Maker], Made], int]] = {
    "withdrawn": (withdrawn, 4),
    "rejected": (rejected, 3),
    "applied for before": (applied_before, 8),
    "applied for in part": (in_part, 6),
    "claimed in the report": (in_the_report, 8),
    "claimed in the report, then not": (in_the_report_then_not, 5),
    "corrected to a claim": (corrected_to_a_claim, 3),
    "late": (late, 24),
    "years ago": (years_ago, 24),
}
