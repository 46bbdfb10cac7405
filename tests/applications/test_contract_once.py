"""What the contract says of a call that is made again: whose key it was, in what words, and what counts as the same."""

import pytest

from employers.applications.models import Application
from tests.machine import KEY, Machine, body

pytestmark = pytest.mark.usefixtures("sandbox")
PREFER = {"Prefer": "handling=strict"}
ANOTHER = {"personal_identity_code": "020290-915M", "given_name": "Eero", "family_name": "Esimerkki"}


@pytest.fixture
def two() -> tuple[Machine, Machine]:
    """Two clients of one firm."""
    return Machine("sandbox-payroll"), Machine("sandbox-bench")


def test_a_replay_is_what_was_said_whatever_is_asked_now():
    """Expected: the stored bytes with their headers, though now it would be refused."""
    machine, warned = Machine(), body(insurer_case="traffic")
    first = machine.post("applications", warned, key=KEY)
    again = machine.post("applications", warned, key=f'"{KEY}"', headers=PREFER | {"Accept-Language": "fi"})
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.content == first.content
    assert again.headers["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first.headers
    assert [again.headers[name] for name in ("ETag", "Location")] == [
        first.headers[name] for name in ("ETag", "Location")
    ]


def test_a_key_and_a_reference_are_of_one_client_and_a_claim_of_everybody(two):
    """Expected: another client of the firm may use the same key and reference, not apply twice for one absence."""
    one, other = two
    first = one.post("applications", body(), key=KEY)
    twice = other.post("applications", body(), key=KEY)
    assert (twice.status_code, twice.json()["code"]) == (409, "duplicate")
    assert twice.json()["existing"]["id"] == first.json()["id"]
    assert set(twice.json()["existing"]) == {"id", "href", "status", "submitted_at"}
    assert other.post("applications", body(employee=ANOTHER), key=KEY).status_code == 201
    assert other.get(f"applications/by-key/{KEY}").json()["id"] != first.json()["id"]
    assert Application.objects.count() == 2


def test_the_same_claim_is_looked_for_before_its_reference():
    """Expected: sent again whole, a claim is a duplicate and not a reference that is taken."""
    machine = Machine()
    machine.submit(1)
    assert machine.submit(2).json()["code"] == "duplicate"
    taken = machine.submit(3, employee=ANOTHER)
    assert (taken.status_code, taken.json()["errors"][0]["code"]) == (422, "reference_taken")


def test_the_same_absence_at_another_employer_is_another_claim():
    machine = Machine()
    answers = machine.submit(1), machine.submit(2, employer="9000006-2", reference="row-2")
    assert [answer.status_code for answer in answers] == [201, 201]


def test_what_was_withdrawn_can_be_applied_for_again():
    """Expected: the same claim under another reference; the withdrawn one cannot be withdrawn twice."""
    machine = Machine()
    gone = f"applications/{machine.submit(1).json()['id']}/withdrawal"
    assert machine.post(gone, {"reason": "Sent by mistake."}, key=f"{KEY}-2").status_code == 201
    assert machine.submit(3, reference="row-2").status_code == 201
    again = machine.post(gone, {"reason": "Once more."}, key=f"{KEY}-4")
    assert (again.status_code, again.json()["code"]) == (409, "wrong-state")
