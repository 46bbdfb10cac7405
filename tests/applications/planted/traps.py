"""What looks like money and is none, and what the register leaves open."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from employers.income_register.schema import PaidAbsence, UnpaidAbsence

from .changes import one_part
from .claims import Made
from .expect import waited
from .paydays import WHOLESALER, next_payday
from .people import Maker, Worker, identity_code
from .reckoner import DAY, Part, cents, first_payable, weekdays
from .shape import END, Told, Unfit

OTHER_CAUSES = (6, 7, 8, 13, 14, 18, 19, 20, 21, 99)


def ill(make: Maker, *, least: int = 14, most: int = 30, cause: int = 1, **told: object) -> tuple[Worker, list[Part]]:
    """Without the wages: nothing is to be reckoned."""
    worker = make.worker()
    start = make.day()
    return worker, worker.absent(start, start + make.length(least, most), cause, **told)


def wait_only(make: Maker) -> Made:
    """To the last day of the wait."""
    worker = make.worker()
    start = make.day()
    end = first_payable(start) - DAY
    worker.absent(start, end, 1)
    return [worker], [], []


def short(make: Maker) -> Made:
    worker, _ = ill(make, least=0, most=6)
    return [worker], [], []


def other_cause(make: Maker) -> Made:
    """An accident, annual leave, a child's illness, training and so on: no allowance to the employer."""
    worker, _ = ill(make, most=45, cause=make.random.choice(OTHER_CAUSES))
    return [worker], [], []


def nothing_paid(make: Maker) -> Made:
    """Told among the paid ones, with a sum of zero."""
    worker, _ = ill(make, cause=make.random.choice((1, 2, 3, 4, 5)), pay=Decimal("0.00"))
    return [worker], [], []


def unpaid(make: Maker) -> Made:
    """Told as unpaid. Of a parent's leave the costs of annual leave may be there all the same."""
    worker = make.worker()
    payday = make.random.choice([one for one in worker.all_paydays() if one.day < END and one.start.year >= 2025][:-2])
    cause = make.random.choice((1, 3, 5, 17))
    row = UnpaidAbsence(start=payday.start, end=payday.end, cause_code=cause)
    worker.changes[payday.day] = {"unpaid_absences": (row,)}
    worker.absences[payday.day] = []
    return [worker], [], []


def unpaid_wait(make: Maker) -> Made:
    """The first days were unpaid: the incapacity, the wait and the time to ask begin with them."""
    worker = make.worker()
    start = make.day()
    worker.earning(start)
    payday = next(one for one in worker.all_paydays() if one.end >= start)
    paid = worker.absent(start + 4 * DAY, start + make.length(18, 26), 1)
    if len(paid) > 1 or paid[0].told != payday.day:
        raise Unfit
    row = UnpaidAbsence(start=start, end=start + 3 * DAY, cause_code=1)
    worker.changes[payday.day] = {"unpaid_absences": (row,)}
    strict = waited(worker, paid, onset=start)
    return [worker], [replace(strict, start=start)], []


def earner_masked(make: Maker) -> Made:
    """Nobody can be named."""
    worker, parts = ill(make)
    for part in parts:
        worker.changes[part.told] = {"earner_ids": ()}
    return [worker], [], []


def absences_masked(make: Maker) -> Made:
    worker, parts = ill(make)
    for part in parts:
        worker.changes[part.told] = {"absences_told": False, "paid_absences": ()}
    return [worker], [], []


def too_old(make: Maker) -> Made:
    """Over 67: no sickness allowance."""
    worker, _ = ill(make)
    worker.code = identity_code(make.number, woman=True, first=date(1930, 1, 1))
    return [worker], [], []


def cancelled_at_once(make: Maker) -> Made:
    """Told and cancelled before anybody looked."""
    worker, part = one_part(make)
    worker.corrects(part.told, on=part.told, status=2)
    return [worker], [], []


def corrected_at_once(make: Maker) -> Made:
    worker, part = one_part(make)
    days = (PaidAbsence(start=part.start, end=part.start + 3 * DAY, cause_code=1, amount=Decimal(300)),)
    worker.corrects(part.told, on=part.told, paid_absences=days)
    return [worker], [], []


def cancelled_before_told(make: Maker) -> Made:
    """The cancellation arrives first, the report a payday later."""
    worker, part = one_part(make)
    late = next_payday(worker.payer, part.told)
    if late > END:
        raise Unfit
    original = worker.report(worker.payday(part.told))
    worker.more.append(Told(payer=worker.payer, on=late, report=original))
    worker.changes[part.told] = {"version": 2, "status": 2}
    return [worker], [], []


def after_the_employment(make: Maker) -> Made:
    """Nobody is owed sick pay after the employment: pay is due by the terms of an employment alone."""
    start = make.day()
    worker = make.worker(until=start - 5 * DAY)
    worker.absent(start, start + make.length(14, 30), 1)
    return [worker], [], []


def beyond_the_employment(make: Maker) -> Made:
    """It ends in the middle, the absence goes on; what was paid for which days is not told: any sum."""
    start = make.day()
    worker = make.worker(until=start + 18 * DAY).earning(start)
    row = waited(worker, worker.absent(start, start + make.length(22, 35), 1))
    return [worker], [replace(row, sums=frozenset(), paid=None, spread=True, must=False)], []


def pay_masked(make: Maker) -> Made:
    """It is told as paid, not how much: whether to raise it is open."""
    worker, part = one_part(make)
    row = waited(worker, [part])
    days = (PaidAbsence(start=part.start, end=part.end, cause_code=1),)
    worker.changes[part.told] = {"paid_absences": days}
    return [worker], [replace(row, sums=frozenset(), paid=None, must=False)], []


def weekend_between(make: Maker) -> Made:
    """Told from Monday to Friday, twice. Saturday is a weekday: one absence, or two that are only waits?"""
    worker = make.worker(payer=WHOLESALER)
    start = make.day()
    start -= timedelta(days=start.weekday())
    worker.earning(start)
    parts = []
    for week in range(3):
        first = start + timedelta(days=7 * week)
        parts += worker.absent(first, first + 4 * DAY, 1)
    daily = cents(Decimal(worker.monthly) / 25)
    assert all(part.amount == daily * len(weekdays(part.start, part.end)) for part in parts)
    row = waited(worker, parts)
    return [worker], [replace(row, must=False, spread=True, sums=frozenset(), paid=None)], []


TRAPS: dict[str, tuple[Callable[[Maker], Made], int]] = {
    "only the wait": (wait_only, 46),
    "short": (short, 50),
    "other cause": (other_cause, 80),
    "nothing paid": (nothing_paid, 22),
    "unpaid": (unpaid, 14),
    "unpaid wait": (unpaid_wait, 4),
    "earner masked": (earner_masked, 8),
    "absences masked": (absences_masked, 8),
    "too old": (too_old, 12),
    "cancelled at once": (cancelled_at_once, 10),
    "corrected at once": (corrected_at_once, 8),
    "cancelled before told": (cancelled_before_told, 6),
    "after the employment": (after_the_employment, 6),
    "beyond the employment": (beyond_the_employment, 4),
    "pay masked": (pay_masked, 4),
    "weekend between": (weekend_between, 4),
}
