"""One application on one page: what it shows, what it hides, and what looking at it leaves behind."""

from datetime import date
from decimal import Decimal

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from employers.applications.answer import answer
from employers.applications.ask import ask
from employers.applications.decide import decide
from employers.applications.models import InformationRequest
from employers.applications.pay import pay
from employers.benefits.claim import Income
from employers.organisations.models import User
from employers.records.models import ReadLog
from tests import cast

pytestmark = pytest.mark.usefixtures("sandbox")
BACKEND = "django.contrib.auth.backends.ModelBackend"
CODE = "010190-9123"


@pytest.fixture
def official(client):
    client.force_login(cast.official(), backend=BACKEND)
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def reader(client):
    user = User.objects.create_user("reader", None, is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_application", content_type__app_label="employers"))
    client.force_login(user, backend=BACKEND)
    return client


def address(application, name="change"):
    return reverse(f"admin:employers_application_{name}", args=[application.pk])


def shown(client, application):
    answer = client.get(address(application))
    assert answer.status_code == 200
    return answer.content.decode()


def test_what_was_said_is_shown_and_the_code_is_not(official):
    body = shown(official, cast.sent())
    assert "Aino Esimerkki" in body
    assert "3,600.00" in body
    assert "010190-" in body
    assert CODE not in body


def test_looking_leaves_a_row(official):
    application = cast.sent()
    shown(official, application)
    row = ReadLog.objects.get()
    assert (row.person, row.actor_kind, row.actor) == (application.person_id, "user", cast.official().pk)
    assert (row.purpose, row.action) == ("handling", "read")


def test_the_code_is_shown_on_request_and_that_is_logged(official):
    answer = official.post(address(cast.sent(), "code"))
    assert CODE in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert ReadLog.objects.get().action == "read_identity_code"


def test_the_code_is_never_had_by_an_address_alone(official):
    assert official.get(address(cast.sent(), "code")).status_code == 405


def test_the_whole_story_is_on_the_page(official):
    application, by = cast.sent(business_id=cast.CAFE), cast.by_official()
    request = ask(
        application_id=application.pk, items=[("other", "Which week?")], due=date(2026, 5, 1), by=by, at=cast.AT
    )
    answers = {str(request.items.get().pk): "The tenth"}
    answer(request_id=request.pk, answers=answers, by=cast.by_web(business_id=cast.CAFE), at=cast.AT)
    income = Income(after_deduction=Decimal(40000))
    decide(application_id=application.pk, outcome="granted", reason="Ill", by=by, at=cast.AT, income=income)
    body = shown(official, application)
    for part in ("Which week?", "The tenth", "1,678.54", "counts with the income", "Payment waits:"):
        assert part in body


BUTTONS = {"submitted": {"take_up", "ask", "decide"}, "information_requested": set(), "decided": {"pay"}, "paid": set()}


@pytest.mark.parametrize("status", BUTTONS)
def test_buttons_stand_only_where_the_lifecycle_allows(official, status):
    application, by = cast.sent(), cast.by_official()
    if status == "information_requested":
        ask(application_id=application.pk, items=[("certificate", "")], due=date(2026, 5, 1), by=by, at=cast.AT)
    if status in ("decided", "paid"):
        income = Income(after_deduction=Decimal(40000))
        decide(application_id=application.pk, outcome="granted", reason="", by=by, at=cast.AT, income=income)
    if status == "paid":
        pay(application_id=application.pk, by=by, at=cast.AT)
    body = shown(official, application)
    there = {verb for verb in ("take_up", "ask", "decide", "pay") if f"/do/{verb}/" in body}
    assert there == BUTTONS[status]


def test_a_reader_sees_and_cannot_act(reader):
    application = cast.sent()
    assert "/do/" not in shown(reader, application)
    for verb in ("take_up", "ask", "decide", "pay"):
        assert reader.post(reverse("admin:employers_application_do", args=[application.pk, verb])).status_code == 403


@pytest.mark.parametrize("name", ["change", "delete", "history"])
def test_nothing_is_saved_or_deleted(official, name):
    application = cast.sent()
    answer = official.post(address(application, name), {"status": "paid", "post": "yes"})
    application.refresh_from_db()
    assert answer.status_code in (200, 403, 405)
    assert application.status == "submitted"


def test_people_of_employers_do_not_get_in(client):
    client.force_login(cast.user("Aino"), backend=BACKEND)
    assert client.get(address(cast.sent())).status_code == 302
    assert not ReadLog.objects.exists()


def counted(client, application, queries):
    with queries() as captured:
        shown(client, application)
    return len(captured)


def test_queries_do_not_grow_with_the_story(official, django_assert_max_num_queries):
    application, by = cast.sent(), cast.by_official()
    with django_assert_max_num_queries(20) as short:
        shown(official, application)
    for _ in range(4):
        codes = [("certificate", ""), ("pay_detail", ""), ("other", "Why?")]
        ask(application_id=application.pk, items=codes, due=date(2026, 5, 1), by=by, at=cast.AT)
        request = InformationRequest.objects.order_by("id").last()
        answers = {str(item.pk): "Yes" for item in request.items.all()}
        answer(request_id=request.pk, answers=answers, by=cast.by_web(), at=cast.AT)
    with django_assert_max_num_queries(len(short) + 2):
        shown(official, application)
