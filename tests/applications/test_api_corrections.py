"""Saying an application anew over HTTP: a version before the decision and a request after it, once."""

from datetime import timedelta
from decimal import Decimal

import pytest

from employers.applications.ask import ask
from employers.applications.decide import decide
from employers.applications.models import Application, ApplicationVersion, StatusChange
from employers.applications.models_corrections import CorrectionRequest
from employers.applications.reopen import refuse_correction
from employers.applications.withdraw import withdraw
from employers.benefits.claim import Income
from employers.records import clock, events
from employers.records.models import Event, IdempotencyKey, ReadLog
from tests.cast import by_client, by_official, client_system, employer
from tests.machine import KEY, Machine, body, codes

pytestmark = pytest.mark.usefixtures("sandbox")

DAYS = {"start": "2026-03-02", "end": "2026-03-31"}
SHORTER = {"absence": DAYS, "pay_periods": [DAYS | {"amount": "3000.00"}], "reason": "The last day was wrong."}
DIFF = [
    {"pointer": "/absence/end", "before": "2026-04-10", "after": "2026-03-31"},
    {"pointer": "/pay_periods/0/end", "before": "2026-04-10", "after": "2026-03-31"},
    {"pointer": "/pay_periods/0/amount", "before": "3600.00", "after": "3000.00"},
]


@pytest.fixture
def machine() -> Machine:
    return Machine()


@pytest.fixture
def one(machine: Machine) -> str:
    return machine.submit().json()["id"]


def correct(machine: Machine, one: str, *, version: str | None = '"1"', key: str = KEY, prefer: str = "", **said):
    headers = ({"If-Match": version} if version is not None else {}) | ({"Prefer": prefer} if prefer else {})
    return machine.post(f"applications/{one}/corrections", body(**{**SHORTER, **said}), key=key, headers=headers)


def decided(one: str, outcome: str = "granted") -> None:
    income = Income(after_deduction=Decimal(40000))
    decide(application_id=one, outcome=outcome, reason="So.", by=by_official(), at=clock.now(), income=income)


def versions(one: str) -> list[int]:
    return list(ApplicationVersion.objects.filter(application=one).order_by("number").values_list("number", flat=True))


def test_a_correction_is_the_next_version_with_what_changed(machine, one):
    answer = correct(machine, one)
    found = answer.json()
    assert answer.status_code == 201
    assert (answer.headers["ETag"], answer.headers["Location"]) == ('"2"', f"/api/v1/applications/{one}")
    assert (found["id"], found["version"], found["status"], found["absence"]) == (one, 2, "submitted", DAYS)
    assert (found["diff"], found["request"]) == (DIFF, None)
    read = machine.get(f"applications/{one}")
    assert (read.headers["ETag"], read.json()) == (
        '"2"',
        {k: v for k, v in found.items() if k not in ("diff", "request")},
    )


def test_every_record_names_the_client_the_acting_organisation_and_the_mandate(machine, one):
    correct(machine, one)
    system = client_system()
    held = system.organisation.mandates_held.get(principal=employer()).pk
    for record in (*StatusChange.objects.all(), *ApplicationVersion.objects.all()):
        assert (record.client, record.acting_organisation, record.mandate) == (system, system.organisation, held)
        assert record.application.organisation == employer()
    assert Event.objects.filter(type=events.CORRECTED, application=one, organisation=employer().pk).count() == 1
    [row] = ReadLog.objects.filter(action="correct")
    assert (row.actor, row.organisation, row.principal, row.mandate) == (
        system.pk, system.organisation_id, employer().pk, held,
    )  # fmt: skip


def test_without_saying_which_version_was_seen_nothing_happens(machine, one):
    answer = correct(machine, one, version=None)
    assert (answer.status_code, answer.json()["code"]) == (428, "if-match-missing")
    assert versions(one) == [1]


@pytest.mark.parametrize("version", ['"2"', '"0"', "1", 'W/"1"', "*", '""', "nonsense"])
def test_a_version_that_is_not_in_force_is_refused_and_the_one_in_force_is_told(machine, one, version):
    answer = correct(machine, one, version=version)
    assert (answer.status_code, answer.json()["code"], answer.json()["current"]) == (412, "version-stale", 1)
    assert answer.headers["ETag"] == '"1"'
    assert versions(one) == [1]
    assert not IdempotencyKey.objects.filter(route__endswith="corrections").exists()


def test_one_of_several_versions_will_do(machine, one):
    assert correct(machine, one, version='"7", "1"').status_code == 201


def test_what_changed_meanwhile_is_not_overwritten(machine, one):
    assert correct(machine, one).status_code == 201
    stale = correct(machine, one, key=f"{KEY}-second", reason="Another.", pay_basis="part")
    assert (stale.status_code, stale.json()["current"]) == (412, 2)
    assert correct(machine, one, key=f"{KEY}-third", version='"2"', pay_basis="part").json()["diff"] == [
        {"pointer": "/pay_basis", "before": "full", "after": "part"}
    ]
    assert versions(one) == [1, 2, 3]


@pytest.mark.parametrize(
    ("said", "errors"),
    [
        ({"reason": ...}, [("/reason", "required")]),
        ({"reason": "  "}, [("/reason", "required")]),
        ({"reason": "x" * 1001}, [("/reason", "too_long")]),
        ({"reason": 1, "pay_basis": "half"}, [("/pay_basis", "invalid_choice"), ("/reason", "invalid_type")]),
        ({"why": "x"}, [("/why", "unknown_field")]),
        ({"absence": {"start": "2026-03-31", "end": "2026-03-02"}, "pay_periods": [DAYS | {"amount": "3000.00"}]},
         [("/absence/end", "before_start")]),
        ({"benefit": "donor_allowance", "details": {"earnings_lost": "10.00"}}, [("/benefit", "other_benefit")]),
        ({"employee": {"personal_identity_code": "040490-916K", "given_name": "A", "family_name": "B"}},
         [("/employee/personal_identity_code", "other_person")]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_all_at_once(machine, one, said, errors):
    answer = correct(machine, one, **said)
    assert (answer.status_code, answer.json()["code"]) == (422, "validation-failed")
    assert set(errors) <= set(codes(answer))
    assert versions(one) == [1]


def test_a_correction_stays_with_its_employer(machine, one):
    """A foreign employer and an unknown one are told alike, and alone."""
    told = [correct(machine, one, employer=number) for number in ("9000008-9", "9000024-9")]
    assert [(answer.status_code, codes(answer)) for answer in told] == [(422, [("/employer", "employer_unknown")])] * 2
    assert codes(correct(machine, one, employer="9000006-2")) == [("/employer", "other_employer")]


def test_the_reference_stays_what_it_was(machine, one):
    found = correct(machine, one, reference="another").json()
    assert (found["reference"], found["diff"]) == ("row-4711", DIFF)


def test_what_says_nothing_new_is_told_so(machine, one):
    answer = machine.post(
        f"applications/{one}/corrections", body(reason="Again."), key=KEY, headers={"If-Match": '"1"'}
    )
    assert (answer.status_code, codes(answer)) == (422, [("", "unchanged")])


def test_strict_makes_warnings_errors(machine, one):
    inside = {"other_days": [{"start": "2026-03-16", "end": "2026-03-17", "kind": "annual_leave"}]}
    refused = correct(machine, one, prefer="handling=strict", **inside)
    assert refused.status_code == 422
    assert {error["severity"] for error in refused.json()["errors"]} == {"error"}
    assert "annual_leave_inside" in {code for _pointer, code in codes(refused)}
    kept = correct(machine, one, **inside)
    assert (kept.status_code, "annual_leave_inside" in {found["code"] for found in kept.json()["problems"]}) == (
        201,
        True,
    )


def test_overlap_with_another_application_is_a_conflict(machine, one):
    april = {"start": "2026-04-13", "end": "2026-04-30"}
    other = machine.submit(1, reference="april", absence=april, pay_periods=[april | {"amount": "1.00"}]).json()["id"]
    longer = {"start": "2026-03-02", "end": "2026-04-20"}
    answer = correct(machine, one, absence=longer, pay_periods=[longer | {"amount": "3000.00"}])
    assert (answer.status_code, answer.json()["code"]) == (409, "overlap")
    assert [found["id"] for found in answer.json()["existing"]] == [other]


def test_the_same_key_again_gets_the_same_bytes_and_no_second_version(machine, one):
    """Fault 7: the version has moved on by the correction itself, and the retry still gets its answer."""
    first, again = correct(machine, one), correct(machine, one)
    assert (first.status_code, again.status_code, again.content) == (201, 201, first.content)
    assert (again.headers["Idempotency-Replayed"], again.headers["ETag"]) == ("true", '"2"')
    assert versions(one) == [1, 2]
    assert correct(machine, one, reason="Another.").json()["code"] == "idempotency-key-reused"
    assert correct(machine, one, key="").json()["code"] == "idempotency-key-missing"
    assert ReadLog.objects.filter(action="correct").count() == 2


def test_a_correction_answers_a_question(machine, one):
    due = clock.today() + timedelta(days=14)
    ask(application_id=one, items=[("pay_detail", "")], due=due, by=by_official(), at=clock.now())
    assert correct(machine, one).json()["status"] == "in_handling"


def test_after_the_decision_it_is_a_request_that_an_official_takes_up(machine, one):
    decided(one)
    answer = correct(machine, one)
    found = answer.json()
    assert (answer.status_code, answer.headers["ETag"], found["version"], found["status"]) == (202, '"1"', 1, "decided")
    assert (found["absence"]["end"], found["diff"]) == ("2026-04-10", DIFF)
    request = CorrectionRequest.objects.get()
    assert found["request"] == {"id": str(request.pk), "status": "waiting"}
    system = client_system()
    assert (request.client, request.acting_organisation) == (system, system.organisation)
    assert request.mandate == system.organisation.mandates_held.get(principal=employer()).pk
    assert correct(machine, one).headers["Idempotency-Replayed"] == "true"
    waits = correct(machine, one, key=f"{KEY}-second", pay_basis="part")
    assert (waits.status_code, waits.json()["code"]) == (409, "correction-waits")
    assert versions(one) == [1]


def test_what_became_of_a_request_can_be_read(machine, one):
    decided(one)
    correct(machine, one)
    request = CorrectionRequest.objects.get()
    [waiting] = machine.get(f"applications/{one}/corrections").json()["items"]
    assert (waiting["status"], waiting["reason"], waiting["diff"]) == ("waiting", SHORTER["reason"], DIFF)
    assert (waiting["kind"], waiting["version"], waiting["answer"], waiting["answered_at"]) == (
        "correct",
        1,
        None,
        None,
    )
    refuse_correction(request_id=request.pk, answer="The decision stands.", by=by_official(), at=clock.now())
    [refused] = machine.get(f"applications/{one}/corrections").json()["items"]
    assert (refused["status"], refused["answer"]) == ("refused", "The decision stands.")
    assert ReadLog.objects.filter(action="corrections").count() == 2


def test_nothing_is_corrected_after_it_was_withdrawn(machine, one):
    withdraw(application_id=one, reason="A mistake.", by=by_client(), at=clock.now())
    answer = correct(machine, one)
    assert (answer.status_code, answer.json()["code"]) == (409, "wrong-state")
    assert answer.json()["application_status"] == "withdrawn"
    assert Application.objects.get().version == 1
