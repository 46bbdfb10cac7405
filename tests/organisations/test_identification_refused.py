"""What does not let anybody in: every answer of the broker that is not quite what was asked for."""

import re

import pytest

from employers.organisations.identification import tokens
from portal.sandbox.identification.broker import BEHAVIOURS
from portal.sandbox.identification.server import Identification
from tests import cast
from tests.organisations.broker import NUMBERS, Browser
from tests.pages import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sandbox")]

WRONG = {  # what the broker does: what the log names
    "wrong_nonce": "nonce",
    "wrong_key": "InvalidKeyIdError",
    "wrong_audience": "aud",
    "wrong_issuer": "iss",
    "expired": "exp",
    "weak_acr": "acr",
    "old_identification": "auth_time",
    "unsigned": "Algorithm",
    "unencrypted": "Error",
}


@pytest.mark.parametrize("behaviour", WRONG)
def test_a_wrong_token_lets_nobody_in(
    browser: Browser, broker: Identification, behaviour: str, caplog: pytest.LogCaptureFixture
) -> None:
    broker.broker.behaviour = behaviour
    answer = browser.sign_in("Aino")
    assert answer.status_code == 400
    assert "was not what we asked for" in text(answer)
    assert not browser.is_in
    told = [line.msg for line in caplog.records if isinstance(line.msg, dict)]
    (reason,) = [line["reason"] for line in told if line.get("event") == "identification_failed"]
    assert WRONG[behaviour] in reason


def test_every_misbehaviour_is_tried() -> None:
    assert set(BEHAVIOURS) == {*WRONG, "well", "down", "no_identity_code"}


def test_a_key_of_the_right_name_but_another_lets_nobody_in(browser: Browser, broker: Identification) -> None:
    address = browser.choose("Aino")
    kid = broker.broker.key.kid
    shown = broker.broker.jwks()
    broker.broker.rotate()
    shown["keys"][0]["kid"] = broker.broker.key.kid
    broker.broker.jwks = lambda: shown  # type: ignore[method-assign]
    assert browser.back(address).status_code == 400
    assert kid != broker.broker.key.kid
    assert not browser.is_in


def test_somebody_without_an_identity_code_is_told_why(browser: Browser, broker: Identification) -> None:
    broker.broker.behaviour = "no_identity_code"
    answer = browser.sign_in("Aino")
    assert answer.status_code == 403
    assert "Finnish personal identity code" in text(answer)
    assert not browser.is_in


def test_another_state_lets_nobody_in(browser: Browser) -> None:
    answer = browser.back(browser.choose("Aino"), state="another")
    assert answer.status_code == 400
    assert not browser.is_in


def test_a_link_sent_by_somebody_else_lets_nobody_in(browser: Browser) -> None:
    """The answer belongs to the browser that asked: nobody is signed in as another without knowing."""
    assert Browser().back(browser.choose("Aino")).status_code == 400


def test_a_code_is_good_once(browser: Browser) -> None:
    address = browser.choose("Aino")
    browser.back(address)
    browser.portal.logout()
    assert browser.back(address).status_code == 400
    assert not browser.is_in


def test_a_used_code_in_a_new_journey_lets_nobody_in(browser: Browser) -> None:
    used = browser.choose("Aino")
    code = re.search(r"code=([^&]+)", used)
    assert code
    browser.back(used)
    other = Browser()
    answer = other.back(other.choose("Dan"), code=code[1])
    assert answer.status_code == 400
    assert not other.is_in


def test_coming_back_twice_leads_who_is_in_onwards(browser: Browser) -> None:
    address = browser.choose("Aino")
    browser.back(address)
    assert browser.back(address).url == "/en/employers/"


def test_the_answer_of_another_broker_lets_nobody_in(browser: Browser) -> None:
    assert browser.back(browser.choose("Aino"), iss="https://elsewhere.example").status_code == 400
    assert not browser.is_in


def test_a_journey_of_yesterday_lets_nobody_in(browser: Browser) -> None:
    address = browser.choose("Aino")
    session = browser.portal.session
    for journey in session["identification-journeys"].values():
        journey["begun"] -= 3600
    session.save()
    answer = browser.back(address)
    assert answer.status_code == 400
    assert "took too long" in text(answer)


def test_who_cancels_is_told_so(browser: Browser) -> None:
    answer = browser.back(browser.chosen(browser.begin(), cancel="1"))
    assert "You stopped the identification" in text(answer)
    assert not browser.is_in


@pytest.mark.parametrize(("error", "status"), [("server_error", 503), ("invalid_request", 400), ("", 400)])
def test_what_the_broker_says_instead_of_a_code(browser: Browser, error: str, status: int) -> None:
    session_state = browser.chosen(browser.begin(), cancel="1")
    assert browser.back(session_state, error=error).status_code == status


def test_a_broker_that_is_down_lets_nobody_in_and_nobody_out(browser: Browser, broker: Identification) -> None:
    browser.sign_in("Aino")
    broker.broker.behaviour = "down"
    other = Browser()
    answer = other.portal.get("/en/sign-in/begin")
    assert answer.status_code == 503
    assert "does not answer" in text(answer)
    assert not other.is_in
    assert browser.portal.get(f"/en/employers/{cast.employer().pk}/").status_code == 200


def test_a_broker_that_goes_down_on_the_way_lets_nobody_in(browser: Browser, broker: Identification) -> None:
    address = browser.choose("Aino")
    broker.broker.behaviour = "down"
    assert browser.back(address).status_code == 503
    assert not browser.is_in


def test_nobody_at_the_brokers_address_is_down_too(browser: Browser, settings) -> None:
    settings.IDENTIFICATION_URL = "http://127.0.0.1:9"
    assert browser.portal.get("/en/sign-in/begin").status_code == 503


def test_another_issuer_at_its_address_is_not_asked(browser: Browser, broker: Identification) -> None:
    broker.broker.issuer = "http://127.0.0.1:1"
    assert browser.portal.get("/en/sign-in/begin").status_code == 503


def test_without_our_keys_nobody_is_sent_anywhere(browser: Browser, settings, tmp_path) -> None:
    settings.IDENTIFICATION_FOLDER = tmp_path
    assert browser.portal.get("/en/sign-in/begin").status_code == 503
    assert browser.portal.get("/.well-known/portal-jwks.json").status_code == 404


@pytest.mark.parametrize(
    "change",
    [
        {"aud": ["portal", "somebody-else"]},
        {"azp": "somebody-else"},
        {"acr": ["http://ftn.ficora.fi/2017/loa2"]},
        {"nonce": ["n"]},
        {"iat": 1_000},
        {"iat": 9_000},
        {"exp": 1_900},
        {"auth_time": 1_000},
        {"auth_time": "2000"},
        {"sub": None},
        {"auth_time": None},
    ],
    ids=str,
)
def test_claims_that_are_nearly_right_are_wrong(change: dict[str, object]) -> None:
    right = {"iss": "b", "aud": "portal", "sub": "s", "nonce": "n", "acr": "http://ftn.ficora.fi/2017/loa2"}
    right |= {"iat": 2_000, "exp": 2_300, "auth_time": 1_990}
    expected = {"issuer": "b", "client_id": "portal", "nonce": "n", "acr_values": (right["acr"],)}
    tokens.check(right, **expected, since=1_980, at=2_000)
    with pytest.raises(tokens.BadToken):
        tokens.check(right | change, **expected, since=1_980, at=2_000)


def test_the_broker_refuses_what_is_not_signed_by_us(browser: Browser) -> None:
    address = browser.portal.get("/en/sign-in/begin").url
    head, _, rest = address.partition("request=")
    for wrong in (
        f"{head}request=",
        f"{head}request={rest[:-6]}AAAAAA",
        address.replace("client_id=portal", "client_id=x"),
    ):
        assert browser.broker.get(wrong).status_code == 400


def test_the_broker_takes_each_assertion_once(browser: Browser, broker: Identification) -> None:
    form: dict[str, str] = {}
    known = broker.broker.token

    def watched(said: dict[str, str], *, at: float) -> str:
        form.update(said)
        return known(said, at=at)

    broker.broker.token = watched  # type: ignore[method-assign]
    browser.sign_in("Aino")
    again = browser.broker.post(f"{broker.broker.issuer}/token", data=form)
    assert (again.status_code, again.json()["error_description"]) == (400, "the assertion was used before")
    form["client_assertion"] = ""
    assert browser.broker.post(f"{broker.broker.issuer}/token", data=form).status_code == 400


def test_nobody_of_the_cast_cannot_be_chosen(browser: Browser) -> None:
    page = browser.begin()
    for person in ("99", "-1", "Aino"):
        request = re.search(r'name="request" value="([^"]+)"', page.text)
        assert request
        answer = browser.broker.post(
            page.url.copy_with(path="/choose", query=None), data={"request": request[1], "person": person}
        )
        assert answer.status_code == 400
    assert NUMBERS["Aino"] == "0"
