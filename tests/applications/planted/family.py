"""Pregnancy and parental leave: the allowance, the lump sum of 2 500 euros, the costs of annual leave."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import product

from employers.income_register.schema import Reimbursement

from . import expect, reckoner
from .claims import Made, applied
from .paydays import LARGE, next_payday
from .people import CLAIMED, Maker, Worker
from .reckoner import DAY, Part, months_later, weekdays
from .shape import LEAVE_COSTS, LEAVE_SUM, PARENTAL, Act, Expected, Unfit

LEAVE, SPECIAL_LEAVE, LEAVE_COSTS_CAUSE = 3, 4, 23
BOTH = (*CLAIMED, Reimbursement(payment_type=2, reference="SV2"))


def nth_weekday(start: date, number: int) -> date:
    return weekdays(start, start + timedelta(days=2 * number + 20))[number - 1]


def mother(make: Maker, *, count: int = 40, start: date | None = None, told: object = (), **facts: object):
    """A woman with a paid leave of so many weekdays."""
    start = start or make.day(end=date(2026, 7, 20))
    worker = make.worker(woman=True, **facts).earning(start)
    return worker, worker.absent(start, nth_weekday(start, count), LEAVE, reimbursements=told)


def pregnancy(make: Maker) -> Made:
    worker, parts = mother(make)
    rows = [expect.parents(worker, parts, woman=True), expect.lump_sum(worker, parts)]
    return [worker], rows + expect.leave_costs(worker, parts), []


def a_month_exactly(make: Maker) -> Made:
    start = make.day(end=date(2026, 7, 20))
    worker = make.worker(woman=True).earning(start)
    parts = worker.absent(start, months_later(start, 1) - DAY, LEAVE)
    rows = [expect.parents(worker, parts, woman=True), expect.lump_sum(worker, parts)]
    return [worker], rows + expect.leave_costs(worker, parts), []


def under_a_month(make: Maker) -> Made:
    """Too little pay for the lump sum."""
    worker, parts = mother(make, count=make.random.randint(6, 21))
    return [worker], [expect.parents(worker, parts, woman=True), *expect.leave_costs(worker, parts)], []


def new_at_work(make: Maker) -> Made:
    """Under three months at work: no lump sum. Hardly any wages are known, so the sum may be the least there is."""
    start = make.day(end=date(2026, 7, 20))
    worker, parts = mother(make, start=start, employed=start - timedelta(days=make.random.randint(20, 80)))
    rows = [expect.parents(worker, parts, woman=True), *expect.leave_costs(worker, parts)]
    if not worker.income(start):
        rows = [replace(row, sums=row.sums | {None}, must=row.benefits != {LEAVE_COSTS}) for row in rows]
    return [worker], rows, []


def short_contract(make: Maker) -> Made:
    """A fixed term of under a year: no lump sum."""
    start = make.day(end=date(2026, 5, 20))
    until, employed = start + timedelta(days=80), start - timedelta(days=make.random.randint(150, 220))
    worker, parts = mother(make, start=start, employed=employed, until=until)
    return [worker], [expect.parents(worker, parts, woman=True), *expect.leave_costs(worker, parts)], []


def long_contract(make: Maker) -> Made:
    """A fixed term of two years is long enough."""
    start = make.day(end=date(2026, 5, 20))
    worker, parts = mother(make, start=start, employed=start - timedelta(days=500), until=start + timedelta(days=240))
    rows = [expect.parents(worker, parts, woman=True), expect.lump_sum(worker, parts)]
    return [worker], rows + expect.leave_costs(worker, parts), []


def allowance_claimed(make: Maker) -> Made:
    """The report asks for the allowance; the two compensations are still there."""
    worker, parts = mother(make, told=CLAIMED)
    return [worker], [expect.lump_sum(worker, parts), *expect.leave_costs(worker, parts)], []


def both_claimed(make: Maker) -> Made:
    """The report asks for the allowance and for the lump sum."""
    start = make.day(end=date(2026, 7, 20))
    worker = make.worker(woman=True, payer=LARGE).earning(start)
    parts = worker.absent(start, start + timedelta(days=33), LEAVE, reimbursements=BOTH)
    return [worker], expect.leave_costs(worker, parts), []


def lump_sum_applied(make: Maker) -> Made:
    worker, parts = mother(make)
    row = expect.lump_sum(worker, parts)
    on = max(part.told for part in parts) + 20 * DAY
    if on > make.last_day:
        raise Unfit
    details = {"basis": "pregnancy", "contract": {"kind": "open_ended"}, "working_time_percent": Decimal(100)}
    act = replace(applied(worker, parts, on, benefit=LEAVE_SUM), changes={"details": details})
    rows = [expect.parents(worker, parts, woman=True), replace(row, statuses=expect.COVERED)]
    return [worker], rows + expect.leave_costs(worker, parts), [act]


def leave_costs_applied(make: Maker) -> Made:
    worker, parts = mother(make)
    on = max(part.told for part in parts) + 20 * DAY
    if on > make.last_day:
        raise Unfit
    costs = [replace(row, statuses=expect.COVERED) for row in expect.leave_costs(worker, parts)]
    rows = [expect.parents(worker, parts, woman=True), expect.lump_sum(worker, parts)]
    return [worker], rows + costs, [costs_of(worker, parts, on)]


def leave_costs_claimed(make: Maker) -> Made:
    """A later report asks for them under their own cause (23), by month. Its payment type is not sourced."""
    worker, parts = mother(make)
    costs = expect.leave_costs(worker, parts)
    payday = next_payday(worker.payer, parts[-1].told)
    if payday > make.last_day:
        raise Unfit
    for month in reckoner.full_months(parts):
        worker.tells(
            payday, month, months_later(month, 1) - DAY, LEAVE_COSTS_CAUSE, Decimal(900), reimbursements=CLAIMED
        )
    asked = [replace(row, statuses=expect.COVERED | expect.EXPIRED) for row in costs]
    return [worker], [expect.parents(worker, parts, woman=True), expect.lump_sum(worker, parts), *asked], []


def costs_of(worker: Worker, parts: list[Part], on: date) -> Act:
    month = {"days": Decimal("2.5"), "paid_days": 20, "holiday_pay": Decimal("900.00")}
    months = tuple({"month": f"{first:%Y-%m}"} | month for first in reckoner.full_months(parts))
    details = {"first_leave_day": parts[0].start, "months": months}
    changes = {"details": details, "absence": None, "pay_periods": ()}
    return replace(applied(worker, parts, on, benefit=LEAVE_COSTS), changes=changes)


def second_stretch(make: Maker) -> Made:
    """Months later the same mother again, on parental leave: no second lump sum. Whose days they are is not told."""
    worker, parts = mother(make, start=make.day(end=date(2026, 2, 20)))
    start = parts[-1].end + timedelta(days=60) + make.length(0, 30)
    again = worker.absent(start, nth_weekday(start, make.random.randint(12, 36)), LEAVE)
    rows = [expect.parents(worker, parts, woman=True), later(worker, parts, again), expect.lump_sum(worker, parts)]
    return [worker], rows + both_costs(worker, parts, again), []


def later(worker: Worker, first: list[Part], again: list[Part]) -> Expected:
    """By the income of then or of now; raised to the end, for what is left of the raised days, or not at all."""
    own = expect.parents(worker, again, woman=True)
    used = sum(len(expect.days(part)) for part in first)

    def sums(day: date) -> set[Decimal]:
        left, found = expect.clipped(again, day), set()
        for since in (first[0].start, again[0].start, day):
            income = reckoner.net(worker.income(since), since.year)
            high, low = reckoner.raised(income, since.year), reckoner.parental(income, since.year)
            for parts, count in product((left, again), (0, 16, 40, max(16 - used, 0))):
                rate = reckoner.only(reckoner.first_days(parts, count=count, then=low, rate=high), day)
                found.add(reckoner.to_employer(left, rate))
        return found

    return replace(own, sums=own.sums | sums(again[0].start), tail=sums)


def both_costs(worker: Worker, first: list[Part], again: list[Part]) -> list[Expected]:
    """The months of both stretches: in a row, or one each, by the income of then or of now."""
    alone = [row for parts in (first, again) for row in expect.leave_costs(worker, parts)]
    whole = expect.leave_costs(worker, first + again, since=first[0].start)
    if not whole:
        return []
    by_own = sum((one for row in alone for one in row.sums if one), Decimal(0))
    return [replace(whole[0], sums=whole[0].sums | {by_own})]


def father(make: Maker) -> Made:
    """Sixteen raised weekdays, then the ordinary allowance; never a lump sum."""
    start = make.day(end=date(2026, 7, 20))
    worker = make.worker(woman=False).earning(start)
    parts = worker.absent(start, nth_weekday(start, make.random.randint(5, 40)), LEAVE)
    return [worker], [expect.parents(worker, parts, woman=False), *expect.leave_costs(worker, parts)], []


def father_twice(make: Maker) -> Made:
    start = make.day(end=date(2026, 2, 20))
    worker = make.worker(woman=False).earning(start)
    first = worker.absent(start, nth_weekday(start, make.random.randint(6, 24)), LEAVE)
    start = first[-1].end + timedelta(days=60) + make.length(0, 40)
    again = worker.absent(start, nth_weekday(start, make.random.randint(6, 30)), LEAVE)
    second = replace(later(worker, first, again), benefits=frozenset({PARENTAL}))
    return [worker], [expect.parents(worker, first, woman=False), second, *both_costs(worker, first, again)], []


def special(make: Maker) -> Made:
    """Special pregnancy leave alone gives no lump sum: that asks for the pregnancy allowance."""
    start = make.day(end=date(2026, 7, 20))
    worker = make.worker(woman=True).earning(start)
    parts = worker.absent(start, start + make.length(20, 50), SPECIAL_LEAVE)
    return [worker], [expect.special(worker, parts), *expect.leave_costs(worker, parts)], []


def special_then_pregnancy(make: Maker) -> Made:
    """The first day of either decides the year and the income of both; the lump sum runs from the pregnancy leave."""
    start = make.day(end=date(2026, 5, 20))
    worker = make.worker(woman=True).earning(start)
    before = worker.absent(start, start + make.length(20, 40), SPECIAL_LEAVE)
    leave = before[-1].end + DAY
    parts = worker.absent(leave, nth_weekday(leave, 40), LEAVE)
    rows = [expect.special(worker, before), expect.lump_sum(worker, parts)]
    rows.append(expect.parents(worker, parts, woman=True, since=start))
    return [worker], rows + expect.leave_costs(worker, before + parts, since=start), []


def before_the_first_look(make: Maker) -> Made:
    """The allowance's time is over; the compensations' two years are not."""
    worker, parts = mother(make, start=make.day(date(2024, 2, 1), date(2024, 10, 5)))
    costs = (replace(row, sums=frozenset()) for row in expect.leave_costs(worker, parts))
    return [worker], [expect.lump_sum(worker, parts), *costs], []


def years_ago(make: Maker) -> Made:
    """Everything about it is over."""
    start = make.day(date(2022, 1, 3), date(2022, 9, 20))
    worker = make.worker(woman=True)
    worker.absent(start, nth_weekday(start, 40), LEAVE)
    return [worker], [], []


KINDS: dict[str, tuple[Callable[[Maker], Made], int]] = {
    "pregnancy leave": (pregnancy, 16),
    "a month exactly": (a_month_exactly, 4),
    "long contract": (long_contract, 3),
    "lump sum applied for": (lump_sum_applied, 3),
    "leave costs applied for": (leave_costs_applied, 3),
    "father's leave": (father, 22),
    "special pregnancy leave": (special, 12),
    "special, then pregnancy": (special_then_pregnancy, 5),
    "before the first look": (before_the_first_look, 8),
}
TRAPS: dict[str, tuple[Callable[[Maker], Made], int]] = {
    "under a month": (under_a_month, 10),
    "new at work": (new_at_work, 6),
    "short contract": (short_contract, 6),
    "allowance claimed": (allowance_claimed, 4),
    "both claimed": (both_claimed, 3),
    "leave costs claimed": (leave_costs_claimed, 3),
    "second stretch": (second_stretch, 5),
    "father's second stretch": (father_twice, 5),
    "leave years ago": (years_ago, 10),
}
