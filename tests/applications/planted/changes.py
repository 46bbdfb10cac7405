"""What was told is corrected, cancelled, told twice, masked or told out of order."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from employers.income_register.schema import Identifier, PaidAbsence

from . import expect
from .paydays import next_payday
from .people import Maker, Worker
from .reckoner import DAY, Part, cents, weekdays
from .shape import END, Expected, Told, Unfit
from .sickness import Made, spell

CLOSED = expect.EXPIRED  # what is no longer shown is closed by the only word there is


def one_part(make: Maker, **more: int) -> tuple[Worker, Part]:
    worker = make.worker()
    parts = spell(make, worker, least=14, most=29, **more)
    if len(parts) > 1:
        raise Unfit
    return worker, parts[0]


def corrected(worker: Worker, part: Part, *, end: date | None = None, amount: Decimal | None = None) -> Part:
    """The next payday brings another version."""
    new = PaidAbsence(start=part.start, end=end or part.end, cause_code=1, amount=amount or part.amount)
    arrives = worker.corrects(part.told, paid_absences=(new,))
    if arrives > END:
        raise Unfit
    return Part(part.start, end or part.end, amount or part.amount, arrives)


def after(worker: Worker, before: Part, now: Part) -> list[Expected]:
    """Found by the first version, right by the last."""
    first = expect.waited(worker, [before])
    return [replace(expect.waited(worker, [now]), known=first.known)]


def pay_corrected(make: Maker) -> Made:
    worker, part = one_part(make)
    daily = Decimal(make.random.randrange(1500, 20000)) / 100
    return [worker], after(worker, part, corrected(worker, part, amount=daily * len(weekdays(part.start, part.end))))


def days_corrected(make: Maker) -> Made:
    """Some days more or fewer, and the pay for them."""
    worker, part = one_part(make)
    end = part.end + make.random.choice((-1, 1)) * make.length(1, 4)
    amount = cents(Decimal(worker.monthly) / 25) * len(weekdays(part.start, end))
    return [worker], after(worker, part, corrected(worker, part, end=end, amount=amount))


def corrected_to_little(make: Maker) -> Made:
    """Only the waiting period is left: what was found is closed."""
    worker, part = one_part(make)
    before = expect.waited(worker, [part])
    corrected(worker, part, end=part.start + make.length(1, 7))
    return [worker], [closed(before)]


def corrected_to_another_cause(make: Maker) -> Made:
    """It was an accident at work: the insurer pays."""
    worker, part = one_part(make)
    before = expect.waited(worker, [part])
    other = PaidAbsence(start=part.start, end=part.end, cause_code=20, amount=part.amount)
    if worker.corrects(part.told, paid_absences=(other,)) > END:
        raise Unfit
    return [worker], [closed(before)]


def cancelled(make: Maker) -> Made:
    worker, part = one_part(make)
    before = expect.waited(worker, [part])
    if worker.corrects(part.told, status=2) > END:
        raise Unfit
    return [worker], [closed(before)]


def closed(before: Expected) -> Expected:
    return replace(before, statuses=CLOSED, sums=frozenset(), paid=None)


def cancelled_and_told_anew(make: Maker) -> Made:
    """The payment date was wrong: a cancellation and an unrelated new report, on one day. Still one absence."""
    worker, part = one_part(make)
    arrives = worker.corrects(part.told, status=2)
    if arrives > END:
        raise Unfit
    payday = worker.payday(part.told)
    anew = worker.report(payday, number="n", payment_date=part.told - 3 * DAY, received_at=_moment(arrives))
    worker.more.append(Told(payer=worker.payer, on=arrives, report=anew))
    return [worker], after(worker, part, replace(part, told=arrives))


def told_twice(make: Maker) -> Made:
    """The same days in two reports: one absence. Whether the pay is one pay or two is not told."""
    worker, part = one_part(make)
    payday = worker.payday(part.told)
    again = worker.report(payday, number="b", transactions=())
    worker.more.append(Told(payer=worker.payer, on=part.told, report=again))
    row = expect.waited(worker, [part])
    return [worker], [replace(row, paid=frozenset({part.amount, 2 * part.amount}))]


def told_over_again(make: Maker) -> Made:
    """The next payday tells the last days once more, and some after them: every day counts once."""
    worker, part = one_part(make)
    end = part.end + make.length(2, 9)
    day = next_payday(worker.payer, part.told)
    daily = cents(Decimal(worker.monthly) / 25)
    start = part.end - 3 * DAY
    if not weekdays(part.end + DAY, end) or day > END:
        raise Unfit
    worker.tells(day, start, end, 1, daily * len(weekdays(start, end)))
    rest = Part(part.end + DAY, end, daily * len(weekdays(part.end + DAY, end)), day)
    return [worker], [replace(expect.waited(worker, [part, rest]), paid=None)]


def new_before_old(make: Maker) -> Made:
    """The correction arrives first, the original a payday later: the correction counts."""
    worker, part = one_part(make)
    end = part.end - make.length(1, 2)
    amount = cents(Decimal(worker.monthly) / 25) * len(weekdays(part.start, end))
    now = Part(part.start, end, amount, part.told)
    late = next_payday(worker.payer, part.told)
    if late > END:
        raise Unfit
    original = worker.report(worker.payday(part.told))
    worker.more.append(Told(payer=worker.payer, on=late, report=original))
    new = PaidAbsence(start=part.start, end=end, cause_code=1, amount=amount)
    worker.changes[part.told] = {"version": 2, "received_at": _moment(late), "paid_absences": (new,)}
    return [worker], [expect.waited(worker, [now])]


def masked_later(make: Maker) -> Made:
    """A later version that shows neither absences nor wages: what is known stays."""
    worker, part = one_part(make)
    row = expect.waited(worker, [part])
    worker.corrects(part.told, absences_told=False, paid_absences=(), transactions=(), contacts=())
    return [worker], [row]


def person_shown_later(make: Maker) -> Made:
    """The first version does not say who it is; the second does."""
    worker, part = one_part(make)
    now = corrected(worker, part)
    worker.changes[part.told] = {"earner_ids": (Identifier(type=1, code="9000011-8"),)}
    return [worker], [expect.waited(worker, [now])]


def _moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 4, 2, tzinfo=UTC)


TRAPS: dict[str, tuple[Callable[[Maker], Made], int]] = {
    "pay corrected": (pay_corrected, 6),
    "days corrected": (days_corrected, 8),
    "corrected to the wait": (corrected_to_little, 5),
    "corrected to an accident": (corrected_to_another_cause, 4),
    "cancelled": (cancelled, 5),
    "cancelled and told anew": (cancelled_and_told_anew, 5),
    "told twice": (told_twice, 5),
    "told over again": (told_over_again, 4),
    "new before old": (new_before_old, 4),
    "masked later": (masked_later, 4),
    "person shown later": (person_shown_later, 3),
}
