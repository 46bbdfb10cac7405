"""The public page of a year's rates, and the same figures for machines."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.test import Client

from tests.law.officials import CEILING, LIMIT, approved
from tests.machine import Machine

pytestmark = pytest.mark.usefixtures("sandbox")
TITLE = "Sickness allowance: yearly pay up to which the full percentage is paid"


@pytest.fixture(autouse=True)
def _in_2026(clock_at):
    clock_at(datetime(2026, 11, 20, 9, tzinfo=UTC))


def rates(path: str = "rates/", language: str = "en") -> str:
    answer = Client().get(f"/{language}/{path}")
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def rows(path: str = "rates/") -> dict[str, list[str]]:
    """The cells after each figure's title."""
    body = Client().get(f"/en/{path}").content.decode()
    found = re.findall(r'<th scope="row">(.*?)</th>(.*?)</tr>', body, re.DOTALL)
    return {
        title: [text(cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", cells, re.DOTALL)] for title, cells in found
    }


def text(cell: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", cell)).strip()


def title_of(name: str) -> str:
    return {item["name"]: item for item in parameters()}[name]["title"]


def parameters(language: str = "en", on: str = "2026-05-01") -> list[dict[str, str]]:
    answer = Machine().http.get(f"/api/v1/parameters?on={on}", headers={"Accept-Language": language})
    return answer.json()["items"]


def test_this_years_rates_are_there_without_signing_in():
    value, start, sure, source = rows()[title_of(LIMIT)]
    assert value.replace("\N{NO-BREAK SPACE}", " ") == "€28,899.00 a year"
    assert (start, sure) == ("1 January 2026", "an official figure")
    assert "Health Insurance Act 1224/2004 11:1" in source


def test_every_year_that_is_known_has_a_page():
    body = Client().get("/en/rates/").content.decode()
    years = [int(year) for year in re.findall(r'href="/en/rates/(\d+)/"', body)]
    assert years == sorted(years, reverse=True)
    assert {2020, 2024, 2025, 2026} <= set(years)
    assert rows("rates/2025/")[title_of(LIMIT)][0].startswith("€28,241.00")
    for year in years:
        assert f"Rates {year}" in rates(f"rates/{year}/")


@pytest.mark.parametrize("year", ["1999", "2027", "0", "99999999999999999999"])
def test_a_year_that_nobody_knows_has_none(year):
    assert Client().get(f"/en/rates/{year}/").status_code == 404


def test_a_confirmed_figure_opens_its_year():
    approved()
    value, start, sure, source = rows("rates/2027/")[title_of(LIMIT)]
    assert value.startswith("€29,500.00")
    assert (start, sure, source) == ("1 January 2027", "an official figure", "A decree")


def test_what_is_not_official_tells_between_what_it_falls():
    value, _start, sure, _source = rows("rates/2022/")["Occupational health care: cost ceiling for each employee"]
    assert (value, sure) == ("€454.00 a year between €436.00 a year and €472.00 a year", "an estimate")


def test_what_nobody_knows_says_so():
    value, start, sure, _source = rows()["Occupational health care: cost ceiling for each employee"]
    assert (value, start, sure) == ("–", "1 January 2024", "no figure is known")


def test_what_changes_within_a_year_is_there_twice():
    approved(name="sickness.waiting_weekdays", start=date(2026, 8, 1), value=Decimal(8))
    found = re.findall(r"(\d) weekdays", rates("rates/2026/").partition("waiting period")[2][:200])
    assert found == ["9", "8"]


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_titles_are_in_the_readers_language(language):
    titles = {item["name"]: item["title"] for item in parameters(language)}
    assert titles[LIMIT] in rates(language=language)
    assert len({parameters(code)[0]["title"] for code in ("fi", "sv", "en")}) == 3


def test_the_front_page_leads_there():
    assert 'href="/en/rates/"' in Client().get("/en/").content.decode()


def test_the_page_takes_one_query(django_assert_num_queries):
    client = Client()
    with django_assert_num_queries(1):
        client.get("/en/rates/2026/")


def test_machines_get_confirmed_figures_and_bounds():
    approved(name=CEILING, start=date(2023, 1, 1), value=Decimal("471.20"))
    found = {item["name"]: item for item in parameters(on="2023-06-01")}
    assert (found[CEILING]["value"], found[CEILING]["status"], "low" in found[CEILING]) == ("471.20", "official", False)
    estimated = {item["name"]: item for item in parameters(on="2022-06-01")}[CEILING]
    assert (estimated["value"], estimated["low"], estimated["high"]) == ("454", "436", "472")


def test_an_approval_is_not_hidden_by_what_the_caller_holds():
    http = Machine().http
    first = http.get("/api/v1/parameters?on=2027-01-01")
    approved()
    again = http.get("/api/v1/parameters?on=2027-01-01", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 200
    assert LIMIT in {item["name"] for item in again.json()["items"]}


def test_caches_keep_the_languages_apart():
    assert "Accept-Language" in Machine().http.get("/api/v1/parameters?on=2026-01-01")["Vary"]
