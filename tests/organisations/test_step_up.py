"""What must not be done by whoever finds an open browser asks for identification again."""

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils.translation import override

from employers.organisations.views.doors import IDENTIFIED_AT, freshly_signed_in
from employers.records import clock
from portal.sandbox.cast import PEOPLE
from tests import cast
from tests.pages import come_in, identified

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sandbox")]


@freshly_signed_in
def change(request: HttpRequest) -> HttpResponse:
    return HttpResponse("changed")


def asked(method: str = "GET", path: str = "/en/bank/?tab=1", *, seconds_ago: float | None, **headers: str):
    request = RequestFactory().generic(method, path, **headers)
    request.user = cast.user("Aino")
    request.session = SessionStore()
    if seconds_ago is not None:
        request.session[IDENTIFIED_AT] = clock.real_now().timestamp() - seconds_ago
    with override("fi"):
        return change(request)


@pytest.mark.parametrize("seconds_ago", [0, 290])
def test_an_identification_of_minutes_ago_is_enough(seconds_ago: float) -> None:
    assert asked(seconds_ago=seconds_ago).content == b"changed"


@pytest.mark.parametrize("seconds_ago", [310, 3600, None])
def test_an_older_one_or_none_is_not(seconds_ago: float | None) -> None:
    assert asked(seconds_ago=seconds_ago).url == "/fi/sign-in?step-up=1&next=/en/bank/%3Ftab%3D1"


def test_what_was_sent_leads_back_to_the_page_it_was_sent_from() -> None:
    answer = asked("POST", "/en/bank/change", seconds_ago=999, HTTP_REFERER="http://testserver/en/bank/?tab=2")
    assert answer.url == "/fi/sign-in?step-up=1&next=/en/bank/%3Ftab%3D2"


@pytest.mark.parametrize("referrer", ["", "https://elsewhere.example/en/bank/"])
def test_a_foreign_page_is_not_led_back_to(referrer: str) -> None:
    answer = asked("POST", "/en/bank/", seconds_ago=999, HTTP_REFERER=referrer)
    assert answer.url == "/fi/sign-in?step-up=1&next=/en/bank/"


def test_the_answer_is_not_kept_by_the_browser() -> None:
    assert "no-store" in asked(seconds_ago=0)["Cache-Control"]


def test_signing_in_again_makes_it_fresh_and_leads_back(client: Client) -> None:
    identified(come_in(client, "Aino"), seconds_ago=999)
    client.get("/en/sign-in?step-up=1&next=/en/employers/")
    number = next(at for at, person in enumerate(PEOPLE) if person.name.startswith("Aino"))
    assert client.post("/en/sign-in", {"person": str(number)}).url == "/fi/employers/"
    assert clock.real_now().timestamp() - client.session[IDENTIFIED_AT] < 60
