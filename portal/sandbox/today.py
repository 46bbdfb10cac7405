"""Which day the sandbox begins on: the real one, but not beyond the last year with official parameters."""

from datetime import UTC, date, datetime

from employers.benefits import law
from employers.benefits.law import Overlay
from employers.records import clock


def keep_to_official_years(*, overlay: Overlay | None = None) -> date | None:
    """The day that the clock was moved to, where the real one has no official parameters yet."""
    last = law.last_official_year(overlay=overlay)
    if clock.today().year <= last:
        return None
    clock.move_to(datetime(last, 12, 31, 12, tzinfo=UTC))
    return clock.today()
