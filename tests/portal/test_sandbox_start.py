"""The start of the sandbox: who is there, what they may do, which day it is; and what a reset puts back."""

import time
from datetime import UTC, datetime

import psycopg
import pytest
import time_machine
from django.conf import settings as configured
from django.contrib.auth.hashers import check_password
from django.test import Client

from employers.applications import store
from employers.organisations import rights
from employers.organisations.identifiers import is_business_id
from employers.organisations.models import ClientSystem, Organisation
from employers.organisations.models_clients import ClientSecret
from employers.records import clock
from portal.sandbox import cast
from portal.sandbox.today import keep_to_official_years
from tests.machine import KEY, Machine, body
from tests.workers import url_of_test_database

EVERY_RIGHT = set(rights.RIGHTS)
# Who holds which rights from whom: more than one kind of "no" can be tried.
HELD = {
    "sandbox-payroll": {
        "9000004-6": EVERY_RIGHT,  # small
        "9000006-2": EVERY_RIGHT,  # medium
        "9000007-0": EVERY_RIGHT,  # large
        "9000001-1": {rights.APPLY},
        "9000005-4": {rights.VIEW_DECISIONS},
    },
    "sandbox-large": {"9000009-7": EVERY_RIGHT},
    "sandbox-other": {"9000008-9": EVERY_RIGHT},
}


@pytest.fixture(autouse=True)
def own_clock(settings, tmp_path):
    """Other runs share the file of the real sandbox's clock."""
    settings.CLOCK_FILE = tmp_path / "clock"


@pytest.mark.parametrize("client", HELD)
def test_each_client_holds_its_rights_and_no_other(sandbox, client):
    items = Machine(client).get("employers").json()["items"]
    assert {one["business_id"]: set(one["rights"]) for one in items if one["business_id"] in HELD[client]} == HELD[
        client
    ]
    assert {one["business_id"] for one in items if one["rights"]} == set(HELD[client])


def test_the_payroll_firm_has_every_right_from_an_employer_of_each_size(sandbox):
    items = Machine().get("employers").json()["items"]
    assert {one["size_class"] for one in items if set(one["rights"]) == EVERY_RIGHT} == {"small", "medium", "large"}
    assert any(set(one["rights"]) < EVERY_RIGHT for one in items)


def test_the_bench_has_the_rights_of_the_payroll_firm_and_no_limits(sandbox):
    payroll, bench = Machine(), Machine("sandbox-bench")
    assert bench.get("employers").content == payroll.get("employers").content
    assert "RateLimit" in payroll.get("employers").headers
    assert "RateLimit" not in bench.get("employers").headers


def test_the_agency_reads_segments_and_nothing_else(sandbox):
    agency = Machine("sandbox-agency")
    assert agency.ask_for_token({"grant_type": "client_credentials"}).json()["scope"] == "segments.read"
    assert agency.get("customers/feedback").status_code == 200
    assert agency.get("employers").status_code == 403


def test_the_employers_are_of_every_size_and_synthetic(sandbox):
    employers = Organisation.objects.filter(kind="employer")
    assert sorted(employers.values_list("employees", flat=True)) == [3, 12, 19, 20, 400, 1000, 1001, 12000]
    for business_id in Organisation.objects.values_list("business_id", flat=True):
        assert is_business_id(business_id)
        assert int(business_id[:7]) >= 9_000_000


@pytest.mark.parametrize(("on", "status"), [(True, 201), (False, 422)])
def test_codes_of_the_900_range_are_accepted_in_the_sandbox_alone(sandbox, settings, on, status):
    settings.SANDBOX = on
    answer = Machine().post("applications", body(), key=KEY)
    assert answer.status_code == status, answer.content


def test_ready_needs_every_client_and_every_employer(sandbox):
    assert Client().get("/readyz").status_code == 200
    ClientSystem.objects.get(name="sandbox-other").delete()
    assert Client().get("/readyz").status_code == 503


def test_today_is_the_real_day_but_not_beyond_the_last_official_year():
    with time_machine.travel(datetime(2026, 5, 4, 9, tzinfo=UTC)):
        assert keep_to_official_years() is None
        assert clock.today().isoformat() == "2026-05-04"
    with time_machine.travel(datetime(2031, 5, 4, 9, tzinfo=UTC)):
        assert keep_to_official_years() == clock.today()
        assert clock.today().isoformat() == "2026-12-31"


@pytest.mark.django_db(transaction=True)
def test_a_reset_in_a_later_year_goes_back_to_the_last_official_one(sandbox):
    machine = Machine()
    with time_machine.travel(datetime(2031, 5, 4, 9, tzinfo=UTC)):
        assert machine.post("sandbox/reset").status_code == 204
        assert clock.today().isoformat() == "2026-12-31"


@pytest.mark.django_db(transaction=True)
def test_a_reset_gives_clients_their_scopes_and_first_secrets_back(sandbox):
    machine, client = Machine("sandbox-large"), ClientSystem.objects.get(name="sandbox-payroll")
    ClientSystem.objects.filter(pk=client.pk).update(scopes=["applications.read"], ended_at=clock.now())
    ClientSecret.objects.filter(client=client).update(ends_at=clock.now())
    assert machine.post("sandbox/reset").status_code == 204
    client.refresh_from_db()
    assert (set(client.scopes), client.ended_at) == (set(cast.EVERY_SCOPE), None)
    assert [one.ends_at for one in client.secrets.all() if check_password("sandbox-payroll-secret", one.hashed)] == [
        None
    ]


@pytest.mark.django_db(transaction=True)
def test_a_reset_takes_the_documents_along(sandbox, settings, tmp_path):
    settings.UPLOADS_DIR = tmp_path / "uploads"
    name = store.put(b"%PDF-")
    assert Machine().post("sandbox/reset").status_code == 204
    with pytest.raises(store.Unavailable):
        store.get(name)


@pytest.mark.django_db(transaction=True)
def test_a_reset_does_not_wait_for_who_works_on_the_tables(sandbox):
    """204 within 10 s, also while a worker is in the middle of a long transaction."""
    machine = Machine()
    assert machine.token
    with psycopg.connect(url_of_test_database()) as busy:
        busy.execute("UPDATE employers_slot SET at = at")
        busy.execute("SELECT count(*) FROM employers_application")
        began = time.monotonic()
        assert machine.post("sandbox/reset").status_code == 204
        assert time.monotonic() - began < 10
        with pytest.raises(psycopg.OperationalError):
            busy.execute("SELECT 1")


def test_the_scheduler_of_the_sandbox_has_a_worker_for_the_stand_in_alone():
    """Magic values within 10 s, also while the others read a register for minutes."""
    (entry,) = [one for one in configured.CELERY_BEAT_SCHEDULE.values() if one["task"] == "portal.stand_in"]
    assert entry["options"]["queue"] == "official"
    assert entry["schedule"] <= 1
