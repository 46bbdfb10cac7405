"""Secrets of machine clients: hashed, two at a time, ended when one chooses; and what the token endpoint answers."""

import base64
from datetime import timedelta

import pytest
from django.contrib.auth.hashers import identify_hasher
from django.db.models.functions import Now
from django.test import Client
from oauth2_provider.models import AccessToken
from oauth2_provider.models import Application as OAuthApplication

from employers.organisations.end_client import end_client
from employers.organisations.models import ClientSystem
from employers.organisations.models_clients import ClientSecret, SpentAssertion
from employers.organisations.register_client import NameTaken, change_client
from employers.organisations.rotate_secret import Ended, TooMany, end_secret, rotate
from employers.records import clock
from employers.tasks import forget_tokens
from portal.sandbox import data
from tests import cast
from tests.machine import Machine
from tests.organisations.programs import made

pytestmark = pytest.mark.usefixtures("sandbox")
CREDENTIALS = {"grant_type": "client_credentials"}
DAY = timedelta(days=1)


def token(client_id: str, secret: str, **form: str):
    http = Client(raise_request_exception=False)
    return http.post("/oauth/token", CREDENTIALS | {"client_id": client_id, "client_secret": secret} | form)


def basic(client_id: str, secret: str, *, kind: str = "Basic", **form: str):
    pair = base64.b64encode(f"{client_id}:{secret}".encode()).decode()
    http = Client(raise_request_exception=False)
    return http.post("/oauth/token", CREDENTIALS | form, headers={"Authorization": f"{kind} {pair}"})


def rotated(client: ClientSystem, *, overlap: timedelta | None = DAY, at=None, name: str = "next") -> str:
    return rotate(client=client, name=name, overlap=overlap, by=cast.user("Heikki"), at=at or clock.real_now())[1]


def id_of(client: ClientSystem) -> str:
    return client.application.client_id


def test_a_new_client_has_one_secret_that_no_table_holds() -> None:
    client, secret = made()
    assert token(id_of(client), secret).status_code == 200
    row = ClientSecret.objects.filter(client=client).values().get()
    assert secret not in str(row)
    assert secret not in str(OAuthApplication.objects.filter(pk=client.application_id).values().get())
    assert identify_hasher(row["hashed"])
    assert len(secret) > 40


def test_the_librarys_own_secret_is_none() -> None:
    client, _secret = made()
    for nothing in ("", "!"):
        assert token(id_of(client), nothing).status_code == 401
        assert basic(id_of(client), nothing).status_code == 401


def test_both_are_good_until_the_old_one_ends() -> None:
    client, old = made()
    new = rotated(client)
    assert [token(id_of(client), one).status_code for one in (old, new)] == [200, 200]
    ClientSecret.objects.filter(client=client, ends_at__isnull=False).update(ends_at=clock.real_now())
    assert [token(id_of(client), one).status_code for one in (old, new)] == [401, 200]


def test_the_old_one_ends_after_a_day() -> None:
    client, old = made()
    new = rotated(client, at=clock.real_now() - DAY + timedelta(minutes=1))
    assert token(id_of(client), old).status_code == 200
    ClientSecret.objects.filter(client=client).delete()
    client, old = made("Another")
    new = rotated(client, at=clock.real_now() - DAY - timedelta(minutes=1))
    assert [token(id_of(client), one).status_code for one in (old, new)] == [401, 200]


def test_or_at_once() -> None:
    client, old = made()
    new = rotated(client, overlap=timedelta())
    assert [token(id_of(client), one).status_code for one in (old, new)] == [401, 200]


def test_two_at_a_time_and_no_more() -> None:
    client, _old = made()
    rotated(client)
    with pytest.raises(TooMany):
        rotated(client)
    assert ClientSecret.objects.filter(client=client).count() == 2


def test_a_sooner_end_is_not_put_off() -> None:
    client, _old = made()
    ends = clock.real_now() + timedelta(hours=1)
    ClientSecret.objects.filter(client=client).update(ends_at=ends)
    rotated(client, overlap=timedelta(days=7))
    assert ClientSecret.objects.get(client=client, ends_at__isnull=False).ends_at == ends


def test_a_secret_that_was_ended_gets_nothing() -> None:
    client, secret = made()
    row = client.secrets.get()
    end_secret(secret=row, by=cast.user("Heikki"), at=clock.real_now())
    assert token(id_of(client), secret).status_code == 401
    with pytest.raises(Ended):
        end_secret(secret=row, by=cast.user("Heikki"), at=clock.real_now())


def test_last_use_is_told_to_the_minute() -> None:
    client, secret = made()
    rows = ClientSecret.objects.filter(client=client)
    assert rows.get().last_used_at is None
    token(id_of(client), secret)
    first = rows.get().last_used_at
    assert clock.real_now() - first < timedelta(minutes=1)
    token(id_of(client), secret)
    assert rows.get().last_used_at == first
    rows.update(last_used_at=first - timedelta(minutes=2))
    token(id_of(client), secret)
    assert rows.get().last_used_at >= first


def test_a_secret_of_the_librarys_becomes_one_of_ours() -> None:
    """Clients made before there were several secrets keep theirs, by any name."""
    client = cast.client_system("sandbox-other")
    ClientSecret.objects.filter(client=client).delete()
    application = client.application
    application.client_secret = "kept-as-it-was"
    application.save()
    assert token("sandbox-other", "kept-as-it-was").status_code == 200
    assert ClientSecret.objects.get(client=client).last_used_at is not None
    application.refresh_from_db()
    assert application.client_secret == ""
    assert rotated(client)


def test_the_cast_keeps_its_secrets_over_a_reset() -> None:
    machine = Machine("sandbox-large")
    assert machine.get("employers").status_code == 200
    data.reset(at=clock.now())
    assert machine.get("employers").status_code == 200
    assert token("sandbox-large", "sandbox-large-secret").status_code == 200


def test_an_ended_clients_token_opens_nothing_from_the_next_request_on() -> None:
    machine = Machine("sandbox-other")
    assert machine.get("employers").status_code == 200
    client = cast.client_system("sandbox-other")
    end_client(client=client, by=cast.user("Heikki"), at=clock.real_now())
    assert machine.get("employers").status_code == 401
    assert token("sandbox-other", "sandbox-other-secret").status_code == 401
    assert not AccessToken.objects.filter(application=client.application).exists()
    for act in (rotated, lambda one: end_client(client=one, by=cast.user("Heikki"), at=clock.real_now())):
        with pytest.raises(Ended):
            act(client)


def test_a_token_that_was_left_opens_nothing_for_an_ended_client() -> None:
    machine = Machine("sandbox-other")
    assert machine.get("employers").status_code == 200
    ClientSystem.objects.filter(name="sandbox-other").update(ended_at=clock.real_now())
    assert machine.get("employers").status_code == 401


def test_what_nobody_can_use_any_more_is_forgotten_at_night() -> None:
    old, new = Machine("sandbox-other"), Machine("sandbox-large")
    assert old.token
    AccessToken.objects.update(expires=Now() - timedelta(seconds=1))
    assert new.token
    spent = [("old", clock.real_now() - DAY), ("new", clock.real_now() + DAY)]
    for jti, ends in spent:
        SpentAssertion.objects.create(client=cast.client_system(), jti=jti, ends_at=ends)
    forget_tokens()
    assert [token.application.client_id for token in AccessToken.objects.all()] == ["sandbox-large"]
    assert [one.jti for one in SpentAssertion.objects.all()] == ["new"]


def test_scopes_taken_end_with_the_next_request() -> None:
    machine = Machine()
    assert machine.get("applications").status_code == 200
    by, at = cast.user("Heikki"), clock.real_now()
    change_client(client=cast.client_system(), scopes=["decisions.read", "segments.read"], by=by, at=at)
    assert machine.get("applications").status_code == 403
    assert cast.client_system().scopes == ["decisions.read"], "what is the agency's cannot be had"


def test_a_name_is_given_once() -> None:
    made()
    with pytest.raises(NameTaken):
        made()


@pytest.mark.parametrize("kind", ["Basic", "basic", "BASIC"])
def test_http_basic_in_any_case(kind: str) -> None:
    client, secret = made()
    assert basic(id_of(client), secret, kind=kind).status_code == 200


def test_two_ways_at_once_are_none() -> None:
    client, secret = made()
    answer = basic(id_of(client), secret, client_secret=secret)
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")


@pytest.mark.parametrize("header", ["Basic", "Basic !!!", "Basic eA==", "Basic //79", "Basic Og=="])
def test_broken_credentials_are_refused(header: str) -> None:
    answer = Client().post("/oauth/token", CREDENTIALS, headers={"Authorization": header})
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")


def test_every_answer_is_json_that_nobody_keeps() -> None:
    """RFC 6749, sections 5.1 and 5.2."""
    client, secret = made()
    http = Client()
    answers = {
        "good": (200, token(id_of(client), secret)),
        "invalid_client": (401, token(id_of(client), "wrong")),
        "invalid_scope": (400, token(id_of(client), secret, scope="applications.write")),
        "unsupported_grant_type": (400, token(id_of(client), secret, grant_type="password")),
        "invalid_request": (400, http.post("/oauth/token?client_id=x", CREDENTIALS)),
    }
    for name, (status, answer) in answers.items():
        assert answer.status_code == status, name
        assert (answer["Content-Type"], answer["Cache-Control"], answer["Pragma"]) == (
            "application/json", "no-store", "no-cache",
        ), name  # fmt: skip
        assert answer.json().get("error", "good") == name
        assert secret not in answer.content.decode()
    assert answers["invalid_client"][1]["WWW-Authenticate"].startswith("Basic ")
    assert http.get("/oauth/token").status_code == 405


def test_the_number_of_queries_of_a_token(django_assert_num_queries) -> None:
    client, secret = made()
    rotated(client)
    token(id_of(client), secret)
    with django_assert_num_queries(11):
        token(id_of(client), secret)
