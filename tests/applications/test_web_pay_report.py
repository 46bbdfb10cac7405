"""Pay that goes on and pay that ends, on the web."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from customers.segments.rules import segments
from employers.applications.decide import decide
from employers.applications.models import Application
from employers.applications.report_pay import PayReport, report_pay
from employers.applications.withdraw import withdraw
from employers.benefits.claim import Income, PayPeriod, Period
from tests import cast
from tests.pages import come_in, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sandbox")]
FIRST, LAST = date(2026, 3, 2), date(2026, 3, 31)
TYPED = {
    "version": "1",
    "pay_periods.0.start": "1.4.2026",
    "pay_periods.0.end": "30.4.2026",
    "pay_periods.0.amount": "2 500,00",
    "absence.end": "30.4.2026",
    "pay_continues_from": "",
}


@pytest.fixture(autouse=True)
def may(clock_at) -> None:
    clock_at(datetime(2026, 5, 4, 9, tzinfo=UTC))


@pytest.fixture
def aino(client: Client) -> Client:
    return come_in(client, "Aino")


def begun(*, until: date = LAST, goes_on: date | None = date(2026, 4, 1)) -> Application:
    march = PayPeriod(start=FIRST, end=LAST, amount=Decimal("2500.00"))
    return cast.sent(absence=Period(start=FIRST, end=until), pay_periods=(march,), pay_continues_from=goes_on)


def path(application: Application, page: str = "pay-report") -> str:
    return f"/en/applications/{application.pk}/{page}/"


def test_the_next_pay_is_one_page(aino: Client) -> None:
    application = begun()
    assert path(application) in text(aino.get(path(application, "..").replace("../", "")))
    page = text(aino.get(path(application)))
    assert 'value="1.4.2026"' in page
    page = text(aino.post(path(application), TYPED, follow=True))
    assert "The pay was added to the application." in page
    assert "Further pay was reported" in page
    application.refresh_from_db()
    assert (application.version, application.absence_end) == (2, date(2026, 4, 30))


def test_what_is_wrong_stands_beside_its_field(aino: Client) -> None:
    page = text(aino.post(path(begun()), TYPED | {"pay_periods.0.start": "20.3.2026"}))
    assert 'href="#id_pay_periods.0.start"' in page
    assert Application.objects.get().version == 1


def test_a_row_can_be_added(aino: Client) -> None:
    page = text(aino.post(path(begun()), TYPED | {"add": "1"}))
    assert 'name="pay_periods.1.amount"' in page
    assert Application.objects.get().version == 1


def test_a_page_opened_before_somebody_elses_report_is_not_taken(aino: Client) -> None:
    application = begun()
    april = PayPeriod(start=date(2026, 4, 1), end=date(2026, 4, 10), amount=Decimal("900.00"))
    said = PayReport(pay_periods=(april,), pay_continues_from=date(2026, 4, 11))
    report_pay(application_id=application.pk, report=said, version=1, by=cast.by_web(), at=cast.AT)
    later = TYPED | {"pay_periods.0.start": "11.4.2026"}
    assert "Somebody has changed the application meanwhile." in text(aino.post(path(application), later))


def test_after_the_decision_the_report_waits(aino: Client) -> None:
    application, by = begun(), cast.by_official()
    income = Income(after_deduction=Decimal(40000))
    decide(application_id=application.pk, outcome="granted", reason="", by=by, at=cast.AT, income=income)
    page = text(aino.post(path(application), TYPED, follow=True))
    assert "an official takes the report up" in page
    assert aino.get(path(application)).status_code == 302  # one waits at a time


def test_where_nothing_goes_on_nothing_is_reported(aino: Client, client: Client) -> None:
    assert aino.get(path(begun(goes_on=None))).status_code == 302
    other = come_in(Client(), "Dan")
    assert other.get(path(Application.objects.get())).status_code == 404


def test_the_notice_tells_the_employee_what_to_do_in_the_language_chosen(aino: Client) -> None:
    application = begun(until=date(2026, 6, 30), goes_on=None)
    page = text(aino.get(path(application, "pay-end")))
    for words in ("until 31 March 2026", "1 April 2026", "1 June 2026", "SV 8", "Sickness allowance"):
        assert words in page
    page = text(aino.get(path(application, "pay-end") + "?notice=sv"))
    assert '<article class="card paper" lang="sv">' in page
    assert "31.3.2026" in page.partition("<article")[2]
    assert 'lang="en"' in page.partition("<article")[0]


def test_the_notice_holds_no_secret(aino: Client) -> None:
    page = text(aino.get(path(begun(until=date(2026, 6, 30), goes_on=None), "pay-end")))
    notice = page.partition("<article")[2]
    assert "010190" not in notice
    names = {name for segment in segments() for name in segment.names.values()}
    assert not {name for name in names if name.casefold() in notice.casefold()}


def test_without_an_end_of_pay_there_is_no_notice(aino: Client) -> None:
    application = begun()
    assert aino.get(path(application, "pay-end")).status_code == 404
    assert "pay-end" not in text(aino.get(application.get_absolute_url()))


def test_of_a_withdrawn_application_there_is_no_notice(aino: Client) -> None:
    application = begun(until=date(2026, 6, 30), goes_on=None)
    assert "pay-end" in text(aino.get(application.get_absolute_url()))
    withdraw(application_id=application.pk, reason="", by=cast.by_web(), at=cast.AT)
    assert aino.get(path(application, "pay-end")).status_code == 404


def test_queries_do_not_grow_with_versions(aino: Client) -> None:
    application, by = begun(), cast.by_web()
    days = [date(2026, 4, number) for number in range(1, 5)]
    counts = []
    for version, day in enumerate(days, start=1):
        paid = PayPeriod(start=day, end=day, amount=Decimal("90.00"))
        said = PayReport(pay_periods=(paid,), pay_continues_from=date(2026, 4, day.day + 1))
        report_pay(application_id=application.pk, report=said, version=version, by=by, at=cast.AT)
        with CaptureQueriesContext(connection) as queries:
            aino.get(application.get_absolute_url())
        counts.append(len(queries))
    assert counts[1] == counts[-1] <= 26
