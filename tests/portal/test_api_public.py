"""What needs no token: parameters and codes, unchanged ones not sent twice."""

import pytest

from employers.benefits.claim import BENEFITS
from employers.organisations import rights
from tests.machine import Machine, codes

pytestmark = pytest.mark.usefixtures("sandbox")


def public(call: str, **headers: str):
    return Machine().http.get(
        f"/api/v1/{call}", headers={name.replace("_", "-"): text for name, text in headers.items()}
    )


def test_parameters_of_a_day_have_source_and_status():
    found = {item["name"]: item for item in public("parameters?on=2026-01-01").json()["items"]}
    limit = found["sickness.income_limit"]
    assert (limit["value"], limit["valid_from"], limit["status"]) == ("28899", "2026-01-01", "official")
    assert limit["reference"]
    earlier = {item["name"]: item["value"] for item in public("parameters?on=2025-12-31").json()["items"]}
    assert earlier["sickness.income_limit"] == "28241"


@pytest.mark.parametrize("day", ["", "today", "2026-02-30", "20260101", "%00"])
def test_a_day_that_is_none_is_refused(day):
    answer = public(f"parameters?on={day}")
    assert (answer.status_code, codes(answer)) == (422, [("/on", "date_invalid")])


def test_codes_are_named_in_three_languages():
    found = public("codes").json()
    assert [item["code"] for item in found["benefits"]] == list(BENEFITS)
    assert [item["code"] for item in found["rights"]] == list(rights.RIGHTS)
    assert all(set(item["name"]) == {"fi", "sv", "en"} for item in found["benefits"])
    severities = {item["code"]: item["severity"] for item in found["problems"]}
    assert (severities["late"], severities["before_start"], severities["bank_account_missing"]) == (
        "warning",
        "error",
        "warning",
    )


def test_codes_say_what_each_call_needs_and_nothing_internal():
    calls = {item["call"]: item for item in public("codes").json()["calls"]}
    assert calls["POST /applications"] == {
        "call": "POST /applications",
        "scope": "applications.write",
        "rights": ["apply"],
        "occupational_health": ["occupational_health_send"],
        "token": True,
    }
    assert b"segment" not in public("codes").content


@pytest.mark.parametrize("call", ["codes", "parameters?on=2026-01-01"])
def test_what_the_caller_holds_is_not_sent_again(call):
    first = public(call)
    again = public(call, If_None_Match=f'"other", W/{first.headers["ETag"]}')
    assert (again.status_code, again.content) == (304, b"")
    assert public(call, If_None_Match='"other"').status_code == 200
