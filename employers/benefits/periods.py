"""Questions about periods. A period whose end comes before its start holds no day."""

from collections.abc import Sequence
from datetime import date

from employers.benefits.claim import Period

# Rules of an earlier time are not kept, and dates further on are mistyped.
FIRST_DAY = date(2019, 1, 1)
LAST_DAY = date(2099, 12, 31)


def in_range(day: date) -> bool:
    return FIRST_DAY <= day <= LAST_DAY


def is_reversed(period: Period) -> bool:
    return period.end < period.start


def contains(period: Period, day: date) -> bool:
    return period.start <= day <= period.end


def overlap(one: Period, other: Period) -> bool:
    return one.start <= other.end and other.start <= one.end


def later_of_overlapping(periods: Sequence[Period]) -> list[int]:
    """Indexes of those that overlap one before them in the list; reversed ones overlap nothing."""
    sound = [(index, period) for index, period in enumerate(periods) if not is_reversed(period)]
    return [
        index
        for position, (index, period) in enumerate(sound)
        if any(overlap(period, earlier) for _, earlier in sound[:position])
    ]
