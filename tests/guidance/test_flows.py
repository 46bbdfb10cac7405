"""Every way through every flow: no dead ends, every end reached, every text said in the reader's language."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from html import unescape
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils.functional import Promise

from employers.guidance.flows.every import FLOWS
from employers.guidance.flows.shape import paths
from employers.guidance.load import load
from employers.guidance.topics import read_folder
from employers.guidance.words.every import WORDS

SLUGS = {seed.slug for seed in read_folder()}
SAMPLES = {
    **{name: [date(2026, 3, 2)] for name in ("first_day", "previous_end", "month", "period_end")},
    "days": [3, 28],
    "monthly_pay": [Decimal("3000.00")],
}
WAYS = [(slug, said, end) for slug, flow in FLOWS.items() for said, end in paths(flow, SAMPLES)]
NOW = datetime(2026, 4, 15, 9, tzinfo=UTC)


@pytest.fixture
def april(db: None, clock_at: Callable[[datetime], None]) -> None:
    clock_at(NOW)


@pytest.fixture
def topics(april: None) -> None:
    load(read_folder(), at=NOW)


def address(slug: str, said: dict[str, Any], language: str = "fi") -> str:
    typed = {name: f"{one:%d.%m.%Y}" if isinstance(one, date) else one for name, one in said.items()}
    return f"/{language}/guidance/{slug}/?{urlencode(typed)}"


def texts(words: Any) -> Iterator[Any]:
    yield from (words.title, words.lead, *words.notes.values())
    for asked in words.questions.values():
        yield from (asked.title, asked.missing, *([asked.hint] if asked.hint else []), *asked.choices.values())
    for end in words.ends.values():
        yield from (end.title, *end.text)


@pytest.mark.parametrize("slug", FLOWS)
def test_every_end_and_every_question_is_reached(slug: str) -> None:
    flow = FLOWS[slug]
    ways = [(said, end) for one, said, end in WAYS if one == slug]
    assert {end for _said, end in ways} == set(flow.ends)
    assert {name for said, _end in ways for name in said} == set(flow.questions)


@pytest.mark.parametrize("slug", FLOWS)
def test_every_answer_of_every_question_is_taken_somewhere(slug: str) -> None:
    flow = FLOWS[slug]
    taken = {(name, answer) for one, said, _end in WAYS if one == slug for name, answer in said.items()}
    assert {(name, code) for name, one in flow.questions.items() for code in one.choices} <= taken


@pytest.mark.parametrize("slug", FLOWS)
def test_rules_and_words_name_the_same(slug: str) -> None:
    flow, words = FLOWS[slug], WORDS[slug]
    assert set(words.questions) == set(flow.questions)
    assert set(words.ends) == set(flow.ends)
    assert set(words.notes) == set(flow.notes)
    for name, question in flow.questions.items():
        assert set(words.questions[name].choices) == set(question.choices)


@pytest.mark.parametrize("slug", FLOWS)
def test_every_text_is_said_in_the_readers_language(slug: str) -> None:
    """A text that was not marked would stay English; that the catalogues hold all marked ones is tested of them."""
    assert all(isinstance(text, Promise) for text in texts(WORDS[slug]))


@pytest.mark.parametrize("slug", FLOWS)
def test_every_end_has_topics_that_exist(slug: str) -> None:
    for end in FLOWS[slug].ends.values():
        assert end.topics
        assert set(end.topics) <= SLUGS


def test_every_way_ends_on_a_page_that_leads_on(topics: None, client: Client) -> None:
    for slug, said, end in WAYS:
        page = unescape(client.get(address(slug, said, "en")).content.decode())
        assert str(WORDS[slug].ends[end].title) in page
        assert 'href="/en/estimate/' in page
        assert 'href="/en/employers/"' in page  # sign in and apply
        assert [topic for topic in FLOWS[slug].ends[end].topics if f'href="/en/guidance/{topic}/"' not in page] == []
        assert [name for name in said if str(WORDS[slug].questions[name].title) not in page] == []


@pytest.mark.parametrize("slug", FLOWS)
def test_one_question_a_page_and_back_to_the_one_before(april: None, client: Client, slug: str) -> None:
    said = next(said for one, said, _end in WAYS if one == slug and len(said) > 1)
    first, second = list(said)[:2]
    page = client.get(address(slug, {first: said[first]})).content.decode()
    assert page.count("<form") == page.count("</form>") == 1 + page.count("sign-out")
    assert f'name="{first}" value="{said[first]}"' in page
    assert f'name="{second}"' in page
    assert f'class="back" href="/fi/guidance/{slug}/?"' in page


@pytest.mark.parametrize(
    ("query", "where", "words"),
    [
        ("which-benefit/?reason=", "reason", "Choose one."),
        ("which-benefit/?reason=holiday", "reason", "Select a valid choice"),
        ("by-when/?benefit=donor_allowance&first_day=31.2.2026", "first_day", "Give a day that exists"),
        ("by-when/?benefit=donor_allowance&first_day=", "first_day", "Give a day."),
        ("by-when/?benefit=donor_allowance&first_day=2.3.1026", "first_day", "Check the year"),
        ("is-it-worth-it/?benefit=sickness_allowance&days=0", "days", "too small or too large"),
        ("is-it-worth-it/?benefit=sickness_allowance&days=9&monthly_pay=lots", "monthly_pay", "in euros"),
    ],
)
def test_a_wrong_answer_is_asked_again_beside_its_question(
    april: None, client: Client, query: str, where: str, words: str
) -> None:
    page = client.get(f"/en/guidance/{query}").content.decode()
    assert 'class="error-summary"' in page
    assert words in page
    assert f'name="{where}"' in page


def test_what_does_not_belong_to_the_way_changes_nothing(april: None, client: Client) -> None:
    asked = address("which-benefit", {"reason": "sick_child"}, "en")
    assert client.get(asked + "&paid=no&length=short").content.decode().count("<dt>") == 1


@pytest.mark.parametrize(("slug", "most"), [("which-benefit", 1), ("by-when", 2), ("is-it-worth-it", 3)])
def test_an_end_asks_as_much_each_time(
    april: None, client: Client, django_assert_num_queries: Any, slug: str, most: int
) -> None:
    said = next(said for one, said, _end in WAYS if one == slug)
    with django_assert_num_queries(most):
        client.get(address(slug, said))
    with django_assert_num_queries(0):
        client.get(address(slug, {}))
