"""What stands beside a question: the days that follow from the answers, and help where something is wrong."""

import re
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.utils.translation import override

from employers.benefits.claim import BENEFITS
from employers.guidance.load import load
from employers.guidance.topics import read_folder
from employers.intake.forms.pages import pages_of
from tests import cast
from tests.intake import thirteen
from tests.pages import ANSWERS, UNASKED, answer, begun, come_in, filled_in, text, typed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sandbox")]
OPEN = re.compile(r"<details[^>]* open[^>]*>\s*<summary>(.*?)</summary>", re.DOTALL)
BY_DAYS = [benefit for benefit in BENEFITS if {"absence", "pay"} <= pages_of(benefit).keys()]


@pytest.fixture(autouse=True)
def april(clock_at) -> None:
    clock_at(datetime(2026, 4, 15, 9, tzinfo=UTC))
    load(read_folder(), at=cast.AT)


@pytest.fixture
def aino(client: Client) -> Client:
    return come_in(client, "Aino")


@pytest.mark.parametrize("benefit", BY_DAYS)
def test_days_follow_as_soon_as_the_absence_is_known(aino: Client, benefit: str) -> None:
    said = thirteen.example(benefit)
    draft, pages = begun(aino, benefit=benefit), pages_of(benefit)
    for step in ("employee", "absence"):
        aino.post(f"/en/apply/{draft.pk}/{step}/", UNASKED | typed(pages[step].from_body(said)))
    page = text(aino.get(f"/en/apply/{draft.pk}/pay/"))
    assert "Estimate so far" in page
    assert "Last day to apply" in page


def opened(page: str) -> list[str]:
    return [title.strip() for title in OPEN.findall(page)]


@pytest.mark.parametrize(
    ("step", "changes"),
    [
        ("pay", {"pay_periods.0.end": "11.4.2026"}),
        ("employee", {"employee.personal_identity_code": "010190-9124"}),
    ],
)
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_mistake_is_told_at_its_field_with_the_topic_open(
    aino: Client, step: str, changes: dict[str, str], language: str
) -> None:
    draft = filled_in(aino)
    page = text(aino.post(f"/{language}/apply/{draft.pk}/{step}/", ANSWERS[step] | changes))
    assert f'id="id_{next(iter(changes))}_error"' in page
    assert opened(page)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_lateness_is_told_at_its_field_with_the_topic_open(aino: Client, clock_at, language: str) -> None:
    clock_at(datetime(2026, 6, 1, 9, tzinfo=UTC))
    draft = begun(aino)
    answer(aino, draft, "employee")
    answer(aino, draft, "absence")
    page = text(aino.get(f"/{language}/apply/{draft.pk}/absence/"))
    with override(language):
        assert 'class="field-notice"' in page
    assert opened(page)
    assert opened(text(aino.get(f"/{language}/apply/{draft.pk}/earlier/")))  # and on the way


def test_answers_so_far_lead_to_every_page_that_was_answered(aino: Client) -> None:
    draft = begun(aino)
    assert "Your answers so far" not in text(aino.get(f"/en/apply/{draft.pk}/employee/"))
    for step in ("employee", "absence"):
        answer(aino, draft, step)
    page = text(aino.get(f"/en/apply/{draft.pk}/pay/"))
    assert "Your answers so far" in page
    for step in ("employee", "absence"):
        assert f'<li><a href="/en/apply/{draft.pk}/{step}/">' in page
    assert f'<li><a href="/en/apply/{draft.pk}/payment/">' not in page


def test_back_leads_through_every_page_with_its_answers(aino: Client) -> None:
    draft = filled_in(aino)
    path, seen = f"/en/apply/{draft.pk}/check/", []
    while f"/{draft.pk}/" in path:
        page = text(aino.get(path))
        seen.append(path.rstrip("/").rsplit("/", 1)[-1])
        path = re.search(r'class="back" href="([^"]+)"', page)[1]  # type: ignore[index]
    assert seen == ["check", *reversed(ANSWERS)]
    assert path == f"/en/employers/{cast.employer().pk}/"
