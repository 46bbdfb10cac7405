"""Every kind of bad input has an error of its own, at its own place, all of them at once, and never a 500."""

import json
from typing import Any

import pytest

from employers.applications.models import Application
from employers.records.models import IdempotencyKey
from tests.machine import EXAMPLE, KEY, Machine, body, codes

pytestmark = pytest.mark.usefixtures("sandbox")

PAY = {"start": "2026-03-02", "end": "2026-03-31", "amount": "3000.00"}
LATER = {"start": "2026-03-31", "end": "2026-04-10", "amount": "1000.00"}
PERSON = EXAMPLE["employee"]
IDENTITY_CODE = "/employee/personal_identity_code"
OTHER = {"start": "2026-03-03", "end": "2026-03-03", "kind": "unpaid"}
NOWHERE = "01a2006e-87d8-74b6-aab1-46b3f694a12f"

WRONG: list[tuple[dict[str, Any], str, str]] = [
    ({"employer": "9000004-5"}, "/employer", "business_id_invalid"),
    ({"employer": ...}, "/employer", "required"),
    ({"benefit": ...}, "/benefit", "required"),
    ({"benefit": "sick"}, "/benefit", "invalid_choice"),
    ({"reference": "spaces are out"}, "/reference", "reference_invalid"),
    ({"reference": "x" * 65}, "/reference", "reference_invalid"),
    ({"employee": PERSON | {"personal_identity_code": "010190-9124"}}, IDENTITY_CODE, "identity_code_invalid"),
    ({"employee": PERSON | {"personal_identity_code": 10190}}, IDENTITY_CODE, "invalid_type"),
    ({"employee": PERSON | {"personal_identity_code": "\uff1010190-9123"}}, IDENTITY_CODE, "identity_code_invalid"),
    ({"employee": PERSON | {"given_name": " "}}, "/employee/given_name", "required"),
    ({"employee": PERSON | {"given_name": "x" * 101}}, "/employee/given_name", "too_long"),
    ({"employee": PERSON | {"given_name": "a\x00b"}}, "/employee/given_name", "not_text"),
    ({"employee": PERSON | {"age": 36}}, "/employee/age", "unknown_field"),
    ({"employee": ...}, "/employee", "required"),
    ({"employment": {"end": None}}, "/employment/start", "required"),
    ({"employment": {"start": "2026-03-03"}}, "/employment/start", "before_employment"),
    ({"absence": ...}, "/absence", "required"),
    ({"absence": {"start": "2026-04-11", "end": "2026-04-10"}}, "/absence/end", "before_start"),
    ({"absence": {"start": "2026-02-30", "end": "2026-04-10"}}, "/absence/start", "date_invalid"),
    ({"absence": {"start": "2.3.2026", "end": "2026-04-10"}}, "/absence/start", "date_invalid"),
    ({"absence": ["2026-03-02", "2026-04-10"]}, "/absence", "invalid_type"),
    ({"pay_periods": ...}, "/pay_periods", "pay_periods_missing"),
    ({"pay_periods": [PAY, LATER]}, "/pay_periods/1", "overlapping_periods"),
    ({"pay_periods": [PAY | {"end": "2026-03-01"}]}, "/pay_periods/0/end", "before_start"),
    ({"pay_periods": [PAY | {"end": "2026-04-11"}]}, "/pay_periods/0/end", "outside_absence"),
    ({"pay_periods": [PAY | {"amount": 3000}]}, "/pay_periods/0/amount", "money_invalid"),
    ({"pay_periods": [PAY | {"amount": "3000.0"}]}, "/pay_periods/0/amount", "money_invalid"),
    ({"pay_periods": [PAY | {"amount": "NaN"}]}, "/pay_periods/0/amount", "money_invalid"),
    ({"pay_periods": [PAY | {"amount": "-0.01"}]}, "/pay_periods/0/amount", "amount_negative"),
    ({"pay_periods": [PAY] * 61}, "/pay_periods", "too_many_items"),
    ({"pay_basis": ...}, "/pay_basis", "required"),
    ({"pay_basis": "half"}, "/pay_basis", "invalid_choice"),
    ({"other_days": [OTHER | {"start": "2026-03-01"}]}, "/other_days/0/start", "outside_absence"),
    ({"other_days": [OTHER | {"kind": "ill"}]}, "/other_days/0/kind", "invalid_choice"),
    ({"continues_application": "12"}, "/continues_application", "id_invalid"),
    ({"continues_application": NOWHERE}, "/continues_application", "unknown_application"),
    ({"payment_reference": "1232", "payment_specifier": "March"}, "/payment_specifier", "reference_and_specifier"),
    ({"payment_reference": "1234"}, "/payment_reference", "payment_reference_invalid"),
    ({"payment_specifier": "x" * 21}, "/payment_specifier", "specifier_too_long"),
    ({"contact": {"fax": "1"}}, "/contact/fax", "unknown_field"),
    ({"details": {"x": 1}}, "/details/x", "unknown_field"),
    ({"details": []}, "/details", "invalid_type"),
    ({"annual_income": "40000.00"}, "/annual_income", "unknown_field"),
    ({"colour": "red"}, "/colour", "unknown_field"),
    ({"010190-9123": "red"}, "", "unknown_field"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "pointer", "code"), WRONG, ids=[f"{pointer} {code}" for _, pointer, code in WRONG])
def test_one_thing_wrong_gives_one_error_there(changes, pointer, code):
    answer = Machine().submit(**changes)
    errors = [error for error in answer.json()["errors"] if error["severity"] == "error"]
    assert answer.status_code == 422
    assert [(error["pointer"], error["code"]) for error in errors] == [(pointer, code)]
    assert all(error["detail"] and error["help"] for error in errors)
    assert not Application.objects.exists()
    assert not IdempotencyKey.objects.exists()


def test_everything_wrong_is_told_at_once():
    answer = Machine().submit(
        colour="red",
        employer="9000004-5",
        employee=PERSON | {"personal_identity_code": "010190-9124"},
        absence={"start": "2026-04-11", "end": "2026-04-10"},
        insurer_case="who",
    )
    assert set(codes(answer)) == {
        ("/colour", "unknown_field"),
        ("/employer", "business_id_invalid"),
        ("/employee/personal_identity_code", "identity_code_invalid"),
        ("/absence/end", "before_start"),
        ("/insurer_case", "invalid_choice"),
    }


def test_the_offending_value_is_not_repeated():
    secrets = body(employee=PERSON | {"personal_identity_code": "131052-308X"}) | {
        "131052-308T": 1,
        "reference": "131052-308T!",
    }
    assert b"131052" not in Machine().post("applications", secrets, key=KEY).content


def test_a_temporary_identity_code_is_refused_outside_the_sandbox(settings):
    settings.SANDBOX = False
    assert codes(Machine().submit()) == [("/employee/personal_identity_code", "identity_code_invalid")]


UNREADABLE = {
    "binary": b"\x89PNG\r\n\x1a\n\x00\xff",
    "empty": b"",
    "cut off": b'{"employer": "9000004-6"',
    "two documents": b"{} {}",
    "a name twice": b'{"employer": "9000004-6", "employer": "9000008-9"}',
    "NaN": b'{"employer": NaN}',
    "infinity": b'{"employer": -Infinity}',
    "too deep": b"[" * 100 + b"]" * 100,
    "far too deep": b"[" * 100_000,
    "half a character": b'{"reference": "\\ud800"}',
    "latin-1": '{"given_name": "Väinö"}'.encode("latin-1"),
    "an enormous number": b'{"employer": ' + b"9" * 10_000 + b"}",
}


@pytest.mark.parametrize("content", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_what_is_not_one_json_document_is_refused(content):
    answer = Machine().post("applications", content, key=KEY)
    assert (answer.status_code, answer.json()["code"]) == (400, "malformed-request")


@pytest.mark.parametrize("content", [[], "text", 1, None, True])
def test_json_that_is_no_object_is_refused(content):
    answer = Machine().post("applications", content, key=KEY)
    assert (answer.status_code, codes(answer)) == (422, [("", "invalid_type")])


def test_twenty_megabytes_are_refused():
    answer = Machine().post("applications", json.dumps(body(additional_information="x" * 20 * 2**20)).encode(), key=KEY)
    assert (answer.status_code, answer.json()["code"]) == (413, "body-too-large")


@pytest.mark.parametrize(
    "kind", ["text/csv", "application/octet-stream", "multipart/form-data; boundary=x", "text/plain"]
)
def test_another_content_type_is_refused(kind):
    answer = Machine().post("applications", b"a;b", key=KEY, kind=kind)
    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported-media-type")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ({"employer": "9000004-6", "x": 1}, [("/x", "unknown_field")]),
        ({"employer": 5}, [("/employer", "invalid_type")]),
        ({"010190-9123": 1}, [("", "unknown_field"), ("/employer", "required")]),
    ],
)
def test_the_body_of_a_sync_is_read_as_strictly(content, expected):
    answer = Machine().post("register-syncs", content, key=KEY)
    assert (answer.status_code, codes(answer)) == (422, expected)
    assert "010190" not in answer.content.decode()
