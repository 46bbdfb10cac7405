"""Who may call what: every call, every kind of caller, one table. A call without a row fails."""

from collections.abc import Iterator

import pytest
from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver

from employers.organisations import rights
from employers.organisations.permissions import PREFIX, route
from tests.cast import BAKERY, client_system
from tests.machine import KEY, Machine, body

OWN, FOREIGN, UNKNOWN, MAY_APPLY, MAY_READ = BAKERY, "9000008-9", "9000024-9", "9000001-1", "9000005-4"
PAGES = {"/docs/"}  # for people; no call
# Other doors' calls, with tests of their own.
DISMISSAL = "/register-findings/{id}/dismissal"
ELSEWHERE = {
    "POST /batches", "GET /batches/{id}", "GET /batches/{id}/rows", "GET /customers/feedback",
    "GET /batches/{id}/file", "GET /batches/templates/{benefit}",
    f"POST {DISMISSAL}", f"DELETE {DISMISSAL}",
    "GET /webhooks", "POST /webhooks", *(f"{one} /webhooks/{{id}}" for one in ("GET", "PATCH", "DELETE")),
    "POST /webhooks/{id}/secret", "POST /webhooks/{id}/test", "GET /webhooks/{id}/deliveries",
    "POST /webhooks/{id}/deliveries/{did}/replay",
    "GET /drafts", "POST /drafts", *(f"{one} /drafts/{{id}}" for one in ("GET", "PATCH", "DELETE")),
    "POST /drafts/{id}/submission", "PUT /employers/{business_id}/bank-account",
    "GET /applications/{id}/attachments", "POST /applications/{id}/attachments",
    "GET /applications/{id}/attachments/{aid}",
}  # fmt: skip


def api_routes() -> Iterator[str]:
    for pattern, view in patterns(get_resolver().url_patterns, ""):
        if not pattern.startswith(f"{PREFIX}/"):
            continue
        names = getattr(view, "view_class", None) or getattr(view, "cls", None)
        methods = [name for name in ("get", "post", "put", "patch", "delete") if hasattr(names, name)] or ["get"]
        yield from (f"{method.upper()} {route(pattern)}" for method in methods)


def patterns(found: list[URLPattern | URLResolver], prefix: str) -> Iterator[tuple[str, object]]:
    for one in found:
        whole = prefix + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from patterns(one.url_patterns, whole)
        else:
            yield whole, one.callback


def test_every_call_is_in_the_table_and_every_line_of_the_table_is_a_call():
    assert set(api_routes()) - set(rights.CALLS) == set()
    assert set(rights.CALLS) - set(api_routes()) == set()


@pytest.fixture
def calls(sandbox) -> dict[str, tuple[str, object]]:
    """Each call of the table as the owner makes it: its address and its body."""
    machine = Machine()
    application = machine.submit().json()["id"]
    sync = machine.post("register-syncs", {"employer": OWN}, key=KEY).json()["id"]
    nowhere = "01a2006e-87d8-74b6-aab1-46b3f694a12f"
    fill = {"{business_id}": OWN, "{key}": f"{KEY}-0", "{rid}": nowhere, "{code}": "late"}
    bodies = {
        "POST /estimates": body(),
        "POST /applications": body(reference="new", absence={"start": "2026-05-04", "end": "2026-05-29"},
                                   pay_periods=[{"start": "2026-05-04", "end": "2026-05-29", "amount": "1.00"}]),
        "POST /applications/validate": body(),
        "POST /applications/search": {"employer": OWN, "personal_identity_code": "010190-9123"},
        "POST /register-syncs": {"employer": OWN},
    }  # fmt: skip
    made = {}
    for call in set(rights.CALLS) - ELSEWHERE:
        if call.startswith("POST /sandbox"):
            continue
        path = call.split(" ")[1].replace("{id}", sync if "register-syncs" in call else application)
        for name, value in fill.items():
            path = path.replace(name, value)
        made[call] = (path.lstrip("/"), bodies.get(call, {}))
    return made


def status(machine: Machine, call: str, path: str, content: object) -> int:
    if call.startswith("GET"):
        return machine.get(path).status_code
    return machine.post(path, content, key=f"{KEY}-matrix").status_code


# call -> owner with every right, another firm. 404: not there for it; 422: employer_unknown; 200: its own, empty list.
MATRIX = {
    "GET /employers": (200, 200),
    "GET /employers/{business_id}": (200, 404),
    "GET /employers/{business_id}/readiness": (200, 404),
    "POST /estimates": (200, 422),
    "GET /applications": (200, 200),
    "POST /applications": (201, 422),
    "POST /applications/validate": (200, 422),
    "POST /applications/search": (200, 422),
    "GET /applications/by-key/{key}": (200, 404),
    "GET /applications/{id}": (200, 404),
    "GET /applications/{id}/history": (200, 404),
    "GET /applications/{id}/corrections": (200, 404),
    "POST /applications/{id}/corrections": (422, 404),
    "POST /applications/{id}/withdrawal": (422, 404),
    "POST /applications/{id}/pay-reports": (422, 404),
    "GET /applications/{id}/messages": (200, 404),
    "POST /applications/{id}/messages": (422, 404),
    "GET /payments": (200, 200),
    "GET /applications/{id}/requests": (200, 404),
    "POST /applications/{id}/requests/{rid}/answers": (404, 404),
    "GET /applications/{id}/decision": (404, 404),
    "POST /register-syncs": (202, 422),
    "GET /register-syncs/{id}": (200, 404),
    "GET /register-findings": (200, 200),
    "GET /events": (200, 200),
    "GET /agency/openapi.json": (403, 403),
    "GET /parameters": (200, 200),
    "GET /codes": (200, 200),
    "GET /guidance": (200, 200),
    "GET /benchmarks": (200, 200),
    "GET /problems/{code}": (200, 200),
    "GET /openapi.json": (200, 200),
}


def test_what_the_owner_gets_and_what_a_stranger_gets(calls):
    assert set(calls) == set(MATRIX)
    owner, stranger = Machine(), Machine("sandbox-other")
    found = {call: (status(owner, call, *made), status(stranger, call, *made)) for call, made in calls.items()}
    assert found == MATRIX


def test_a_stranger_sees_nothing_of_the_owners(calls):
    stranger = Machine("sandbox-other")
    for call in ("applications", "events", "register-findings"):
        assert stranger.get(call).json()["items"] == []


def test_without_a_token_only_what_needs_none(calls):
    http = Machine().http
    for call, (path, content) in calls.items():
        method = http.get if call.startswith("GET") else http.post
        answer = method(f"/api/v1/{path}", content or None, content_type="application/json")
        assert answer.status_code == (401 if rights.CALLS[call].token else 200), call


def test_without_the_scope_nothing(calls):
    """The agency's client holds no scope of an employer's."""
    agency = Machine("sandbox-agency")
    for call, made in calls.items():
        scope = rights.CALLS[call].scope
        expected = 403 if scope and scope != rights.SEGMENTS_READ else 200
        assert status(agency, call, *made) == expected, call


def test_a_mandate_that_ended_ends_with_the_next_request(calls):
    machine = Machine()
    assert machine.get(calls["GET /applications/{id}"][0]).status_code == 200
    client_system().organisation.mandates_held.filter(principal__business_id=OWN).update(valid_until="2020-01-01")
    for call in ("GET /applications/{id}", "GET /applications/{id}/history", "GET /employers/{business_id}"):
        assert status(machine, call, *calls[call]) == 404, call
    assert machine.get("applications").json()["items"] == []


@pytest.mark.parametrize(
    ("call", "employer", "right"),
    [
        ("POST applications", MAY_READ, "apply"),
        ("POST applications/validate", MAY_READ, "apply"),
        ("POST estimates", MAY_READ, "apply"),
        ("POST register-syncs", MAY_READ, "apply"),
    ],
)
def test_a_known_employer_without_the_right_names_it(sandbox, call, employer, right):
    answer = Machine().post(call.split(" ")[1], body(employer=employer), key=KEY)
    assert (answer.status_code, answer.json()["code"], answer.json()["right"]) == (403, "mandate-missing", right)


def test_a_decision_of_an_employer_that_lets_others_see_them_only(sandbox):
    machine = Machine()
    application = machine.submit(employer=MAY_APPLY).json()["id"]
    assert machine.get(f"applications/{application}").status_code == 200
    answer = machine.get(f"applications/{application}/decision")
    assert (answer.status_code, answer.json()["right"]) == (403, "view_decisions")


def test_foreign_and_unknown_answers_differ_in_nothing_but_their_own_address(calls):
    foreign = calls["GET /applications/{id}"][0]
    unknown = "applications/01a2006e-87d8-74b6-aab1-46b3f694a12f"
    answers = [Machine("sandbox-other").get(path).json() for path in (foreign, unknown)]
    for answer in answers:
        assert answer.pop("trace_id")
        assert answer.pop("instance")
    assert answers[0] == answers[1]
