"""The calendar feed: right days, nobody's data, and an end with the right."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from icalendar import Calendar

from employers.applications.ask import ask
from employers.applications.decide import decide
from employers.applications.draft import begin
from employers.applications.models import Application
from employers.benefits.claim import Employee, Income
from employers.notifications.calendar import Entry, calendar
from employers.notifications.models import CalendarFeed
from employers.organisations.models import Mandate
from tests import cast
from tests.applications.test_web_overview import found
from tests.pages import come_in, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sandbox")]


@pytest.fixture(autouse=True)
def april(clock_at) -> None:
    clock_at(datetime(2026, 4, 16, 9, tzinfo=UTC))


def made(name: str = "Aino", language: str = "en") -> str:
    client = come_in(Client(), name)
    where = f"/{language}/employers/{cast.employer().pk}/notifications/calendar/"
    body = text(client.post(where))
    return body.split("<code>http://testserver")[1].split("</code>")[0]


def followed(path: str, **headers: str):
    return Client().get(path, headers=headers)


def events(path: str) -> dict[str, date]:
    found = Calendar.from_ical(followed(path).content)
    return {str(event["summary"]): event.decoded("dtstart") for event in found.walk("VEVENT")}


def everything() -> None:
    by = cast.by_official()
    decided = cast.sent()
    income = Income(after_deduction=cast.claim().pay_periods[0].amount)
    decide(application_id=decided.pk, outcome="granted", reason="", by=by, at=cast.AT, income=income)
    asked = cast.sent(employee=Employee(personal_identity_code="010190-9145", given_name="Kai", family_name="Salattu"),
                      reference="Salattu 7")  # fmt: skip
    ask(application_id=asked.pk, items=[("other", "")], due=date(2026, 5, 4), by=by, at=cast.AT)
    Application.objects.filter(pk=asked.pk).update(pay_ends=date(2026, 4, 30))
    found("010190-9134", deadline=date(2026, 6, 7))
    content = {"body": {}, "done": [], "annual_income": None}
    begin(organisation=cast.employer(), user=cast.user("Aino"), benefit="sickness_allowance", content=content,
          at=cast.AT)  # fmt: skip


def test_every_day_to_keep_is_there_on_its_day():
    everything()
    told = events(made())
    appeal = told.pop("Last day to appeal against a decision")
    assert appeal > date(2026, 5, 1)
    assert told == {
        "Last day to apply for an allowance": date(2026, 6, 8),  # the Monday after
        "Answer our question": date(2026, 5, 4),
        "Your pay ends and the absence goes on": date(2026, 4, 30),
        "An unfinished application is deleted": date(2026, 5, 15),
    }


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_nobodys_data_is_told(language):
    everything()
    body = followed(made(language=language)).content.decode().replace("\r\n ", "")
    for secret in ("010190", "Salattu", "Aino", "Esimerkkileipomo", "row-4711", "3600", "1234", "airaus", "ickness"):
        assert secret not in body, secret
    assert f"/{language}/applications/" in body


def test_the_same_days_are_the_same_bytes_and_need_no_second_answer():
    everything()
    path = made()
    first, second = followed(path), followed(path)
    assert first.content == second.content
    assert first["Content-Type"] == "text/calendar; charset=utf-8"
    assert followed(path, **{"If-None-Match": first["ETag"]}).status_code == 304
    found("010190-9156", deadline=date(2026, 6, 9))
    changed = followed(path, **{"If-None-Match": first["ETag"]})
    assert (changed.status_code, changed["ETag"] == first["ETag"]) == (200, False)


def test_a_reader_follows_what_a_reader_may_see_until_the_right_ends():
    everything()
    path = made("Bo")
    assert set(events(path)) == {"Last day to appeal against a decision"}
    Mandate.objects.filter(agent_user=cast.user("Bo")).update(valid_until=date(2026, 4, 15))
    assert followed(path).status_code == 404


def test_a_new_address_ends_the_old_one_and_an_ended_one_is_dead():
    first, second = made(), made()
    assert (followed(first).status_code, followed(second).status_code) == (404, 200)
    come_in(Client(), "Aino").post(f"/en/employers/{cast.employer().pk}/notifications/calendar/", {"revoke": "1"})
    assert followed(second).status_code == 404


def test_the_address_is_not_in_the_database():
    token = made().removeprefix("/calendar/").removesuffix(".ics")
    row = CalendarFeed.objects.get()
    assert len(token) >= 40
    assert token.encode() not in bytes(row.token_hash)
    assert token not in repr(row.__dict__)


def test_a_day_that_is_over_stays_a_month():
    found("010190-9134", deadline=date(2026, 3, 18))
    found("010190-9145", deadline=date(2026, 3, 11))
    assert list(events(made()).values()) == [date(2026, 3, 18)]


def test_what_is_written_survives_signs_of_the_format():
    entry = Entry(uid="a@b", day=date(2026, 12, 31), title="Yksi; kaksi, kolme\\ å", text="1\n2", url="http://a/b",
                  stamp=cast.AT)  # fmt: skip
    (event,) = Calendar.from_ical(calendar([entry], name="Ä, ö")).walk("VEVENT")
    assert (str(event["summary"]), str(event["description"])) == ("Yksi; kaksi, kolme\\ å", "1\n2")
    assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(days=1)
    assert event.decoded("dtend") == date(2027, 1, 1)
