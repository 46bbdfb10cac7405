"""Finding a topic: grouped by subject, narrowed by size, searched in the reader's language."""

from datetime import UTC, datetime

import pytest

from employers.guidance.load import load
from employers.guidance.topics import read_folder

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def topics():
    load(read_folder(), at=AT)


def slugs(client, query, language="fi"):
    return [topic.slug for topic in client.get(f"/{language}/guidance/{query}").context["topics"]]


@pytest.mark.parametrize(
    ("language", "words", "first"),
    [
        ("fi", "omavastuuaika", "waiting-period"),
        ("fi", "omavastuuajan", "waiting-period"),  # another form of the word
        ("sv", "självrisktiden", "waiting-period"),
        ("en", "waiting periods", "waiting-period"),
        ("fi", "tilinumero", "bank-account"),
        ("fi", "henkilötunnus", "identity-code"),
    ],
)
def test_a_word_finds_its_topic(client, language, words, first):
    assert first in slugs(client, f"?q={words}", language)[:5]


@pytest.mark.parametrize("words", ["xyzzy", "%", "' or 1=1 --", "\\", '"', "!&|", "a" * 500])
def test_whatever_is_searched_for_has_an_answer(client, words):
    answer = client.get("/fi/guidance/", {"q": words})
    assert answer.status_code == 200


def test_a_word_of_another_language_is_not_searched(client):
    assert slugs(client, "?q=självrisktid") == []


def test_a_size_narrows_the_list(client):
    assert "occupational-health-small-employer" in slugs(client, "?size=small")
    assert "occupational-health-small-employer" not in slugs(client, "?size=large")
    assert len(slugs(client, "?size=odd")) == len(read_folder())


def test_every_topic_stands_in_one_group(client):
    groups = client.get("/fi/guidance/").context["groups"]
    grouped = [topic.slug for group in groups for topic in group["topics"]]
    assert sorted(grouped) == sorted(seed.slug for seed in read_folder())
    place = {topic.slug: group["code"] for group in groups for topic in group["topics"]}
    assert place["two-months"] == "illness"
    assert place["donation"] == "illness"
    assert place["family-leave-compensation"] == "family"
    assert place["occupational-health-costs"] == "occupational_health"
    assert place["bank-account"] == "common"
