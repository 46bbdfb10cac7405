"""Corrections that race, that crash on the way, and whose answer is lost: one effect each."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from employers.applications import correct as verb
from employers.applications.models import Application, ApplicationVersion, StatusChange
from employers.applications.models_threads import Message, Thread
from employers.records import events
from employers.records.models import Event, IdempotencyKey
from tests.machine import KEY, Machine, body

TOGETHER = 32
DAYS = {"start": "2026-03-02", "end": "2026-03-31"}
OPEN_END = {"absence": DAYS, "pay_periods": [DAYS | {"amount": "2500.00"}], "pay_continues_from": "2026-04-01"}
APRIL = {"start": "2026-04-01", "end": "2026-04-30", "amount": "2500.00"}
CORRECTED = Event.objects.filter(type=events.CORRECTED)


def correction(number: int = 0) -> dict:
    amount = f"{3000 + number}.00"
    return body(absence=DAYS, pay_periods=[DAYS | {"amount": amount}], reason="The last day was wrong.")


def numbers() -> list[int]:
    return list(ApplicationVersion.objects.order_by("number").values_list("number", flat=True))


def at_once(token: str, calls: list[Callable[[Machine], HttpResponse]]) -> list[HttpResponse]:
    """Each in a thread and a connection of its own, let go together."""
    gate = Barrier(len(calls))

    def send(call: Callable[[Machine], HttpResponse]) -> HttpResponse:
        machine = Machine("sandbox-bench")
        machine.token = token
        gate.wait(60)
        try:
            return call(machine)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(send, calls))


@pytest.fixture
def machine(sandbox: None) -> Machine:
    return Machine("sandbox-bench")


def correcting(one: str, number: int, key: str) -> Callable[[Machine], HttpResponse]:
    return lambda machine: machine.post(
        f"applications/{one}/corrections", correction(number), key=key, headers={"If-Match": '"1"'}
    )


@pytest.mark.django_db(transaction=True)
def test_of_thirty_two_corrections_of_one_version_one_counts(machine):
    """Every other one is told 412 with the version in force, and versions have no gap."""
    one = machine.submit().json()["id"]
    answers = at_once(machine.token, [correcting(one, number, f"{KEY}-{number}") for number in range(TOGETHER)])
    assert Counter(answer.status_code for answer in answers) == {201: 1, 412: TOGETHER - 1}
    assert {answer.json()["current"] for answer in answers if answer.status_code == 412} == {2}
    assert (numbers(), Application.objects.get().version, CORRECTED.count()) == ([1, 2], 2, 1)
    assert StatusChange.objects.filter(verb="correct").count() == 1


@pytest.mark.django_db(transaction=True)
def test_thirty_two_retries_of_one_correction_are_one(machine):
    """Fault 13: one effect, everybody else gets its answer again or is told to wait."""
    one = machine.submit().json()["id"]
    answers = at_once(machine.token, [correcting(one, 0, KEY)] * TOGETHER)
    kinds = Counter((answer.status_code, "Idempotency-Replayed" in answer.headers) for answer in answers)
    assert kinds[201, False] == 1
    assert kinds[201, True] + kinds[409, False] == TOGETHER - 1
    assert len({answer.content for answer in answers if answer.status_code == 201}) == 1
    assert (numbers(), CORRECTED.count()) == ([1, 2], 1)


@pytest.mark.django_db(transaction=True)
def test_of_two_reports_of_one_month_one_counts(machine):
    """Without If-Match, each is added to what was said before; the second finds the month there."""
    one = machine.submit(**OPEN_END).json()["id"]
    report = {"pay_periods": [APRIL], "pay_continues_from": "2026-05-01"}
    calls = [
        lambda machine, key=f"{KEY}-{number}": machine.post(f"applications/{one}/pay-reports", report, key=key)
        for number in range(4)
    ]
    assert Counter(answer.status_code for answer in at_once(machine.token, calls)) == {201: 1, 422: 3}
    assert (numbers(), CORRECTED.count()) == ([1, 2], 1)


@pytest.mark.django_db(transaction=True)
def test_first_messages_at_once_are_one_thread(machine):
    one = machine.submit().json()["id"]
    calls = [
        lambda machine, number=number: machine.post(
            f"applications/{one}/messages", {"text": str(number)}, key=f"{KEY}-{number}"
        )
        for number in range(4)
    ]
    assert [answer.status_code for answer in at_once(machine.token, calls)] == [201] * 4
    assert (Thread.objects.count(), Message.objects.count()) == (1, 4)


@pytest.mark.django_db(transaction=True)
def test_what_crashes_before_its_end_leaves_nothing_and_its_retry_one_effect(machine, monkeypatch):
    """The version was written, and the process died before the move was: neither is there, and the key is free."""
    one = machine.submit().json()["id"]

    def dies(*_args: object, **_more: object) -> None:
        assert numbers() == [1, 2]
        raise SystemError

    with monkeypatch.context() as patched:
        patched.setattr(verb, "log", dies)
        assert correcting(one, 0, KEY)(machine).status_code == 500
    assert (numbers(), CORRECTED.count(), Application.objects.get().version) == ([1], 0, 1)
    assert not IdempotencyKey.objects.filter(key=KEY).exists()
    retried = correcting(one, 0, KEY)(machine)
    assert (retried.status_code, "Idempotency-Replayed" in retried.headers) == (201, False)
    assert (numbers(), CORRECTED.count()) == ([1, 2], 1)


CALLS = {
    "corrections": (correction(), 40),
    "withdrawal": ({"reason": "Sent twice."}, 24),
    "pay-reports": ({"pay_periods": [APRIL]}, 48),
    "messages": ({"text": "When?"}, 24),
}


@pytest.mark.django_db
@pytest.mark.parametrize("call", CALLS)
def test_the_number_of_queries_does_not_grow_with_what_is_there(machine, call):
    content, most = CALLS[call]
    first = machine.submit(**OPEN_END).json()["id"]
    few = queries(machine, first, call, content)
    second = machine.submit(1, reference="second", employer="9000006-2", **OPEN_END).json()["id"]
    for month in range(5, 10):
        days = {"start": f"2026-{month:02}-04", "end": f"2026-{month:02}-22"}
        said = {"absence": days, "pay_periods": [days | {"amount": "1.00"}], "reference": f"row-{month}"}
        assert machine.submit(month, employer="9000006-2", **said).status_code == 201
    said = {"reason": "It was a part.", "pay_basis": "part", "employer": "9000006-2", **OPEN_END}
    answer = machine.post(
        f"applications/{second}/corrections", body(**said), key=f"{KEY}-more", headers={"If-Match": '"1"'}
    )
    assert answer.status_code == 201
    content = {**content, "employer": "9000006-2"} if "employer" in content else content
    assert queries(machine, second, call, content, version=2) == few <= most


def queries(machine: Machine, one: str, call: str, content: dict, *, version: int = 1) -> int:
    headers = {"If-Match": f'"{version}"'}
    with CaptureQueriesContext(connection) as captured:
        answer = machine.post(f"applications/{one}/{call}", content, key=f"{KEY}-{version}", headers=headers)
    assert answer.status_code == 201, answer.content
    return len(captured)
