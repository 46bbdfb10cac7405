"""Many requests at the same moment: real threads, real connections, one effect."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier, Event, Thread

import pytest
from django.db import connection, transaction
from django.http import HttpResponse

from employers.applications.models import Application, StatusChange
from employers.records import events, idempotency
from employers.records.models import Event as EventRow
from employers.records.models import IdempotencyKey
from tests.cast import client_system
from tests.machine import KEY, Machine, body

TOGETHER = 32


@pytest.mark.django_db(transaction=True)
def test_thirty_two_identical_submits_give_one_application(sandbox):
    """Fault 13: one effect, everybody else gets its answer again or is told to wait."""
    answers = at_once(Machine().token, [(KEY, body())] * TOGETHER)
    kinds = Counter((answer.status_code, "Idempotency-Replayed" in answer.headers) for answer in answers)
    assert kinds[201, False] == 1
    assert kinds[201, True] + kinds[409, False] == TOGETHER - 1
    assert len({answer.content for answer in answers if answer.status_code == 201}) == 1
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} <= {"request-in-progress"}
    assert [model.objects.count() for model in (Application, StatusChange, IdempotencyKey)] == [1, 1, 1]
    assert EventRow.objects.filter(type=events.SUBMITTED).count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_claim_under_many_keys_gives_one_application(sandbox):
    """No two live applications share a natural key, however the requests race."""
    calls = [(f"{KEY}-{number}", body(reference=f"row-{number}")) for number in range(8)]
    answers = at_once(Machine().token, calls)
    assert Counter(answer.status_code for answer in answers) == {201: 1, 409: 7}
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} == {"duplicate"}
    assert Application.objects.count() == 1


@pytest.mark.django_db
def test_while_the_first_request_runs_the_second_is_told_to_wait(sandbox):
    machine = Machine()
    with running(f"{KEY}-0"):
        answer = machine.submit()
    assert (answer.status_code, answer.json()["code"]) == (409, "request-in-progress")
    assert int(answer.headers["Retry-After"]) >= 1
    assert machine.submit().status_code == 201


def at_once(token: str, calls: list[tuple[str, dict]]) -> list[HttpResponse]:
    """Each in a thread and a connection of its own, let go together."""
    gate = Barrier(len(calls))

    def send(call: tuple[str, dict]) -> HttpResponse:
        key, content = call
        machine = Machine()
        machine.token = token
        gate.wait(60)
        try:
            return machine.post("applications", content, key=key)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(send, calls))


@contextmanager
def running(key: str) -> Iterator[None]:
    """Another process, in the middle of the first request with this key."""
    client, begun, done = client_system().pk, Event(), Event()

    def first() -> None:
        with transaction.atomic():
            idempotency._take(client, "POST /api/v1/applications", key)
            begun.set()
            done.wait(30)
        connection.close()

    thread = Thread(target=first)
    thread.start()
    assert begun.wait(30)
    yield
    done.set()
    thread.join()
