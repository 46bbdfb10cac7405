"""How often somebody may ask, counted where every process sees it: one row a bucket, one statement a request.

The generic cell rate algorithm: a bucket holds `burst` and is refilled evenly. What is kept is only the moment at which
it will be full again, so nothing has to run for it to fill up.
"""

import math
from dataclasses import dataclass

import structlog
from django.db import DatabaseError, InterfaceError, connection

from employers.records.models_rates import RateCount

log = structlog.get_logger()

# Whether one more fits is judged by the row as it is once its lock is held, so parallel requests are counted in turn.
TAKE = """
INSERT INTO employers_ratecount AS held (key, full_at, asked_at, admitted)
SELECT %(key)s, now + %(gap)s * interval '1 second', now, true FROM (SELECT clock_timestamp() AS now) AS read_once
ON CONFLICT (key) DO UPDATE SET (asked_at, admitted, full_at) = (
    SELECT EXCLUDED.asked_at, fits, CASE WHEN fits THEN one_more ELSE held.full_at END
    FROM (SELECT one_more, one_more <= EXCLUDED.asked_at + %(room)s * interval '1 second' AS fits
          FROM (SELECT greatest(held.full_at, EXCLUDED.asked_at) + %(gap)s * interval '1 second' AS one_more) AS taken
         ) AS judged)
RETURNING admitted, extract(epoch FROM full_at - asked_at)::float8
"""
ROUNDED = 0.01  # calls; the database keeps whole microseconds
FORGET = f"DELETE FROM {RateCount._meta.db_table} WHERE full_at < clock_timestamp()"  # noqa: S608  no value from outside


@dataclass(frozen=True, slots=True)
class Rate:
    """`burst` at once, and `per_second` on average."""

    per_second: float
    burst: int

    @property
    def gap(self) -> float:
        """Seconds until one more is refilled."""
        return 1 / self.per_second

    @property
    def room(self) -> float:
        """Seconds until an empty bucket is full."""
        return self.burst / self.per_second


@dataclass(frozen=True, slots=True)
class Left:
    """What is left after one was taken, or could not be. Seconds are whole ones, rounded up."""

    admitted: bool
    remaining: int
    full_in: int
    wait: int


def take(key: str, rate: Rate) -> Left:
    """Trouble in the database refuses nobody: whoever asks is let in uncounted."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(TAKE, {"key": key, "gap": rate.gap, "room": rate.room + ROUNDED * rate.gap})
            admitted, used = cursor.fetchone()
    except (DatabaseError, InterfaceError) as error:
        log.warning("not counted", error=type(error).__name__)
        return Left(admitted=True, remaining=rate.burst, full_in=0, wait=0)
    remaining = math.floor((rate.room - used) / rate.gap + ROUNDED)
    wait = 0 if admitted else max(1, math.ceil(used + rate.gap - rate.room))
    return Left(admitted=admitted, remaining=max(0, remaining), full_in=max(0, math.ceil(used)), wait=wait)


def forget() -> int:
    """Drop the buckets that are full again: without a row they are just as full."""
    with connection.cursor() as cursor:
        cursor.execute(FORGET)
        return int(cursor.rowcount)
