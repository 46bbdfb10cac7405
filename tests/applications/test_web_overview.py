"""An employer's start page."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from employers.applications.ask import ask
from employers.applications.models_register import Finding
from employers.benefits.claim import Employee, PayPeriod, Period
from employers.people.record import person_for
from employers.records.models import ReadLog
from tests import cast
from tests.pages import begun, come_in, filled_in, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sandbox")]
CODES = ["010190-9134", "010190-9145", "010190-9156", "010190-9167", "010190-9178", "010190-9189"]


@pytest.fixture(autouse=True)
def april(clock_at) -> None:
    clock_at(datetime(2026, 4, 15, 9, tzinfo=UTC))


@pytest.fixture
def aino(client: Client) -> Client:
    return come_in(client, "Aino")


def start_page(business_id: str = cast.BAKERY) -> str:
    return f"/en/employers/{cast.employer(business_id).pk}/"


def about(code: str) -> Employee:
    return Employee(personal_identity_code=code, given_name="Maija", family_name=f"Mallikas {code[-4:]}")


def found(code: str, *, deadline: date) -> Finding:
    return Finding.objects.create(
        organisation=cast.employer(),
        person=person_for(code),
        benefit="sickness_allowance",
        absence_start=date(2026, 3, 2),
        absence_end=date(2026, 4, 10),
        paid="3600.00",
        estimated_amount="1234.50",
        deadline=deadline,
        found_at=cast.AT,
    )


def asked(application) -> None:
    items = [("pay_detail", "")]
    ask(application_id=application.pk, items=items, due=date(2026, 5, 4), by=cast.by_official(), at=cast.AT)


def test_what_waits_comes_before_what_can_be_begun(aino: Client) -> None:
    asked(cast.sent())
    page = text(aino.get(start_page()))
    assert page.index("We have asked you something") < page.index("What you can apply for")
    assert "Answer by 4 May 2026" in page


def test_sent_applications_have_name_and_status(aino: Client) -> None:
    cast.sent()
    page = text(aino.get(start_page()))
    assert "Aino Esimerkki" in page
    assert ">Sent<" in page


def test_benefit_says_by_when_to_apply(aino: Client) -> None:
    assert "Apply within two months" in text(aino.get(start_page()))


@pytest.mark.parametrize(
    ("name", "business_id", "words"),
    [
        ("Aino", cast.CAFE, "We take you through it step by step."),
        ("Elli", "9000006-2", "follow every application"),
        ("Elli", "9000007-0", "what nobody has claimed yet"),
    ],
)
def test_first_words_are_for_the_size_of_the_employer(client: Client, name: str, business_id: str, words: str) -> None:
    assert words in text(come_in(client, name).get(start_page(business_id)))


def test_what_is_missing_before_payment_is_told_early(aino: Client) -> None:
    page = text(aino.get(start_page(cast.CAFE)))
    assert "Tell us your bank account." in page
    assert "Agree to receive decisions electronically." in page
    assert "Needed before we can pay" not in text(aino.get(start_page()))


def test_unfinished_application_is_gone_on_with_where_it_was_left(aino: Client) -> None:
    fresh, full = begun(aino), filled_in(aino)
    page = text(aino.get(start_page()))
    assert f'href="/en/apply/{fresh.pk}/employee/"' in page
    assert f'href="/en/apply/{full.pk}/check/"' in page


def test_unclaimed_absences_come_with_minimum_and_days_left(aino: Client) -> None:
    found(CODES[0], deadline=date(2026, 5, 30))
    found(CODES[1], deadline=date(2026, 4, 20))
    page = text(aino.get(start_page()))
    assert "at least €1,234.50" in page
    assert "apply by 1 June 2026" in page  # the 30th of May is a Saturday
    assert page.index("(47 days left)") > page.index("5 days left") > 0


def test_no_findings_no_section(aino: Client) -> None:
    assert "nobody has claimed" not in text(aino.get(start_page()))


def test_every_person_shown_is_read_about_once(aino: Client) -> None:
    application = cast.sent()
    aino.get(start_page())
    assert list(ReadLog.objects.values_list("person", "action")) == [(application.person_id, "list")]


def test_queries_do_not_grow_with_rows(aino: Client) -> None:
    few = _queries(aino)
    for number, code in enumerate(CODES):
        start = date(2026, 3, 2) + timedelta(days=number)
        period = Period(start=start, end=date(2026, 4, 10))
        pay = (PayPeriod(start=start, end=period.end, amount=Decimal("3600.00")),)
        asked(cast.sent(employee=about(code), reference=f"row-{number}", absence=period, pay_periods=pay))
        found(code, deadline=date(2026, 5, 30))
        filled_in(aino)
    assert _queries(aino) == few <= 24  # three of them the test's own: the employer, and a savepoint around the session


def test_older_applications_have_pages(aino: Client) -> None:
    for number, code in enumerate(CODES):
        cast.sent(employee=about(code), reference=f"row-{number}")
    page = text(aino.get(f"{start_page()}applications/"))
    assert page.count("Mallikas") == len(CODES)


def _queries(client: Client) -> int:
    """With one of each in place, so that every part of the page is there."""
    if not Finding.objects.exists():
        found("010190-9123", deadline=date(2026, 5, 2))
        asked(cast.sent())
        filled_in(client)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get(start_page())
    return len(queries)
