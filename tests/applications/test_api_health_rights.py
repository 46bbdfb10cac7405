"""Occupational health care has rights of its own, in every call about one application."""

import pytest

from employers.applications.models import Application
from employers.organisations import rights
from employers.organisations.models import Mandate
from portal.described.claim import OCCUPATIONAL_HEALTH
from tests.cast import BAKERY, client_system
from tests.machine import KEY, Machine, body

pytestmark = pytest.mark.usefixtures("sandbox")

PREPARE, SEND = rights.OCCUPATIONAL_HEALTH_PREPARE, rights.OCCUPATIONAL_HEALTH_SEND
CLAIM = {
    "employer": BAKERY, "benefit": rights.OCCUPATIONAL_HEALTH, "reference": "care",
    "details": OCCUPATIONAL_HEALTH,
}  # fmt: skip
DEARER = {**OCCUPATIONAL_HEALTH, "costs": [{"class": "I", "kind": "physician", "amount": "5300.00"}]}
READ = ("", "/history", "/corrections", "/messages")
WRITTEN = {
    "corrections": {**CLAIM, "details": DEARER, "reason": "An invoice was missing."},
    "pay-reports": {"pay_periods": []},
    "messages": {"text": "When?"},
    "withdrawal": {"reason": "Sent twice."},
}

# Rights held -> what reading gives, what writing gives: corrections, pay reports, messages, withdrawal.
OF_HEALTH = {
    (rights.APPLY,): (403, [403, 403, 403, 403]),
    (rights.VIEW_DECISIONS,): (200, [403, 403, 201, 403]),
    (PREPARE,): (200, [403, 403, 201, 403]),
    (SEND,): (200, [201, 409, 201, 201]),  # nothing goes on that pay could be reported for
}
OF_ABSENCE = {
    (rights.APPLY,): (200, [201, 409, 201, 201]),
    (rights.VIEW_DECISIONS,): (200, [403, 403, 201, 403]),
    (PREPARE,): (403, [403, 403, 403, 403]),
    (SEND,): (403, [403, 403, 403, 403]),
}


def hold(*held: str) -> None:
    given = Mandate.objects.filter(agent_organisation=client_system().organisation)
    given.filter(principal__business_id=BAKERY).update(rights=list(held))


def written(machine: Machine, one: Application, bodies: dict[str, dict]) -> list[int]:
    seen = {"corrections": {"If-Match": '"1"'}}
    answers = [
        machine.post(f"applications/{one.pk}/{call}", said, key=KEY, headers=seen.get(call))
        for call, said in bodies.items()
    ]
    assert all(answer.json()["code"] == "mandate-missing" for answer in answers if answer.status_code == 403)
    return [answer.status_code for answer in answers]


def read(machine: Machine, one: Application) -> set[int]:
    return {machine.get(f"applications/{one.pk}{call}").status_code for call in READ}


@pytest.mark.parametrize("held", OF_HEALTH)
def test_of_occupational_health_care(held):
    machine = Machine()
    hold(*rights.RIGHTS)
    assert machine.post("applications", CLAIM, key=f"{KEY}-sent").status_code == 201
    hold(*held)
    one, (reading, writing) = Application.objects.get(), OF_HEALTH[held]
    assert (read(machine, one), written(machine, one, WRITTEN)) == ({reading}, writing)


@pytest.mark.parametrize("held", OF_ABSENCE)
def test_of_an_absence(held):
    machine = Machine()
    assert machine.submit().status_code == 201
    hold(*held)
    one, (reading, writing) = Application.objects.get(), OF_ABSENCE[held]
    said = {**WRITTEN, "corrections": body(pay_basis="part", reason="It was a part.")}
    assert (read(machine, one), written(machine, one, said)) == ({reading}, writing)


def test_the_right_to_ask_for_is_named():
    machine = Machine()
    hold(*rights.RIGHTS)
    one = machine.post("applications", CLAIM, key=f"{KEY}-sent").json()["id"]
    hold(rights.APPLY)
    answer = machine.post(f"applications/{one}/withdrawal", WRITTEN["withdrawal"], key=KEY)
    assert (answer.status_code, answer.json()["code"], answer.json()["right"]) == (403, "mandate-missing", SEND)
