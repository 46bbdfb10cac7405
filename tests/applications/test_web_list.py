"""A list filled in row by row: kept with every button, checked as a whole, those that are fine sent."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from employers.applications.models import Application
from employers.applications.receive_rows import work_next
from employers.intake.forms.sitting import BENEFITS
from employers.intake.models_previews import Preview
from employers.people.models import Employment
from employers.people.record import person_for
from employers.records.models import ReadLog
from tests import cast
from tests.applications.sittings import found_of, sent_bodies
from tests.intake.files import CODES
from tests.pages import come_in, text
from tests.shown import form_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sandbox")]
AT = datetime(2026, 4, 15, 9, tzinfo=UTC)
COMMON = {"pay_basis": "full", "certificate": "electronic", "insurer_case": "none", "contact.name": "Palkat"}
NAMES = ("Maija", "Eero", "Liisa")


@pytest.fixture(autouse=True)
def april(clock_at) -> None:
    clock_at(AT)


@pytest.fixture
def aino(client: Client) -> Client:
    return come_in(client, "Aino")


@pytest.fixture
def people() -> list[str]:
    """Employed here, as the Incomes Register has told; by the words that the page offers."""
    Employment.objects.filter(organisation=cast.employer()).delete()
    for code, name in zip(CODES, NAMES, strict=False):
        Employment.objects.create(
            organisation=cast.employer(), person=person_for(code), given_name=name, family_name="Mallikas",
            start=date(2019, 5, 2),
        )  # fmt: skip
    return [f"{name} Mallikas, {code[:7]}••••" for code, name in zip(CODES, NAMES, strict=False)]


def row(number: int, known: str = "", **changes: str) -> dict[str, str]:
    said = {"known": known, "start": "2.3.2026", "end": "10.4.2026", "amount": "3 600", **changes}
    return {f"rows.{number}.{name}": text for name, text in said.items()}


def begun(client: Client, benefit: str = "sickness_allowance") -> str:
    return client.post(f"/en/employers/{cast.employer().pk}/list/", {"benefit": benefit}).url


def one() -> Preview:
    return Preview.objects.select_related("batch").get()


def send(client: Client) -> Preview:
    client.post(f"{one().get_absolute_url()}send/", {"mode": "partial"})
    while work_next(at=AT):
        pass
    return one()


def test_rows_with_known_employees_become_applications(aino: Client, people: list[str]) -> None:
    path = begun(aino)
    answer = aino.post(path, {**COMMON, **row(0, people[0]), **row(1, people[1], **{"end": "27.3.2026"})})
    assert answer.url == one().get_absolute_url()
    assert "Send the 2 applications that are fine" in text(aino.get(answer.url))
    assert send(aino).batch.accepted == 2
    first, second = sent_bodies(one())
    assert first["employee"] == {
        "personal_identity_code": CODES[0],
        "given_name": "Maija",
        "family_name": "Mallikas",
    }
    assert (first["employment"]["start"], first["contact"]["name"]) == ("2019-05-02", "Palkat")
    # Pay is for the days of the absence, where nothing else is said.
    assert second["pay_periods"] == [{"start": "2026-03-02", "end": "2026-03-27", "amount": "3600.00"}]
    assert Application.objects.filter(channel="batch").count() == 2


def test_employees_are_offered_by_name_and_never_by_code(aino: Client, people: list[str]) -> None:
    page = text(aino.get(begun(aino)))
    for words in people:
        assert f'<option value="{words}">' in page
    assert CODES[0] not in page
    assert ReadLog.objects.filter(action="list", purpose="application").count() == len(NAMES)


def test_somebody_else_is_typed(aino: Client, people: list[str]) -> None:
    who = {
        "code": CODES[4],
        "given_name": "Uusi",
        "family_name": "Työntekijä",
        "employed_from": "1.1.2026",
    }
    aino.post(begun(aino), {**COMMON, **row(0, **who)})
    assert send(aino).batch.accepted == 1


def test_a_row_more_a_row_less_and_nothing_is_lost(aino: Client, people: list[str]) -> None:
    path = begun(aino)
    aino.post(path, {**COMMON, **row(0, people[0]), "add": "1"})
    shown = form_of(text(aino.get(path)))
    assert (shown["rows.0.known"], shown["rows.1.known"], shown["pay_basis"]) == (people[0], "", "full")
    aino.post(path, {**COMMON, **row(0, people[0]), **row(1, people[1]), "remove": "0"})
    shown = form_of(text(aino.get(path)))
    assert shown["rows.0.known"] == people[1]
    assert "rows.1.known" not in shown


def test_it_is_there_after_signing_out(aino: Client, people: list[str], client: Client) -> None:
    path = begun(aino)
    aino.post(path, {**COMMON, **row(0, people[0], amount="not yet"), "keep": "1"})
    aino.post("/en/sign-out")
    again = come_in(Client(), "Aino")
    assert path in text(again.get(f"/en/employers/{cast.employer().pk}/list/"))
    assert form_of(text(again.get(path)))["rows.0.amount"] == "not yet"


def test_what_cannot_be_read_is_told_at_its_field_and_kept(aino: Client, people: list[str]) -> None:
    path = begun(aino)
    page = text(aino.post(path, {**COMMON, **row(0, people[0], amount="much"), **row(1, "Nobody")}))
    assert 'href="#id_rows.0.amount"' in page
    assert 'href="#id_rows.1.known"' in page
    assert one().status == "open"
    assert form_of(text(aino.get(path)))["rows.0.amount"] == "much"


def test_what_the_law_says_of_a_row_stands_beside_it(aino: Client, people: list[str]) -> None:
    path = begun(aino)
    wrong = {"end": "27.2.2026", "pay_end": "10.4.2026"}
    answer = aino.post(path, {**COMMON, **row(0, people[0]), **row(1, people[1], **wrong)})
    assert answer.url == path
    page = text(aino.get(path))
    assert "1 row has to be corrected." in page
    assert "Look through and send the 1 that is fine" in page
    second = page.partition("Row 2")[2]
    assert "The end is before the start." in second
    assert [status for status, _codes in found_of(one())] == ["warned", "wrong"]
    assert send(aino).batch.accepted == 1


def test_changed_after_the_check_it_has_to_be_checked_again(aino: Client, people: list[str]) -> None:
    path = begun(aino)
    aino.post(path, {**COMMON, **row(0, people[0])})
    aino.post(path, {**COMMON, **row(0, people[0], amount="1"), "keep": "1"})
    assert send(aino).status == "open"
    assert "Check it once more." in text(aino.get(one().get_absolute_url()))
    assert Application.objects.count() == 0


def test_an_absence_that_goes_on_continues_the_last_one(aino: Client, people: list[str]) -> None:
    before = cast.sent(employee=cast.claim().employee, reference="before")
    goes_on = {"start": "11.4.2026", "end": "24.4.2026", "goes_on": "on"}
    aino.post(begun(aino), {**COMMON, **row(0, people[0], **goes_on)})
    send(aino)
    assert Application.objects.get(channel="batch").continues == before


def test_once_sent_the_list_shows_what_became_of_it(aino: Client, people: list[str]) -> None:
    path = begun(aino)
    aino.post(path, {**COMMON, **row(0, people[0])})
    send(aino)
    assert aino.get(path).url == one().get_absolute_url()
    assert aino.post(path, {**COMMON, **row(0, people[1])}).url == one().get_absolute_url()
    assert one().status == "sent"


@pytest.mark.parametrize("benefit", BENEFITS)
def test_every_benefit_of_the_list_has_a_page(aino: Client, people: list[str], benefit: str) -> None:
    page = text(aino.get(begun(aino, benefit)))
    assert "rows.0.start" in form_of(page)
    assert len(page.encode()) < 100_000


def test_other_benefits_have_no_list(aino: Client) -> None:
    answer = aino.post(f"/en/employers/{cast.employer().pk}/list/", {"benefit": "occupational_health_reimbursement"})
    assert answer.status_code == 404


def test_queries_do_not_grow_with_rows(aino: Client, people: list[str]) -> None:
    path = begun(aino)
    aino.post(path, {**COMMON, **row(0, people[0])})
    few = queries(aino, path)
    wrong = row(2, people[2], **{"end": "1.1.2026"})
    aino.post(path, {**COMMON, **row(0, people[0]), **row(1, people[1]), **wrong})
    assert queries(aino, path) == few


def queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    return len(asked)
