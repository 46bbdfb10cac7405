"""Calls of the sandbox alone: reset, clock."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from oauth2_provider.models import Application as OAuthApplication

from employers.applications.models import Application
from employers.benefits.law import YEARLY
from employers.organisations.models import ClientSystem, Mandate, Organisation
from employers.records import clock
from employers.records.models import IdempotencyKey
from portal.tasks import stand_in
from tests.law.officials import approved
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
    [
        ({"today": "2026-05-04"}, "2026-05-04"),
        ({"now": "2025-12-31T22:30:00Z"}, "2026-01-01"),
        ({"today": "2026-12-31"}, "2026-12-31"),
    ],
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
        ({"today": "2027-01-01"}, ("/today", "year_not_official")),
        ({"now": "2026-12-31T22:30:00Z"}, ("/now", "year_not_official")),
        ({"today": "4.5.2026"}, ("/today", "date_invalid")),
        ({"tomorrow": True}, ("/tomorrow", "unknown_field")),
    ],
)
def test_a_time_that_makes_no_sense_is_refused(sandbox, content, error):
    answer = Machine().post("sandbox/clock", content)
    assert (answer.status_code, codes(answer)) == (422, [error])


def test_the_last_day_that_can_be_set_is_told(sandbox):
    answer = Machine().post("sandbox/clock", {"today": "2027-01-01"})
    [error] = answer.json()["errors"]
    assert error["detail"] == "Choose 31 December 2026 or an earlier day: the official amounts end there."


def test_a_year_that_officials_have_confirmed_can_be_tried(sandbox):
    machine = Machine()
    approved(name=YEARLY, start=date(2027, 1, 1), value=Decimal(29500))
    assert machine.post("sandbox/clock", {"today": "2027-05-04"}).status_code == 200
    assert machine.post("sandbox/clock", {"today": "2028-01-01"}).status_code == 422


def test_time_that_goes_on_beyond_the_official_years_is_put_back(sandbox):
    """Whoever sets the last evening of the year finds no new year after it: that one has no amounts."""
    assert Machine().post("sandbox/clock", {"now": "2026-12-31T21:59:00Z"}).status_code == 200
    stand_in()
    assert clock.now() >= datetime(2026, 12, 31, 21, 59, tzinfo=UTC)
    clock.move_to(clock.now() + timedelta(seconds=90))
    assert clock.today() == date(2027, 1, 1)
    stand_in()
    assert clock.today() == date(2026, 12, 31)


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
