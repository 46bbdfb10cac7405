"""Asking the agency about an application over HTTP, and reading what it answers."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from employers.applications.message import answer_thread, close_thread
from employers.applications.models_threads import Message, Thread
from employers.records import clock, events
from employers.records.models import Event, ReadLog
from tests.applications import threads
from tests.cast import by_official, client_system, employer, sent
from tests.machine import KEY, Machine, codes

pytestmark = pytest.mark.usefixtures("sandbox")

TEXT = {"text": "When is it decided?"}


@pytest.fixture
def machine() -> Machine:
    return Machine(language="sv")


@pytest.fixture
def one(machine: Machine) -> str:
    return machine.submit().json()["id"]


def write(machine: Machine, one: str, said: object = None, *, key: str = KEY):
    return machine.post(f"applications/{one}/messages", TEXT if said is None else said, key=key)


def answered(text: str = "Next week.") -> None:
    answer_thread(thread_id=Thread.objects.latest("id").pk, text=text, by=by_official(), at=clock.now())


def told(machine: Machine, one: str, query: str = "") -> list[tuple[str, str]]:
    items = machine.get(f"applications/{one}/messages{query}").json()["items"]
    return [(item["role"], item["text"]) for item in items]


def test_the_first_message_opens_a_thread_and_the_next_goes_on_in_it(machine, one):
    first = write(machine, one)
    assert first.status_code == 201
    assert (first.json()["text"], first.json()["role"], first.json()["read_at"]) == (TEXT["text"], "agent", None)
    assert write(machine, one, {"text": "Still?"}, key=f"{KEY}-2").status_code == 201
    thread = Thread.objects.get()
    assert (str(thread.application_id), thread.language, thread.benefit) == (one, "sv", "sickness_allowance")
    assert thread.person_id == thread.application.person_id
    assert told(machine, one) == [("agent", "Still?"), ("agent", TEXT["text"])]
    assert {message.channel for message in Message.objects.all()} == {"api"}


def test_what_is_written_names_who_wrote_it_for_whom(machine, one):
    write(machine, one)
    message, system = Message.objects.get(), client_system()
    held = system.organisation.mandates_held.get(principal=employer()).pk
    assert (message.client, message.acting_organisation, message.mandate) == (system, system.organisation, held)
    assert message.thread.organisation == employer()
    event = Event.objects.get(type=events.QUESTION)
    assert (event.subject, str(event.application), event.organisation) == (message.pk, one, employer().pk)


def test_an_answer_is_read_once_it_was_shown(machine, one):
    write(machine, one)
    answered()
    [answer, question] = machine.get(f"applications/{one}/messages").json()["items"]
    assert (answer["role"], answer["text"], answer["read_at"]) == ("official", "Next week.", None)
    assert question["role"] == "agent"
    assert machine.get(f"applications/{one}/messages").json()["items"][0]["read_at"] is not None
    assert Message.objects.get(role="agent").read_at is None  # the agency has not opened it


def test_only_what_was_shown_was_read(machine, one):
    write(machine, one)
    answered("First.")
    answered("Second.")
    assert told(machine, one, "?limit=1") == [("official", "Second.")]
    assert [message.text for message in Message.objects.filter(role="official", read_at=None)] == ["First."]


def test_pages_go_on_by_cursor(machine, one):
    for number in range(3):
        write(machine, one, {"text": str(number)}, key=f"{KEY}-{number}")
    first = machine.get(f"applications/{one}/messages?limit=2").json()
    assert [item["text"] for item in first["items"]] == ["2", "1"]
    rest = machine.get(f"applications/{one}/messages?limit=2&cursor={first['next']}").json()
    assert ([item["text"] for item in rest["items"]], rest["next"]) == (["0"], None)


def test_what_was_asked_on_the_pages_stands_in_the_same_list():
    application = sent()
    thread = threads.answered(threads.asked(application))
    close_thread(thread_id=thread.pk, at=clock.now())
    machine = Machine()
    assert told(machine, application.pk) == [("official", threads.ANSWER), ("employer", threads.QUESTION)]
    assert write(machine, application.pk).status_code == 201
    thread.refresh_from_db()
    assert (thread.closed_at, thread.waits_since is not None, Thread.objects.count()) == (None, True, 1)


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({}, ("/text", "required")),
        ({"text": "  "}, ("/text", "required")),
        ({"text": "x" * 4001}, ("/text", "too_long")),
        ({"text": ["x"]}, ("/text", "invalid_type")),
        ({"text": "x", "to": "y"}, ("/to", "unknown_field")),
    ],
)
def test_a_message_says_something(machine, one, said, error):
    answer = write(machine, one, said)
    assert (answer.status_code, codes(answer)) == (422, [error])
    assert not Thread.objects.exists()


def test_an_identity_code_is_hidden_in_it(machine, one):
    answer = write(machine, one, {"text": "It is 010190-9123."})
    assert "010190" not in answer.json()["text"]
    assert "010190" not in Message.objects.get().text


def test_the_same_key_again_is_one_message(machine, one):
    first, again = write(machine, one), write(machine, one)
    assert (again.status_code, again.content, again.headers["Idempotency-Replayed"]) == (201, first.content, "true")
    assert Message.objects.count() == 1
    assert write(machine, one, key="").json()["code"] == "idempotency-key-missing"
    assert write(machine, one, {"text": "Another."}).json()["code"] == "idempotency-key-reused"


def test_reading_leaves_a_row_and_counts_no_more_queries_with_more_messages(machine, one):
    write(machine, one)
    few = queries(machine, one)
    for number in range(5):
        write(machine, one, {"text": str(number)}, key=f"{KEY}-{number}")
    assert queries(machine, one) == few <= 9
    held = client_system().organisation.mandates_held.get(principal=employer()).pk
    assert [row.mandate for row in ReadLog.objects.filter(action="messages")] == [held, held]


def queries(machine: Machine, one: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert machine.get(f"applications/{one}/messages").status_code == 200
    return len(captured)
