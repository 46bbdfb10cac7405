"""One draft, two doors: begun by machine it is completed on the web, and the other way round. Nothing is undone."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from employers.applications.draft import begin
from employers.applications.models import Application, Draft
from employers.intake.forms.pages import pages_of
from employers.organisations import rights
from employers.organisations.models import Mandate
from tests import cast
from tests.applications.test_api_drafts import BEGUN, WHO, begun, patch, send
from tests.intake import thirteen
from tests.machine import EXAMPLE, Machine, body
from tests.pages import ANSWERS, answer, come_in, filled_in, text
from tests.portal.test_api_openapi import shaped
from tests.shown import form_of

pytestmark = pytest.mark.usefixtures("sandbox")
NOON = datetime(2026, 4, 15, 9, tzinfo=UTC)
FIRM = "Palkkapalvelu Esimerkki Oy"


@pytest.fixture(autouse=True)
def april(clock_at) -> None:
    clock_at(NOON)


@pytest.fixture
def machine() -> Machine:
    return Machine()


@pytest.fixture
def aino(client: Client) -> Client:
    return come_in(client, "Aino")


def page(client: Client, draft: Any, step: str) -> str:
    return text(client.get(f"/en/apply/{draft}/{step}/"))


def test_begun_by_machine_it_is_completed_and_sent_on_the_web(machine, aino):
    told = begun(machine, **body(employer=cast.BAKERY, certificate=..., additional_information=...))
    draft = told["id"]
    start = text(aino.get(f"/en/employers/{cast.employer().pk}/"))
    assert f"saved 15 April 2026 by {FIRM}" in start
    assert f'href="/en/apply/{draft}/certificate/"' in start
    assert f"{FIRM} changed this last" in page(aino, draft, "certificate")
    assert "Answer this page: Certificate and insurance" in text(aino.post(f"/en/apply/{draft}/check/"))
    assert aino.post(f"/en/apply/{draft}/certificate/", ANSWERS["certificate"]).status_code == 302
    seen = machine.get(f"drafts/{draft}").json()
    assert (seen["version"], seen["changed_by"]) == (2, "employer")
    assert seen["body"]["certificate"] == "electronic"
    assert aino.post(f"/en/apply/{draft}/check/", form_of(page(aino, draft, "check"))).status_code == 302
    sent = Application.objects.get()
    assert (sent.channel, sent.reference, sent.submitted_by, sent.client) == (
        "web",
        "row-4711",
        cast.user("Aino"),
        None,
    )
    assert machine.get(f"drafts/{draft}").json()["application"] == str(sent.pk)


def test_begun_on_the_web_it_is_completed_and_sent_by_machine(machine, aino):
    draft = filled_in(aino)
    seen = machine.get("drafts").json()["items"]
    assert [(one["id"], one["changed_by"], one["version"]) for one in seen] == [(str(draft.pk), "employer", 2)]
    told = machine.get(f"drafts/{draft.pk}").json()
    assert shaped("Draft", told) == []
    assert told["body"]["employee"]["given_name"] == "Maija"
    assert [one for one in told["problems"] if one["code"] == "required"] == []
    told = patch(machine, told, {"body": {"reference": "row-1", "additional_information": "From payroll."}}).json()
    sent = send(machine, told)
    assert sent.status_code == 201, sent.content
    assert (sent.json()["reference"], sent.json()["channel"]) == ("row-1", "api")
    assert (sent.json()["absence"], sent.json()["certificate"]) == (EXAMPLE["absence"], "electronic")
    one = Application.objects.get()
    assert (one.submitted_by, one.client, one.acting_organisation.name) == (None, cast.client_system(), FIRM)
    assert aino.get(f"/en/apply/{draft.pk}/absence/")["Location"] == f"/en/applications/{one.pk}/receipt/"


def test_a_page_that_a_program_changed_meanwhile_shows_both_and_loses_neither(machine, aino):
    draft = filled_in(aino)
    opened = form_of(page(aino, draft.pk, "absence"))
    told = machine.get(f"drafts/{draft.pk}").json()
    assert patch(machine, told, {"body": {"absence": {"start": "2026-03-09"}}}).status_code == 200
    shown = text(aino.post(f"/en/apply/{draft.pk}/absence/", opened | {"absence.start": "3.3.2026"}))
    for words in (f"{FIRM} changed this page", "9 March 2026", "3 March 2026"):
        assert words in shown
    assert machine.get(f"drafts/{draft.pk}").json()["body"]["absence"]["start"] == "2026-03-09"


def test_what_a_program_changed_meanwhile_is_read_before_it_is_sent(machine, aino):
    draft = filled_in(aino)
    read = form_of(page(aino, draft.pk, "check"))
    patch(machine, machine.get(f"drafts/{draft.pk}").json(), {"body": {"certificate": "employee"}})
    shown = text(aino.post(f"/en/apply/{draft.pk}/check/", read))
    assert f"{FIRM} changed this application while you read it." in shown
    assert not Application.objects.exists()
    assert aino.post(f"/en/apply/{draft.pk}/check/", form_of(shown)).status_code == 302


def test_a_change_on_the_web_makes_the_programs_version_stale(machine, aino):
    told = begun(machine, **WHO)
    answer(aino, Draft.objects.get(), "absence")
    late = patch(machine, told, {"body": {"absence": {"start": "2026-03-03"}}})
    assert (late.status_code, late.json()["current"]) == (412, 2)
    now = machine.get(f"drafts/{told['id']}").json()
    assert now["body"]["absence"] == {"start": "2026-03-02", "end": "2026-04-10"}
    assert patch(machine, now, {"body": {"absence": {"start": "2026-03-03"}}}).status_code == 200


def test_a_program_says_ready_and_the_web_shows_who(machine, aino):
    draft = patch(machine, begun(machine, **EXAMPLE), {"ready": True}).json()
    assert f"{FIRM} marked it as ready on 15 April 2026." in page(aino, draft["id"], "check")


def test_a_page_taken_out_is_asked_again(machine, aino):
    draft = filled_in(aino)
    told = machine.get(f"drafts/{draft.pk}").json()
    patch(machine, told, {"body": {"pay_periods": None}})
    assert "Answer this page: Pay for the absence" in page(aino, draft.pk, "check")


def test_a_program_works_no_minutes(machine, clock_at):
    told = begun(machine)
    clock_at(NOON + timedelta(minutes=9))
    patch(machine, told, {"body": WHO})
    assert Draft.objects.get().seconds == 0


def test_what_the_register_claimed_stays_the_registers_and_in_time(machine):
    whole = {name: said for name, said in EXAMPLE.items() if name not in ("employer", "benefit", "reference")}
    content = {"body": whole, "done": [], "way": ["payment"]}
    claimed = {"channel": "register", "told_at": NOON - timedelta(days=30), "user": None, "content": content}
    began = begin(organisation=cast.employer(), benefit="sickness_allowance", at=NOON, **claimed)
    told = machine.get(f"drafts/{began.pk}").json()
    assert (told["changed_by"], told["kept_until"]) == ("register", None)
    sent = send(machine, patch(machine, told, {"body": {"reference": "row-1"}}).json())
    assert (sent.json()["channel"], sent.json()["submitted_at"]) == ("register", "2026-03-16T09:00:00Z")


def test_what_is_prepared_otherwise_is_no_draft_of_a_program(machine):
    given = {"organisation": cast.employer(), "benefit": "sickness_allowance", "content": {}, "at": NOON}
    entered = begin(user=cast.official(), channel="phone", **given)
    correction = begin(user=cast.user("Aino"), corrects=cast.sent(), **given)
    assert machine.get("drafts").json()["items"] == []
    for draft in (entered, correction):
        assert machine.get(f"drafts/{draft.pk}").status_code == 404


def health(machine: Machine) -> Any:
    return machine.post("drafts", {"employer": cast.BAKERY, "benefit": rights.OCCUPATIONAL_HEALTH})


def test_occupational_health_care_is_prepared_by_one_right_and_sent_by_another(machine):
    held = Mandate.objects.filter(agent_organisation__name=FIRM, principal=cast.employer())
    held.update(rights=[rights.OCCUPATIONAL_HEALTH_PREPARE])
    told = patch(machine, health(machine).json(), {"body": {"details": {"employees": 19}}}).json()
    assert [one["id"] for one in machine.get("drafts").json()["items"]] == [told["id"]]
    assert machine.post("drafts", BEGUN).json()["right"] == "apply"
    refused = send(machine, told)
    assert (refused.status_code, refused.json()["right"]) == (403, "occupational_health_send")
    held.update(rights=[rights.APPLY])
    assert machine.get(f"drafts/{told['id']}").json()["right"] == "occupational_health_prepare"
    assert machine.get("drafts").json()["items"] == []
    assert health(machine).status_code == 403


def halves(benefit: str) -> dict[str, Any]:
    """Parts of a claim that no page can have said: objects and entries with a single member, or another one."""
    whole = thirteen.example(benefit)
    details = {name: first_of(value) for name, value in whole["details"].items()}
    parts = {name: first_of(value) for name, value in whole.items() if name not in ("employer", "benefit", "details")}
    return parts | {"details": details}


def first_of(value: Any) -> Any:
    if isinstance(value, dict):
        return dict(list(value.items())[:1])
    if isinstance(value, list):
        return [first_of(one) for one in value]
    return value


SHAPES_OF_CLAIMS = (
    "sickness_allowance", "infectious_disease_allowance", "family_leave_compensation", "annual_leave_compensation",
    "occupational_health_reimbursement",
)  # fmt: skip


@pytest.mark.parametrize("benefit", SHAPES_OF_CLAIMS)
def test_a_draft_that_is_half_told_opens_on_every_page(machine, aino, benefit):
    draft = machine.post("drafts", {"employer": cast.BAKERY, "benefit": benefit} | halves(benefit))
    assert draft.status_code == 201, draft.content
    for step in (*pages_of(benefit), "check"):
        assert aino.get(f"/en/apply/{draft.json()['id']}/{step}/").status_code == 200, step
    assert aino.get(f"/en/employers/{cast.employer().pk}/").status_code == 200
