"""Sending and validating over HTTP: what comes back, what is written, what stands in the way."""

import pytest

from employers.applications.models import Application, ApplicationVersion
from employers.people.models import Person
from employers.records.models import Event, IdempotencyKey
from tests.machine import EXAMPLE, KEY, Machine, body, codes

pytestmark = pytest.mark.usefixtures("sandbox")


def test_an_application_is_answered_with_what_was_said_and_what_became_of_it():
    answer = Machine().submit()
    assert answer.status_code == 201
    found = answer.json()
    assert {name: found[name] for name in EXAMPLE} == EXAMPLE
    assert (found["version"], found["status"], found["channel"]) == (1, "submitted", "api")
    assert found["submitted_at"].endswith("Z")
    assert found["estimate"]["payable_days"] == 23
    assert found["links"]["self"] == answer.headers["Location"] == f"/api/v1/applications/{found['id']}"
    assert answer.headers["ETag"] == '"1"'


def test_warnings_come_back_and_stay_with_the_application():
    machine = Machine()
    sent = machine.submit(insurer_case="traffic").json()
    assert ("/insurer_case", "insurer_first") in [(one["pointer"], one["code"]) for one in sent["problems"]]
    assert machine.get(f"applications/{sent['id']}").json()["problems"] == sent["problems"]


def test_what_blocks_payment_does_not_block_sending():
    answer = Machine().submit(employer="9000001-1")
    assert answer.status_code == 201
    assert {"bank_account_missing", "consent_missing"} <= {problem["code"] for problem in answer.json()["problems"]}


def test_validate_says_the_same_and_writes_nothing():
    answer = Machine().post("applications/validate", body(insurer_case="traffic"))
    assert answer.status_code == 200
    assert answer.json()["estimate"]["payable_days"] == 23
    assert "insurer_first" in [problem["code"] for problem in answer.json()["problems"]]
    assert not any(model.objects.exists() for model in (Application, ApplicationVersion, Person, Event, IdempotencyKey))


def test_validate_refuses_what_submit_refuses():
    wrong = body(employee=..., pay_periods=[{"start": "2026-03-02", "end": "2026-04-11", "amount": "1.00"}])
    machine = Machine()
    validated, sent = machine.post("applications/validate", wrong), machine.post("applications", wrong, key=KEY)
    assert validated.status_code == sent.status_code == 422
    assert codes(validated) == codes(sent)
    assert {("/employee", "required"), ("/pay_periods/0/end", "outside_absence")} <= set(codes(sent))


def test_warnings_become_errors_when_the_caller_is_strict():
    machine, strict = Machine(), {"Prefer": "respond-async, handling=strict"}
    answer = machine.post("applications", body(insurer_case="traffic"), key=KEY, headers=strict)
    assert answer.status_code == 422
    assert {error["severity"] for error in answer.json()["errors"]} == {"error"}
    assert not Application.objects.exists()


def test_the_same_claim_under_a_new_key_is_a_duplicate_whatever_its_reference():
    machine = Machine()
    first = machine.submit().json()
    answer = machine.submit(1, reference="another")
    assert (answer.status_code, answer.json()["code"]) == (409, "duplicate")
    assert answer.json()["existing"] == {
        "id": first["id"],
        "href": first["links"]["self"],
        "status": "submitted",
        "submitted_at": first["submitted_at"],
    }


def test_other_content_for_some_of_the_same_days_overlaps():
    machine = Machine()
    first = machine.submit().json()
    answer = machine.submit(1, reference="another", pay_basis="part")
    assert (answer.status_code, answer.json()["code"]) == (409, "overlap")
    assert [found["id"] for found in answer.json()["existing"]] == [first["id"]]
    assert answer.json()["detail"]


def test_a_reference_is_used_once():
    machine = Machine()
    machine.submit()
    later = {"start": "2026-06-01", "end": "2026-06-30"}
    answer = machine.submit(1, absence=later, pay_periods=[later | {"amount": "3000.00"}])
    assert (answer.status_code, codes(answer)) == (422, [("/reference", "reference_taken")])


def test_words_follow_the_caller_and_codes_do_not():
    answers = {language: Machine(language=language).submit(insurer_case="x") for language in ("fi", "sv", "en")}
    assert {tuple(codes(answer)) for answer in answers.values()} == {(("/insurer_case", "invalid_choice"),)}
    assert {language: answer.headers["Content-Language"] for language, answer in answers.items()} == {
        "fi": "fi",
        "sv": "sv",
        "en": "en",
    }


def test_an_identity_code_is_nowhere_in_the_clear():
    machine = Machine()
    sent = machine.submit()
    code = EXAMPLE["employee"]["personal_identity_code"]
    assert code in sent.content.decode()
    kept = IdempotencyKey.objects.get()
    assert code.encode() not in bytes(kept.body)
    assert code not in f"{kept.route}{kept.headers}"
    assert code.encode() not in bytes(ApplicationVersion.objects.values_list("content", flat=True).get())
