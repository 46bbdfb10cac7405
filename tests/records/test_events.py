"""The feed loses nothing, although transactions commit in another order than they began."""

from datetime import UTC, datetime
from threading import Event as Signal
from threading import Thread
from uuid import uuid4

import pytest
from django.db import connection, transaction

from employers.records import events
from employers.records.queries import Cursor, events_after
from employers.records.record import record
from tests.feeds import until_shown

AT = datetime(2026, 4, 15, 9, 0, tzinfo=UTC)
OURS, THEIRS = uuid4(), uuid4()

pytestmark = pytest.mark.django_db(transaction=True)


def happens(status: str, organisation=OURS, kind: str = events.SUBMITTED) -> None:
    record(kind, organisation=organisation, at=AT, status=status)


class Late:
    """A transaction of another process that writes first, and commits when it is told."""

    def __enter__(self) -> "Late":
        self.written, self.may_commit = Signal(), Signal()
        self.thread = Thread(target=self.run)
        self.thread.start()
        assert self.written.wait(30)
        return self

    def run(self) -> None:
        with transaction.atomic():
            happens("late")
            self.written.set()
            self.may_commit.wait(30)
        connection.close()

    def commit(self) -> None:
        self.may_commit.set()
        self.thread.join()

    def __exit__(self, *_: object) -> None:
        self.commit()


def read(cursor: Cursor, **narrowed: object) -> tuple[list[str], Cursor]:
    found = events_after(cursor, limit=100, **narrowed)
    last = Cursor(found[-1].transaction, found[-1].id) if found else cursor
    return [event.status for event in found], last


def test_a_transaction_that_commits_late_is_not_lost():
    happens("early")
    until_shown()
    seen, cursor = read(Cursor())
    with Late() as late:
        happens("committed sooner")
        between, cursor = read(cursor)
        late.commit()
    until_shown()
    rest, cursor = read(cursor)
    assert seen == ["early"]
    assert between == []  # nothing behind an open transaction is shown yet
    assert rest == ["late", "committed sooner"]
    assert read(cursor) == ([], cursor)


def test_pages_follow_each_other_without_gap_or_repetition():
    for number in range(7):
        happens(str(number))
    with transaction.atomic():
        for number in range(7, 10):
            happens(str(number))
    until_shown()
    seen, cursor = [], Cursor()
    while found := events_after(cursor, limit=3):
        seen += [event.status for event in found]
        cursor = Cursor(found[-1].transaction, found[-1].id)
    assert seen == [str(number) for number in range(10)]


def test_only_what_was_asked_for():
    happens("ours")
    happens("theirs", THEIRS)
    happens("not public", kind=events.TAKEN_UP)
    until_shown()
    assert read(Cursor(), organisations=[OURS], types=events.PUBLIC)[0] == ["ours"]
    assert read(Cursor(), organisations=[])[0] == []
