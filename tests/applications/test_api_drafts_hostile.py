"""Drafts that nobody would send: hostile patches and beginnings change nothing and are told what is wrong."""

from typing import Any

import pytest

from employers.applications.models import Draft
from tests.applications.test_api_drafts import BEGUN, WHO, begun, patch
from tests.machine import EXAMPLE, KEY, Machine, codes

pytestmark = pytest.mark.usefixtures("sandbox")


@pytest.fixture
def machine() -> Machine:
    return Machine()


HOSTILE: dict[str, tuple[Any, int]] = {
    "duplicate names": (b'{"body": {"absence": {"start": "2026-03-02"}}, "body": {}}', 400),
    "too deep": (b'{"body": ' + b'{"a":' * 400 + b"1" + b"}" * 401, 400),
    "not a number": (b'{"body": {"details": NaN}}', 400),
    "half a character": (b'{"body": {"additional_information": "\\ud800"}}', 400),
    "nothing": (b"", 400),
    "a list": ([], 422),
    "null": (b"null", 422),
    "an unknown member": ({"status": "sent"}, 422),
    "an unknown member taken out": ({"body": {"emplyee": None}}, 422),
    "another employer": ({"body": {"employer": "9000008-9"}}, 422),
    "another benefit": ({"body": {"benefit": "donor_allowance"}}, 422),
    "no body": ({"body": None}, 422),
    "a list for a body": ({"body": [1]}, 422),
    "ready by word": ({"ready": "yes"}, 422),
    "null among entries": ({"body": {"pay_periods": [None]}}, 422),
    "too many entries": ({"body": {"pay_periods": [{}] * 61}}, 422),
    "an object for a day": ({"body": {"absence": {"start": {"x": "y"}}}}, 422),
    "no day of any year": ({"body": {"absence": {"start": "2026-02-30"}}}, 422),
    "a wrong check character": ({"body": {"employee": {"personal_identity_code": "010190-9124"}}}, 422),
    "pay as a number": ({"body": {"pay_periods": [{"amount": 3600.0}]}}, 422),
    "details of another benefit": ({"body": {"details": {"hazards": ["noise"]}}}, 422),
    "control characters": ({"body": {"contact": {"name": "a\u0000b"}}}, 422),
    "null everywhere": ({"body": dict.fromkeys([*EXAMPLE][2:])}, 200),
    "nothing said in many words": ({"body": {"absence": {"start": None}, "pay_periods": [{}, {"start": None}]}}, 200),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_what_a_patch_cannot_be_changes_nothing(machine, what):
    content, status = HOSTILE[what]
    draft = begun(machine, **WHO)
    answered = patch(machine, draft, content, kind="application/json")
    assert answered.status_code == status, answered.content
    if status != 200:
        assert machine.get(f"drafts/{draft['id']}").json() == draft
        assert "010190" not in answered.content.decode()


def test_a_beginning_that_cannot_be_read_is_refused_with_all_that_is_wrong(machine):
    wrong = machine.post("drafts", {"benefit": "holidays", "absence": [], "colour": "red", "pay_basis": 5})
    assert sorted(codes(wrong)) == [
        ("/absence", "invalid_type"), ("/benefit", "invalid_choice"), ("/colour", "unknown_field"),
        ("/employer", "required"), ("/pay_basis", "invalid_type"),
    ]  # fmt: skip
    assert codes(machine.post("drafts", [])) == [("", "invalid_type")]
    assert codes(machine.post("drafts", BEGUN | {"employer": "9000008-9"}, key=KEY)) == [
        ("/employer", "employer_unknown")
    ]
    assert not Draft.objects.exists()
    typed = machine.http.patch("/api/v1/drafts/x", b"{}", content_type="text/plain", headers=machine.headers())
    assert typed.status_code == 404
    assert patch(machine, begun(machine), b"<a/>", kind="text/xml").status_code == 415
