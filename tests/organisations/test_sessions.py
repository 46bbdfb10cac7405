"""How long a session lasts, and what one is told when it is over."""

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from employers.applications.models import Draft
from employers.organisations.views.limits import SINCE
from employers.records import clock
from portal.sandbox.cast import PEOPLE
from tests.pages import ANSWERS, answer, begun, come_in, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sandbox")]
EXPIRED = "/en/sign-in?expired=1&next=/en/apply/"


def idle(client: Client) -> None:
    """As if half an hour had passed without a request."""
    Session.objects.update(expire_date=clock.real_now() - timedelta(seconds=1))


def busy_all_day(client: Client) -> None:
    session = client.session
    session[SINCE] = clock.real_now().timestamp() - 8 * 3600 - 1
    session.save()


@pytest.mark.parametrize("end", [idle, busy_all_day])
def test_a_session_that_ended_is_told_about_and_led_back_from(client: Client, end) -> None:
    come_in(client, "Aino").get("/en/employers/")
    end(client)
    assert client.get("/en/apply/").url == EXPIRED
    page = text(client.get(EXPIRED))
    assert "Your session ended" in page
    number = next(at for at, person in enumerate(PEOPLE) if person.name.startswith("Aino"))
    assert client.post("/en/sign-in", {"person": str(number)}).url == "/fi/apply/"


@pytest.mark.parametrize("end", [idle, busy_all_day])
def test_a_draft_outlives_the_session_and_what_was_sent_leads_back_to_its_page(client: Client, end) -> None:
    draft = begun(come_in(client, "Aino"))
    answer(client, draft, "employee")
    end(client)
    page = f"/en/apply/{draft.pk}/absence/"
    sent = client.post(page, ANSWERS["absence"], HTTP_REFERER=f"http://testserver{page}")
    assert sent.url == f"/en/sign-in?expired=1&next={page}"
    shown = text(come_in(client, "Aino").get(f"/en/apply/{draft.pk}/employee/"))
    assert "Mallikas" in shown
    assert Draft.objects.filter(pk=draft.pk).exists()


def test_a_busy_session_goes_on(client: Client) -> None:
    come_in(client, "Aino").get("/en/employers/")
    session = client.session
    session[SINCE] -= 7 * 3600
    session.save()
    assert client.get("/en/employers/?all").status_code == 200


def test_the_limit_counts_from_signing_in_and_not_from_the_last_page(client: Client) -> None:
    come_in(client, "Aino").get("/en/employers/")
    since = client.session[SINCE]
    client.get("/en/apply/")
    assert client.session[SINCE] == since


def test_staff_who_sign_in_by_password_are_limited_too(client: Client) -> None:
    from tests import cast

    client.force_login(cast.official(), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/admin/").status_code == 200
    busy_all_day(client)
    assert client.get("/admin/").status_code == 302


def test_who_was_never_in_or_went_out_is_not_told_that_a_session_ended(client: Client) -> None:
    assert client.get("/en/apply/").url == "/en/sign-in?next=/en/apply/"
    come_in(client, "Aino").post("/en/sign-out")
    assert client.get("/en/apply/").url == "/en/sign-in?next=/en/apply/"


def test_the_browser_forgets_the_session_when_it_is_closed(client: Client) -> None:
    number = next(at for at, person in enumerate(PEOPLE) if person.name.startswith("Aino"))
    cookie = client.post("/en/sign-in", {"person": str(number)}).cookies["session"]
    assert (cookie["max-age"], cookie["expires"]) == ("", "")
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_a_public_page_asks_nothing_of_the_session_table(client: Client, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        page = client.get("/en/sign-in")
    assert re.search("Sign in", text(page))
