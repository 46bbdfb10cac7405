"""Coming in, choosing an employer, going out."""

import pytest
from django.test import Client, RequestFactory

from employers.organisations.models import User
from employers.organisations.views import sign_in as views
from portal.sandbox.cast import PEOPLE
from tests.pages import come_in, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sandbox")]
NUMBERS = {person.name.split()[0]: str(number) for number, person in enumerate(PEOPLE)}


def choose(client: Client, name: str, path: str = "/en/sign-in") -> str:
    return client.post(path, {"person": NUMBERS[name]}).url


def test_sandbox_page_lists_the_cast_without_identity_codes(client: Client) -> None:
    page = text(client.get("/en/sign-in"))
    for person in PEOPLE:
        assert person.name in page
        assert person.identity_code not in page
    assert "See decisions" in page


def test_signing_in_goes_to_the_employers_in_ones_own_language(client: Client) -> None:
    assert choose(client, "Aino") == "/fi/employers/"
    assert choose(client, "Dan") == "/sv/employers/"


def test_signing_in_gives_the_session_a_new_key_and_keeps_the_estimate(client: Client) -> None:
    session = client.session
    session["estimate"] = {"benefit": "sickness_allowance"}
    session.save()
    client.cookies["session"] = session.session_key
    choose(client, "Aino")
    assert client.session.session_key != session.session_key
    assert client.session["estimate"] == {"benefit": "sickness_allowance"}


def test_signing_in_goes_on_to_where_one_was_going(client: Client) -> None:
    assert client.get("/fi/apply/").url == "/fi/sign-in?next=/fi/apply/"
    client.get("/fi/sign-in?next=/fi/apply/")
    assert choose(client, "Aino") == "/fi/apply/"


@pytest.mark.parametrize("target", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"])
def test_signing_in_never_leads_elsewhere(client: Client, target: str) -> None:
    client.get("/fi/sign-in", {"next": target})
    assert choose(client, "Aino") == "/fi/employers/"


@pytest.mark.parametrize("person", ["", "99", "-9", "Aino"])
def test_nobody_of_the_cast_is_refused(client: Client, person: str) -> None:
    assert client.post("/en/sign-in", {"person": person}).status_code == 400
    assert "_auth_user_id" not in client.session


def test_a_closed_account_does_not_come_in(client: Client) -> None:
    User.objects.filter(name="Aino Esimerkki").update(is_active=False)
    assert client.post("/en/sign-in", {"person": NUMBERS["Aino"]}).status_code == 503


def test_an_unknown_identity_code_is_nobody() -> None:
    request = RequestFactory().post("/en/sign-in")
    assert views.sign_in(request, "010190-9123") is None


def test_outside_the_sandbox_the_page_says_that_nobody_can_sign_in() -> None:
    page = text(views.sign_in_page(RequestFactory().get("/en/sign-in")))
    assert "Identification is not configured" in page


def test_one_employer_is_opened_at_once(client: Client) -> None:
    response = come_in(client, "Dan").get("/en/employers/")
    assert text(client.get(response.url)).count("Tolvan Snickeri Ab") > 1


def test_several_employers_are_chosen_from(client: Client) -> None:
    page = text(come_in(client, "Aino").get("/en/employers/"))
    assert "Kolmen Kahvila Ky" in page
    assert "Esimerkkileipomo Oy" in page


def test_who_acts_for_nobody_is_told_what_to_do(client: Client) -> None:
    page = text(come_in(client, "Cecilia").get("/en/employers/"))
    assert "You cannot act for any employer yet" in page
    assert "mandate" in page


@pytest.mark.parametrize("path", ["employers/?all", "apply/"])
def test_pages_behind_sign_in_are_not_kept_by_the_browser(client: Client, path: str) -> None:
    assert "no-store" in come_in(client, "Aino").get(f"/en/{path}")["Cache-Control"]


def test_signing_out_takes_a_button(client: Client) -> None:
    come_in(client, "Aino")
    assert client.get("/en/sign-out").status_code == 405
    client.post("/en/sign-out")
    assert client.get("/en/employers/").status_code == 302


def test_front_page_remembers_its_language(client: Client) -> None:
    client.get("/sv/")
    assert client.get("/").url == "/sv/"


def test_language_switch_keeps_the_page(client: Client) -> None:
    page = text(client.get("/en/estimate/"))
    assert 'href="/fi/estimate/"' in page
    assert 'href="/sv/estimate/"' in page
