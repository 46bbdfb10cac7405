"""Who may prepare occupational health care, who may send it, and what neither of them sees."""

from typing import Any

import pytest
from django.test import Client

from employers.applications.models import Application, Draft
from employers.benefits.claim import BENEFITS
from employers.organisations import rights
from employers.organisations.access import who_holds
from employers.organisations.models import Mandate
from tests import cast
from tests.intake import thirteen
from tests.machine import KEY, Machine
from tests.pages import begun, come_in, filled_in, send, text, walked

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sandbox", "april")]
OURS = rights.OCCUPATIONAL_HEALTH
PREPARES, SENDS = "Ilona", "Jonas"


@pytest.fixture
def april(clock_at) -> None:
    clock_at(cast.AT)


@pytest.fixture
def aino() -> Client:
    return come_in(Client(), "Aino")


@pytest.fixture
def ilona() -> Client:
    return come_in(Client(), PREPARES)


@pytest.fixture
def jonas() -> Client:
    return come_in(Client(), SENDS)


def body() -> dict[str, Any]:
    return {**thirteen.example(OURS), "certificate": None}


def start_page(client: Client) -> str:
    return text(client.get(f"/en/employers/{cast.employer().pk}/"))


@pytest.mark.parametrize("benefit", BENEFITS)
def test_each_benefit_names_its_rights(benefit: str) -> None:
    ours = benefit == OURS
    assert (rights.APPLY in rights.to_prepare(benefit)) is not ours
    assert (rights.APPLY in rights.to_send(benefit)) is not ours
    assert {*rights.to_send(benefit)} <= {*rights.to_prepare(benefit)}
    assert {*rights.to_prepare(benefit), rights.VIEW_DECISIONS} == {*rights.to_see(benefit)}


def test_who_prepares_fills_in_and_hands_over_and_who_sends_sends(ilona: Client, jonas: Client) -> None:
    draft = walked(ilona, body())
    page = text(ilona.get(f"/en/apply/{draft.pk}/check/"))
    assert "You have no right to send it" in page
    assert "<li>Aino Esimerkki</li>" in page
    assert "<li>Jonas Exempel</li>" in page
    assert "Send the application" not in page
    send(ilona, draft)
    assert not Application.objects.exists()
    assert "Ilona Esimerkki marked it as ready on 15 April 2026." in start_page(jonas)
    assert send(jonas, draft).status_code == 302
    sent = Application.objects.get()
    assert sent.submitted_by == cast.user(SENDS)
    assert sent.mandate == Mandate.objects.get(agent_user=cast.user(SENDS)).pk


def test_a_change_takes_the_mark_away(ilona: Client, jonas: Client) -> None:
    draft = walked(ilona, body())
    send(ilona, draft)
    jonas.post(f"/en/apply/{draft.pk}/period/", {})
    assert Draft.objects.get().ready_by == cast.user(PREPARES)
    jonas.post(f"/en/apply/{draft.pk}/statement/", {"details.statement.date": "15.1.2021",
                                                    "details.statement.opportunity_given": "yes"})  # fmt: skip
    assert Draft.objects.get().ready_at is None


@pytest.mark.parametrize("name", [PREPARES, SENDS])
def test_who_cares_for_health_alone_sees_no_absence(aino: Client, name: str) -> None:
    draft = filled_in(aino)
    open_draft = filled_in(aino, absence={"absence.end": "9.4.2026"})
    send(aino, draft)
    sent, theirs, employer = Application.objects.get(), come_in(Client(), name), f"/en/employers/{cast.employer().pk}"
    of_sent = f"/en/applications/{sent.pk}/"
    for page in (f"/en/apply/{open_draft.pk}/absence/", of_sent, f"{of_sent}receipt/"):
        assert theirs.get(page).status_code == 404
    for page in (f"{employer}/", f"{employer}/applications/"):
        assert "Mallikas" not in text(theirs.get(page))
    assert theirs.post(f"{employer}/apply/", {"benefit": "sickness_allowance"}).status_code == 403
    listed = text(theirs.get(f"{employer}/"))
    assert "Sickness" not in listed


def test_the_right_to_apply_alone_does_not_open_it(aino: Client, client: Client) -> None:
    Mandate.objects.create(
        principal=cast.employer(), agent_user=cast.user("Cecilia"), rights=[rights.APPLY], valid_from=cast.AT.date()
    )
    draft = walked(aino, body())
    cecilia = come_in(client, "Cecilia")
    page = f"/en/employers/{cast.employer().pk}/apply/"
    assert cecilia.post(page, {"benefit": OURS}).status_code == 403
    assert cecilia.get(f"/en/apply/{draft.pk}/costs/").status_code == 404
    assert str(draft.pk) not in start_page(cecilia)
    send(aino, draft)
    assert cecilia.get(f"/en/applications/{Application.objects.get().pk}/").status_code == 404
    assert cecilia.get(f"/en/employers/{cast.employer().pk}/occupational-health/").status_code == 403
    assert begun(cecilia).benefit == "sickness_allowance"


def test_who_reads_decisions_sees_it_and_changes_nothing(aino: Client, client: Client) -> None:
    send(aino, walked(aino, body()))
    sent, bo = Application.objects.get(), come_in(client, "Bo")
    assert bo.get(f"/en/applications/{sent.pk}/").status_code == 200
    assert bo.post(f"/en/applications/{sent.pk}/correct/").status_code == 403
    assert bo.get(f"/en/applications/{sent.pk}/withdraw/").status_code == 403


def test_who_prepares_sees_what_was_sent_and_does_not_take_it_back(jonas: Client, ilona: Client) -> None:
    send(jonas, walked(ilona, body()))
    sent = Application.objects.get()
    assert ilona.get(f"/en/applications/{sent.pk}/").status_code == 200
    assert ilona.get(f"/en/applications/{sent.pk}/withdraw/").status_code == 403
    assert jonas.get(f"/en/applications/{sent.pk}/withdraw/").status_code == 200
    assert jonas.get(f"/en/employers/{cast.employer().pk}/data/json/").json()["applications"][0]["id"] == str(sent.pk)
    assert ilona.get(f"/en/employers/{cast.employer().pk}/data/json/").status_code == 403


def test_the_names_of_who_may_send_are_read_in_two_queries(django_assert_num_queries) -> None:
    employer = cast.employer()
    with django_assert_num_queries(2):
        found = who_holds(employer.pk, rights.OCCUPATIONAL_HEALTH_SEND, on=cast.AT.date())
    assert found == ["Aino Esimerkki", "Jonas Exempel", "Palkkapalvelu Esimerkki Oy (9000011-8)"]


@pytest.mark.parametrize(
    ("held", "call", "status"),
    [
        ([rights.APPLY], "applications", 403),
        ([rights.APPLY], "applications/validate", 403),
        ([rights.OCCUPATIONAL_HEALTH_PREPARE], "applications", 403),
        ([rights.OCCUPATIONAL_HEALTH_PREPARE], "applications/validate", 200),
        ([rights.OCCUPATIONAL_HEALTH_SEND], "applications/validate", 200),
        ([rights.OCCUPATIONAL_HEALTH_SEND], "applications", 201),
    ],
)
def test_machines_send_by_the_same_rights(held: list[str], call: str, status: int) -> None:
    Mandate.objects.filter(agent_organisation=machine_firm(), principal=cast.employer()).update(rights=held)
    answer = Machine().post(call, thirteen.example(OURS), key=KEY)
    assert answer.status_code == status, answer.content
    if status == 403:
        named = rights.SENDING if call == "applications" else rights.PREPARING
        assert answer.json()["right"] == named[0]


def machine_firm() -> Any:
    return cast.client_system().organisation
