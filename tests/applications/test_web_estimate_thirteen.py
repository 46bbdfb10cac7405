"""The public estimate of every benefit: what is asked, what comes out, and that it is there when one applies."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from employers.applications.models import Draft
from employers.applications.views.choice import slug_of
from employers.benefits.claim import BENEFITS
from employers.intake.forms.estimate import estimate_form
from tests import cast
from tests.pages import come_in, text

pytestmark = pytest.mark.django_db
DAYS = {"absence.start": "2.3.2026", "absence.end": "10.4.2026", "pay": "3 600,00"}
PAID = {**DAYS, "annual_income": "43 990,00"}
MONTHS = {"details.months.0.month": "3/2026", "details.months.0.paid_days": "25"}
PERIOD = {
    "details.accounting_period.start": "1.1.2020",
    "details.accounting_period.end": "31.12.2020",
    "details.employees": "25",
}
COSTS = {
    f"details.costs.{number}.{name}": value
    for number, cost in enumerate([("I", "physician", "5 200,00"), ("II", "laboratory", "6 000,00")])
    for name, value in zip(("class", "kind", "amount"), cost, strict=True)
}
# What is typed, and what has to be told of it.
ASKED = {
    "sickness_allowance": (PAID, ("about €1,678.54", "23 weekdays", "€72.98", "28,899")),
    "partial_sickness_allowance": (
        {**PAID, "details.weekly_hours_before": "37,5", "details.weekly_hours_agreed": "18,75"}, ("about €839.27",),
    ),
    "pregnancy_allowance": (PAID, ("about €3,600.00", "€120.00", "To the employee", "€360.00")),
    "special_pregnancy_allowance": ({**PAID, "details.daily_hours": "5"}, ("about €1,540.11", "33 weekdays")),
    "parental_allowance": ({**PAID, "details.days_used": "0"}, ("about €3,332.06", "16 weekdays", "17 weekdays")),
    "partial_parental_allowance": ({**PAID, "details.daily_hours_agreed": "5"}, ("about €1,540.11",)),
    "rehabilitation_allowance": ({**PAID, "details.waiting": "onset"}, ("about €2,335.36", "2 March 2026")),
    "partial_rehabilitation_allowance": (
        {**PAID, "details.waiting": "onset", "details.daily_hours_before": "7,5", "details.daily_hours_agreed": "4"},
        ("about €1,167.68",),
    ),
    "infectious_disease_allowance": ({**DAYS, "details.monthly_pay": "3000"}, ("about €3,600.00", "€3,960.00")),
    "donor_allowance": ({**DAYS, "details.earnings_lost": "1200"}, ("about €1,200.00",)),
    "family_leave_compensation": (
        {**DAYS, "details.basis": "pregnancy", "details.contract.kind": "open_ended",
         "details.working_time_percent": "100"},
        ("about €2,500.00", "2 March 2028"),
    ),
    "annual_leave_compensation": (
        {**MONTHS, "details.months.0.holiday_pay": "300", "annual_income": "43990"}, ("about €363.00", "1 month"),
    ),
    "occupational_health_reimbursement": (
        {**PERIOD, **COSTS}, ("about €5,238.00", "€5,200.00", "60%", "€4,236.00", "50%", "30 June 2021"),
    ),
}  # fmt: skip
WITHOUT_INCOME = (
    "infectious_disease_allowance", "donor_allowance", "family_leave_compensation",
    "occupational_health_reimbursement",
)  # fmt: skip


@pytest.fixture(autouse=True)
def april(clock_at) -> None:
    clock_at(datetime(2026, 4, 15, 9, tzinfo=UTC))


def address(benefit: str) -> str:
    return f"/en/estimate/{slug_of(benefit)}/"


@pytest.mark.parametrize("benefit", BENEFITS)
def test_estimate(client: Client, benefit: str) -> None:
    asked, told = ASKED[benefit]
    response = client.post(address(benefit), asked)
    assert response.status_code == 302, text(response)
    page = text(client.get(response.url))
    assert [word for word in told if word not in page] == []
    assert "Which figures were used" in page


@pytest.mark.parametrize("benefit", BENEFITS)
def test_what_was_asked_is_filled_in_when_one_applies(client: Client, sandbox: None, benefit: str) -> None:
    come_in(client, "Aino")
    client.post(address(benefit), ASKED[benefit][0])
    assert "Apply for Esimerkkileipomo Oy" in text(client.get("/en/apply/"))
    client.post(f"/en/employers/{cast.employer().pk}/apply/", {"benefit": benefit, "estimate": "1"})
    draft = Draft.objects.get()
    form = estimate_form(benefit)(ASKED[benefit][0])
    assert form.is_valid()
    asked = form.body(benefit=benefit)
    kept = {**draft.content["body"], "annual_income": draft.content["annual_income"]}
    assert {name: asked.get(name) for name in kept} == kept
    assert set(asked) - set(kept) <= {"benefit", "pay_basis"}


@pytest.mark.parametrize("benefit", BENEFITS)
def test_yearly_pay_is_asked_only_where_the_amount_follows_from_it(client: Client, benefit: str) -> None:
    page = text(client.get(address(benefit)))
    assert ('name="annual_income"' in page) == (benefit not in WITHOUT_INCOME)
    for never in ("personal_identity_code", "conditions", "statement", "bank_account"):
        assert f".{never}" not in page


@pytest.mark.parametrize("benefit", BENEFITS)
def test_an_empty_form_is_answered_at_its_fields(client: Client, benefit: str) -> None:
    blank = dict.fromkeys(ASKED[benefit][0], "")
    page = text(client.post(address(benefit), blank))
    assert "<title>Error:" in page
    assert page.count("_error") >= 2


@pytest.mark.parametrize(
    ("benefit", "changes", "place"),
    [
        ("partial_sickness_allowance", {"details.weekly_hours_agreed": "36"}, "details.weekly_hours_agreed"),
        ("partial_parental_allowance", {"details.daily_hours_agreed": "7"}, "details.daily_hours_agreed"),
        ("infectious_disease_allowance", {"details.monthly_pay": "-1"}, "details.monthly_pay"),
        ("infectious_disease_allowance", {"absence.end": "1.3.2026"}, "absence.end"),
        ("donor_allowance", {"details.earnings_lost": ""}, "details.earnings_lost"),
        ("family_leave_compensation", {"absence.end": "20.3.2026"}, "pay"),
        ("family_leave_compensation", {"details.contract.kind": "fixed_term"}, "details.contract.months"),
        ("annual_leave_compensation", {"details.months.0.paid_days": "3"}, "details.months.0.paid_days"),
        ("occupational_health_reimbursement", {"details.employees": "0"}, "details.employees"),
        ("occupational_health_reimbursement", {"details.accounting_period.end": "1.6.2023"},
         "details.accounting_period.start"),
        ("occupational_health_reimbursement", {"details.deductible_income.I": "9000"},
         "details.deductible_income.I"),
    ],
)  # fmt: skip
def test_what_the_law_refuses_is_told_at_its_field(client: Client, benefit: str, changes: dict, place: str) -> None:
    page = text(client.post(address(benefit), ASKED[benefit][0] | changes))
    assert any(f'href="#id_{place}{first}"' in page for first in ("", "_0"))  # of a group its first answer
    assert f'id="id_{place}_error"' in page


def test_rows_are_added_and_removed_without_an_answer(client: Client) -> None:
    page = text(client.post(address("annual_leave_compensation"), {**MONTHS, "add": "1"}))
    assert 'name="details.months.1.month"' in page
    assert 'value="3/2026"' in page
    assert "error-summary" not in page


@pytest.mark.parametrize("year", [2021, 2024])
def test_a_ceiling_that_is_not_confirmed_gives_a_range_or_nothing(client: Client, year: int) -> None:
    days = {"details.accounting_period.start": f"1.1.{year}", "details.accounting_period.end": f"31.12.{year}"}
    response = client.post(address("occupational_health_reimbursement"), {**PERIOD, **COSTS, **days})
    page = text(client.get(response.url))
    assert ("It could be between" in page) == (year == 2021)
    assert ("We cannot tell the amount yet" in page) == (year == 2024)
    assert "Good to notice" in page
    assert "yearly pay" not in page


def test_every_benefit_can_be_chosen_and_special_care_is_explained(client: Client) -> None:
    page = text(client.get("/en/estimate/"))
    assert [benefit for benefit in BENEFITS if f'href="{address(benefit)}"' not in page] == []
    assert 'href="/en/estimate/special-care/"' in page
    assert "What the employee can do" in text(client.get("/en/estimate/special-care/"))


@pytest.mark.parametrize("slug", ["special-care-allowance", "sickness_allowance", "nowhere"])
@pytest.mark.parametrize("path", ["/en/estimate/{}/", "/en/estimate/{}/result/"])
def test_unknown_benefit(client: Client, slug: str, path: str) -> None:
    assert client.get(path.format(slug)).status_code == 404


def test_the_address_from_before_leads_to_what_was_asked_last(client: Client) -> None:
    assert client.get("/en/estimate/result/").url == "/en/estimate/"
    client.post(address("donor_allowance"), ASKED["donor_allowance"][0])
    assert client.get("/en/estimate/result/").url == f"{address('donor_allowance')}result/"


def test_the_result_of_one_benefit_is_not_the_result_of_another(client: Client) -> None:
    client.post(address("donor_allowance"), ASKED["donor_allowance"][0])
    assert client.get(f"{address('sickness_allowance')}result/").url == address("sickness_allowance")
