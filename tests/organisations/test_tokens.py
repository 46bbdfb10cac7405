"""The token endpoint, and what a token opens."""

import base64
from datetime import timedelta

import pytest
from django.db.models.functions import Now
from oauth2_provider.models import AccessToken, RefreshToken

from employers.organisations import rights
from employers.organisations.models import ClientSystem
from tests.machine import Machine

pytestmark = pytest.mark.usefixtures("sandbox")

EVERY = [scope for scope in rights.SCOPES if scope != rights.SEGMENTS_READ]
CREDENTIALS = {"grant_type": "client_credentials"}


def basic(client_id: str, secret: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"{client_id}:{secret}".encode()).decode()}


def test_without_a_scope_a_client_gets_all_of_its_own():
    answer = Machine().ask_for_token(CREDENTIALS)
    assert answer.status_code == 200
    assert answer.json()["scope"].split() == EVERY
    assert answer.json()["token_type"] == "Bearer"
    assert "refresh_token" not in answer.json()
    assert not RefreshToken.objects.exists()


def test_the_secret_may_come_by_http_basic():
    answer = Machine().http.post("/oauth/token", CREDENTIALS, headers=basic("sandbox-large", "sandbox-large-secret"))
    assert answer.status_code == 200


def test_a_client_gets_fewer_scopes_when_it_asks_for_fewer():
    machine = Machine(scope="applications.read")
    assert machine.get("applications").status_code == 200
    answer = machine.post("applications", {})
    assert (answer.status_code, answer.json()["code"], answer.json()["scope"]) == (
        403,
        "scope-missing",
        "applications.write",
    )


@pytest.mark.parametrize("scope", ["segments.read", "applications.read segments.read", "everything"])
def test_a_scope_it_does_not_hold_is_refused(scope):
    answer = Machine().ask_for_token(CREDENTIALS | {"scope": scope})
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_scope")


@pytest.mark.parametrize("secret", ["", "wrong", "sandbox-other-secret"])
def test_a_wrong_secret_is_refused(secret):
    answer = Machine().ask_for_token(CREDENTIALS | {"client_secret": secret})
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")


@pytest.mark.parametrize("grant", ["password", "authorization_code", "refresh_token", "implicit", ""])
def test_no_other_grant_is_known(grant):
    assert Machine().ask_for_token({"grant_type": grant}).status_code in (400, 401)


def test_the_database_holds_no_token_that_could_be_used():
    secret = Machine().ask_for_token(CREDENTIALS).json()["access_token"]
    row = AccessToken.objects.values().get()
    assert secret not in str(row)


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer nonsense", "Basic c2FuZGJveDpzZWNyZXQ=", "Bearer \xe4"])
def test_a_bad_or_missing_token_is_told_how_to_get_one(header):
    answer = Machine().http.get("/api/v1/employers", headers={"Authorization": header})
    assert (answer.status_code, answer.json()["code"]) == (401, "not-authenticated")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_token_ends():
    machine = Machine()
    assert machine.get("employers").status_code == 200
    AccessToken.objects.update(expires=Now() - timedelta(seconds=1))
    assert machine.get("employers").status_code == 401


def test_a_scope_taken_away_ends_with_the_next_request():
    machine = Machine()
    assert machine.get("applications").status_code == 200
    ClientSystem.objects.filter(name="sandbox-payroll").update(scopes=["register.sync"])
    assert machine.get("applications").status_code == 403


@pytest.mark.parametrize("client_id", ["sandbox-payroll\0", "\0", "x" * 10_000])
def test_a_client_that_cannot_exist_is_refused_like_any_other(client_id):
    http = Machine().http
    for answer in (
        http.post("/oauth/token", CREDENTIALS, headers=basic(client_id, "secret")),
        http.post("/oauth/token", CREDENTIALS | {"client_id": client_id, "client_secret": "secret"}),
    ):
        assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")
