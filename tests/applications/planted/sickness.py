"""Sick leave: how it is told, how long it is, what is paid for it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from . import expect, reckoner
from .paydays import FORTNIGHTLY, RHYTHMS
from .people import Maker, Worker
from .reckoner import DAY, Part
from .shape import Expected, Unfit

Made = tuple[list[Worker], list[Expected]]


def spell(make: Maker, worker: Worker, *, least: int = 13, most: int = 45, **told: object) -> list[Part]:
    start = make.day()
    worker.earning(start)
    return worker.absent(start, start + make.length(least, most), 1, **told)


def told_at_once(make: Maker) -> Made:
    """Within one time of pay."""
    worker = make.worker()
    parts = spell(make, worker, most=29)
    if len(parts) > 1:
        raise Unfit
    return [worker], [expect.waited(worker, parts)]


def told_in_parts(make: Maker) -> Made:
    """Over two or more paydays: one absence, one wait, one row that grows."""
    worker = make.worker()
    parts = spell(make, worker, least=20)
    if len(parts) < 2:
        raise Unfit
    return [worker], [expect.waited(worker, parts)]


def little_pay(make: Maker) -> Made:
    """Less was paid for a day than the allowance: the employer gets what it paid, no more."""
    worker = make.worker(monthly=3400)
    parts = spell(make, worker, pay=Decimal(make.random.randrange(1000, 4500)) / 100)
    return [worker], [expect.waited(worker, parts)]


def paid_above_and_below(make: Maker) -> Made:
    """One part is paid above the allowance, the next below: compared day by day, not by the sum."""
    worker = make.worker(monthly=3000)
    start = make.day()
    middle = start + make.length(14, 20)
    worker.earning(start)
    parts = worker.absent(start, middle, 1, pay=Decimal("120.00"))
    parts += worker.absent(middle + DAY, middle + make.length(8, 15), 1, pay=Decimal("20.15"))
    return [worker], [expect.waited(worker, parts)]


def over_new_year(make: Maker) -> Made:
    """The year of the onset decides, and the holidays of Christmas and New Year do not count."""
    worker = make.worker()
    start = date(2025, 12, 8) + timedelta(days=make.random.randrange(22))
    worker.earning(start)
    parts = worker.absent(start, date(2026, 1, 9) + make.length(0, 12), 1)
    return [worker], [expect.waited(worker, parts)]


def over_easter(make: Maker) -> Made:
    worker = make.worker()
    year, day = make.random.choice(((2025, 1), (2026, 18)))
    start = date(year, 3 + (year == 2025), day) + timedelta(days=make.random.randrange(12))
    worker.earning(start)
    return [worker], [expect.waited(worker, worker.absent(start, start + make.length(16, 30), 1))]


def from_a_sunday(make: Maker) -> Made:
    """The day of onset is a day, whatever day it is."""
    worker = make.worker()
    start = make.day()
    start += timedelta(days=6 - start.weekday())
    worker.earning(start)
    return [worker], [expect.waited(worker, worker.absent(start, start + make.length(14, 30), 1))]


def one_day_too_long(make: Maker) -> Made:
    """A single day is payable."""
    worker = make.worker()
    start = make.day()
    worker.earning(start)
    return [worker], [expect.waited(worker, worker.absent(start, reckoner.first_payable(start), 1))]


def two_far_apart(make: Maker) -> Made:
    """More than 30 days between: two absences, each with a wait of its own."""
    worker = make.worker()
    first = spell(make, worker, most=25)
    start = first[-1].end + timedelta(days=40) + make.length(0, 60)
    second = worker.absent(start, start + make.length(14, 28), 1)
    return [worker], [expect.waited(worker, first), expect.waited(worker, second)]


def two_employers(make: Maker) -> Made:
    """The same person, the same days, two employers: each by the wages that it paid itself."""
    one = make.worker()
    other = make.worker(payer=make.random.choice([payer for payer in RHYTHMS if payer != one.payer]))
    other.code = one.code
    start = make.day()
    end = start + make.length(14, 30)
    rows = [expect.waited(each, each.earning(start).absent(start, end, 1)) for each in (one, other)]
    return [one, other], rows


def end_with_the_employment(make: Maker) -> Made:
    """Paid until the employment ended; the rest is not this employer's."""
    start = make.day()
    end = start + make.length(14, 35)
    worker = make.worker(until=end).earning(start)
    return [worker], [expect.waited(worker, worker.absent(start, end, 1))]


def other_wages(make: Maker) -> Made:
    """A holiday bonus is wage, a travel allowance is not."""
    worker = make.worker()
    parts = spell(make, worker)
    window = reckoner.income_window(parts[0].start)
    for payday in [one.day for one in worker.paid_on() if window[0] <= one.day <= window[1]][:4]:
        worker.extra[payday] = (Decimal(make.random.randrange(10_000, 90_000)) / 100, Decimal("138.00"))
    return [worker], [expect.waited(worker, parts)]


def told_ahead(make: Maker) -> Made:
    """An absence known to its end is told whole on the first payday."""
    worker = make.worker()
    start = make.day()
    worker.earning(start)
    end = start + make.length(20, 40)
    payday = next(one for one in worker.all_paydays() if one.end >= start)
    amount = reckoner.cents(Decimal(worker.monthly) / 25) * len(reckoner.weekdays(start, end))
    return [worker], [expect.waited(worker, [worker.tells(payday.day, start, end, 1, amount)])]


def fortnights(make: Maker) -> Made:
    """Paid and told every two weeks."""
    worker = make.worker(payer=next(payer for payer, rhythm in RHYTHMS.items() if rhythm == FORTNIGHTLY))
    return [worker], [expect.waited(worker, spell(make, worker))]


def masked_wages(make: Maker) -> Made:
    """Some months' wages are not shown: what is shown counts."""
    worker = make.worker()
    parts = spell(make, worker)
    worker.masked |= {one.day for one in worker.paid_on()[2:5]}
    return [worker], [expect.waited(worker, parts)]


def relapse(make: Maker) -> Made:
    """Ill again within 30 days. The same illness waits for a day only, another for ten: the register does not say.

    The later one may be found or not when the longer wait leaves nothing.
    """
    worker = make.worker()
    first = spell(make, worker, least=16, most=25)
    start = first[-1].end + timedelta(days=3) + make.length(0, 22)
    second = worker.absent(start, start + make.length(6, 30), 1)
    return [worker], [expect.waited(worker, first), either_wait(worker, second, earlier=first[0].start)]


def either_wait(worker: Worker, parts: list[Part], *, earlier: date) -> Expected:
    """Sums by either wait, and by the income of either time (the relapse keeps at least the earlier)."""
    start = parts[0].start
    short = expect.waited(worker, parts, first=reckoner.oracle.weekday_after(start))
    income = max(reckoner.net(worker.income(earlier), earlier.year), reckoner.net(worker.income(start), start.year))
    best = reckoner.ordinary(income, start.year)
    sums = set(short.sums) | {
        reckoner.to_employer(parts, reckoner.from_day(reckoner.oracle.weekday_after(start), best))
    }
    sums.add(reckoner.to_employer(parts, reckoner.from_day(reckoner.first_payable(start), best)))
    try:
        full = expect.waited(worker, parts)
    except Unfit:
        return replace(short, sums=frozenset(sums), must=False)
    return replace(full, sums=frozenset(sums | set(full.sums)))


def around_annual_leave(make: Maker) -> Made:
    """Ill, on annual leave, ill again: one incapacity with leave in it, or two, is not told."""
    worker = make.worker()
    start = make.day()
    worker.earning(start)
    first = worker.absent(start, start + make.length(15, 20), 1)
    leave = worker.absent(first[-1].end + DAY, first[-1].end + 7 * DAY, 21)
    second = worker.absent(leave[-1].end + DAY, leave[-1].end + make.length(8, 12), 1)
    whole = expect.waited(worker, first + second)
    after = [either_wait(worker, second, earlier=start)]
    alone = expect.waited(worker, first)
    sums = {a + b for a in alone.sums for each in after for b in each.sums} | set(whole.sums) | set(alone.sums)
    deadlines = whole.deadlines | after[0].deadlines
    row = replace(whole, sums=frozenset(sums), paid=None, spread=True, deadlines=deadlines)
    return [worker], [replace(row, statuses=expect.in_time(deadlines))]


KINDS: dict[str, tuple[Callable[[Maker], Made], int]] = {
    "sick leave told at once": (told_at_once, 12),
    "sick leave told in parts": (told_in_parts, 16),
    "little pay": (little_pay, 5),
    "paid above and below": (paid_above_and_below, 4),
    "over New Year": (over_new_year, 5),
    "over Easter": (over_easter, 5),
    "from a Sunday": (from_a_sunday, 4),
    "one payable day": (one_day_too_long, 4),
    "two far apart": (two_far_apart, 3),
    "employment ends": (end_with_the_employment, 4),
    "other wages": (other_wages, 4),
    "told ahead": (told_ahead, 5),
    "every two weeks": (fortnights, 8),
}
TRAPS: dict[str, tuple[Callable[[Maker], Made], int]] = {
    "two employers": (two_employers, 6),
    "masked wages": (masked_wages, 4),
    "relapse": (relapse, 4),
    "around annual leave": (around_annual_leave, 3),
}
