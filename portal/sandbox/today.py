"""Which days can be today in the sandbox: none beyond the last year with official parameters."""

from datetime import UTC, date, datetime

from employers.benefits import law
from employers.benefits.law import Overlay
from employers.records import clock


def last_day(*, overlay: Overlay | None = None) -> date:
    """`overlay`: years whose figures officials have confirmed since are official too."""
    return date(law.last_official_year(overlay=overlay), 12, 31)


def keep_to_official_years(*, overlay: Overlay | None = None) -> date | None:
    """The day that the clock was moved to, where it showed one without official parameters: the real day may be
    beyond them, and a day that somebody has set goes on from there."""
    last = last_day(overlay=overlay)
    if clock.today() <= last:
        return None
    clock.move_to(datetime(last.year, last.month, last.day, 12, tzinfo=UTC))
    return clock.today()
