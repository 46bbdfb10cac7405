"""Absences other than a plain illness, by chance: which begin for one person in one month.

They are whole here, however long; a monthly report tells the part of its month. Women and men cannot be told from a
report; whose individual number is even is a woman.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

DAILY_ALLOWANCE, FAMILY_LEAVE_COMPENSATION = 1, 2  # ReimbPaymentType
ILLNESS, PARTLY_ILL, FAMILY, SPECIAL, REHABILITATION, CHILD_ILL, TRAINING = 1, 2, 3, 4, 5, 6, 8
CARE, ACCIDENT, ANNUAL, PARTLY_REHABILITATED, ANNUAL_COSTS = 17, 20, 21, 22, 23
FULL, HALF, PARTLY = Decimal(1), Decimal("0.5"), Decimal("0.6")
FIRST_SLOT = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave:
    start: date
    end: date
    cause: int
    share: Decimal = FULL  # of the pay, during the leave; nothing: unpaid
    claimed: tuple[int, ...] = ()  # ReimbPaymentTypes
    until: date | None = None  # goes on after the part told

    def within(self, start: date, end: date) -> "Leave | None":
        """The part of these days."""
        if self.end < start or self.start > end:
            return None
        until = self.end if self.end > end else None
        return replace(self, start=max(self.start, start), end=min(self.end, end), until=until)


def begun(slot: int, chance: Random, *, month: date, woman: bool) -> Leave | None:
    """What begins in the month for whoever has this of a thousand slots."""
    at = FIRST_SLOT
    for share, make in KINDS:
        at += share
        if FIRST_SLOT <= slot < at:
            return make(chance, month, woman)
    return None


def _leave(cause: int, days: tuple[int, int], **more: object) -> Callable[[Random, date, bool], Leave]:
    def make(chance: Random, month: date, woman: bool) -> Leave:
        start = month + timedelta(days=chance.randrange(0, 12))
        leave = Leave(start=start, end=start + timedelta(days=chance.randrange(*days)), cause=cause)
        return replace(leave, **more)  # type: ignore[arg-type]

    return make


def _pregnancy(chance: Random, month: date, woman: bool) -> Leave:
    """Forty weekdays with full pay; what falls to a man is parental leave."""
    if not woman:
        return _leave(FAMILY, (17, 18))(chance, month, woman)
    start = month + timedelta(days=chance.randrange(0, 12))
    claimed = ((), (), (DAILY_ALLOWANCE,), (DAILY_ALLOWANCE, FAMILY_LEAVE_COMPENSATION))[chance.randrange(4)]
    return Leave(start=start, end=start + timedelta(days=46), cause=FAMILY, claimed=claimed)


def _special(chance: Random, month: date, woman: bool) -> Leave:
    return _leave(SPECIAL if woman else TRAINING, (10, 20))(chance, month, woman)


# Of a thousand people in a month, and what begins for them.
KINDS: tuple[tuple[int, Callable[[Random, date, bool], Leave]], ...] = (
    (30, _leave(ANNUAL, (6, 20))),
    (6, _leave(CHILD_ILL, (1, 4))),
    (3, _leave(ACCIDENT, (15, 25))),
    (3, _leave(PARTLY_ILL, (15, 50), share=PARTLY)),
    (4, _pregnancy),
    (4, _leave(FAMILY, (24, 45))),
    (2, _leave(FAMILY, (17, 30), claimed=(DAILY_ALLOWANCE,))),
    (2, _special),
    (3, _leave(REHABILITATION, (5, 19))),
    (1, _leave(REHABILITATION, (5, 19), claimed=(DAILY_ALLOWANCE,))),
    (1, _leave(PARTLY_REHABILITATED, (10, 20), share=HALF)),
    (3, _leave(ANNUAL_COSTS, (6, 20))),
    (2, _leave(CARE, (20, 40), share=Decimal(0))),
)
LAST_SLOT = FIRST_SLOT + sum(share for share, _ in KINDS)
CUT_SHORT = range(LAST_SLOT, LAST_SLOT + 3)  # a long illness that a correction makes short
CANCELLED = range(LAST_SLOT + 3, LAST_SLOT + 5)  # a claimed illness whose report is invalidated
