"""Send what waits for webhooks: many receivers at a time and each of them one message at a time.

Nobody waits for a slow receiver: an attempt ends after ten seconds, and only half of the places are for receivers that
failed or were slow the last time.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic

from django.db import connection

from employers.notifications import webhooks
from employers.notifications.due import Job, is_any_due, take
from employers.notifications.guard import Network
from employers.notifications.settle import settle, withhold
from employers.notifications.webhooks import Outcome

PLACES, FOR_SLOW = 16, 8
LOCK = 0x776562686F6F6B73  # one sender is enough: it waits for answers, not for the processor
LOOK_EVERY = 0.5  # seconds
Clock = Callable[[], datetime]


@dataclass
class Sending:
    """The attempts that are on their way."""

    network: Network
    now: Clock
    real_now: Clock
    pool: ThreadPoolExecutor
    under_way: dict[Future[Outcome], Job] = field(default_factory=dict)

    def fill(self) -> None:
        while len(self.under_way) < PLACES:
            slow = sum(job.is_slow for job in self.under_way.values())
            job = take(at=self.now(), slow_too=slow < FOR_SLOW)
            if job is None:
                return
            if job.message is None:
                withhold(job)
                continue
            future = self.pool.submit(webhooks.send, job.message, network=self.network, at=self.real_now())
            self.under_way[future] = job

    def settle(self) -> None:
        done, _ = wait(self.under_way, timeout=LOOK_EVERY, return_when=FIRST_COMPLETED)
        for future in done:
            settle(self.under_way.pop(future), future.result(), at=self.now())


def send_waiting(*, network: Network, now: Clock, real_now: Clock, seconds: float = 45) -> bool:
    """Until nothing is due, or so many seconds are over: then True where more waits. Only one worker does it."""
    ends = monotonic() + seconds
    with _alone() as alone, ThreadPoolExecutor(PLACES) as pool:
        if not alone:
            return False
        sending = Sending(network=network, now=now, real_now=real_now, pool=pool)
        sending.fill()
        while sending.under_way:
            sending.settle()
            if monotonic() < ends:
                sending.fill()
    return is_any_due(at=now())


@contextmanager
def _alone() -> Iterator[bool]:
    """Held by the connection: it ends with the worker, however that ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        alone = bool(cursor.fetchone()[0])
    try:
        yield alone
    finally:
        if alone:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
