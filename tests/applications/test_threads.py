"""Ask about this: from where one stands to an adviser, and the answer back."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from employers.applications.message import close_thread
from employers.applications.models_threads import Message, Thread
from employers.applications.threads import LEAST_CASES, usual_hours
from employers.intake.forms.pages import pages_of
from employers.people.models import Person
from employers.records import events
from employers.records.models import Event, ReadLog
from tests import cast
from tests.applications import threads
from tests.pages import begun, come_in, filled_in, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sandbox")]
CODE = "010190-9123"


@pytest.fixture(autouse=True)
def april(clock_at) -> None:
    clock_at(datetime(2026, 4, 16, 9, tzinfo=UTC))


@pytest.fixture
def aino(client: Client) -> Client:
    return come_in(client, "Aino")


def path(**query: object) -> str:
    told = "&".join(f"{name}={value}" for name, value in query.items())
    return f"/en/employers/{cast.employer().pk}/ask/?{told}"


def ask(client: Client, said: str = "Which days?", *, share: bool = False, **query: object) -> Thread:
    response = client.post(path(**query), {"text": said, **({"share": "yes"} if share else {})})
    assert response.status_code == 302, text(response)
    return Thread.objects.latest("id")


def test_every_page_of_an_application_has_the_link(aino):
    draft = begun(aino)
    for step in pages_of(draft.benefit):
        page = text(aino.get(f"/en/apply/{draft.pk}/{step}/"))
        assert f"ask/?draft={draft.pk}&amp;step={step}" in page
    assert f"ask/?draft={draft.pk}&amp;step=check" in text(aino.get(f"/en/apply/{draft.pk}/check/"))


def test_so_has_everything_that_was_pointed_out(aino):
    draft = begun(aino)
    page = text(aino.post(f"/en/apply/{draft.pk}/absence/", {"absence.start": "10.4.2026", "absence.end": "2.3.2026"}))
    assert f"ask/?draft={draft.pk}&amp;step=absence&amp;field=absence.end&amp;code=before_start" in page


def test_where_one_stood_is_told_before_asking_and_kept(aino):
    draft = begun(aino)
    about = {"draft": draft.pk, "step": "absence", "field": "absence.end", "code": "before_start", "topic": "no-such"}
    page = text(aino.get(path(**about)))
    for words in ("Sickness allowance", "Last day", "Show the adviser what I have answered so far"):
        assert words in page
    thread = ask(aino, **about)
    assert (thread.benefit, thread.step, thread.field, thread.code, thread.topic) == (
        "sickness_allowance", "absence", "absence.end", "before_start", "no-such",
    )  # fmt: skip
    assert (thread.user, thread.language, thread.waits_since) == (cast.user("Aino"), "en", thread.opened_at)


def test_answers_are_shared_only_when_agreed_to(aino):
    draft = filled_in(aino)
    silent = ask(aino, draft=draft.pk)
    assert (silent.draft, silent.person) == (None, None)
    shared = ask(aino, draft=draft.pk, share=True)
    assert shared.draft["absence"] == {"start": "2026-03-02", "end": "2026-04-10"}
    assert shared.draft["employee"]["personal_identity_code"] == "010190-••••"
    assert shared.person == Person.objects.get(identity_index=Person.index_of(CODE))
    aino.post(f"/en/apply/{draft.pk}/absence/", {"absence.start": "2.3.2026", "absence.end": "9.4.2026"})
    shared.refresh_from_db()
    assert shared.draft["absence"]["end"] == "2026-04-10"


def test_an_identity_code_in_the_question_is_hidden_from_everybody(aino):
    thread = ask(aino, f"May {CODE} be ill?")
    assert thread.messages.get().text == "May ••••••••••• be ill?"


def test_nothing_that_was_written_can_be_read_in_the_database(aino):
    ask(aino, "Is Maija Mallikas right?", draft=filled_in(aino).pk, share=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM employers_message UNION ALL SELECT draft FROM employers_thread")
        assert not any(b"Mallikas" in bytes(row[0]) for row in cursor.fetchall())


@pytest.mark.parametrize("said", ["", "   ", "x" * 4001])
def test_a_question_has_words_and_an_end(aino, said):
    response = aino.post(path(), {"text": said})
    assert response.status_code == 200
    assert 'href="#id_text"' in text(response)
    assert not Thread.objects.exists()


@pytest.mark.parametrize("query", ["draft=x", "draft=01a20070-0000-7000-8000-000000000000", "application=../.."])
def test_a_draft_that_is_not_there(aino, query):
    assert aino.get(f"/en/employers/{cast.employer().pk}/ask/?{query}").status_code == 404


def test_codes_that_are_none_are_left_out(aino):
    thread = ask(aino, step="<script>", field="a b", code="DROP", topic="%0A")
    assert (thread.step, thread.field, thread.code, thread.topic) == ("", "", "", "")


def test_a_draft_of_another_employer_is_not_shared(client, aino):
    cafe = begun(aino, cast.CAFE)
    assert aino.get(path(draft=cafe.pk)).status_code == 404


def test_from_the_question_to_the_answer(aino):
    thread = ask(aino)
    assert "Waiting for an answer" in text(aino.get(f"/en/employers/{cast.employer().pk}/messages/"))
    threads.answered(thread)
    start = text(aino.get(f"/en/employers/{cast.employer().pk}/"))
    assert "1 new" in start
    assert "New answer" in text(aino.get(f"/en/employers/{cast.employer().pk}/messages/"))
    page = text(aino.get(f"/en/messages/{thread.pk}/"))
    assert threads.ANSWER in page
    assert "Sandbox official" not in page
    assert "1 new" not in text(aino.get(f"/en/employers/{cast.employer().pk}/"))
    assert Message.objects.get(role="official").read_at


def test_one_can_go_on_asking_even_after_it_was_closed(aino):
    thread = threads.answered(threads.asked())
    close_thread(thread_id=thread.pk, at=cast.AT)
    page = aino.post(f"/en/messages/{thread.pk}/", {"text": f"And {CODE}?"}, follow=True)
    assert "And •••••••••••?" in text(page)
    thread.refresh_from_db()
    assert thread.closed_at is None
    assert thread.waits_since == datetime(2026, 4, 16, 9, tzinfo=UTC).replace(
        microsecond=thread.waits_since.microsecond
    )


def test_events_tell_nothing_but_ids():
    application = cast.sent()
    thread = threads.answered(threads.asked(application))
    question, reply = Event.objects.filter(type__in=[events.QUESTION, events.MESSAGE]).order_by("id")
    assert question.subject == thread.messages.get(role="employer").pk
    assert (reply.type, reply.subject, reply.application) == ("application.message", thread.pk, application.pk)
    assert (reply.organisation, reply.status) == (application.organisation_id, application.status)


def test_messages_about_an_application_are_on_its_page(aino):
    application = cast.sent()
    thread = threads.answered(threads.asked(application))
    page = text(aino.get(f"/en/applications/{application.pk}/"))
    assert f"/en/messages/{thread.pk}/" in page
    assert f"ask/?application={application.pk}" in page
    assert application.reference in text(aino.get(path(application=application.pk)))


def test_reading_about_a_person_leaves_a_row(aino):
    application = cast.sent()
    thread = threads.asked(application)
    aino.get(f"/en/messages/{thread.pk}/")
    aino.get(f"/en/employers/{cast.employer().pk}/messages/")
    rows = ReadLog.objects.filter(purpose="message", person=application.person_id, actor=cast.user("Aino").pk)
    assert sorted(rows.values_list("action", flat=True)) == ["list", "read"]


def test_who_reads_decisions_asks_too_and_a_stranger_does_not(client):
    thread = threads.asked()
    bo = come_in(client, "Bo")
    assert threads.QUESTION in text(bo.get(f"/en/messages/{thread.pk}/"))
    assert ask(bo).user == cast.user("Bo")
    cecilia = come_in(client, "Cecilia")
    assert cecilia.get(f"/en/messages/{thread.pk}/").status_code == 404
    assert cecilia.get(f"/en/employers/{cast.employer().pk}/messages/").status_code == 404


def test_unread_ones_come_first(aino):
    first, second, third = (threads.asked(code=f"code_{number}") for number in range(3))
    threads.answered(second)
    page = text(aino.get(f"/en/employers/{cast.employer().pk}/messages/"))
    places = [page.index(str(thread.pk)) for thread in (second, third, first)]
    assert places == sorted(places)


def test_the_usual_time_is_told_from_ten_cases_on(aino):
    for hours in range(1, LEAST_CASES):
        threads.answered(threads.asked(), at=cast.AT + timedelta(hours=hours))
    assert usual_hours() is None
    assert "Half of all questions" not in text(aino.get(path()))
    threads.answered(threads.asked(), at=cast.AT + timedelta(hours=100))
    assert usual_hours() == 6  # 5.5 between the fifth and the sixth
    assert "Half of all questions are answered within 6 hours." in text(aino.get(path()))


def test_as_many_queries_for_many_as_for_few(aino):
    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            aino.get(address)
        return len(asked)

    application = cast.sent()
    addresses = [f"/en/employers/{cast.employer().pk}/messages/", f"/en/applications/{application.pk}/"]
    threads.answered(threads.asked(application))
    few = [queries(address) for address in addresses]
    for _ in range(8):
        threads.answered(threads.asked(application))
    assert [queries(address) for address in addresses] == few
