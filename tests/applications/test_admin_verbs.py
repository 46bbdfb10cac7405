"""The buttons of an application: each shows a form, calls one verb, and says on the form why not."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from employers.applications.decide import decide
from employers.applications.models import Application, Decision, InformationRequest, Payment
from employers.benefits.claim import Income
from tests import cast

pytestmark = pytest.mark.usefixtures("sandbox")
BACKEND = "django.contrib.auth.backends.ModelBackend"
GRANT = {"outcome": "granted", "income_after_deduction": "40000"}


@pytest.fixture
def official(client):
    client.force_login(cast.official(), backend=BACKEND)
    client.cookies["django_language"] = "en"
    return client


def address(application, verb):
    return reverse("admin:employers_application_do", args=[application.pk, verb])


def pressed(client, application, verb, **typed):
    response = client.post(address(application, verb), typed)
    application.refresh_from_db()
    return response


def test_take_up(official):
    application = cast.sent()
    response = pressed(official, application, "take_up")
    assert (response.status_code, application.status) == (302, "in_handling")
    assert application.handler == cast.official()


def test_ask(official):
    application = cast.sent()
    pressed(official, application, "ask", due="2099-01-31", ask_certificate="on", note_other="Which week?")
    assert application.status == "information_requested"
    request = InformationRequest.objects.get()
    assert request.due == date(2099, 1, 31)
    assert {item.code: item.note for item in request.items.all()} == {"certificate": None, "other": "Which week?"}


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"due": "2099-01-31"}, None),
        ({"due": "2099-01-31", "ask_other": "on"}, "note_other"),
        ({"due": "2020-01-31", "ask_certificate": "on"}, "due"),
        ({"ask_certificate": "on"}, "due"),
    ],
)
def test_a_request_nobody_could_answer_is_told_on_the_form(official, typed, field):
    application = cast.sent()
    response = pressed(official, application, "ask", **typed)
    assert response.context["form"].has_error(field or "__all__")
    assert application.status == "submitted"


def test_decide(official):
    application = cast.sent()
    response = pressed(official, application, "decide", **GRANT)
    assert (response.status_code, application.status, application.outcome) == (302, "decided", "granted")
    assert Payment.objects.get().amount == Decimal("1678.54")


def test_counting_first_shows_the_sum_and_writes_nothing(official):
    application = cast.sent()
    response = pressed(official, application, "decide", preview="1", **GRANT)
    assert "1,678.54" in response.content.decode()
    assert application.status == "submitted"


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({}, "outcome"),
        ({"outcome": "granted"}, "annual_income"),
        ({"outcome": "granted", "preview": "1"}, "annual_income"),
        ({"outcome": "rejected"}, "reason"),
        (GRANT | {"outcome": "partly_granted", "reason": "Some", "amount": "5000"}, "amount"),
        (GRANT | {"amount": "5"}, "amount"),
        (GRANT | {"annual_income": "50000"}, "income_after_deduction"),
        (GRANT | {"income_after_deduction": "-1"}, "income_after_deduction"),
        (GRANT | {"income_after_deduction": "lots"}, "income_after_deduction"),
    ],
)
def test_what_stops_a_decision_is_told_on_the_form(official, typed, field):
    application = cast.sent()
    response = pressed(official, application, "decide", **typed)
    assert response.context["form"].has_error(field)
    assert application.status == "submitted"
    assert not Decision.objects.exists()


def decided(business_id=cast.BAKERY):
    application, income = cast.sent(business_id=business_id), Income(after_deduction=Decimal(40000))
    decide(
        application_id=application.pk, outcome="granted", reason="", by=cast.by_official(), at=cast.AT, income=income
    )
    return application


def test_pay(official):
    application = decided()
    page = official.get(address(application, "pay")).content.decode()
    assert "1,678.54" in page
    assert application.organisation.iban in page
    response = pressed(official, application, "pay")
    assert (response.status_code, application.status) == (302, "paid")


def test_a_blocked_payment_says_what_is_missing(official):
    application = decided(cast.CAFE)
    body = pressed(official, application, "pay").content.decode()
    assert application.status == "decided"
    assert "Tell us your bank account" in body
    assert "Agree to receive decisions electronically" in body


@pytest.mark.parametrize("verb", ["take_up", "ask", "decide", "pay"])
def test_looking_at_a_form_does_nothing(official, verb):
    application = cast.sent()
    assert official.get(address(application, verb)).status_code == 200
    application.refresh_from_db()
    assert application.status == "submitted"


def test_the_second_to_press_is_told_that_it_has_moved_on(official):
    application = decided()
    response = official.post(address(application, "decide"), GRANT, follow=True)
    assert "has moved on" in response.content.decode()
    assert Decision.objects.count() == 1


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("verb", ["ask", "decide", "pay"])
def test_in_every_language(official, language, verb):
    official.cookies["django_language"] = language
    response = official.get(address(decided(), verb))
    assert f'<html lang="{language}"' in response.content.decode()
    assert Application.objects.get().status == "decided"
