"""GET /guidance: what the web service shows beside a question, to programs that ask the same."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from employers.applications.views import guide
from employers.applications.views.guide import topics_beside
from employers.guidance import api
from employers.guidance.load import load
from employers.guidance.models import GuidanceTopic
from employers.guidance.topics import read_folder
from tests import cast
from tests.machine import Machine, codes

pytestmark = pytest.mark.usefixtures("sandbox")


@pytest.fixture(autouse=True)
def seeds(sandbox: None) -> None:
    load(read_folder(), at=cast.AT)


def slugs(answer) -> list[str]:
    return [topic["slug"] for topic in answer.json()["items"]]


@pytest.mark.parametrize(
    ("step", "benefit", "said"),
    [
        ("absence", "sickness_allowance", ()),
        ("pay", "pregnancy_allowance", ("pay_gap",)),
        ("check", None, ("late", "before_start")),
    ],
)
def test_the_same_topics_as_beside_the_form(step, benefit, said):
    query = "&".join([f"step={step}", *([f"benefit={benefit}"] if benefit else []), *(f"code={one}" for one in said)])
    beside = topics_beside(step, benefit=benefit, codes=said)
    assert api.MOST == guide.MOST
    assert len(beside) > 1
    assert slugs(Machine().get(f"guidance?{query}")) == [topic.slug for topic in beside]


def test_the_topic_about_the_problem_stands_first():
    found = Machine().get("guidance?code=late").json()["items"]
    assert found
    assert all("late" in topic["problem_codes"] for topic in found)


def test_the_size_class_chooses():
    medium = slugs(Machine().get("guidance?size_class=medium"))
    small_only = {seed.slug for seed in read_folder() if seed.size_classes == ("small",)}
    assert small_only
    assert small_only & set(medium) == set()
    assert small_only <= set(slugs(Machine().get("guidance?size_class=small")))


def test_without_a_question_every_topic_that_fits():
    found = Machine().get("guidance").json()
    assert len(found["items"]) == GuidanceTopic.objects.count()
    assert found["next"] is None


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_in_the_language_that_is_asked_for(language):
    answer = Machine(language=language).get("guidance?step=absence&benefit=sickness_allowance")
    with override(language):
        topic = GuidanceTopic.objects.get(slug=slugs(answer)[0])
        assert answer.json()["items"][0]["title"] == topic.title
    assert answer.json()["items"][0]["page"].startswith(f"/{language}/")
    assert answer.headers["Content-Language"] == language
    assert "Accept-Language" in answer.headers["Vary"]


def test_what_the_caller_holds_is_not_sent_again():
    machine = Machine()
    first = machine.get("guidance?step=absence")
    again = machine.get("guidance?step=absence", {"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert first.headers["Cache-Control"].startswith("private")
    swedish = Machine(language="sv").get("guidance?step=absence", {"If-None-Match": first.headers["ETag"]})
    assert swedish.status_code == 200


def test_every_mistaken_value_is_named_at_once():
    answer = Machine().get("guidance?benefit=x&step=x&code=late&code=x&size_class=x")
    assert (answer.status_code, codes(answer)) == (
        422,
        [(f"/{name}", "invalid_choice") for name in ("benefit", "step", "code", "size_class")],
    )


def test_one_query_beside_those_of_every_call():
    machine = Machine("sandbox-bench")
    assert machine.get("guidance").status_code == 200
    with CaptureQueriesContext(connection) as seen:
        machine.get("guidance?step=absence&code=late")
    assert len(seen) == 2  # whose token it is, and the topics
