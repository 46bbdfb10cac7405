"""The page of one application."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from employers.applications.answer import answer
from employers.applications.ask import ask
from employers.applications.decide import decide
from employers.applications.models import Application, InformationRequest, Payment
from employers.applications.pay import pay
from employers.benefits.claim import Income
from employers.organisations.models import Mandate
from employers.records.models import ReadLog
from tests import cast
from tests.pages import come_in, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sandbox")]
INCOME = Income(after_deduction=Decimal(40000))


@pytest.fixture(autouse=True)
def april(clock_at) -> None:
    clock_at(datetime(2026, 4, 16, 9, tzinfo=UTC))


@pytest.fixture
def application() -> Application:
    return cast.sent()


@pytest.fixture
def aino(client: Client) -> Client:
    return come_in(client, "Aino")


def page_of(client: Client, application: Application) -> str:
    return text(client.get(f"/en/applications/{application.pk}/"))


def asked(application: Application, *items: tuple[str, str]) -> InformationRequest:
    items = items or (("pay_detail", "Which days of March?"),)
    return ask(application_id=application.pk, items=items, due=date(2026, 5, 4), by=cast.by_official(), at=cast.AT)


def decided(application: Application, outcome: str = "granted", reason: str = "") -> None:
    by = cast.by_official()
    decide(application_id=application.pk, outcome=outcome, reason=reason, by=by, at=cast.AT, income=INCOME)


def test_what_was_said_is_shown_and_the_identity_code_is_not(aino: Client, application: Application) -> None:
    page = page_of(aino, application)
    assert "010190-••••" in page
    assert "010190-9123" not in page
    assert "€3,600.00" in page


def test_timeline_tells_what_happened_and_what_is_to_come(aino: Client, application: Application) -> None:
    page = page_of(aino, application).partition("Where the application stands")[2]
    assert page.index("The application was sent") < page.index("We take up the application") < page.index("Payment")


def test_question_is_shown_with_the_officials_own_words(aino: Client, application: Application) -> None:
    request = asked(application)
    page = page_of(aino, application)
    assert "Which days of March?" in page
    assert f"/en/applications/{application.pk}/requests/{request.pk}/" in page


def test_every_question_is_answered_on_one_page(aino: Client, application: Application) -> None:
    request = asked(application, ("pay_detail", ""), ("employment", ""))
    path = f"/en/applications/{application.pk}/requests/{request.pk}/"
    items = [str(item.pk) for item in request.items.all()]
    page = text(aino.post(path, {items[0]: "The basic pay."}))
    assert f'href="#id_{items[1]}"' in page
    assert "The basic pay." in page
    response = aino.post(path, {items[0]: "The basic pay.", items[1]: "Since 2019."}, follow=True)
    assert "Your answer was sent." in text(response)
    application.refresh_from_db()
    assert application.status == "in_handling"
    assert "Since 2019." in page_of(aino, application)


def test_question_answered_meanwhile_is_not_asked_again(aino: Client, application: Application) -> None:
    request = asked(application)
    item = request.items.get()
    answer(request_id=request.pk, answers={str(item.pk): "By API."}, by=cast.by_client(), at=cast.AT)
    response = aino.get(f"/en/applications/{application.pk}/requests/{request.pk}/")
    assert response.url == f"/en/applications/{application.pk}/"


def test_question_of_another_application_is_unknown(aino: Client, application: Application) -> None:
    other = cast.sent(business_id=cast.CAFE)
    request = asked(other)
    assert aino.get(f"/en/applications/{application.pk}/requests/{request.pk}/").status_code == 404


def test_decision_tells_amount_differences_and_appeal(aino: Client, application: Application) -> None:
    decided(application)
    page = page_of(aino, application)
    assert "Decision: granted" in page
    assert "€1,678.54" in page
    assert "the income that the official confirmed" in page
    assert "You can appeal against the decision until 22 May 2026." in page


def test_rejection_tells_the_reason_and_promises_no_payment(aino: Client, application: Application) -> None:
    decided(application, "rejected", "The pay was not paid.")
    page = page_of(aino, application)
    assert "The pay was not paid." in page
    assert "Still to come" not in page


def test_payment_is_told_with_its_reference(aino: Client, application: Application) -> None:
    decided(application)
    pay(application_id=application.pk, by=cast.by_official(), at=cast.AT)
    assert Payment.objects.get().reference in page_of(aino, application)


def test_decision_needs_its_right(client: Client, application: Application) -> None:
    Mandate.objects.filter(agent_user=cast.user("Bo")).update(rights=["apply"])
    decided(application, "rejected", "The pay was not paid.")
    page = page_of(come_in(client, "Bo"), application)
    assert "You need the right to see decisions" in page
    assert "The pay was not paid." not in page


def test_payment_needs_its_right(client: Client, application: Application) -> None:
    decided(application)
    pay(application_id=application.pk, by=cast.by_official(), at=cast.AT)
    assert Payment.objects.get().reference not in page_of(come_in(client, "Bo"), application)


def test_reading_leaves_a_row_that_names_the_mandate(client: Client, application: Application) -> None:
    page_of(come_in(client, "Bo"), application)
    row = ReadLog.objects.get()
    assert row.person == application.person_id
    assert row.mandate == Mandate.objects.get(agent_user=cast.user("Bo")).pk


def test_queries_do_not_grow_with_rows(aino: Client, application: Application) -> None:
    asked(application)
    few = _queries(aino, application)
    request = InformationRequest.objects.get()
    for _ in range(3):
        items = {str(item.pk): "Yes." for item in request.items.filter(answered_at=None)}
        answer(request_id=request.pk, answers=items, by=cast.by_web(), at=cast.AT)
        request = asked(application, ("pay_detail", ""), ("employment", ""))
    assert _queries(aino, application) == few <= 19


def _queries(client: Client, application: Application) -> int:
    with CaptureQueriesContext(connection) as queries:
        page_of(client, application)
    return len(queries)
