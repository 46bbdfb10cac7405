"""The public estimate: nobody is signed in."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.utils import translation

from employers.records.models import ReadLog
from portal.templatetags.portal import until
from tests.pages import text

pytestmark = pytest.mark.django_db
ADDRESS = "/en/estimate/sickness-allowance/"
RESULT = f"{ADDRESS}result/"
ASKED = {"absence.start": "2.3.2026", "absence.end": "10.4.2026", "pay": "3600", "annual_income": "42 000"}


@pytest.fixture(autouse=True)
def april(clock_at) -> None:
    clock_at(datetime(2026, 4, 15, 9, tzinfo=UTC))


def test_amount_days_deadline_and_figures_are_told(client: Client) -> None:
    assert client.post(ADDRESS, ASKED).url == RESULT
    page = text(client.get(RESULT))
    for told in (
        "€1,657.84",
        "2 March – 12 March 2026",
        "13 March 2026",
        "4 May 2026",
        "19 days left",
        "€28,899.00",
    ):
        assert told in page


@pytest.mark.parametrize(
    ("day", "told"), [(2, "2 days left"), (3, "1 day left"), (4, "today is the last day"), (5, "this day has passed")]
)
def test_a_last_day_on_a_saturday_moves_to_monday(client: Client, clock_at, day: int, told: str) -> None:
    clock_at(datetime(2026, 5, day, 9, tzinfo=UTC))
    client.post(ADDRESS, ASKED)
    page = text(client.get(RESULT))
    assert "4 May 2026" in page
    assert told in page


def test_amounts_and_days_are_written_as_each_language_does(client: Client) -> None:
    client.post(ADDRESS.replace("en", "fi", 1), ASKED)
    assert "1\u00a0657,84\u00a0€" in text(client.get(RESULT.replace("en", "fi", 1)))
    assert "13.3.2026" in text(client.get(RESULT.replace("en", "sv", 1)))


def test_figures_have_their_units_and_their_sources(client: Client) -> None:
    client.post(ADDRESS.replace("en", "fi", 1), ASKED)
    page = text(client.get(RESULT.replace("en", "fi", 1)))
    for told in ("9,07\u00a0%", "70\u00a0%", "28\u00a0899,00\u00a0€", "1224/2004 11:1"):
        assert told in page
    for raw in ("0,0907", "daily allowance contribution"):
        assert raw not in page


def test_the_act_is_named_in_the_readers_language(client: Client) -> None:
    client.post(ADDRESS, ASKED)
    page = text(client.get(RESULT))
    assert "1224/2004 11:1" in page
    assert "Sairausvakuutuslaki" not in page


def test_without_yearly_pay_there_are_days_and_no_amount(client: Client) -> None:
    client.post(ADDRESS, {**ASKED, "annual_income": ""})
    page = text(client.get(RESULT))
    assert "We can tell the days, but not the amount" in page
    assert "You can also apply without it" in page
    assert "13 March 2026" in page


@pytest.mark.parametrize(
    ("changes", "place", "sentence"),
    [
        ({"absence.start": ""}, "absence.start", "Give the first day of the absence."),
        ({"absence.end": "31.2.2026"}, "absence.end", "Give a day that exists"),
        ({"absence.end": "1.3.2026"}, "absence.end", "The end is before the start."),
        ({"absence.start": "2.3.1926"}, "absence.start", "Check the year"),
        ({"pay": "a lot"}, "pay", "Give the amount in euros"),
        ({"pay": "-5"}, "pay", "The amount cannot be below zero."),
        ({"annual_income": "-1"}, "annual_income", "The amount cannot be below zero."),
    ],
)
def test_what_is_wrong_is_told_at_its_field(client: Client, changes: dict, place: str, sentence: str) -> None:
    page = text(client.post(ADDRESS, {**ASKED, **changes}))
    summary = page.split("</ul>", 3)
    assert any(f'href="#id_{place}{first}"' in page for first in ("", "_0"))  # of a group its first answer
    assert sentence in page
    assert f'id="id_{place}_error"' in page
    assert "error-summary" in "".join(summary)


def test_too_short_an_absence_says_so(client: Client) -> None:
    client.post(ADDRESS, {**ASKED, "absence.end": "6.3.2026"})
    assert "No day is payable" in text(client.get(RESULT))


def test_result_without_a_question_asks_it(client: Client) -> None:
    assert client.get(RESULT).url == ADDRESS


def test_answers_are_there_when_one_comes_back(client: Client) -> None:
    client.post(ADDRESS, ASKED)
    page = text(client.get(ADDRESS))
    assert 'value="2.3.2026"' in page
    assert 'value="42000.00"' in page


def test_nobody_is_read_about(client: Client) -> None:
    client.post(ADDRESS, ASKED)
    client.get(RESULT)
    assert not ReadLog.objects.exists()


@pytest.mark.parametrize(
    ("language", "start", "written"),
    [
        ("fi", "2026-03-02", "2.3.–10.4.2026"),
        ("sv", "2025-12-22", "22.12.2025–10.4.2026"),
        ("en", "2026-03-02", "2 March – 10 April 2026"),
        ("en", "2025-12-22", "22 December 2025 – 10 April 2026"),
        ("fi", "2026-04-10", "10.4.2026"),
    ],
)
def test_a_period_says_its_year_once(language: str, start: str, written: str) -> None:
    with translation.override(language):
        assert until(start, "2026-04-10") == written
