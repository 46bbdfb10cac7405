"""Drafts by machine: begun with what is known, completed piece by piece, warned about and never refused for it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from employers.applications.expire import expire
from employers.applications.models import Application, Draft
from employers.records.models import ReadLog
from tests import cast
from tests.intake import thirteen
from tests.machine import EXAMPLE, KEY, Machine, body, codes
from tests.portal.test_api_openapi import shaped

pytestmark = pytest.mark.usefixtures("sandbox")
NOON = datetime(2026, 4, 15, 9, tzinfo=UTC)
BEGUN = {"employer": cast.BAKERY, "benefit": "sickness_allowance"}
WHO = {"employee": EXAMPLE["employee"]}


@pytest.fixture(autouse=True)
def april(clock_at) -> None:
    clock_at(NOON)


@pytest.fixture
def machine() -> Machine:
    return Machine()


def begun(machine: Machine, **said: Any) -> dict[str, Any]:
    answer = machine.post("drafts", BEGUN | said)
    assert answer.status_code == 201, answer.content
    return answer.json()


def patch(machine: Machine, draft: dict[str, Any], content: Any, *, version: str | None = None, kind: str = ""):
    seen = {"If-Match": version or f'"{draft["version"]}"'} if version != "" else {}
    return machine.http.patch(
        f"/api/v1/drafts/{draft['id']}",
        content,
        content_type=kind or "application/merge-patch+json",
        headers=machine.headers(seen),
    )


def send(machine: Machine, draft: dict[str, Any], **headers: str):
    return machine.post(f"drafts/{draft['id']}/submission", key=f"{KEY}-{draft['id']}", headers=headers)


def test_it_begins_with_little_and_tells_what_is_missing_as_warnings(machine):
    answer = machine.post("drafts", BEGUN)
    told = answer.json()
    assert (answer.status_code, answer["ETag"], answer["Location"]) == (201, '"1"', f"/api/v1/drafts/{told['id']}")
    assert shaped("Draft", told) == []
    assert (told["status"], told["changed_by"], told["body"], told["application"]) == ("open", "agent", {}, None)
    assert told["kept_until"] == "2026-05-15"
    assert {problem["severity"] for problem in told["problems"]} == {"warning"}
    assert ("/employee", "required") in [(one["pointer"], one["code"]) for one in told["problems"]]


def test_each_completes_a_part_and_what_nobody_mentions_stays(machine):
    draft = begun(machine, **WHO, absence={"start": "2026-03-02"}, pay_basis="full")
    answer = patch(machine, draft, {"body": {"absence": {"end": "2026-04-10"}, "pay_basis": None}})
    told = answer.json()
    assert (answer.status_code, answer["ETag"], told["version"]) == (200, '"2"', 2)
    assert told["body"] == WHO | {"absence": {"start": "2026-03-02", "end": "2026-04-10"}}
    assert machine.get(f"drafts/{draft['id']}").json() == told


@pytest.mark.parametrize("benefit", thirteen.BENEFITS)
def test_a_whole_claim_of_every_benefit_is_sent_as_it_would_be_without_a_draft(machine, benefit):
    said = thirteen.example(benefit)
    draft = begun(machine, **said)
    answer = send(machine, draft)
    assert answer.status_code == 201, answer.content
    assert shaped("Application", answer.json()) == []
    assert (answer.json()["reference"], answer.json()["channel"]) == (said["reference"], "api")
    gone = machine.get(f"drafts/{draft['id']}").json()
    assert (gone["status"], gone["application"], gone["body"]) == ("sent", answer.json()["id"], {})


def test_without_a_reference_it_gets_one_of_ours(machine):
    sent = send(machine, begun(machine, **body(reference=...)))
    assert len(sent.json()["reference"]) == 9


def test_what_stands_against_it_is_told_when_it_is_sent_and_the_draft_stays(machine):
    draft = begun(machine, **body(absence={"start": "2026-04-10", "end": "2026-03-02"}))
    refused = send(machine, draft)
    assert refused.status_code == 422
    assert ("/absence/end", "before_start") in codes(refused)
    assert machine.get(f"drafts/{draft['id']}").json()["status"] == "open"
    assert not Application.objects.exists()


def test_strictly_a_warning_stands_against_it_too(machine):
    draft = begun(machine, **body(insurer_case="traffic"))
    assert send(machine, draft, Prefer="handling=strict").status_code == 422
    assert send(machine, draft).status_code == 201


def test_sent_twice_it_is_one_application(machine):
    draft = begun(machine, **EXAMPLE)
    first, again = send(machine, draft), send(machine, draft)
    assert (again.content, again["Idempotency-Replayed"]) == (first.content, "true")
    other = machine.post(f"drafts/{draft['id']}/submission", key=f"{KEY}-other")
    assert (other.status_code, other.json()["code"]) == (409, "draft-sent")
    assert other.json()["existing"]["id"] == first.json()["id"]
    assert machine.post(f"drafts/{draft['id']}/submission").json()["code"] == "idempotency-key-missing"
    assert patch(machine, draft, {"ready": True}).json()["code"] == "draft-sent"
    assert machine.delete(f"drafts/{draft['id']}").json()["code"] == "draft-sent"
    assert ReadLog.objects.filter(action="submission").count() == 2  # a replay shows the person too


def test_the_same_claim_sent_before_is_a_duplicate(machine):
    machine.submit()
    answer = send(machine, begun(machine, **EXAMPLE))
    assert (answer.status_code, answer.json()["code"]) == (409, "duplicate")


def test_a_key_begins_one_draft_and_none_is_needed(machine):
    first = machine.post("drafts", BEGUN, key=KEY)
    again = machine.post("drafts", BEGUN, key=KEY)
    assert (again.content, again["Idempotency-Replayed"]) == (first.content, "true")
    machine.post("drafts", BEGUN)
    assert Draft.objects.count() == 2


def test_a_change_names_the_version_it_was_made_from(machine):
    draft = begun(machine)
    none = patch(machine, draft, {"body": WHO}, version="")
    assert (none.status_code, none.json()["code"]) == (428, "if-match-missing")
    for stale in ('"7"', "*", 'W/"1"', "1", "x" * 5000):
        answer = patch(machine, draft, {"body": WHO}, version=stale)
        assert (answer.status_code, answer.json()["code"], answer.json()["current"]) == (412, "version-stale", 1)
    assert patch(machine, draft, {"body": WHO}).status_code == 200
    late = machine.http.delete(f"/api/v1/drafts/{draft['id']}", headers=machine.headers({"If-Match": '"1"'}))
    assert (late.status_code, late.json()["current"]) == (412, 2)
    assert send(machine, draft, **{"If-Match": '"1"'}).status_code == 412


def test_it_is_ready_until_the_next_change(machine):
    draft = patch(machine, begun(machine), {"body": WHO, "ready": True}).json()
    assert (draft["status"], draft["version"]) == ("ready", 3)
    assert patch(machine, draft, {}).json() == draft
    draft = patch(machine, draft, {"ready": False}).json()
    assert draft["status"] == "open"
    assert patch(machine, patch(machine, draft, {"ready": True}).json(), {"body": WHO}).json()["status"] == "open"


def test_thrown_away_it_is_gone(machine):
    draft = begun(machine)
    assert machine.delete(f"drafts/{draft['id']}").status_code == 204
    assert machine.get(f"drafts/{draft['id']}").status_code == 404
    assert machine.delete(f"drafts/{draft['id']}").status_code == 404


def test_the_list_is_newest_first_without_anything_personal(machine):
    drafts = [begun(machine, **WHO)["id"] for _ in range(3)]
    patch(machine, {"id": drafts[0], "version": 1}, {"ready": True})
    found = machine.get("drafts?limit=2")
    assert shaped("DraftPage", found.json()) == []
    assert [one["id"] for one in found.json()["items"]] == drafts[:0:-1]
    assert [one["id"] for one in machine.get(f"drafts?cursor={found.json()['next']}").json()["items"]] == drafts[:1]
    assert "Esimerkki" not in found.content.decode()
    assert not ReadLog.objects.exists()
    for query, count in {"status=ready": 1, "status=sent": 0, "benefit=donor_allowance": 0,
                         "employer=9000004-6": 3, "employer=9999991-7": 0, "employer=x": 0}.items():  # fmt: skip
        assert len(machine.get(f"drafts?{query}").json()["items"]) == count, query
    assert codes(machine.get("drafts?status=new&benefit=x")) == [
        ("/benefit", "invalid_choice"),
        ("/status", "invalid_choice"),
    ]


def test_every_read_of_a_known_person_leaves_a_row(machine):
    machine.submit()
    draft = begun(machine, **EXAMPLE)
    machine.get(f"drafts/{draft['id']}")
    patch(machine, draft, {"ready": True})
    rows = ReadLog.objects.filter(action="draft")
    assert {(row.person, row.principal) for row in rows} == {
        (Application.objects.get().person_id, cast.employer().pk),
    }
    assert rows.count() == 2


def test_idle_for_a_month_it_goes(machine):
    draft = begun(machine)
    assert expire(at=NOON + timedelta(days=30)) == 0
    assert expire(at=NOON + timedelta(days=30, seconds=1)) == 1
    assert machine.get(f"drafts/{draft['id']}").status_code == 404


def test_the_number_of_queries_does_not_depend_on_rows(machine):
    found = []
    assert machine.token
    for many in (1, 5):
        for _ in range(many):
            begun(machine, **WHO)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            machine.get("drafts")
        found.append(len(queries))
    assert found[0] == found[1] <= 9
