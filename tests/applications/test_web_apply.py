"""Applying page by page."""

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from django.test import Client

from employers.applications.models import Draft
from tests import cast
from tests.pages import ANSWERS, answer, begun, come_in, filled_in, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sandbox")]
CODE = "employee.personal_identity_code"
ORDER = [*ANSWERS, "check"]


@pytest.fixture(autouse=True)
def april(clock_at) -> None:
    clock_at(datetime(2026, 4, 15, 9, tzinfo=UTC))


@pytest.fixture
def aino(client: Client) -> Client:
    return come_in(client, "Aino")


def body(draft: Draft) -> dict:
    return Draft.objects.get(pk=draft.pk).content["body"]


def test_each_page_leads_to_the_next(aino: Client) -> None:
    draft = begun(aino)
    for step, following in pairwise(ORDER):
        assert answer(aino, draft, step).url == f"/en/apply/{draft.pk}/{following}/"


def test_answers_become_the_body_of_the_machine_interface(aino: Client) -> None:
    said = filled_in(aino).content["body"]
    assert said["absence"] == {"start": "2026-03-02", "end": "2026-04-10"}
    assert said["pay_periods"] == [{"start": "2026-03-02", "end": "2026-04-10", "amount": "3600.00"}]
    assert said["employment"] == {"start": "2019-05-02", "end": None}
    assert "annual_income" not in said


def test_answers_are_there_when_one_comes_back(aino: Client) -> None:
    draft = filled_in(aino)
    assert 'value="2.3.2026"' in text(aino.get(f"/en/apply/{draft.pk}/absence/"))
    assert 'value="3600,00"' in text(aino.get(f"/fi/apply/{draft.pk}/pay/"))


def test_page_opened_from_the_answers_goes_back_there(aino: Client) -> None:
    draft = filled_in(aino)
    assert answer(aino, draft, "absence", **{"from": "check"}).url == f"/en/apply/{draft.pk}/check/"


def test_estimate_fills_in_days_and_pay(aino: Client) -> None:
    asked = {"absence.start": "2.3.2026", "absence.end": "10.4.2026", "pay": "3600", "annual_income": "42000"}
    aino.post("/en/estimate/sickness-allowance/", asked)
    assert "Apply for Esimerkkileipomo Oy" in text(aino.get("/en/apply/"))
    start = f"/en/employers/{cast.employer().pk}/apply/"
    page = aino.get(aino.post(start, {"benefit": "sickness_allowance", "estimate": "1"}).url)
    assert "about €1,657.84" in text(page)
    assert 'value="2.3.2026"' in text(aino.get(page.request["PATH_INFO"].replace("employee", "absence")))


def test_estimate_stands_beside_once_days_and_pay_are_known(aino: Client) -> None:
    draft = begun(aino)
    for step in ("employee", "absence"):
        assert "Estimate so far" not in text(aino.get(f"/en/apply/{draft.pk}/{step}/"))
        answer(aino, draft, step)
    page = text(aino.get(f"/en/apply/{draft.pk}/earlier/"))
    for shown in ("Estimate so far", "2 March – 12 March 2026", "13 March 2026", "4 May 2026"):
        assert shown in page  # the waiting period, the first payable day, the last day to apply
    assert "The amount comes when we know the other answers." in page
    answer(aino, draft, "pay")
    assert "The amount comes" not in text(aino.get(f"/en/apply/{draft.pk}/certificate/"))


@pytest.mark.parametrize(
    ("step", "changes", "place", "sentence"),
    [
        ("employee", {CODE: "010190-9124"}, CODE, "Check the personal identity code"),
        ("employee", {"employee.given_name": " "}, "employee.given_name", "Give the employee&#x27;s first name."),
        ("employee", {"employment.start": "yesterday"}, "employment.start", "Give a day that exists"),
        ("employee", {"employment.end": "1.1.2019"}, "employment.end", "The end is before the start."),
        ("absence", {"absence.end": "1.3.2026"}, "absence.end", "The end is before the start."),
        ("absence", {"absence.start": "2.3.1026"}, "absence.start", "Check the year"),
        ("earlier", {"earlier": ""}, "earlier", "Tell us whether this absence continues"),
        ("earlier", {"earlier": "elsewhere"}, "previous_paid_day", "Give the last day for which"),
        ("earlier", {"earlier": "elsewhere", "previous_paid_day": "2.3.2026"}, "previous_paid_day", "has to be before"),
        ("pay", {"pay_periods.0.amount": "much"}, "pay_periods.0.amount", "Give the amount in euros"),
        ("pay", {"pay_periods.0.end": "11.4.2026"}, "pay_periods.0.end", "outside the absence"),
        ("pay", {"pay_basis": ""}, "pay_basis", "Tell us how much you pay"),
        ("certificate", {"certificate": "a note"}, "certificate", "Select a valid choice"),
        ("payment", {"payment_reference": "123453", "payment_specifier": "KP 12"}, "payment_specifier", "not both"),
        ("payment", {"payment_reference": "12 3454"}, "payment_reference", "Check the reference number"),
        ("payment", {"payment_specifier": "x" * 21}, "payment_specifier", "Use at most 20 characters."),
        ("payment", {"contact.email": "aino@"}, "contact.email", "Enter a valid email address."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_at_its_field(aino: Client, step: str, changes: dict, place: str, sentence: str) -> None:
    draft = filled_in(aino)
    page = text(aino.post(f"/en/apply/{draft.pk}/{step}/", {**ANSWERS[step], **changes}))
    assert any(f'href="#id_{place}{first}"' in page for first in ("", "_0"))  # of a group its first answer
    assert f'id="id_{place}_error"' in page
    assert sentence in page
    assert "<title>Error:" in page


def test_everything_wrong_is_told_at_once(aino: Client) -> None:
    draft = filled_in(aino)
    page = text(aino.post(f"/en/apply/{draft.pk}/employee/", {}))
    assert page.count('href="#id_employ') == 4


def test_what_breaks_a_rule_is_kept_all_the_same(aino: Client) -> None:
    draft = filled_in(aino)
    aino.post(f"/en/apply/{draft.pk}/absence/", {"absence.start": "2.3.2026", "absence.end": "1.3.2026"})
    assert body(draft)["absence"]["end"] == "2026-03-01"


def test_late_application_is_warned_about_and_goes_on(aino: Client, clock_at) -> None:
    clock_at(datetime(2026, 6, 1, 9, tzinfo=UTC))
    draft = begun(aino)
    assert answer(aino, draft, "absence").status_code == 302
    assert "The last day to apply was 4 May 2026." in text(aino.get(f"/en/apply/{draft.pk}/earlier/"))


def test_rows_are_added_and_removed_by_buttons(aino: Client) -> None:
    draft = begun(aino)
    path = f"/en/apply/{draft.pk}/pay/"
    page = text(aino.post(path, {**ANSWERS["pay"], "add": "1"}))
    assert 'name="pay_periods.1.start"' in page
    assert 'value="3 600,00"' in page
    assert "error-summary" not in page
    page = text(aino.post(path, {**ANSWERS["pay"], "pay_periods.1.start": "1.1.2026", "remove": "0"}))
    assert 'name="pay_periods.0.start" value="1.1.2026"' in page
    assert 'name="pay_periods.1.start"' not in page
    assert "pay_periods" not in body(draft)


@pytest.mark.parametrize("number", ["", "x", "-1", "7", "9" * 5000])
def test_row_that_is_not_there_is_not_removed(aino: Client, number: str) -> None:
    page = text(aino.post(f"/en/apply/{begun(aino).pk}/pay/", {**ANSWERS["pay"], "remove": number}))
    assert 'value="3 600,00"' in page


def test_empty_rows_fall_out(aino: Client) -> None:
    draft = filled_in(aino)
    second = {"pay_periods.5.start": "", "pay_periods.5.end": "", "pay_periods.5.amount": ""}
    assert aino.post(f"/en/apply/{draft.pk}/pay/", {**ANSWERS["pay"], **second}).status_code == 302
    assert len(body(draft)["pay_periods"]) == 1


def test_other_days_are_kept_by_kind(aino: Client) -> None:
    leave = {"other_days.0.start": "16.3.2026", "other_days.0.end": "17.3.2026", "other_days.0.kind": "annual_leave"}
    draft = filled_in(aino, absence=leave)
    assert body(draft)["other_days"] == [{"start": "2026-03-16", "end": "2026-03-17", "kind": "annual_leave"}]
    assert "Annual leave" in text(aino.get(f"/en/apply/{draft.pk}/check/"))


def test_earlier_application_can_be_chosen(aino: Client) -> None:
    earlier = cast.sent()
    draft = filled_in(aino)
    assert "Yes, the absence of 2.3.2026–10.4.2026" in text(aino.get(f"/en/apply/{draft.pk}/earlier/"))
    aino.post(f"/en/apply/{draft.pk}/earlier/", {"earlier": str(earlier.pk)})
    assert body(draft)["continues_application"] == str(earlier.pk)
    checked = text(aino.get(f"/en/apply/{draft.pk}/check/"))
    assert "the absence of 2.3.2026–10.4.2026" in checked
    assert "Yes, the absence" not in checked


def test_draft_is_thrown_away_after_a_question(aino: Client) -> None:
    draft = begun(aino)
    assert "Delete this unfinished application?" in text(aino.get(f"/en/apply/{draft.pk}/delete/"))
    aino.post(f"/en/apply/{draft.pk}/delete/")
    assert not Draft.objects.exists()


def test_only_benefits_with_rules_are_begun(aino: Client) -> None:
    start = f"/en/employers/{cast.employer().pk}/apply/"
    assert aino.post(start, {"benefit": "special_care_allowance"}).status_code == 404
