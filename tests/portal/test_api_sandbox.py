"""Calls of the sandbox alone: reset, clock."""

import pytest
from oauth2_provider.models import Application as OAuthApplication

from employers.applications.models import Application
from employers.organisations.models import ClientSystem, Mandate, Organisation
from employers.records import clock
from employers.records.models import IdempotencyKey
from tests.machine import Machine, body, codes


@pytest.fixture(autouse=True)
def own_clock(settings, tmp_path):
    """Other runs share the file of the real sandbox's clock."""
    settings.CLOCK_FILE = tmp_path / "clock"


@pytest.mark.django_db(transaction=True)
def test_a_reset_restores_the_start_and_keeps_clients_and_tokens(sandbox):
    machine = Machine("sandbox-other")
    Machine().submit()
    Organisation.objects.filter(business_id="9000004-6").update(iban="")
    Mandate.objects.all().delete()
    machine.post("sandbox/clock", {"today": "2026-05-04"})
    before = machine.token
    assert machine.post("sandbox/reset").status_code == 204
    assert machine.token == before
    assert machine.get("employers").status_code == 200
    assert not Application.objects.exists()
    assert not IdempotencyKey.objects.exists()
    assert Organisation.objects.get(business_id="9000004-6").iban
    assert Machine().submit().status_code == 201
    assert clock.shift().total_seconds() == 0


@pytest.mark.parametrize(
    ("content", "today"),
    [({"today": "2026-05-04"}, "2026-05-04"), ({"now": "2026-12-31T22:30:00Z"}, "2027-01-01")],
)
def test_the_clock_is_set_and_days_are_those_of_helsinki(sandbox, content, today):
    answer = Machine().post("sandbox/clock", content)
    assert (answer.status_code, answer.json()["today"]) == (200, today)
    assert clock.today().isoformat() == today


def test_a_deadline_can_be_tried(sandbox):
    machine = Machine()
    machine.post("sandbox/clock", {"today": "2026-05-04"})
    assert "late" not in {
        problem["code"] for problem in machine.post("applications/validate", body()).json()["problems"]
    }
    machine.post("sandbox/clock", {"today": "2026-05-05"})
    assert "late" in {problem["code"] for problem in machine.post("applications/validate", body()).json()["problems"]}


@pytest.mark.parametrize(
    ("content", "error"),
    [
        ({}, ("/now", "required")),
        ({"now": "2026-05-04T09:00:00Z", "today": "2026-05-04"}, ("/now", "required")),
        ({"now": "2026-05-04T09:00:00"}, ("/now", "time_invalid")),
        ({"now": "0001-01-01T00:00:00+14:00"}, ("/now", "time_invalid")),
        ({"today": "2126-05-04"}, ("/today", "date_out_of_range")),
        ({"now": "2126-05-04T09:00:00Z"}, ("/now", "date_out_of_range")),
        ({"today": "4.5.2026"}, ("/today", "date_invalid")),
        ({"tomorrow": True}, ("/tomorrow", "unknown_field")),
    ],
)
def test_a_time_that_makes_no_sense_is_refused(sandbox, content, error):
    answer = Machine().post("sandbox/clock", content)
    assert (answer.status_code, codes(answer)) == (422, [error])


@pytest.mark.parametrize("call", ["sandbox/reset", "sandbox/clock"])
def test_only_a_sandbox_client_may(sandbox, call):
    application = OAuthApplication.objects.create(
        client_id="acme",
        client_secret="acme-secret",
        client_type=OAuthApplication.CLIENT_CONFIDENTIAL,
        authorization_grant_type=OAuthApplication.GRANT_CLIENT_CREDENTIALS,
    )
    ClientSystem.objects.create(
        application=application, organisation=Organisation.objects.first(), name="acme", scopes=["applications.read"]
    )
    assert Machine("acme").post(call, {"today": "2026-05-04"}).status_code == 404
    assert Machine().http.post(f"/api/v1/{call}").status_code == 401
