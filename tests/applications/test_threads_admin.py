"""The adviser's inbox: the longest waiting first, one question on one page, an answer, a topic."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from employers.applications.message import close_thread
from employers.applications.models_threads import Message, Thread
from employers.guidance.models import GuidanceTopic
from employers.guidance.queries import topics_for
from employers.organisations.models import User
from employers.organisations.views.sign_in import BACKEND
from employers.people.record import person_for
from employers.records.models import ReadLog
from tests import cast
from tests.applications import threads
from tests.pages import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sandbox")]
INBOX = "admin:employers_thread_changelist"
CODE = "010190-9123"
DRAFT = {
    "employee": {"personal_identity_code": "010190-••••", "given_name": "Maija", "family_name": "Mallikas"},
    "absence": {"start": "2026-03-02", "end": "2026-04-10"},
}


@pytest.fixture
def official(client: Client) -> Client:
    client.force_login(cast.official(), backend=BACKEND)
    client.cookies["django_language"] = "en"
    return client


def shared() -> Thread:
    about = {"benefit": "sickness_allowance", "step": "absence", "field": "absence.end", "code": "before_start"}
    return threads.asked(draft=DRAFT, person=person_for(CODE), **about)


def page_of(client: Client, thread: Thread) -> str:
    return text(client.get(reverse("admin:employers_thread_change", args=[thread.pk])))


def do(client: Client, thread: Thread, verb: str, **said: object) -> str:
    return text(client.post(reverse("admin:employers_thread_do", args=[thread.pk, verb]), said, follow=True))


def listed(client: Client, **query: str) -> list[Thread]:
    return list(client.get(reverse(INBOX), query).context["cl"].result_list)


def test_the_longest_waiting_comes_first_and_what_is_answered_does_not_wait(official):
    late, early, done = (threads.asked(at=cast.AT + timedelta(hours=hours)) for hours in (5, 1, 3))
    threads.answered(done)
    assert listed(official) == [early, late]
    assert listed(official, inbox="open") == [done]
    assert set(listed(official, inbox="all")) == {early, late, done}


def test_the_inbox_is_cut_to_what_one_looks_for(official):
    one, other = shared(), threads.asked(cast.sent(business_id=cast.WHOLESALER), step="pay", code="late")
    close_thread(thread_id=threads.asked().pk, at=cast.AT)
    assert listed(official, step="absence") == [one]
    assert listed(official, code="late") == [other]
    assert listed(official, size="small") == [one]
    assert listed(official, size="medium") == [other]
    assert listed(official, size="large") == []
    assert listed(official, benefit="donor_allowance") == []
    do(official, one, "take")
    assert (listed(official, inbox="mine"), listed(official, inbox="nobody")) == ([one], [other])


def test_one_question_with_everything_that_was_shared(official):
    page = page_of(official, shared())
    for words in (threads.QUESTION, "Last day", "absence.end", "before_start", "Maija", "10.4.2026"):
        assert words in page or (words == "10.4.2026" and "10 April 2026" in page)
    assert CODE not in page


def test_without_consent_nothing_of_the_draft_is_there(official):
    page = page_of(official, threads.asked(benefit="sickness_allowance", step="absence"))
    assert "What the employer had answered by then" not in page


def test_looking_leaves_rows(official):
    thread = shared()
    official.get(reverse(INBOX))
    page_of(official, thread)
    do(official, thread, "answer", text="So.")
    rows = ReadLog.objects.filter(person=thread.person_id, purpose="advice", actor=cast.official().pk)
    assert set(rows.values_list("action", flat=True)) == {"list", "read", "answer"}


def test_an_answer_goes_into_the_thread_and_the_question_is_ones_own(official):
    thread = threads.asked()
    assert "The answer was sent." in do(official, thread, "answer", text="All days.")
    thread.refresh_from_db()
    assert (thread.waits_since, thread.handler) == (None, cast.official())
    assert thread.answered_at
    assert Message.objects.get(thread=thread, role="official").text == "All days."


def test_an_empty_answer_is_none(official):
    thread = threads.asked()
    assert "Write the answer." in do(official, thread, "answer", text=" ")
    assert thread.messages.count() == 1


def test_what_was_closed_meanwhile_is_not_answered(official):
    thread = threads.asked()
    do(official, thread, "close")
    assert "Somebody closed the question meanwhile." in do(official, thread, "answer", text="So.")
    assert thread.messages.count() == 1


def test_handed_over_to_another_adviser_and_to_nobody_else(official):
    thread, adviser = threads.asked(), staff("adviser", "change_thread", "view_thread")
    assert "The question was handed over." in do(official, thread, "hand_over", to=adviser.pk)
    thread.refresh_from_db()
    assert thread.handler == adviser
    do(official, thread, "hand_over", to=cast.user("Aino").pk)
    thread.refresh_from_db()
    assert thread.handler == adviser


def staff(name: str, *permissions: str) -> User:
    user = User.objects.create_user(name, None, is_staff=True)
    held = Permission.objects.filter(codename__in=permissions, content_type__app_label="employers")
    user.user_permissions.add(*held)
    return user


@pytest.mark.parametrize(("permissions", "seen"), [((), 403), (("view_thread",), 200)])
def test_who_may_look_may_not_answer(client, permissions, seen):
    thread = threads.asked()
    client.force_login(staff("reader", *permissions), backend=BACKEND)
    assert client.get(reverse("admin:employers_thread_change", args=[thread.pk])).status_code == seen
    answer = client.post(reverse("admin:employers_thread_do", args=[thread.pk, "answer"]), {"text": "So."})
    assert answer.status_code == 403
    assert thread.messages.count() == 1


def test_no_such_verb(official):
    path = reverse("admin:employers_thread_do", args=[threads.asked().pk, "delete"])
    assert official.post(path).status_code == 404
    assert official.get(path).status_code == 405


def test_a_question_becomes_a_topic_without_anything_of_who_asked(official):
    thread = shared()
    said = "Maija (010190-9123) of Esimerkkileipomo, 9000004-6, maija@example.org, 040 123 4567: count every day."
    threads.answered(thread, text=said)
    assert f"guidancetopic/add/?from={thread.pk}" in page_of(official, thread)
    form = official.get(reverse("admin:employers_guidancetopic_add"), {"from": thread.pk}).context["adminform"].form
    body = form.get_initial_for_field(form.fields["body_en"], "body_en")
    assert body.endswith(": count every day.")
    for personal in ("Maija", "010190", "Esimerkki", "9000004", "@", "123"):
        assert personal not in body
    told = {
        name: form.get_initial_for_field(form.fields[name], name) for name in ("benefits", "steps", "problem_codes")
    }
    assert told == {"benefits": ["sickness_allowance"], "steps": ["absence"], "problem_codes": ["before_start"]}
    assert not GuidanceTopic.objects.exists()


def test_the_topic_is_in_force_from_the_day_that_an_official_chooses(official):
    address = reverse("admin:employers_guidancetopic_add") + f"?from={threads.answered(shared()).pk}"
    typed = {"slug": "which-days", "order": 10, "benefits": "", "steps": "absence", "problem_codes": "before_start"}
    for language in ("fi", "sv", "en"):
        typed |= {f"title_{language}": "Days", f"summary_{language}": "All.", f"body_{language}": "All days."}
    assert official.post(address, typed).context["adminform"].form.has_error("valid_from")
    assert not GuidanceTopic.objects.exists()
    assert official.post(address, typed | {"valid_from": "2026-06-01"}).status_code == 302
    shown = {"benefit": None, "step": "absence"}
    assert topics_for(on=date(2026, 5, 31), **shown) == []
    assert [topic.slug for topic in topics_for(on=date(2026, 6, 1), **shown)] == ["which-days"]


@pytest.mark.parametrize("named", ["x", "01a20070-0000-7000-8000-000000000000"])
def test_a_topic_of_no_question(official, named):
    assert official.get(reverse("admin:employers_guidancetopic_add"), {"from": named}).status_code == 404


def test_as_many_queries_for_many_as_for_few(official):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            official.get(reverse(INBOX))
        return len(asked)

    shared()
    few = queries()
    for _ in range(6):
        shared()
    assert queries() == few
