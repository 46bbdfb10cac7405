"""Paid absences that nobody has claimed, claimed in one go: what is fine is sent, the rest says why it is not."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from employers.applications.models import Application
from employers.applications.models_register import Finding
from employers.people.models import Employment, Person
from employers.records.models import ReadLog
from tests import cast
from tests.applications.reports import AINO, EERO, absence, report, reviewed, year_of_wages
from tests.pages import come_in, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sandbox")]
DAYS = absence(date(2026, 3, 2), date(2026, 3, 27))
SAME = {"certificate": "electronic", "insurer_case": "none", "contact.name": "Palkat", "contact.email": "p@example.fi"}


@pytest.fixture(autouse=True)
def april(clock_at) -> None:
    clock_at(datetime(2026, 4, 15, 9, tzinfo=UTC))


@pytest.fixture
def aino(client: Client) -> Client:
    return come_in(client, "Aino")


def found(*codes: str) -> list[str]:
    reports = [one for code in codes for one in (*year_of_wages(code=code), report(f"march-{code}", DAYS, code=code))]
    reviewed(*reports)
    return [str(one) for one in Finding.objects.order_by("id").values_list("pk", flat=True)]


def path() -> str:
    return f"/en/employers/{cast.employer().pk}/findings/"


def test_open_ones_are_there_to_choose_with_sum_and_days_left(aino: Client) -> None:
    found(AINO, EERO)
    page = text(aino.get(path()))
    assert page.count('name="chosen"') == 2
    for shown in ("Aino Esimerkki", "2 March – 27 March 2026", "at least €", "19 days left"):
        assert shown in page
    assert ReadLog.objects.filter(purpose="finding", action="list").count() == 2


def test_two_presses_send_each_as_an_application_with_the_common_answers(aino: Client) -> None:
    chosen = found(AINO, EERO)
    page = text(aino.post(path(), {"chosen": chosen, **SAME}))
    assert "Send 2 applications" in page
    assert Application.objects.count() == 0
    page = text(aino.post(path(), {"chosen": chosen, "sure": "1", **SAME}))
    assert "2 applications of 2 were sent." in page
    assert set(Application.objects.values_list("channel", "submitted_by")) == {("web", cast.user("Aino").pk)}
    said = Application.objects.first().versions.get().content
    assert (said["contact"]["name"], said["certificate"]) == ("Palkat", "electronic")


def test_only_the_chosen_are_sent(aino: Client) -> None:
    chosen = found(AINO, EERO)[:1]
    aino.post(path(), {"chosen": chosen, "sure": "1", **SAME})
    assert [
        str(one) for one in Finding.objects.filter(application__isnull=False).values_list("pk", flat=True)
    ] == chosen


def test_pressed_again_nothing_is_sent_twice(aino: Client) -> None:
    said = {"chosen": found(AINO), "sure": "1", **SAME}
    aino.post(path(), said)
    assert "1 application of 1 was sent." in text(aino.post(path(), said))
    assert Application.objects.count() == 1


def test_what_needs_an_answer_of_its_own_is_left_and_says_why(aino: Client) -> None:
    chosen = found(AINO, EERO)
    person = Person.objects.get(identity_index=Person.index_of(EERO))
    Employment.objects.filter(person=person).update(start=None)
    page = text(aino.post(path(), {"chosen": chosen, "sure": "1", **SAME}))
    assert "1 application of 2 was sent." in page
    left = Finding.objects.get(person=person)
    assert f'href="/en/findings/{left.pk}/"' in page
    assert "Fill in this." in page
    assert left.status == "open"


def test_nothing_chosen_says_so(aino: Client) -> None:
    found(AINO)
    assert "Choose at least one absence." in text(aino.post(path(), SAME))


def test_an_unanswered_question_is_asked_before_anything_is_sent(aino: Client) -> None:
    chosen = found(AINO)
    page = text(aino.post(path(), {"chosen": chosen, "sure": "1", **SAME, "certificate": ""}))
    assert "Please check these answers" in page
    assert Application.objects.count() == 0


def test_a_foreign_finding_is_not_claimed(aino: Client) -> None:
    reviewed(*year_of_wages(payer=cast.WHOLESALER), report("w", DAYS, payer=cast.WHOLESALER), payer=cast.WHOLESALER)
    foreign = str(Finding.objects.get().pk)
    page = text(aino.post(path(), {"chosen": [foreign], "sure": "1", **SAME}))
    assert "0 applications of 0 were sent." in page
    assert Application.objects.count() == 0


def test_who_may_only_read_decisions_claims_nothing(client: Client) -> None:
    chosen = found(AINO)
    bo = come_in(client, "Bo")
    assert bo.get(path()).status_code == 403
    assert bo.post(path(), {"chosen": chosen, "sure": "1", **SAME}).status_code == 403
    assert Application.objects.count() == 0


def test_pages_take_as_many_queries_for_one_as_for_two(aino: Client) -> None:
    one = found(AINO)
    few = asked(aino, one)
    assert asked(aino, found(AINO, EERO)) == few


def asked(client: Client, chosen: list[str]) -> tuple[int, int]:
    with CaptureQueriesContext(connection) as listed:
        client.get(path())
    with CaptureQueriesContext(connection) as looked:
        client.post(path(), {"chosen": chosen, **SAME})
    return len(listed), len(looked)
