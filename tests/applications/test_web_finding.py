"""A paid absence that nobody has claimed, turned into an application with one confirmation."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from employers.applications.models import Application, Draft
from employers.applications.models_register import Finding
from employers.people.models import Employment
from employers.records.models import ReadLog
from tests.applications.reports import absence, report, reviewed, year_of_wages
from tests.pages import ANSWERS, come_in, send, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sandbox")]
DAYS = absence(date(2026, 3, 2), date(2026, 3, 27))


@pytest.fixture(autouse=True)
def april(clock_at) -> None:
    clock_at(datetime(2026, 4, 15, 9, tzinfo=UTC))


@pytest.fixture
def aino(client: Client) -> Client:
    return come_in(client, "Aino")


def found(**employment) -> str:
    """The address of what was found; `employment` as it is known."""
    reviewed(*year_of_wages(), report("march", DAYS))
    if employment:
        Employment.objects.update(**employment)
    return f"/en/findings/{Finding.objects.get().pk}/"


def test_what_would_be_sent_is_shown_with_minimum_and_deadline(aino: Client) -> None:
    page = text(aino.get(found()))
    for shown in ("at least €", "4 May 2026", "19 days left", "2 March – 27 March 2026", "010190-••••"):
        assert shown in page
    assert "010190-9123" not in page


def test_one_confirmation_makes_it_an_application(aino: Client) -> None:
    response = aino.post(found())
    application = Application.objects.get()
    assert response.url == f"/en/applications/{application.pk}/receipt/"
    assert application.channel == "web"


def test_confirmed_twice_it_is_one_application(aino: Client) -> None:
    path = found()
    aino.post(path)
    assert aino.post(path).url == f"/en/applications/{Application.objects.get().pk}/"


def test_it_can_be_changed_before_it_is_sent(aino: Client) -> None:
    response = aino.post(found(), {"change": "1"})
    draft = Draft.objects.get()
    assert response.url == f"/en/apply/{draft.pk}/check/"
    assert send(aino, draft).status_code == 302
    assert Application.objects.count() == 1


def test_what_the_register_does_not_tell_is_asked(aino: Client) -> None:
    path = found(start=None)
    assert "Complete these before the application can be sent: Employee." in text(aino.get(path))
    assert aino.post(path).status_code == 302
    draft = Draft.objects.get()
    page = text(aino.get(f"/en/apply/{draft.pk}/check/"))
    assert page.count("Answer this page:") == 1
    aino.post(f"/en/apply/{draft.pk}/employee/", ANSWERS["employee"])
    assert send(aino, draft).url.endswith("/receipt/")


def test_claimed_meanwhile_says_so(aino: Client) -> None:
    path = found()
    Finding.objects.update(status="expired")
    assert "no longer waiting for an application" in text(aino.get(path, follow=True))


@pytest.mark.parametrize(("name", "status"), [("Bo", 404), ("Cecilia", 404), ("Dan", 404)])
def test_others_see_nothing(client: Client, name: str, status: int) -> None:
    path = found()
    assert come_in(client, name).get(path).status_code == status
    assert client.post(path).status_code == status


def test_reading_leaves_a_row(aino: Client) -> None:
    aino.get(found())
    assert ReadLog.objects.get().action == "view"
