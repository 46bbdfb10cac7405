"""What the simulated register knows: synthetic wage reports, the same from the same seed.

Every figure follows from the seed, the payer, the month and the person, never from the day of asking. So a report never
changes behind a reader's back, new months appear as time goes on, and every month has absences whose claim is still
open when the month is fresh. The register's memory begins twelve months before `today`, the day it was set up.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from uuid import NAMESPACE_URL, uuid5

from portal.sandbox.register import leaves
from portal.sandbox.register.leaves import Leave
from portal.sandbox.register.people import SHARED, Payer, Person, identity_code, person

__all__ = ["SHARED", "Payer", "Payslip", "Person", "SickLeave", "identity_code", "payer_reports", "payslips", "person"]

MONTHS = 12
SHORT_ABSENCE, LONG_ABSENCE, CORRECTED, INVALIDATED = 40, 5, 3, 1  # of a thousand, in a month
SLOTS = 1000
LATEST_CHANGE = timedelta(days=10)  # after the payday, and more than enough


@dataclass(frozen=True, slots=True, kw_only=True)
class SickLeave:
    start: date
    end: date
    claimed: bool  # the payer asks for the daily allowance in the report itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Payslip:
    """One version of one report."""

    payer: Payer
    number: int  # of the person at the payer
    month: date  # its first day
    version: int
    received_at: datetime
    sick: SickLeave | None
    bonus: int = 0  # EUR, added by a correction
    invalidated: bool = False
    leaves: tuple[Leave, ...] = ()

    @property
    def reference(self) -> str:
        """The payer's own."""
        return f"{self.month:%Y%m}-{self.number}"

    @property
    def report_id(self) -> str:
        return report_id(self.payer, self.number, self.month)

    @property
    def payment_date(self) -> date:
        return payday(self.month)

    @property
    def month_end(self) -> date:
        return _next(self.month) - timedelta(days=1)

    @property
    def person(self) -> Person:
        return person(self.payer, self.number)


def report_id(payer: Payer, number: int, month: date) -> str:
    return uuid5(NAMESPACE_URL, f"{payer.seed}/{payer.business_id}/{month}/{number}").hex


def payer_reports(business_id: str, employees: int, today: date, seed: int = 1) -> Iterator[Payslip]:
    """Every version the register holds of one payer on `today`, in the order of arrival within each month."""
    payer = Payer(business_id=business_id, employees=employees, seed=seed)
    until = datetime(today.year, today.month, today.day, tzinfo=UTC)
    return payslips(payer, since=first_month(today), received=(datetime(2019, 1, 1, tzinfo=UTC), until))


def payslips(
    payer: Payer, *, since: date, received: tuple[datetime, datetime], numbers: Sequence[int] | None = None
) -> Iterator[Payslip]:
    """Versions that arrived in the half-open window, from the month `since` on; of all people or of some."""
    start, end = received
    for month in months(max(since, _month_of(start - LATEST_CHANGE)), end):
        for number in range(payer.employees) if numbers is None else numbers:
            for slip in versions(payer, number, month):
                if start <= slip.received_at < end:
                    yield slip


def months(since: date, until: datetime) -> Iterator[date]:
    """Those whose payday came before that moment."""
    month = since
    while payday_moment(month) < until:
        yield month
        month = _next(month)


def versions(payer: Payer, number: int, month: date) -> list[Payslip]:
    """A report and, for a few, its correction and its invalidation some days later."""
    slot = _slot(payer, number, month)
    first = Payslip(
        payer=payer,
        number=number,
        month=month,
        version=1,
        received_at=payday_moment(month) + timedelta(milliseconds=100 * number),
        sick=_sick_leave(payer, number, month, slot),
    )
    if payer.rich:
        first = _enriched(first, slot)
    if payer.rich and first.sick and slot in leaves.CUT_SHORT:
        shorter = replace(first.sick, end=first.sick.start + timedelta(days=4))
        return [first, replace(first, version=2, received_at=first.received_at + timedelta(days=4), sick=shorter)]
    if payer.rich and slot in leaves.CANCELLED:
        return [first, replace(first, version=2, received_at=first.received_at + timedelta(days=5), invalidated=True)]
    last = SLOTS - INVALIDATED
    if slot >= last:
        return [first, replace(first, version=2, received_at=first.received_at + timedelta(days=6), invalidated=True)]
    if slot >= last - CORRECTED:
        return [first, replace(first, version=2, received_at=first.received_at + timedelta(days=4), bonus=150)]
    return [first]


def first_month(today: date) -> date:
    """The first of the last twelve months that are paid on `today`."""
    month = today.replace(day=1)
    if payday(month) >= today:
        month = _previous(month)
    for _ in range(MONTHS - 1):
        month = _previous(month)
    return month


def payday(month: date) -> date:
    """The 28th, or the Friday before."""
    day = month.replace(day=28)
    return day - timedelta(days=max(0, day.weekday() - 4))


def payday_moment(month: date) -> datetime:
    """When the payer's record arrives: the morning of the payday."""
    day = payday(month)
    return datetime(day.year, day.month, day.day, 6, tzinfo=UTC)


def _slot(payer: Payer, number: int, month: date) -> int:
    """What happens to this person this month: spread evenly, so that small payers get their share too."""
    return (number * 389 + month.month * 211 + month.year * 97 + payer.seed * 53 + payer.first_serial // 20_000) % SLOTS


def _sick_leave(payer: Payer, number: int, month: date, slot: int) -> SickLeave | None:
    chance = Random(f"{payer.seed}/{payer.business_id}/{month}/{number}")
    if slot == LONG_ABSENCE - 1:  # began the month before, told as a whole when it ended
        start = month - timedelta(days=chance.randrange(5, 20))
        return SickLeave(start=start, end=month + timedelta(days=chance.randrange(10, 20)), claimed=False)
    if slot < LONG_ABSENCE:
        start = month + timedelta(days=chance.randrange(0, 7))
        return SickLeave(start=start, end=start + timedelta(days=chance.randrange(14, 20)), claimed=slot == 0)
    if slot < LONG_ABSENCE + SHORT_ABSENCE:
        start = month + timedelta(days=chance.randrange(0, 20))
        return SickLeave(start=start, end=start + timedelta(days=chance.randrange(0, 5)), claimed=False)
    return None


def _enriched(slip: Payslip, slot: int) -> Payslip:
    """Leaves of this month and those that go on from earlier ones; whoever is on leave is not reported ill."""
    payer, number, month = slip.payer, slip.number, slip.month
    parts = [
        part
        for back in (_previous(_previous(month)), _previous(month), month)
        if (leave := _leave(payer, number, back)) and (part := leave.within(month, slip.month_end))
    ]
    if parts:
        return replace(slip, sick=None, leaves=tuple(parts))
    if slot in leaves.CUT_SHORT or slot in leaves.CANCELLED:
        start = month + timedelta(days=1)
        claimed = slot in leaves.CANCELLED
        return replace(slip, sick=SickLeave(start=start, end=start + timedelta(days=19), claimed=claimed))
    return slip


def _leave(payer: Payer, number: int, month: date) -> Leave | None:
    """What begins in the month, unless something that began lately may still go on."""
    return None if any(_drawn(payer, number, one) for one in _two_before(month)) else _drawn(payer, number, month)


def _drawn(payer: Payer, number: int, month: date) -> Leave | None:
    slot = _slot(payer, number, month)
    if number == SHARED:  # ill at both employers, on the same days
        start = month + timedelta(days=2)
        ill = month.month % 3 == payer.order // 2 % 3
        return Leave(start=start, end=start + timedelta(days=18), cause=leaves.ILLNESS) if ill else None
    if not leaves.FIRST_SLOT <= slot < leaves.LAST_SLOT:
        return None
    chance = Random(f"leave/{payer.seed}/{payer.business_id}/{month}/{number}")
    return leaves.begun(slot, chance, month=month, woman=person(payer, number).woman)


def _two_before(month: date) -> tuple[date, date]:
    return _previous(month), _previous(_previous(month))


def _next(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)


def _previous(month: date) -> date:
    return (month - timedelta(days=1)).replace(day=1)


def _month_of(moment: datetime) -> date:
    return date(moment.year, moment.month, 1)
