"""How many pages it takes, and that nothing is asked twice: walked as a browser would, button by button."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from employers.applications.models import Application, Draft
from employers.applications.models_register import Finding
from tests import cast
from tests.applications.reports import absence, report, reviewed, year_of_wages
from tests.pages import ANSWERS, come_in, text
from tests.shown import form_of, questions_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sandbox")]
CODE = "employee.personal_identity_code"
NEW_DAYS = {"absence.end": "24.4.2026"}
NEW_PAY = {"pay_periods.0.amount": "1200"}


@pytest.fixture(autouse=True)
def april(clock_at) -> None:
    clock_at(datetime(2026, 4, 15, 9, tzinfo=UTC))


@pytest.fixture
def aino(client: Client) -> Client:
    return come_in(client, "Aino")


class Walk:
    """From one page to the next by its button. Every page that was opened, with what it asked, is kept."""

    def __init__(self, client: Client, path: str, data: dict[str, str]) -> None:
        self.client, self.pages, self.asked, self.shown = client, [], [], {}
        self.come_to(client.post(path, data))

    def come_to(self, response) -> None:
        assert response.status_code == 302, text(response)
        self.path = response.url
        self.page = text(self.client.get(self.path))
        self.pages.append(self.path.rstrip("/").rsplit("/", 1)[-1])
        if self.pages[-1] != "receipt":
            self.asked += questions_of(self.page)
            self.shown |= form_of(self.page)

    def go_on(self, answers: dict[str, str] | None = None) -> "Walk":
        self.come_to(self.client.post(self.path, form_of(self.page) | (answers or {})))
        return self


def begun(client: Client) -> Walk:
    return Walk(client, f"/en/employers/{cast.employer().pk}/apply/", {"benefit": "sickness_allowance"})


def first_claim(client: Client) -> Walk:
    walk = begun(client)
    for answers in ANSWERS.values():
        # What the page knows by itself is left as it stands.
        walk.go_on({name: said for name, said in answers.items() if said and not name.endswith((".0.start", ".0.end"))})
    return walk.go_on()


def goes_on(client: Client, application: Application) -> Walk:
    return Walk(client, f"/en/applications/{application.pk}/new/goes-on/", {})


def test_a_first_claim_takes_eight_pages_with_check_and_receipt(aino: Client) -> None:
    walk = first_claim(aino)
    assert walk.pages == ["employee", "absence", "earlier", "pay", "certificate", "payment", "check", "receipt"]
    assert len(walk.asked) == len(set(walk.asked))  # no question on two pages
    assert (walk.shown["pay_periods.0.start"], walk.shown["pay_periods.0.end"]) == ("2.3.2026", "10.4.2026")
    assert Application.objects.get().channel == "web"


def test_a_continuation_takes_three_pages_and_asks_days_and_pay(aino: Client) -> None:
    first_claim(aino)
    first = Application.objects.get()
    assert "The absence goes on" in text(aino.get(first.get_absolute_url()))
    walk = goes_on(aino, first)
    assert walk.shown["absence.start"] == "11.4.2026"  # the day after
    walk.go_on(NEW_DAYS)
    assert (walk.shown["pay_periods.0.start"], walk.shown["pay_periods.0.end"]) == ("11.4.2026", "24.4.2026")
    assert walk.shown["pay_basis"] == "full"
    walk.go_on(NEW_PAY)
    assert walk.pages == ["absence", "pay", "check"]
    known = ("employee.", "employment.", "earlier", "certificate", "insurer", "contact.", "payment_")
    assert [name for name in walk.asked if name.startswith(known)] == []
    assert walk.go_on().pages[-1] == "receipt"
    later = Application.objects.get(continues=first)
    said = later.versions.get().content
    assert (said["employee"], said["employment"]) == (
        first.versions.get().content["employee"],
        first.versions.get().content["employment"],
    )
    assert later.absence_end == date(2026, 4, 24)


def test_a_continuation_of_what_came_by_machine_takes_three_pages_too(aino: Client) -> None:
    walk = goes_on(aino, cast.sent()).go_on(NEW_DAYS).go_on(NEW_PAY)
    assert walk.pages == ["absence", "pay", "check"]
    assert walk.go_on().pages[-1] == "receipt"


def test_a_finding_takes_one_page(aino: Client) -> None:
    reviewed(*year_of_wages(), report("march", absence(date(2026, 3, 2), date(2026, 3, 27))))
    path = f"/en/findings/{Finding.objects.get().pk}/"
    assert questions_of(text(aino.get(path))) == []  # to confirm is all there is to do
    assert aino.post(path).url.endswith("/receipt/")


def test_who_was_applied_for_is_chosen_and_not_typed(aino: Client) -> None:
    first_claim(aino)
    person = Application.objects.get().person
    walk = begun(aino)
    assert "Maija Mallikas, 010190-••••, employed since 2.5.2019" in walk.page
    assert "010190-9123" not in walk.page
    walk.go_on({"known": str(person.pk)})
    said = Draft.objects.latest("id").content["body"]
    assert said["employee"] == {
        "personal_identity_code": "010190-9123",
        "given_name": "Maija",
        "family_name": "Mallikas",
    }
    assert said["employment"]["start"] == "2019-05-02"
    assert walk.pages == ["employee", "absence"]


def test_the_last_contact_and_the_note_on_the_payment_are_there_already(aino: Client) -> None:
    first_claim(aino)
    draft = begun(aino) and Draft.objects.latest("id")
    shown = form_of(text(aino.get(f"/en/apply/{draft.pk}/payment/")))
    assert (shown["contact.name"], shown["payment_specifier"]) == ("Aino Esimerkki", "KP 12")


def test_again_for_the_same_employee_asks_days_what_they_continue_and_pay(aino: Client) -> None:
    first_claim(aino)
    walk = Walk(aino, f"/en/applications/{Application.objects.get().pk}/new/again/", {})
    walk.go_on({"absence.start": "13.4.2026", **NEW_DAYS}).go_on({"earlier": "no"}).go_on(
        {"pay_basis": "full", **NEW_PAY}
    )
    assert walk.pages == ["absence", "earlier", "pay", "check"]
    assert walk.go_on().pages[-1] == "receipt"
