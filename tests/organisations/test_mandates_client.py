"""The client of Suomi.fi e-Authorizations over real HTTP against the simulator, and what it makes of bad answers."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from employers.organisations import mandates
from employers.organisations.mandates import Refused, Service, SessionGone, Unavailable
from employers.records import clock
from portal.sandbox.mandates.server import Mandates
from tests.organisations.suomi_fi import CECILIA, NEW_SHOP, TWENTY, choose, service

BACK = "http://127.0.0.1:1/fi/suomi-fi/return"
# Published with the interface, for trying one's own function; the key opens nothing.
VECTOR = {
    "path": "/service/hpa/user/register/ed4b7ae7/080297-915A?requestId=02fd35dc-99e6-477b-b6e2-03f02cbf3666",
    "at": datetime(2017, 2, 9, 10, 29, 42, 90000, tzinfo=UTC),
}
SAID = "ed4b7ae7 2017-02-09T10:29:42.090000+00:00 GeRKoGmGd0RFk33s2vNHutJf/TrEdwSM2Vb7qWXLESY="


@pytest.fixture
def there(suomi_fi: Mandates) -> Service:
    return service(suomi_fi)


def test_the_published_vector() -> None:
    asking = Service(url="", client_id="ed4b7ae7", api_key="3ba56df8-88b8-4805-9b04-2f8e7a61", oauth_password="")
    assert mandates.checksum(asking, **VECTOR) == SAID


def registered(there: Service, code: str = CECILIA) -> mandates.Visit:
    return mandates.register(there, identity_code=code, request_id="r1", at=clock.real_now())


def chosen(there: Service, visit: mandates.Visit, *business_ids: str) -> mandates.Token:
    address = mandates.authorize_address(there, visit, back_to=BACK, state="s1", request_id="r1", language="sv")
    back = choose(address, *business_ids)
    assert back.startswith(f"{BACK}?")
    assert back.endswith("&state=s1")
    return mandates.token(there, code=back.split("code=")[1].split("&")[0], back_to=BACK)


def roles(there: Service, visit: mandates.Visit, token: mandates.Token) -> tuple[mandates.Found, ...]:
    asked = {"session_id": visit.session_id, "access": token.access, "request_id": "r2", "at": clock.real_now()}
    return mandates.organisation_roles(there, **asked)


def test_there_and_back_with_what_was_chosen(there: Service) -> None:
    visit = registered(there)
    found = roles(there, visit, chosen(there, visit, NEW_SHOP, TWENTY))
    assert {one.business_id: (one.complete, len(one.roles)) for one in found} == {
        NEW_SHOP: (True, 1),
        TWENTY: (True, 2),
    }
    assert mandates.unregister(there, session_id=visit.session_id, at=clock.real_now())


def test_only_what_was_chosen_is_told(there: Service) -> None:
    visit = registered(there)
    assert [one.name for one in roles(there, visit, chosen(there, visit, NEW_SHOP))] == ["Blomsterhandel Exempel Ab"]


def test_a_code_is_good_once(there: Service) -> None:
    visit = registered(there)
    address = mandates.authorize_address(there, visit, back_to=BACK, state="s", request_id="r", language="fi")
    code = choose(address, NEW_SHOP).split("code=")[1].split("&")[0]
    mandates.token(there, code=code, back_to=BACK)
    with pytest.raises(SessionGone):
        mandates.token(there, code=code, back_to=BACK)


def test_a_token_is_renewed(there: Service) -> None:
    visit = registered(there)
    token = chosen(there, visit, NEW_SHOP)
    renewed = mandates.renewed(there, refresh=token.refresh)
    assert renewed.access != token.access
    assert roles(there, visit, renewed)
    with pytest.raises(SessionGone):
        mandates.renewed(there, refresh=token.refresh)


@pytest.mark.parametrize("off", [timedelta(minutes=-6), timedelta(minutes=6)])
def test_a_clock_that_is_off_is_refused(there: Service, off: timedelta) -> None:
    with pytest.raises(Refused):
        mandates.register(there, identity_code=CECILIA, request_id="r1", at=clock.real_now() + off)


def test_a_wrong_key_is_refused(there: Service) -> None:
    with pytest.raises(Refused):
        registered(replace(there, api_key="another"))


def test_a_session_that_is_gone_asks_to_start_again(there: Service, suomi_fi: Mandates) -> None:
    visit = registered(there)
    token = chosen(there, visit, NEW_SHOP)
    suomi_fi.behave("expired")
    with pytest.raises(SessionGone):
        roles(there, visit, token)


@pytest.mark.parametrize("behaviour", ["down", "hang"])
def test_silence_is_no_answer(there: Service, suomi_fi: Mandates, behaviour: str) -> None:
    suomi_fi.behave(behaviour)
    with pytest.raises(Unavailable) as told:
        registered(there)
    assert CECILIA not in str(told.value)


def test_an_answer_that_cannot_be_read_is_refused(there: Service, suomi_fi: Mandates) -> None:
    suomi_fi.behave("garbled")
    with pytest.raises(Refused):
        registered(there)


class Flaky(BaseHTTPRequestHandler):
    """Fails once, then answers whatever the test put there."""

    said: bytes = b"{}"
    calls: list[str] = []

    def do_GET(self) -> None:
        self.calls.append(self.headers[mandates.HEADER])
        self.send_response(503 if len(self.calls) == 1 else 200)
        self.send_header("Content-Length", str(len(self.said)))
        self.end_headers()
        self.wfile.write(self.said)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def flaky() -> Iterator[Service]:
    Flaky.calls = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Flaky)
    Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_address[1]}"
    yield Service(url=url, client_id="c", api_key="k", oauth_password="p", attempts=2)
    server.shutdown()
    server.server_close()


def test_reading_is_tried_again(flaky: Service) -> None:
    Flaky.said = json.dumps({"sessionId": "s", "userId": "u"}).encode()
    assert registered(flaky) == mandates.Visit("s", "u")
    assert len(Flaky.calls) == 2


@pytest.mark.parametrize("said", [{}, [7], [{"identifier": "9000004-6"}], [{"identifier": 7, "roles": []}], None])
def test_roles_of_another_shape_are_refused(flaky: Service, said: object) -> None:
    Flaky.said = json.dumps(said).encode()
    with pytest.raises(Refused):
        roles(flaky, mandates.Visit("s", "u"), mandates.Token("t", "", 1))


def test_nobody_listening_is_silence() -> None:
    nobody = Service(url="http://127.0.0.1:9", client_id="c", api_key="k", oauth_password="p", attempts=1)
    with pytest.raises(Unavailable):
        registered(nobody)
