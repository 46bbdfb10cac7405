"""The guidance pages an employer reads, without a sign-in and without JavaScript."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth import get_user_model
from django.template.loader import render_to_string
from django.utils.translation import override

from employers.guidance.load import load
from employers.guidance.models import GuidanceTopic
from employers.guidance.topics import read_folder

pytestmark = pytest.mark.django_db
SEEDS = read_folder()
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def topics():
    load(SEEDS, at=AT)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_list_shows_every_topic_in_the_readers_language(client, language):
    page = client.get(f"/{language}/guidance/")
    assert page.status_code == 200
    for seed in SEEDS:
        assert f"/{language}/guidance/{seed.slug}/" in page.content.decode()
    assert SEEDS[0].words[language].title in page.content.decode()


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_topic_has_its_page(client, language):
    page = client.get(f"/{language}/guidance/when-worth-applying/").content.decode()
    words = next(seed for seed in SEEDS if seed.slug == "when-worth-applying").words[language]
    assert words.title in page
    assert words.summary in page
    assert page.count("<li>") >= 3


def test_the_list_does_not_ask_more_with_more_topics(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(1):
        client.get("/fi/guidance/")
    with django_assert_max_num_queries(1):
        client.get("/fi/guidance/?q=palkka&size=small")
    with django_assert_max_num_queries(1):
        client.get("/fi/guidance/two-months/")


def test_a_topic_out_of_force_has_a_page_for_officials_only(client):
    GuidanceTopic.objects.filter(slug="two-months").update(valid_until=date(2020, 1, 1))
    assert client.get("/fi/guidance/two-months/").status_code == 404
    assert "/two-months/" not in client.get("/fi/guidance/").content.decode()
    official = get_user_model().objects.create(username="official", is_staff=True, is_superuser=True)
    client.force_login(official, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/fi/guidance/two-months/").status_code == 200


def test_an_unknown_topic_is_not_found(client):
    assert client.get("/fi/guidance/nothing-here/").status_code == 404


def test_markup_in_a_text_is_only_text(client):
    GuidanceTopic.objects.filter(slug="two-months").update(body_fi="<script>alert(1)</script>")
    assert "<script>alert" not in client.get("/fi/guidance/two-months/").content.decode()


def test_beside_a_question_summaries_open_without_scripts():
    topics = list(GuidanceTopic.objects.all()[:2])
    with override("sv"):
        html = render_to_string("employers/guidance/aside.html", {"topics": topics})
    assert html.count("<details>") == html.count("<summary>") == 2
    assert SEEDS[0].words["sv"].title in html
    assert SEEDS[0].words["sv"].summary in html
    assert f'href="/sv/guidance/{SEEDS[0].slug}/"' in html
    assert 'aria-labelledby="guidance-heading"' in html
    assert "script" not in html


def test_beside_a_question_without_topics_there_is_nothing():
    assert render_to_string("employers/guidance/aside.html", {"topics": []}).strip() == ""
