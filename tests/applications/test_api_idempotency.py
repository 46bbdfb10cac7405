"""The contract's table of idempotency, row by row."""

import pytest

from employers.applications.models import Application
from employers.records.models import Event, IdempotencyKey
from tests.cast import client_system
from tests.machine import KEY, Machine, body

pytestmark = pytest.mark.usefixtures("sandbox")


def test_without_a_key_nothing_happens():
    answer = Machine().post("applications", body())
    assert (answer.status_code, answer.json()["code"]) == (400, "idempotency-key-missing")
    assert not Application.objects.exists()


@pytest.mark.parametrize(
    "key", ["short", "x" * 256, "x" * 10_000, "with spaces in between", "åäöåäöåäöåäöåäöåäö", '"unbalanced-quotes']
)
def test_a_malformed_key_is_refused(key):
    answer = Machine().post("applications", body(), key=key)
    assert (answer.status_code, answer.json()["code"]) == (400, "idempotency-key-invalid")


@pytest.mark.parametrize("key", ["x" * 16, "x" * 255, '"quoted-0123456789"'])
def test_a_well_formed_key_is_accepted(key):
    assert Machine().post("applications", body(), key=key).status_code == 201


def test_quotes_are_no_part_of_the_key():
    machine = Machine()
    machine.post("applications", body(), key=f'"{KEY}"')
    assert machine.post("applications", body(), key=KEY).headers["Idempotency-Replayed"] == "true"


def test_the_same_request_again_gets_the_same_bytes_and_has_no_second_effect():
    machine = Machine()
    first, again = machine.submit(), machine.submit()
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.content == again.content
    assert "Idempotency-Replayed" not in first.headers
    assert again.headers["Idempotency-Replayed"] == "true"
    assert again.headers["Location"] == first.headers["Location"]
    assert (Application.objects.count(), Event.objects.count(), IdempotencyKey.objects.count()) == (1, 1, 1)


def test_the_same_key_with_another_body_is_refused():
    machine = Machine()
    machine.submit()
    answer = machine.submit(reference="another")
    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency-key-reused")


def test_equal_means_equal_bytes():
    machine = Machine()
    machine.submit()
    reordered = dict(reversed(body().items()))
    assert machine.post("applications", reordered, key=f"{KEY}-0").json()["code"] == "idempotency-key-reused"


def test_a_refused_request_leaves_its_key_unused():
    machine = Machine()
    assert machine.submit(pay_basis="half").status_code == 422
    assert machine.submit().status_code == 201


def test_a_conflict_leaves_its_key_unused():
    machine, june = Machine(), {"start": "2026-06-01", "end": "2026-06-30"}
    machine.submit()
    assert machine.submit(1).status_code == 409
    answer = machine.submit(1, absence=june, reference="june", pay_periods=[june | {"amount": "1.00"}])
    assert answer.status_code == 201


def test_a_key_belongs_to_one_client():
    Machine().submit()
    other = Machine("sandbox-other").submit(employer="9000008-9")
    assert other.status_code == 201
    assert "Idempotency-Replayed" not in other.headers


def test_a_key_belongs_to_one_call():
    machine = Machine()
    machine.post("applications", body(), key=KEY)
    answer = machine.post("register-syncs", {"employer": "9000004-6"}, key=KEY)
    assert answer.status_code == 202
    assert machine.post("register-syncs", {"employer": "9000004-6"}, key=KEY).content == answer.content


def test_a_lost_answer_can_be_read_by_its_key():
    machine = Machine()
    first = machine.submit()
    found = machine.get(f"applications/by-key/{KEY}-0")
    assert (found.status_code, found.content) == (200, first.content)
    assert machine.get(f'applications/by-key/"{KEY}-0"').content == found.content
    assert Machine("sandbox-other").get(f"applications/by-key/{KEY}-0").status_code == 404
    assert machine.get(f"applications/by-key/{KEY}-1").status_code == 404


def test_a_right_that_ended_gets_no_replay():
    machine = Machine()
    machine.submit()
    client_system().organisation.mandates_held.all().delete()
    assert machine.submit().status_code == 422
    assert machine.get(f"applications/by-key/{KEY}-0").status_code == 404
