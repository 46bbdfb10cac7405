"""Taking an application back over HTTP: until it is decided, once, with the reason."""

from decimal import Decimal

import pytest

from employers.applications.decide import decide
from employers.applications.models import Application, StatusChange
from employers.benefits.claim import Income
from employers.records import clock, events
from employers.records.models import Event, ReadLog
from tests.cast import by_official, client_system, employer
from tests.machine import KEY, Machine, codes

pytestmark = pytest.mark.usefixtures("sandbox")

WHY = {"reason": "Sent twice."}


@pytest.fixture
def machine() -> Machine:
    return Machine()


@pytest.fixture
def one(machine: Machine) -> str:
    return machine.submit().json()["id"]


def withdraw(machine: Machine, one: str, said: object = None, *, key: str = KEY, version: str = ""):
    headers = {"If-Match": version} if version else {}
    return machine.post(f"applications/{one}/withdrawal", WHY if said is None else said, key=key, headers=headers)


def test_a_withdrawn_application_frees_its_days(machine, one):
    answer = withdraw(machine, one)
    assert (answer.status_code, answer.headers["ETag"], answer.headers["Location"]) == (
        201, '"1"', f"/api/v1/applications/{one}",
    )  # fmt: skip
    assert answer.json() == machine.get(f"applications/{one}").json()
    assert answer.json()["status"] == "withdrawn"
    assert machine.submit(1, reference="again").status_code == 201


def test_the_move_its_event_and_its_reading_name_who_did_it_for_whom(machine, one):
    withdraw(machine, one)
    move = StatusChange.objects.get(application=one, verb="withdraw")
    system = client_system()
    held = system.organisation.mandates_held.get(principal=employer()).pk
    assert (move.client, move.acting_organisation, move.mandate) == (system, system.organisation, held)
    assert (move.role, move.reason) == ("agent", "Sent twice.")
    assert Event.objects.filter(type=events.WITHDRAWN, application=one, organisation=employer().pk).count() == 1
    assert ReadLog.objects.get(action="withdraw").mandate == held


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({}, ("/reason", "required")),
        ({"reason": " "}, ("/reason", "required")),
        ({"reason": 7}, ("/reason", "invalid_type")),
        ({"reason": "x" * 1001}, ("/reason", "too_long")),
        ({"reason": "x", "why": "y"}, ("/why", "unknown_field")),
        ([], ("", "invalid_type")),
    ],
)
def test_a_reason_is_needed(machine, one, said, error):
    answer = withdraw(machine, one, said)
    assert (answer.status_code, codes(answer)) == (422, [error])
    assert Application.objects.get().status == "submitted"


def test_a_version_that_is_not_in_force_is_not_withdrawn(machine, one):
    """If-Match is not asked for, and heeded where it is given."""
    answer = withdraw(machine, one, version='"2"')
    assert (answer.status_code, answer.json()["code"], answer.json()["current"]) == (412, "version-stale", 1)
    assert (Application.objects.get().status, StatusChange.objects.count()) == ("submitted", 1)
    assert withdraw(machine, one, version='"1"').status_code == 201


def test_the_same_key_again_gets_the_same_bytes(machine, one):
    first, again = withdraw(machine, one), withdraw(machine, one)
    assert (again.status_code, again.content, again.headers["Idempotency-Replayed"]) == (201, first.content, "true")
    assert StatusChange.objects.filter(verb="withdraw").count() == 1
    assert withdraw(machine, one, key="").json()["code"] == "idempotency-key-missing"
    assert withdraw(machine, one, {"reason": "Another."}).json()["code"] == "idempotency-key-reused"


def test_what_was_withdrawn_or_decided_is_not_withdrawn(machine, one):
    withdraw(machine, one)
    twice = withdraw(machine, one, key=f"{KEY}-second")
    assert (twice.status_code, twice.json()["code"]) == (409, "wrong-state")
    other = machine.submit(1, reference="again").json()["id"]
    income = Income(after_deduction=Decimal(40000))
    decide(application_id=other, outcome="granted", reason="", by=by_official(), at=clock.now(), income=income)
    late = withdraw(machine, other)
    assert (late.status_code, late.json()["code"], late.json()["application_status"]) == (409, "wrong-state", "decided")
