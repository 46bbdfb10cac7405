"""Signing in through the simulated broker, over real HTTP: there, back, onwards and out."""

import json
import re
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from employers.organisations.models import Mandate, User
from employers.organisations.views.doors import IDENTIFIED_AT
from employers.records import clock
from portal.sandbox.cast import PEOPLE
from portal.sandbox.identification.people import NEWCOMER
from portal.sandbox.identification.server import Identification
from tests import cast
from tests.organisations.broker import NUMBERS, Browser
from tests.pages import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sandbox")]


@pytest.mark.parametrize("content", ["A128GCM", "A256GCM"])
def test_somebody_known_comes_in(browser: Browser, broker: Identification, content: str) -> None:
    broker.broker.content = content
    assert browser.sign_in("Aino").url == "/fi/employers/"
    assert browser.session["_auth_user_id"] == str(cast.user("Aino").pk)


def test_sign_in_goes_straight_to_the_broker_and_back_to_where_one_was_going(browser: Browser) -> None:
    assert browser.portal.get("/en/apply/").url == "/en/sign-in?next=/en/apply/"
    assert browser.portal.get("/en/sign-in?next=/en/apply/").url == "/en/sign-in/begin"
    assert browser.sign_in("Dan").url == "/sv/apply/"


def test_somebody_new_becomes_a_user_who_may_act_for_nobody(browser: Browser) -> None:
    browser.sign_in("Fanni")
    user = User.objects.get(name="Fanni Esimerkki")
    assert (user.identity_code, user.language) == (NEWCOMER.identity_code, "en")
    assert not user.has_usable_password()
    assert not user.is_staff
    assert "You cannot act for any employer yet" in text(browser.portal.get("/en/employers/"))
    assert not Mandate.objects.filter(agent_user=user).exists()


def test_the_second_time_somebody_new_is_the_same_user(browser: Browser, broker: Identification) -> None:
    browser.sign_in("Fanni")
    Browser().sign_in("Fanni")
    assert User.objects.filter(name="Fanni Esimerkki").count() == 1


def test_a_known_persons_name_and_language_stay(browser: Browser) -> None:
    User.objects.filter(name="Dan Exempel").update(name="Dan the joiner")
    browser.sign_in("Dan")
    assert User.objects.get(name="Dan the joiner").language == "sv"


def test_a_closed_account_does_not_come_in(browser: Browser) -> None:
    User.objects.filter(name="Aino Esimerkki").update(is_active=False)
    answer = browser.sign_in("Aino")
    assert answer.status_code == 403
    assert "Your account in this service is closed" in text(answer)
    assert not browser.is_in


def test_the_session_gets_a_new_key_and_keeps_the_estimate(browser: Browser) -> None:
    address = browser.choose("Aino")
    session = browser.portal.session
    session["estimate"] = {"benefit": "sickness_allowance"}
    session.save()
    browser.back(address)
    assert browser.portal.session.session_key != session.session_key
    assert browser.session["estimate"] == {"benefit": "sickness_allowance"}


def test_no_identity_code_is_in_an_address_or_a_log(browser: Browser, capfd: pytest.CaptureFixture[str]) -> None:
    asked = browser.portal.get("/en/sign-in/begin").url
    address = browser.chosen(browser.broker.get(asked), person=NUMBERS["Aino"])
    onwards = browser.back(address).url
    written = "".join(capfd.readouterr())
    for place in (asked, address, onwards, written, json.dumps(browser.session)):
        assert PEOPLE[0].identity_code not in place


def test_the_request_says_nothing_outside_its_signed_part(browser: Browser) -> None:
    query = parse_qs(urlsplit(browser.portal.get("/en/sign-in/begin").url).query)
    assert set(query) == {"client_id", "response_type", "scope", "request"}


def test_the_brokers_page_speaks_the_language_of_the_portal(browser: Browser) -> None:
    page = browser.broker.get(browser.portal.get("/sv/sign-in/begin").url)
    assert '<html lang="sv">' in page.text
    assert all(person.name in page.text and person.identity_code not in page.text for person in PEOPLE)


def test_a_new_key_of_the_broker_needs_nobody_here(browser: Browser, broker: Identification) -> None:
    browser.sign_in("Aino")
    broker.broker.rotate()
    other = Browser()
    other.sign_in("Dan")
    assert other.is_in


def test_our_keys_are_published_without_their_secrets(browser: Browser) -> None:
    keys = browser.portal.get("/.well-known/portal-jwks.json").json()["keys"]
    assert [(key["use"], key["alg"]) for key in keys] == [("sig", "RS256"), ("enc", "RSA-OAEP")]
    assert all(set(key) == {"kty", "n", "e", "kid", "use", "alg"} for key in keys)


def test_signing_out_ends_the_brokers_session_too(browser: Browser) -> None:
    browser.sign_in("Aino")
    assert browser.begin().status_code == 303  # remembered: nobody is asked
    ended = browser.portal.post("/en/sign-out")
    assert not browser.is_in
    assert PEOPLE[0].identity_code not in ended.url
    assert browser.broker.get(ended.url).headers["Location"] == "http://testserver/en/signed-out"
    assert browser.begin().status_code == 200  # asked again
    assert "You have signed out" in text(browser.portal.get("/en/signed-out"))


def test_signing_out_works_with_the_broker_down(browser: Browser, broker: Identification) -> None:
    browser.sign_in("Aino")
    broker.broker.behaviour = "down"
    answer = browser.portal.post("/en/sign-out")
    assert "Close the browser" in text(answer)
    assert not browser.is_in


def test_to_confirm_who_one_is_one_is_asked_again(browser: Browser) -> None:
    browser.sign_in("Aino")
    before = browser.session[IDENTIFIED_AT]
    page = browser.portal.get("/en/sign-in?step-up=1&next=/en/apply/")
    assert "identify yourself again" in text(page)
    assert 'href="/en/sign-in/begin?step-up=1"' in text(page)
    asked = browser.begin(**{"step-up": "1"})
    assert asked.status_code == 200  # although the broker remembers
    assert browser.back(browser.chosen(asked, person=NUMBERS["Aino"])).url == "/fi/apply/"
    assert browser.session[IDENTIFIED_AT] >= before


def test_an_identification_the_broker_remembers_is_no_fresh_one(browser: Browser, broker: Identification) -> None:
    """Single sign-on: one comes in without being asked, and is asked again before what matters most."""
    browser.sign_in("Aino")
    (cookie, session), *_ = broker.broker._sessions.items()
    broker.broker._sessions[cookie] = type(session)(sid=session.sid, person=session.person, since=session.since - 3600)
    browser.portal.logout()
    browser.back(browser.begin().headers["Location"])
    assert browser.is_in
    assert clock.real_now().timestamp() - browser.session[IDENTIFIED_AT] > 3500


def test_somebody_else_confirming_gets_a_session_of_their_own(browser: Browser) -> None:
    browser.sign_in("Aino")
    browser.portal.get("/en/sign-in?step-up=1&next=/en/apply/")
    assert browser.sign_in("Dan", **{"step-up": "1"}).url == "/sv/employers/"
    assert browser.session["_auth_user_id"] == str(cast.user("Dan").pk)


def test_the_simulator_is_a_process_of_its_own_that_can_misbehave(broker: Identification) -> None:
    issuer = broker.broker.issuer
    assert httpx.get(f"{issuer}/healthz").status_code == 200
    assert httpx.post(f"{issuer}/sandbox/behaviour", content="down").status_code == 204
    assert httpx.get(f"{issuer}/.well-known/openid-configuration").status_code == 503
    assert httpx.post(f"{issuer}/sandbox/behaviour", content="nonsense").status_code == 400


def test_the_brokers_page_says_for_whom_each_may_act(browser: Browser) -> None:
    shown = " ".join(browser.begin().text.split())
    card = dict(re.findall(r"<h2>(\w+) \w+</h2> (.*?)<form", shown))
    assert "every right" in card["Aino"]
    assert "Kolmen Kahvila Ky" in card["Gunilla"]  # a customer of the firm she may represent
    assert "Kaksikymppinen Oy" in card["Cecilia"]  # Suomi.fi alone knows
    assert "Suomi.fi" in card["Cecilia"]
