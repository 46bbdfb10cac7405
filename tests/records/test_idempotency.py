"""Once: whatever fails, wherever it fails."""

import hashlib
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from cryptography.exceptions import InvalidTag
from django.db import connection, transaction

from employers.records import events, idempotency
from employers.records.idempotency import Answer, once
from employers.records.models import Event, IdempotencyKey
from employers.records.record import record

AT = datetime(2026, 4, 15, 9, 0, tzinfo=UTC)
CLIENT, ORGANISATION = uuid4(), uuid4()
CALL = {"client": CLIENT, "route": "POST /things", "key": "k" * 16, "body": b"{}", "at": AT}

pytestmark = pytest.mark.django_db


def effect() -> Answer:
    record(events.SUBMITTED, organisation=ORGANISATION, at=AT)
    return Answer(201, '{"name": "Väinö"}'.encode(), {"Location": "/things/1"})


def test_the_answer_is_kept_with_the_effect():
    first, again = once(**CALL, work=effect), once(**CALL, work=effect)
    assert (again.status, again.body, again.headers) == (first.status, first.body, first.headers)
    assert (first.replayed, again.replayed) == (False, True)
    assert Event.objects.count() == 1


def test_a_key_is_kept_for_thirty_days_and_its_answer_no_longer():
    once(**CALL, work=effect)
    assert idempotency.forget(at=AT + timedelta(days=30)) == 0
    assert once(**CALL, work=effect).replayed
    assert idempotency.forget(at=AT + timedelta(days=30, seconds=1)) == 1
    assert not IdempotencyKey.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_work_that_fails_leaves_neither_effect_nor_key():
    def fails() -> Answer:
        effect()
        raise RuntimeError

    with pytest.raises(RuntimeError):
        once(**CALL, work=fails)
    assert not Event.objects.exists()
    assert not once(**CALL, work=effect).replayed


@pytest.mark.django_db(transaction=True)
def test_a_crash_before_the_commit_leaves_the_key_free():
    """Fault 3: the process ends inside the transaction; the lock goes with its connection."""
    digest = hashlib.sha256(f"{CLIENT}\0POST /things\0{'k' * 16}".encode()).digest()
    name = int.from_bytes(digest[:8], "big", signed=True)
    with connection.copy().cursor() as dying:
        dying.execute("BEGIN")
        dying.execute("SELECT pg_try_advisory_xact_lock(%s)", [name])
        assert dying.fetchone() == (True,)
        with pytest.raises(idempotency.InProgress):
            once(**CALL, work=effect)
        dying.connection.close()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [name])  # waits until the server has noticed
    assert not once(**CALL, work=effect).replayed


def test_another_body_is_refused():
    once(**CALL, work=effect)
    with pytest.raises(idempotency.Reused):
        once(**CALL | {"body": b"{} "}, work=effect)


@pytest.mark.parametrize("other", [{"client": uuid4()}, {"route": "POST /others"}, {"key": "l" * 16}])
def test_another_client_route_or_key_is_another_request(other):
    once(**CALL, work=effect)
    assert not once(**CALL | other, work=effect).replayed


def test_a_kept_answer_is_sealed_in_its_place():
    once(**CALL, work=effect)
    kept = IdempotencyKey.objects.get()
    assert "Väinö".encode() not in bytes(kept.body)
    IdempotencyKey.objects.update(key="l" * 16)
    with transaction.atomic(), pytest.raises(InvalidTag):
        once(**CALL | {"key": "l" * 16}, work=effect)
