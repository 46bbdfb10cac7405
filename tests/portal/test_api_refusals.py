"""Every no of the whole interface has one shape, whoever says it: a call, the framework, the server before any call."""

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, get_resolver

from employers.income_register.transport import RegisterUnavailable
from employers.organisations import api as organisations
from employers.organisations.mandates import Unavailable
from employers.organisations.permissions import route as as_call
from employers.organisations.rights import CALLS
from tests.machine import KEY, Machine, body

pytestmark = pytest.mark.usefixtures("sandbox")

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD", "BREW")
MEMBERS = {"type", "code", "title", "detail", "status", "instance", "trace_id", "origin", "errors"}
EXAMPLES = {"business_id": "9000004-6", "key": KEY, "code": "late", "benefit": "sickness_allowance"}
CONVERTER = re.compile(r"<(?:\w+:)?(\w+)>")
JSON = "application/json"


def said(answer, status: int, code: str) -> bool:
    found = answer.json()
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert set(found) >= MEMBERS
    return (answer.status_code, found["status"], found["code"]) == (status, status, code)


def routes(patterns=None, before: str = "") -> Iterator[str]:
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            if here.startswith("api/v1/"):
                yield here
        elif here == "" or here.startswith("api/"):
            yield from routes(pattern.url_patterns, here)


def address(route: str) -> str:
    nobody = "01a20070-0000-7000-8000-000000000000"
    return "/" + CONVERTER.sub(lambda found: EXAMPLES.get(found[1], nobody), route)


def does(route: str) -> set[str]:
    methods = {call.partition(" ")[0] for call in CALLS if call.partition(" ")[2] == as_call(route)}
    return methods | ({"HEAD"} if "GET" in methods else set())


def asked(method: str, path: str, machine: Machine | None = None, **more):
    headers = (machine.headers() if machine else {}) | more.pop("headers", {})
    return Client(raise_request_exception=False).generic(method, path, headers=headers, **more)


def test_every_other_method_of_every_address_is_told_which_ones_there_are():
    wrong = []
    for route in routes():
        for method in set(METHODS) - does(route):
            answer = asked(method, address(route))
            told = set(answer.headers.get("Allow", "").split(", "))
            if (answer.status_code, told) != (405, does(route)):
                wrong.append((method, route, answer.status_code, told))
            assert method == "HEAD" or said(answer, 405, "method-not-allowed")
    assert wrong == []


def test_a_form_from_elsewhere_hears_of_the_method_as_well():
    """Not of a token that only pages of ours have."""
    http = Client(enforce_csrf_checks=True)
    assert [http.post(address(route)).status_code for route in routes() if "POST" not in does(route)].count(405) > 20
    assert http.post("/api/docs/").status_code == 405


def test_a_head_is_a_get_without_its_body():
    machine = Machine("sandbox-bench")
    for route in routes():
        if "GET" in does(route):
            got, head = (asked(method, address(route), machine) for method in ("GET", "HEAD"))
            assert head.status_code == got.status_code, route
            assert head.content == b"", route
            assert head.headers["Content-Type"] == got.headers["Content-Type"]


@pytest.mark.parametrize(
    "path", ["/api/", "/api/v1", "/api/v1/", "/api/v2/employers", "/api/v1/employers/", "/api//v1"]
)
@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS", "DELETE"])
def test_an_address_that_does_not_exist(path, method):
    assert said(asked(method, path), 404, "not-found")
    assert said(asked(method, path, Machine("sandbox-bench")), 404, "not-found")


@pytest.mark.parametrize(
    "sent",
    [
        b"", b" ", b"{", b'{"a": 1, "a": 2}', b'{"a": NaN}', b'{"a": "\xff"}', b"\xff\xfe{\x00}\x00", b"[" * 99999,
        b'{"a": "\\ud800"}', b"{}{}", b"\xef\xbb\xbf{}",
    ],
    ids=lambda sent: repr(sent[:12]),
)  # fmt: skip
def test_a_body_that_cannot_be_read(sent):
    machine = Machine("sandbox-bench")
    assert said(machine.post("estimates", sent), 400, "malformed-request")
    assert said(machine.post("applications", sent, key=KEY), 400, "malformed-request")


@pytest.mark.parametrize("length", ["abc", "-5", "", "1e3"])
def test_a_length_that_is_none(length):
    answer = asked("POST", "/api/v1/estimates", Machine("sandbox-bench"), content_type=JSON, CONTENT_LENGTH=length)
    assert answer.status_code in (400, 413)
    assert said(answer, answer.status_code, answer.json()["code"])


def test_a_body_that_is_too_large():
    sent = b'{"a": "' + b"a" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE + b'"}'
    machine = Machine("sandbox-bench")
    for call in ("estimates", "applications", "applications/validate", "applications/search", "register-syncs"):
        assert said(machine.post(call, sent, key=KEY), 413, "body-too-large"), call


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/xml", "application/x-www-form-urlencoded", "", "a/b/c", "é"]
)
def test_another_kind_of_body(kind):
    machine = Machine("sandbox-bench")
    for call in ("estimates", "applications", "register-syncs", "batches"):
        assert said(machine.post(call, b"{}", key=KEY, kind=kind), 415, "unsupported-media-type"), call


@pytest.mark.parametrize("accept", ["text/csv", "application/xml", "image/*", "application/json;q=0, text/html"])
def test_another_kind_of_answer(accept):
    answer = Machine("sandbox-bench").get("employers", {"Accept": accept})
    assert answer.status_code in (200, 406)
    assert answer.status_code == 200 or said(answer, 406, "not-acceptable")


@pytest.mark.parametrize("query", ["%00", "%ff", "%ED%A0%80", "a" * 5000, "%F0%9F%98%80", "';--"])
@pytest.mark.parametrize(
    "call", ["applications?employer=", "applications?cursor=", "events?after=", "applications/by-key/", "employers/"]
)
def test_any_text_in_an_address(call, query):
    answer = Machine("sandbox-bench").get(call + query)
    assert answer.status_code in (200, 400, 404, 422)
    assert answer.status_code == 200 or said(answer, answer.status_code, answer.json()["code"])


def test_another_host():
    assert said(asked("GET", "/api/v1/codes", HTTP_HOST="elsewhere.example"), 400, "malformed-request")


@pytest.mark.parametrize(
    ("fault", "code", "origin"),
    [
        (RegisterUnavailable("away"), "register-unavailable", "incomes-register"),
        (Unavailable(), "identity-unavailable", "identity"),
    ],
)
def test_a_neighbour_that_is_away_is_named_as_the_cause(monkeypatch, fault, code, origin):
    """Fault 23: 503 with Retry-After, and who is to blame."""

    def away(self: object, request: object) -> None:
        raise fault

    monkeypatch.setattr(organisations.Employers, "get", away)
    answer = Machine("sandbox-bench").get("employers")
    assert said(answer, 503, code)
    assert (answer.json()["origin"], answer.headers["Retry-After"]) == (origin, "60")


def test_all_errors_come_at_once_with_rule_and_page_and_without_the_value():
    wrong = body(absence={"start": "2026-04-10", "end": "2026-03-02"}, pay_basis="secret-value", colour="secret-value")
    answer = Machine("sandbox-bench").post("applications/validate", wrong)
    assert said(answer, 422, "validation-failed")
    assert len(answer.json()["errors"]) > 1
    for error in answer.json()["errors"]:
        assert set(error) == {"pointer", "code", "detail", "severity", "rule", "help"}
        assert Client().get(error["help"]).status_code == 200
    assert b"secret-value" not in answer.content
