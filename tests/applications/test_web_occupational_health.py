"""A whole application for occupational health care, year by year, as an employer walks it."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from employers.applications.models import Application, Draft
from employers.organisations import rights
from tests import cast
from tests.intake import thirteen
from tests.pages import begun, come_in, send, text, walked

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sandbox")]
OURS = rights.OCCUPATIONAL_HEALTH
FILE = (
    "Luokka;Laji;Selite;Summa;Käynnit\n"
    "KL I;Työterveyslääkäri;Käynnit;5 000,00;40\nKL I;lääkäri;;200,00;1\n"
    "II;laboratory;Kokeet;6000;30\nIII;nurse;<b>;1;1\n"
)


@pytest.fixture(autouse=True)
def spring(clock_at) -> None:
    clock_at(datetime(2021, 4, 15, 9, tzinfo=UTC))


@pytest.fixture
def aino(client: Client) -> Client:
    return come_in(client, "Aino")


def body(**details: Any) -> dict[str, Any]:
    said = thirteen.example(OURS)
    return {**said, "certificate": None, "details": {**said["details"], **details}}


def begun_with_period(client: Client) -> Draft:
    draft = begun(client, benefit=OURS)
    typed = {
        "details.accounting_period.start": "1.1.2020",
        "details.accounting_period.end": "31.12.2020",
        "details.employees": "25",
        "details.entrepreneurs": "0",
    }
    assert client.post(f"/en/apply/{draft.pk}/period/", typed).status_code == 302
    return draft


def costs(**more: str) -> dict[str, str]:
    said = {"0": ("I", "physician", "5 200,00"), "1": ("II", "laboratory", "6 000,00")}
    names = ("class", "kind", "amount")
    typed = {
        f"details.costs.{at}.{name}": text for at, row in said.items() for name, text in zip(names, row, strict=True)
    }
    return typed | more


def employer_page(client: Client, page: str = "") -> str:
    return text(client.get(f"/en/employers/{cast.employer().pk}/{page}"))


def test_a_year_from_the_first_page_to_the_receipt(aino: Client) -> None:
    years = employer_page(aino, "occupational-health/")
    assert "You have not applied for occupational health care of 2020 yet. You can until 30 June 2021." in years
    assert "The workplace survey" in years
    draft = begun_with_period(aino)
    assert "The last day to apply is 30 June 2021." in text(aino.get(f"/en/apply/{draft.pk}/costs/"))
    assert aino.post(f"/en/apply/{draft.pk}/costs/", costs()).url == f"/en/apply/{draft.pk}/deductible/"
    assert aino.post(f"/en/apply/{draft.pk}/deductible/", {}).status_code == 302
    conditions = {f"details.conditions.{name}": "yes" for name in thirteen.CONDITIONS}
    assert aino.post(f"/en/apply/{draft.pk}/conditions/", conditions).status_code == 302
    given = {"details.statement.date": "15.1.2021", "details.statement.opportunity_given": "yes"}
    assert aino.post(f"/en/apply/{draft.pk}/statement/", given).status_code == 302
    assert aino.post(f"/en/apply/{draft.pk}/payment/", {}).status_code == 302
    check = text(aino.get(f"/en/apply/{draft.pk}/check/"))
    assert "€5,238.00" in check
    assert send(aino, draft).status_code == 302
    assert str(Application.objects.get().amount) == "5238.00"
    assert "You have not applied for" not in employer_page(aino, "occupational-health/")


def test_the_next_year_begins_as_the_last(aino: Client, clock_at) -> None:
    send(aino, walked(aino, body()))
    sent = Application.objects.get()
    clock_at(datetime(2022, 4, 15, 9, tzinfo=UTC))
    assert (
        "You have not applied for occupational health care of 2021 yet. You can until 30 June 2022."
        in employer_page(aino)
    )
    draft = begun(aino, benefit=OURS)
    page = text(aino.get(f"/en/apply/{draft.pk}/period/"))
    assert f"filled in as in your last application ({sent.reference})" in page
    assert 'value="1.1.2021"' in page
    assert 'value="31.12.2021"' in page
    assert 'value="25"' in page
    page = text(aino.get(f"/en/apply/{draft.pk}/costs/"))
    assert re.search(r'value="laboratory"\s+selected', page)
    assert "5200" not in page
    assert draft.content["done"] == []


def test_nobody_who_has_never_applied_is_reminded_on_the_start_page(aino: Client) -> None:
    assert "You have not applied for" not in employer_page(aino)


def test_the_start_page_needs_a_fixed_number_of_queries(aino: Client, django_assert_max_num_queries) -> None:
    send(aino, walked(aino, body()))
    with django_assert_max_num_queries(60) as first:
        employer_page(aino)
    with_one = len(first.captured_queries)
    for start, end in (("2021-01-01", "2021-01-31"), ("2021-02-01", "2021-02-28")):
        send(aino, walked(aino, body(accounting_period={"start": start, "end": end})))
    assert Application.objects.count() == 3
    with django_assert_max_num_queries(with_one):
        employer_page(aino)


def test_the_button_counts_without_saving(aino: Client) -> None:
    draft = begun_with_period(aino)
    page = text(aino.post(f"/en/apply/{draft.pk}/costs/", costs(count="1")))
    assert "The ceiling for all your employees together is €10,590.00." in page
    assert '<meter id="meter" min="0" max="10590.00" value="9436.00">' in page
    for sum_of_class in ("€5,200.00", "€5,390.00", "€4,236.00", "€1,764.00"):
        assert f"<td>{sum_of_class}</td>" in page
    assert "costs" not in Draft.objects.get().content["body"]["details"]
    assert 'value="5 200,00"' in page
    aino.post(f"/en/apply/{draft.pk}/costs/", costs())
    assert "<td>€1,764.00</td>" in text(aino.get(f"/en/apply/{draft.pk}/costs/"))


def test_a_cost_that_cannot_be_read_counts_for_nothing_yet(aino: Client) -> None:
    draft = begun_with_period(aino)
    page = text(aino.post(f"/en/apply/{draft.pk}/costs/", costs(count="1") | {"details.costs.1.amount": "much"}))
    assert 'value="5200.00"' in page
    assert 'value="much"' in page


def test_a_condition_that_is_not_met_is_told_with_what_follows(aino: Client) -> None:
    draft = begun_with_period(aino)
    said = {f"details.conditions.{name}": "yes" for name in thirteen.CONDITIONS}
    page = text(aino.post(f"/en/apply/{draft.pk}/conditions/", said | {"details.conditions.action_plan": "no"}))
    assert "Without a plan nothing is reimbursed. Ask your provider" in page
    assert "Without a contract" not in page


def upload(client: Client, draft: Draft, content: bytes, name: str = "costs.csv") -> str:
    file = SimpleUploadedFile(name, content)
    return text(client.post(f"/en/apply/{draft.pk}/costs-file/", {"document": file}))


def shown(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(details[^"]+)" value="([^"]+)">', page))


def test_a_file_is_looked_at_and_then_used(aino: Client) -> None:
    draft = begun_with_period(aino)
    page = upload(aino, draft, FILE.encode())
    assert "We can read 3 lines of the file." in page
    assert "<td>€5,200.00</td>" in page
    assert "The class is I or II." in page
    assert "&lt;b&gt;" in page
    assert "costs" not in Draft.objects.get().content["body"]["details"]
    used = aino.post(f"/en/apply/{draft.pk}/costs-file/", shown(page) | {"use": "replace"})
    assert used.url == f"/en/apply/{draft.pk}/costs/"
    assert Draft.objects.get().content["body"]["details"]["costs"] == [
        {"class": "I", "kind": "physician", "amount": "5200.00"},
        {"class": "II", "kind": "laboratory", "amount": "6000.00"},
    ]


@pytest.mark.parametrize(("use", "sums"), [("add", ["5200.00", "6001.50"]), ("replace", ["1.50"])])
def test_a_file_is_added_or_takes_the_place(aino: Client, use: str, sums: list[str]) -> None:
    draft = begun_with_period(aino)
    aino.post(f"/en/apply/{draft.pk}/costs/", costs())
    page = upload(aino, draft, b"class;kind;amount\nII;laboratory;1,50\n")
    assert "Add these costs to those typed" in page
    aino.post(f"/en/apply/{draft.pk}/costs-file/", shown(page) | {"use": use})
    assert [one["amount"] for one in Draft.objects.get().content["body"]["details"]["costs"]] == sums


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty."),
        (b"PK\x03\x04", "This is no CSV or XLSX file that we can read."),
        (b"a;b\n1;2\n", "The first line must name the columns"),
    ],
)
def test_a_file_that_cannot_be_taken_is_told_at_its_field(aino: Client, content: bytes, words: str) -> None:
    page = upload(aino, begun_with_period(aino), content)
    assert words in page
    assert 'href="#id_document"' in page


def test_what_comes_back_with_the_button_is_judged_anew(aino: Client) -> None:
    draft = begun_with_period(aino)
    for typed in ({}, costs() | {"details.costs.0.amount": "NaN"}, costs() | {"details.costs.0.class": "III"}):
        answer = aino.post(f"/en/apply/{draft.pk}/costs-file/", typed | {"use": "replace"})
        assert answer.url == f"/en/apply/{draft.pk}/costs-file/"
    assert "costs" not in Draft.objects.get().content["body"]["details"]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_template_is_for_everybody_and_comes_back_readable(aino: Client, kind: str) -> None:
    answer = Client().get(f"/en/costs-template/{kind}/")
    assert answer.status_code == 200
    page = upload(aino, begun_with_period(aino), answer.content, f"costs.{kind}")
    assert "The amount is missing." in page
    assert "We do not know this kind" not in page


@pytest.mark.parametrize(
    ("name", "opens"), [("Aino", 200), ("Ilona", 200), ("Jonas", 200), ("Bo", 404), ("Cecilia", 404), ("Dan", 404),
                        ("Gunilla", 404)],
)  # fmt: skip
def test_who_opens_the_costs_and_their_file(aino: Client, name: str, opens: int) -> None:
    draft, theirs = begun_with_period(aino), come_in(Client(), name)
    for page in ("costs", "costs-file", "check"):
        assert theirs.get(f"/en/apply/{draft.pk}/{page}/").status_code == opens


def test_another_benefit_has_no_file_of_costs(aino: Client) -> None:
    assert aino.get(f"/en/apply/{begun(aino).pk}/costs-file/").status_code == 404
