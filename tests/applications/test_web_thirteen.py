"""Every benefit applied for on the web: page by page, checked, sent, read by the employer and by an official."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from employers.applications.models import Application
from employers.applications.views.choice import GROUPS
from employers.benefits.claim import BENEFITS, from_json
from employers.benefits.details import DETAILS
from employers.intake.forms.pages import pages_of
from employers.intake.serializers import read_claim
from employers.organisations.views.sign_in import BACKEND
from tests import cast
from tests.intake import thirteen
from tests.pages import begun, come_in, send, text, typed, walked

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sandbox")]
# The web asks how the physician's decision comes where a machine names a certificate.
INSTEAD = {"infectious_disease_allowance": {"certificate": "attached"}}
SHOWN = {
    "sickness_allowance": ("Health care sends it electronically",),
    "partial_sickness_allowance": ("37.5", "18.75"),
    "pregnancy_allowance": ("13 April 2026",),
    "special_pregnancy_allowance": ("Chemicals", "Other suitable work could be offered"),
    "parental_allowance": ("10 January 2026", "Of them weekdays at the raised rate"),
    "partial_parental_allowance": ("Agreed hours a day", "5"),
    "rehabilitation_allowance": ("Other rehabilitation", "The first day alone"),
    "partial_rehabilitation_allowance": ("7.5", "The first day alone"),
    "infectious_disease_allowance": ("€3,000.00", "It is sent together with the application"),
    "donor_allowance": ("€1,200.00",),
    "family_leave_compensation": ("Open-ended", "pregnancy", "100"),
    "annual_leave_compensation": ("3/2026", "€300.00", "12 January 2026"),
    "occupational_health_reimbursement": (
        "1 January 2020", "Class I, preventive care", "Laboratory", "€6,000.00", "There is an action plan", "Yes",
    ),
}  # fmt: skip


@pytest.fixture(autouse=True)
def april(clock_at) -> None:
    clock_at(datetime(2026, 4, 15, 9, tzinfo=UTC))


@pytest.fixture
def aino(client: Client) -> Client:
    return come_in(client, "Aino")


def body(benefit: str) -> dict:
    """Without what only a machine can tell."""
    asked = {name for page in pages_of(benefit).values() for name in page.base_fields}
    said = thirteen.example(benefit, **INSTEAD.get(benefit, {}))
    return said if "certificate" in asked else {**said, "certificate": None}


@pytest.mark.parametrize("benefit", BENEFITS)
def test_the_pages_give_the_claim_that_the_machine_interface_gives(aino: Client, benefit: str) -> None:
    draft = walked(aino, body(benefit))
    checked = text(aino.get(f"/en/apply/{draft.pk}/check/"))
    receipt = send(aino, draft).url
    application = Application.objects.get()
    said = from_json(application.versions.get().content)
    expected = read_claim(body(benefit), allow_temporary=True)
    assert replace(said, reference="") == replace(expected, reference="")
    assert application.reference in text(aino.get(receipt))
    read = text(aino.get(application.get_absolute_url()))
    assert [word for word in SHOWN[benefit] if word not in checked or word not in read] == []


@pytest.mark.parametrize("benefit", [benefit for benefit in BENEFITS if DETAILS[benefit]])
def test_officials_read_every_detail_in_words(client: Client, benefit: str) -> None:
    walked_by = come_in(Client(), "Aino")
    send(walked_by, walked(walked_by, body(benefit)))
    client.force_login(cast.official(), backend=BACKEND)
    client.cookies["django_language"] = "en"
    page = text(client.get(reverse("admin:employers_application_change", args=[Application.objects.get().pk])))
    for word in SHOWN[benefit]:
        written = word.replace("€3,000.00", "3,000.00 €").replace("€1,200.00", "1,200.00 €")
        written = written.replace("€300.00", "300.00 €").replace("€6,000.00", "6,000.00 €")
        written = written.replace(" January ", " Jan ").replace(" April ", " Apr ")
        if word != "It is sent together with the application":
            assert written in page
    assert "details" not in page


def test_every_benefit_is_offered_once_with_a_sentence(aino: Client) -> None:
    page = text(aino.get(f"/en/employers/{cast.employer().pk}/"))
    assert sorted(code for _name, codes in GROUPS for code in codes) == sorted(BENEFITS)
    for benefit in BENEFITS:
        assert page.count(f'name="benefit" value="{benefit}"') == 1
    assert "Special care allowance" in page


@pytest.mark.parametrize(
    ("benefit", "step", "answers", "place", "sentence"),
    [
        ("partial_sickness_allowance", "hours", {}, "details.weekly_hours_before", "Answer this: Hours a week before"),
        ("partial_sickness_allowance", "hours", {"details.weekly_hours_before": "many"},
         "details.weekly_hours_before", "Give a number"),
        ("family_leave_compensation", "contract", {"details.working_time_percent": "9.5"},
         "details.working_time_percent", "Give a whole number"),
        ("annual_leave_compensation", "months", {"details.months.0.month": "13/2026"},
         "details.months.0.month", "Give a month that exists"),
        ("annual_leave_compensation", "months", {"details.months.0.month": ""},
         "details.months.0.holiday_pay", "Answer this: Holiday pay of the month"),
        ("occupational_health_reimbursement", "costs", {"details.costs.0.class": "III"},
         "details.costs.0.class", "Select a valid choice"),
        ("occupational_health_reimbursement", "conditions", {},
         "details.conditions.action_plan", "Answer this: There is an action plan"),
        ("infectious_disease_allowance", "order", {}, "certificate", "Tell us how we get the physician&#x27;s"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_at_its_field(
    aino: Client, benefit: str, step: str, answers: dict, place: str, sentence: str
) -> None:
    page = text(aino.post(f"/en/apply/{begun(aino, benefit=benefit).pk}/{step}/", answers))
    assert any(f'href="#id_{place}{first}"' in page for first in ("", "_0"))  # of a group its first answer
    assert f'id="id_{place}_error"' in page
    assert sentence in page


@pytest.mark.parametrize(
    ("benefit", "step", "details", "place"),
    [
        ("partial_sickness_allowance", "hours", {"weekly_hours_agreed": "30"}, "details.weekly_hours_agreed"),
        ("special_pregnancy_allowance", "hazard", {"other_work_offered": None}, "details.other_work_offered"),
        ("partial_parental_allowance", "hours", {"daily_hours_agreed": "6"}, "details.daily_hours_agreed"),
        ("partial_rehabilitation_allowance", "hours", {"daily_hours_agreed": "7"}, "details.daily_hours_agreed"),
        ("family_leave_compensation", "contract", {"contract": {"kind": "fixed_term", "months": 3}},
         "details.contract.kind"),
        ("annual_leave_compensation", "months",
         {"months": [{"month": "2026-03", "paid_days": 5, "holiday_pay": "1.00"}]}, "details.months.0.paid_days"),
        ("occupational_health_reimbursement", "costs",
         {"costs": [{"class": "I", "kind": "base_fee", "amount": "9.00"}]}, "details.costs.0.class"),
        ("occupational_health_reimbursement", "conditions",
         {"conditions": dict.fromkeys(thirteen.CONDITIONS, True) | {"action_plan": False}},
         "details.conditions.action_plan"),
        ("occupational_health_reimbursement", "period",
         {"accounting_period": {"start": "2026-01-01", "end": "2026-12-31"}}, "details.accounting_period.end"),
    ],
)  # fmt: skip
def test_what_the_law_refuses_is_told_on_its_page(
    aino: Client, benefit: str, step: str, details: dict, place: str
) -> None:
    draft = walked(aino, body(benefit))
    changed = {**body(benefit), "details": {**body(benefit)["details"], **details}}
    page = text(aino.post(f"/en/apply/{draft.pk}/{step}/", typed(pages_of(benefit)[step].from_body(changed))))
    assert f'id="id_{place}_error"' in page


def test_costs_are_added_and_removed_by_buttons(aino: Client) -> None:
    draft = begun(aino, benefit="occupational_health_reimbursement")
    path, first = f"/en/apply/{draft.pk}/costs/", {"details.costs.0.class": "I", "details.costs.0.amount": "12,5"}
    page = text(aino.post(path, {**first, "add": "1"}))
    assert 'name="details.costs.1.amount"' in page
    assert 'value="12,5"' in page
    page = text(aino.post(path, {**first, "details.costs.1.amount": "7", "remove": "0"}))
    assert 'name="details.costs.0.amount" value="7"' in page
    assert "details.costs.1" not in page


def test_what_the_law_refuses_of_an_object_leads_to_its_first_field(aino: Client) -> None:
    long = {"accounting_period": {"start": "2020-01-01", "end": "2022-12-31"}}
    said = body("occupational_health_reimbursement")
    draft = walked(aino, said)
    form = pages_of(said["benefit"])["period"].from_body({"details": {**said["details"], **long}})
    aino.post(f"/en/apply/{draft.pk}/period/", typed(form))
    page = text(aino.get(f"/en/apply/{draft.pk}/check/"))
    assert f'href="/en/apply/{draft.pk}/period/?from=check#id_details.accounting_period.start"' in page


@pytest.mark.parametrize(
    ("sent", "begun_after", "offered"),
    [
        ("sickness_allowance", "partial_sickness_allowance", True),
        ("pregnancy_allowance", "parental_allowance", True),
        ("rehabilitation_allowance", "partial_rehabilitation_allowance", True),
        ("sickness_allowance", "parental_allowance", False),
    ],
)
def test_an_absence_of_the_same_family_of_benefits_can_go_on(
    aino: Client, sent: str, begun_after: str, offered: bool
) -> None:
    send(aino, walked(aino, body(sent)))
    draft = begun(aino, benefit=begun_after)
    aino.post(f"/en/apply/{draft.pk}/employee/", typed(pages_of(begun_after)["employee"].from_body(body(begun_after))))
    page = text(aino.get(f"/en/apply/{draft.pk}/earlier/"))
    assert ("the absence of 2.3.2026–10.4.2026" in page) == offered
