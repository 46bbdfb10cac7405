"""Pages of an organisation's machine clients: made, given secrets and keys, ended; and one whole journey."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client

from employers.organisations.models import ClientSystem
from employers.organisations.models_clients import ClientChange, ClientKey, ClientSecret, RightsRequest
from employers.records import clock
from tests import cast
from tests.machine import Machine
from tests.organisations.programs import FIRM, OTHER_FIRM, ec_key, made, public
from tests.pages import come_in, identified, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sandbox")]
SECRET = re.compile(r"eps_[A-Za-z0-9_-]{43}")


def of(business_id: str = FIRM, more: str = "machines/") -> str:
    return f"/en/employers/{cast.employer(business_id).pk}/{more}"


@pytest.fixture
def heikki(client: Client) -> Client:
    """Leads the payroll firm."""
    return come_in(client, "Heikki")


def new(client: Client, **changes: object):
    said = {"name": "Payroll program", "scopes": ["applications.read", "applications.write"]} | changes
    return client.post(of(more="machines/new/"), said)


def page(one: ClientSystem, more: str = "") -> str:
    return of(more=f"machines/{one.pk}/{more}")


def machine(client_id: str, secret: str):
    return Client().post(
        "/oauth/token", {"grant_type": "client_credentials", "client_id": client_id, "client_secret": secret}
    )


def acts(one: ClientSystem) -> list[str]:
    return list(ClientChange.objects.filter(client=one).order_by("pk").values_list("act", flat=True))


def test_a_client_is_made_and_its_secret_shown_once(heikki: Client) -> None:
    answer = new(heikki)
    (secret,) = set(SECRET.findall(text(answer)))
    one = ClientSystem.objects.get(name="Payroll program")
    assert one.organisation == cast.employer(FIRM)
    assert one.scopes == ["applications.read", "applications.write"]
    assert f"{one.application.client_id}:{secret}" in text(answer), "in a command that works"
    assert "no-store" in answer["Cache-Control"]
    assert machine(one.application.client_id, secret).status_code == 200
    shown = text(heikki.get(page(one)))
    assert one.application.client_id in shown
    assert secret not in shown + text(heikki.get(of()))
    assert secret not in str(dict(heikki.session))
    assert acts(one) == ["made", "secret_made"]
    assert "Heikki Esimerkki" in shown


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": ""}, "Write a name"),
        ({"name": "x" * 101}, "at most 100"),
        ({"scopes": []}, "Choose at least one"),
        ({"scopes": ["segments.read"]}, "Select a valid choice"),
        ({"name": "sandbox-payroll"}, "You have a client with this name"),
    ],
)
def test_what_is_wrong_is_told(heikki: Client, wrong: dict[str, object], words: str) -> None:
    answer = new(heikki, **wrong)
    assert words in text(answer)
    assert 'class="error-summary"' in text(answer)
    assert ClientSystem.objects.filter(organisation=cast.employer(FIRM)).count() == 2


@pytest.mark.parametrize("more", ["machines/new/", "{}scopes/", "{}secrets/new/", "{}keys/new/"])
def test_what_opens_doors_asks_for_a_fresh_identification(heikki: Client, more: str) -> None:
    one, _secret = made("Another")
    before = (ClientSystem.objects.count(), ClientSecret.objects.count(), ClientKey.objects.count())
    identified(heikki, seconds_ago=301)
    for answer in (heikki.get(of(more=more.format(f"machines/{one.pk}/"))), new(heikki)):
        assert answer.status_code == 302
        assert answer.url.startswith("/en/sign-in?step-up=1")
    assert before == (ClientSystem.objects.count(), ClientSecret.objects.count(), ClientKey.objects.count())


def test_the_list_is_read_in_as_many_queries_however_long(heikki: Client, django_assert_num_queries) -> None:
    heikki.get(of())
    with django_assert_num_queries(11):
        assert "sandbox-payroll" in text(heikki.get(of()))
    for number in range(5):
        made(f"More {number}")
    with django_assert_num_queries(11):
        assert "More 4" in text(heikki.get(of()))


def test_a_secret_is_rotated_with_overlap(heikki: Client) -> None:
    one, old = made()
    answer = heikki.post(page(one, "secrets/new/"), {"name": "Server 2", "old": "day"})
    (fresh,) = set(SECRET.findall(text(answer)))
    assert [machine(one.application.client_id, secret).status_code for secret in (old, fresh)] == [200, 200]
    ends = ClientSecret.objects.get(client=one, name="1").ends_at
    assert timedelta(hours=23) < ends - clock.real_now() <= timedelta(hours=24)
    shown = text(heikki.get(page(one)))
    assert "Server 2" in shown
    assert "Last used on" in shown
    assert "Two secrets are in use" in text(heikki.post(page(one, "secrets/new/"), {"name": "3", "old": "day"}))
    row = ClientSecret.objects.get(client=one, name="1")
    assert heikki.get(page(one, f"secrets/{row.pk}/end/")).status_code == 200
    assert heikki.post(page(one, f"secrets/{row.pk}/end/")).url == page(one)
    assert [machine(one.application.client_id, secret).status_code for secret in (old, fresh)] == [401, 200]
    assert heikki.post(page(one, f"secrets/{row.pk}/end/")).status_code == 404
    assert acts(one) == ["made", "secret_made", "secret_made", "secret_ended"]


def test_a_key_is_added_and_removed(heikki: Client) -> None:
    one, _secret = made()
    private = ec_key().as_pem(private=True).decode()
    refused = text(heikki.post(page(one, "keys/new/"), {"name": "Server", "key": private}))
    assert "This is a private key" in refused
    assert not ClientKey.objects.exists()
    assert heikki.post(page(one, "keys/new/"), {"name": "Server", "key": public(ec_key())}).url == page(one)
    assert "ec-P-256" in text(heikki.get(page(one)))
    again = text(heikki.post(page(one, "keys/new/"), {"name": "Server", "key": public(ec_key())}))
    assert "has this key already" in again
    key = ClientKey.objects.get()
    assert heikki.post(page(one, f"keys/{key.pk}/remove/")).url == page(one)
    assert "ec-P-256 " not in text(heikki.get(page(one)))
    assert acts(one)[2:] == ["key_added", "key_removed"]


def test_scopes_are_changed_and_the_client_ended(heikki: Client) -> None:
    one, secret = made()
    assert heikki.post(page(one, "scopes/"), {"scopes": ["decisions.read"]}).url == page(one)
    one.refresh_from_db()
    assert one.scopes == ["decisions.read"]
    assert heikki.post(page(one, "end/")).url == of()
    assert machine(one.application.client_id, secret).status_code == 401
    assert "Payroll program" not in text(heikki.get(of()))
    assert heikki.get(page(one)).status_code == 404
    assert acts(one)[2:] == ["changed", "ended"]


def test_another_organisations_clients_are_no_pages_here(heikki: Client) -> None:
    other = cast.client_system("sandbox-other")
    secret = other.secrets.get()
    for more in ("", "scopes/", "end/", "secrets/new/", f"secrets/{secret.pk}/end/", "keys/new/"):
        assert heikki.get(of(FIRM, f"machines/{other.pk}/{more}")).status_code == 404, more
        assert heikki.get(of(OTHER_FIRM, f"machines/{other.pk}/{more}")).status_code == 404, more
    mine, _secret = made()
    assert heikki.post(page(mine, f"secrets/{secret.pk}/end/")).status_code == 404


def test_who_does_not_manage_the_firm_is_told_so(client: Client) -> None:
    assert come_in(client, "Bo").get(of(cast.BAKERY)).status_code == 403


def test_from_a_new_client_to_what_an_employer_gave(client: Client) -> None:
    """The firm makes a client, gets a token, asks an employer for rights; the employer approves; the client sees it."""
    heikki, dan = come_in(Client(), "Heikki"), come_in(client, "Dan")
    answer = new(heikki)
    command = re.search(r"curl -s -u ([^:]+):(\S+) \\\n", unescape(text(answer)))
    assert command is not None
    program = Machine("new")
    program.token = machine(*command.groups()).json()["access_token"]

    def seen() -> list[str]:
        return [one["business_id"] for one in program.get("employers").json()["items"]]

    assert cast.JOINERY not in seen()
    wanted = {"business_id": cast.JOINERY, "rights": ["apply", "view_decisions"], "message": "As agreed on 1 April."}
    assert heikki.post(of(more="rights-asked/new/"), wanted).url == of(more="rights-asked/")
    assert cast.JOINERY not in seen()
    people = text(dan.get(of(cast.JOINERY, "people/")))
    assert "Palkkapalvelu Esimerkki Oy" in people
    asked = RightsRequest.objects.get()
    path = of(cast.JOINERY, f"people/asked/{asked.pk}/")
    assert path in people
    assert "As agreed on 1 April." in text(dan.get(path))
    assert dan.post(path, {"rights": ["view_decisions"], "until": "31.12.2027"}).url == of(cast.JOINERY, "people/")
    assert cast.JOINERY in seen()
    assert program.get(f"employers/{cast.JOINERY}").json()["rights"] == ["view_decisions"]
    assert "approved" in text(heikki.get(of(more="rights-asked/")))
