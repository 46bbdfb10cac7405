"""Many write at once and commit in any order, some after long; many read meanwhile. Nobody misses or repeats one."""

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier, Lock
from threading import Event as Signal
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction

from employers.records import events
from employers.records.models import Event
from employers.records.queries import Cursor, events_after, place_of
from employers.records.record import record
from tests.feeds import until_shown

AT = datetime(2026, 4, 15, 9, 0, tzinfo=UTC)
OURS = uuid4()
WRITERS, ROUNDS, READERS, HELD = 12, 15, 4, 3
pytestmark = pytest.mark.django_db(transaction=True)


class Rounds:
    """In each round every writer has written before any commits, and they commit in an order of chance.

    The first HELD writers keep one transaction open over all the rounds.
    """

    def __init__(self) -> None:
        self.together = Barrier(WRITERS - HELD)
        self.turn = Lock()
        self.done, self.let_go = Signal(), Signal()
        self.committed: list[UUID] = []  # in the order of commits

    def write(self, number: int) -> None:
        try:
            self.hold() if number < HELD else self.go_round(number)
        finally:
            connection.close()

    def hold(self) -> None:
        self.once(last=lambda: self.let_go.wait(60))

    def go_round(self, number: int) -> None:
        chance = random.Random(number)
        for _ in range(ROUNDS):
            self.once(last=lambda: (self.together.wait(60), Signal().wait(chance.random() / 100)))
        if self.together.wait(60) == 0:
            self.let_go.set()

    def once(self, *, last) -> None:
        with transaction.atomic():
            written = [happens() for _ in range(2)]
            with transaction.atomic():  # a savepoint has a number of its own inside
                written.append(happens())
            last()
        with self.turn:
            self.committed += [event.pk for event in written]


def happens() -> Event:
    return record(events.SUBMITTED, organisation=OURS, at=AT)


def follow(rounds: Rounds, limit: int) -> list[UUID]:
    """Read on and on, and once more when all is said."""
    seen, cursor = [], Cursor()
    try:
        while True:
            last_look = rounds.done.is_set()
            while found := events_after(cursor, limit=limit, organisations=[OURS]):
                seen += [event.pk for event in found]
                cursor = place_of(found[-1])
            if last_look:
                return seen
            Signal().wait(0.002)
    finally:
        connection.close()


def test_out_of_order_commits_and_long_transactions_leave_no_gap():
    """Expected: every reader sees every committed event exactly once, in one and the same order, whatever the sizes of
    its pages; and the order of commits was another, so that a plain sequence would have lost some."""
    rounds = Rounds()
    with ThreadPoolExecutor(WRITERS + READERS) as pool:
        readers = [pool.submit(follow, rounds, limit) for limit in (1, 2, 7, 200)]
        writers = [pool.submit(rounds.write, number) for number in range(WRITERS)]
        for writer in writers:
            writer.result(120)
        until_shown()
        rounds.done.set()
        seen = [reader.result(120) for reader in readers]
    assert len(rounds.committed) == 3 * (HELD + (WRITERS - HELD) * ROUNDS)
    assert Counter(seen[0]) == Counter(rounds.committed)
    assert seen[1:] == [seen[0]] * (READERS - 1)
    assert seen[0] != rounds.committed  # the chance did its part
