"""Which accounting periods can still be applied for: Sairausvakuutuslaki 1224/2004, 15:5."""

from collections.abc import Iterator
from datetime import date, timedelta

from employers.benefits.claim import Period
from employers.benefits.deadlines import add_months, moved

YEAR = 12  # months
DAY = timedelta(days=1)


def following(period: Period) -> Period:
    """The twelve months after an accounting period."""
    start = period.end + DAY
    return Period(start=start, end=add_months(start, YEAR) - DAY)


def open_periods(last: Period | None, *, on: date, months: int) -> Iterator[Period]:
    """Periods that have ended and can still be applied for on the day, the oldest first.

    `last`: the latest that was applied for; without one, calendar years. `months`: the time to apply.
    """
    period = following(last) if last else Period(start=date(on.year - 2, 1, 1), end=date(on.year - 2, 12, 31))
    while period.end < on:
        if last_day(period, months=months) >= on:
            yield period
        period = following(period)


def last_day(period: Period, *, months: int) -> date:
    """Moved off days off, as lateness is judged."""
    return moved(add_months(period.end, months))
