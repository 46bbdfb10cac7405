"""Did this help? One word a session and topic, without anybody's name, and no flood of them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.urls import reverse

from employers.guidance import vote as votes
from employers.guidance.load import load
from employers.guidance.models import GuidanceTopic, GuidanceVote
from employers.guidance.queries import tallies
from employers.guidance.topics import read_folder
from employers.guidance.vote import AN_HOUR, MOST_BY_ONE, TooMany, vote

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
PAGE = "/en/guidance/two-months/"


@pytest.fixture(autouse=True)
def topics(clock_at):
    clock_at(AT)
    load(read_folder(), at=AT)


def topic(slug="two-months"):
    return GuidanceTopic.objects.get(slug=slug)


def said(session="one", *, about=None, at=AT, **more):
    return vote(topic=about or topic(), session=session, **{"helped": True, "language": "fi"} | more, at=at)


def test_anybody_may_say_without_signing_in(client):
    answer = client.post(
        PAGE + "helped/", {"helped": "no", "missing": "An example.", "step": "absence", "size_class": "small"}
    )
    assert answer["Location"] == PAGE
    kept = GuidanceVote.objects.get()
    assert (kept.helped, kept.missing, kept.step, kept.size_class, kept.language) == (
        False, "An example.", "absence", "small", "en",
    )  # fmt: skip
    assert "Thank you." in client.get(PAGE).content.decode()


def test_a_second_word_of_a_session_takes_the_place_of_the_first(client):
    client.post(PAGE + "helped/", {"helped": "no", "missing": "An example.", "step": "absence"})
    client.post(PAGE + "helped/", {"helped": "yes"})
    kept = GuidanceVote.objects.get()
    assert (kept.helped, kept.missing, kept.step) == (True, "An example.", "absence")
    Client().post(PAGE + "helped/", {"helped": "yes"})
    assert GuidanceVote.objects.count() == 2


def test_neither_the_session_nor_the_word_stands_in_the_database(client):
    client.post(PAGE + "helped/", {"helped": "no", "missing": "An example."})
    with connection.cursor() as cursor:
        cursor.execute("select row(vote.*)::text from employers_guidancevote vote")
        row = cursor.fetchone()[0]
    assert client.session.session_key not in row
    assert "example" not in row


@pytest.mark.parametrize("wrong", [{}, {"helped": "perhaps"}, {"helped": "no", "missing": "x" * 1001}])
def test_what_is_no_word_is_not_kept(client, wrong):
    client.post(PAGE + "helped/", wrong)
    assert not GuidanceVote.objects.exists()
    assert "Choose yes or no." in client.get(PAGE).content.decode()


def test_a_word_needs_the_page(client):
    assert client.get(PAGE + "helped/").status_code == 405
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(PAGE + "helped/", {"helped": "yes"}).status_code == 403


def test_one_session_does_not_flood():
    for about in GuidanceTopic.objects.all()[:MOST_BY_ONE]:
        said(about=about)
    last = GuidanceTopic.objects.exclude(votes__isnull=False).first()
    with pytest.raises(TooMany):
        said(about=last)
    assert said(about=last, at=AT + AN_HOUR + timedelta(seconds=1))


def test_many_sessions_do_not_flood_a_topic(client, monkeypatch):
    monkeypatch.setattr(votes, "MOST_ON_ONE", 3)
    for number in range(3):
        said(f"session {number}")
    client.post(PAGE + "helped/", {"helped": "yes"})
    assert GuidanceVote.objects.count() == 3
    assert "we take no more just now" in client.get(PAGE).content.decode()
    said("session 1", helped=False)  # who has spoken may change their word


def test_words_are_counted_by_step_and_size_class():
    said("one", step="absence", size_class="small")
    said("two", step="absence", size_class="small", helped=False)
    said("three", step="check", size_class="large")
    assert tallies(topic()) == [
        {"step": "absence", "size_class": "small", "yes": 1, "no": 1},
        {"step": "check", "size_class": "large", "yes": 1, "no": 0},
    ]


def test_officials_read_what_was_missing(client, django_assert_max_num_queries):
    for number in range(5):
        said(f"session {number}", helped=False, missing=f"Word {number}", step="absence")
    official = get_user_model().objects.create(username="official", is_staff=True, is_superuser=True)
    client.force_login(official, backend="django.contrib.auth.backends.ModelBackend")
    with django_assert_max_num_queries(14):
        page = client.get(reverse("admin:employers_guidancevote_changelist")).content.decode()
    assert all(f"Word {number}" in page for number in range(5))
    listed = client.get(reverse("admin:employers_guidancetopic_changelist"), {"q": "two-months"})
    [row] = [one for one in listed.context["cl"].result_list if one.slug == "two-months"]
    assert (row.helped, row.not_helped) == (0, 5)
