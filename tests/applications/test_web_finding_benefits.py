"""Findings of every benefit, one by one: what the register tells is filled in, and only the rest is asked."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from employers.applications.models import Application, Draft
from employers.applications.models_register import Finding
from tests import cast
from tests.applications.reports import AINO, EERO, absence, report, reviewed, year_of_wages
from tests.pages import come_in, send, text
from tests.shown import form_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sandbox")]
FROM, UNTIL, PAID = date(2026, 3, 2), date(2026, 4, 10), date(2026, 4, 15)
CONTRACT = {"details.basis": "pregnancy", "details.contract.kind": "open_ended", "details.working_time_percent": "100"}
# By the cause and the benefit, the page that asks and what is answered there.
ASKED = [
    (2, "partial_sickness_allowance", "hours", {"details.weekly_hours_before": "37,5",
                                                "details.weekly_hours_agreed": "18,75"}),
    (22, "partial_rehabilitation_allowance", "hours", {"details.daily_hours_before": "7,5",
                                                       "details.daily_hours_agreed": "4"}),
    (3, "family_leave_compensation", "contract", CONTRACT),
    (3, "annual_leave_compensation", "months", {"details.months.0.holiday_pay": "300"}),
]  # fmt: skip
OF_WOMEN = ("pregnancy_allowance", "family_leave_compensation")
READY = [(3, "pregnancy_allowance"), (4, "special_pregnancy_allowance"), (5, "rehabilitation_allowance")]


@pytest.fixture(autouse=True)
def april(clock_at) -> None:
    clock_at(datetime(2026, 4, 15, 9, tzinfo=UTC))


@pytest.fixture
def aino(client: Client) -> Client:
    return come_in(client, "Aino")


def found(cause: int, benefit: str) -> str:
    paid, code = absence(FROM, UNTIL, cause_code=cause, amount="5000.00"), AINO if benefit in OF_WOMEN else EERO
    reviewed(*year_of_wages(code=code), report("april", paid, code=code, paid=PAID))
    return f"/en/findings/{Finding.objects.get(benefit=benefit).pk}/"


@pytest.mark.parametrize(("cause", "benefit"), READY)
def test_what_is_told_whole_is_sent_with_one_press(aino: Client, cause: int, benefit: str) -> None:
    path = found(cause, benefit)
    page = text(aino.get(path))
    assert "Send as an application" in page
    assert "The sum may grow if you also answer these pages" in page
    assert aino.post(path).url.endswith("/receipt/")
    assert Application.objects.get().benefit == benefit


@pytest.mark.parametrize(("cause", "benefit", "step", "answers"), ASKED)
def test_what_is_not_told_is_asked_and_nothing_else(
    aino: Client, cause: int, benefit: str, step: str, answers: dict[str, str]
) -> None:
    path = found(cause, benefit)
    page = text(aino.get(path))
    assert "The register does not tell everything" in page
    assert "Send as an application" not in page
    assert aino.post(path, {"change": "1"}).status_code == 302
    draft = Draft.objects.get()
    assert step in draft.content["way"]
    for asked in draft.content["way"]:
        shown = form_of(text(aino.get(f"/en/apply/{draft.pk}/{asked}/")))
        response = aino.post(f"/en/apply/{draft.pk}/{asked}/", shown | (answers if asked == step else {}))
        assert response.status_code == 302, text(response)
    assert send(aino, draft).url.endswith("/receipt/"), text(send(aino, draft))
    assert Finding.objects.get(benefit=benefit).status in ("open", "covered")
    assert Application.objects.get().benefit == benefit


@pytest.mark.parametrize(("cause", "benefit", "step", "answers"), ASKED[:1])
def test_on_the_list_it_has_no_box_and_leads_to_be_completed(
    aino: Client, cause: int, benefit: str, step: str, answers: dict[str, str]
) -> None:
    found(cause, benefit)
    page = text(aino.get(f"/en/employers/{cast.employer().pk}/findings/"))
    assert page.count('name="chosen"') == 0
    assert "Complete and claim" in page


def test_leave_costs_are_promised_with_the_least_holiday_pay(aino: Client) -> None:
    page = text(aino.get(found(3, "annual_leave_compensation")))
    assert "at least" in page
    assert "reckoned with the least: two days of your own wages a month" in page
