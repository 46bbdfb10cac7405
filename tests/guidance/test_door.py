"""The door: what one can get back, and the way for those whom the service cannot take."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from employers.applications.views.guide import topics_beside
from employers.guidance.flows.examples import examples
from employers.guidance.load import load
from employers.guidance.topics import read_folder
from employers.law.queries import law_on
from employers.organisations.models import User
from employers.records import clock
from portal.templatetags.portal import money
from tests.pages import BACKEND

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 4, 15, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def april(clock_at: Callable[[datetime], None]) -> None:
    clock_at(NOW)


def test_the_sums_are_those_of_the_rules(client: Client, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(2):
        page = client.get("/fi/").content.decode()
    made = examples(clock.today(), law=law_on(clock.today()))
    assert len(made) == 3
    assert all(money(one.sum) in page for one in made)


def test_a_time_that_nobody_measured_is_not_told(client: Client) -> None:
    assert "minute" not in client.get("/en/").content.decode()


def test_the_door_leads_to_estimate_questions_and_sign_in(client: Client) -> None:
    page = client.get("/en/").content.decode()
    for href in (
        "estimate/",
        "guidance/which-benefit/",
        "sign-in",
        "other-employers/",
        "guidance/do-i-need-a-mandate/",
    ):
        assert f'href="/en/{href}"' in page


@pytest.mark.parametrize(
    "words",
    ["household", "entrepreneur", "farmer", "estate or a foreign company", "employee and want to apply for yourself",
     "PL 26, 00056 KELA", "30 June", "OmaKela", "SV 110 TTH"],
)  # fmt: skip
def test_who_cannot_be_taken_is_told_the_way_that_works(client: Client, words: str) -> None:
    assert words in client.get("/en/other-employers/").content.decode()


def test_sign_in_that_ends_without_an_employer_shows_the_way(client: Client) -> None:
    client.force_login(User.objects.create_user("nobody", name="Nobody", language="en"), backend=BACKEND)
    page = client.get("/en/employers/").content.decode()
    assert 'href="/en/other-employers/"' in page
    assert 'href="/en/guidance/do-i-need-a-mandate/"' in page


@pytest.mark.parametrize(
    ("codes", "first", "opened"),
    [
        ([], "waiting-period", []),
        (["before_start"], "right-days", ["right-days"]),
        (["late"], "two-months", ["two-months"]),
        (["identity_code_invalid"], "identity-code", ["identity-code"]),
        (["mandate_missing"], "mandates", ["mandates"]),
        (["outside_absence"], "which-pay", ["which-pay"]),
    ],
)
def test_the_topic_of_a_problem_stands_first_and_open(codes: list[str], first: str, opened: list[str]) -> None:
    load(read_folder(), at=NOW)
    beside = topics_beside("absence", benefit="sickness_allowance", codes=codes)
    assert [topic.slug for topic in beside if topic.opened] == opened
    assert beside[0].slug == first or not codes


def test_a_wrong_estimate_opens_its_topic_in_the_page(client: Client) -> None:
    """No script opens it: the page comes with it open."""
    load(read_folder(), at=NOW)
    asked = {"absence.start": "10.4.2026", "absence.end": "2.3.2026", "pay": "3600"}
    page = client.post("/en/estimate/sickness-allowance/", asked).content.decode()
    topic = next(seed for seed in read_folder() if seed.slug == "right-days").words["en"]
    assert page.count("<details open>") == 1
    assert page.index("<details open>") < page.index(topic.title)
    assert topic.body.splitlines()[0].split(".")[0] in page
