"""Who pays when: four payers of different sizes, three rhythms."""

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from itertools import pairwise

from .reckoner import DAY, cents, months_later
from .shape import BEGIN

MONTHLY, MIDDLE, FORTNIGHTLY = "monthly", "middle", "fortnightly"
CAFE, SERVICE, WHOLESALER, LARGE = "9000001-1", "9000006-2", "9000008-9", "9000009-7"  # 3, 400, 1 000, 12 000 people
RHYTHMS = {CAFE: MONTHLY, SERVICE: MIDDLE, WHOLESALER: FORTNIGHTLY, LARGE: MONTHLY}
FIRST_MONTH, MONTHS = date(2021, 1, 1), 72
FIRST_FRIDAY = date(2021, 1, 8)


@dataclass(frozen=True, slots=True)
class Payday:
    day: date
    start: date  # of the time it pays for, and tells absences of
    end: date


@cache
def paydays(payer: str) -> tuple[Payday, ...]:
    return tuple({MONTHLY: _monthly, MIDDLE: _middle, FORTNIGHTLY: _fortnightly}[RHYTHMS[payer]]())


def wage_of(payer: str, monthly: int) -> Decimal:
    """What a payday brings."""
    return cents(Decimal(monthly * 12) / 26) if RHYTHMS[payer] == FORTNIGHTLY else Decimal(monthly)


@cache
def looks(payer: str) -> tuple[date, ...]:
    """Days on which a payer's reports are read: its paydays, from the first look on."""
    return tuple(one.day for one in paydays(payer) if one.day >= BEGIN)


def look_on(payer: str, day: date) -> date:
    """The first time that what arrives on the day can be seen."""
    days = looks(payer)
    return days[bisect_left(days, day)]


def next_payday(payer: str, day: date) -> date:
    return next(one.day for one in paydays(payer) if one.day > day)


def _monthly() -> list[Payday]:
    """The last day of the month, for the month."""
    months = [months_later(FIRST_MONTH, number) for number in range(MONTHS + 1)]
    return [Payday(after - DAY, month, after - DAY) for month, after in pairwise(months)]


def _middle() -> list[Payday]:
    """The fifteenth, for the month that ends with it."""
    days = [months_later(FIRST_MONTH, number).replace(day=15) for number in range(MONTHS)]
    return [Payday(day, before + DAY, day) for before, day in pairwise(days)]


def _fortnightly() -> list[Payday]:
    """Every second Friday, for the two weeks that ended on Sunday."""
    days = [FIRST_FRIDAY + timedelta(days=14 * number) for number in range(MONTHS * 30 // 14)]
    return [Payday(day, day - timedelta(days=18), day - timedelta(days=5)) for day in days]
