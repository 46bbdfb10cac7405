"""Every list of the machine interface is asked for in the same way, and takes no parameter that it does not have.

Expected beforehand, of every call whose answer has `items`: `limit` from 1 to 200, pages of one that together are the
whole, the newest first; 422 `limit_too_large` above, and 422 at any parameter that its description does not name.
"""

from datetime import timedelta
from typing import Any

import pytest

from employers.applications.ask import ask
from employers.applications.assign import take_up
from employers.applications.models import Application, InformationRequest
from employers.guidance.load import load
from employers.guidance.topics import read_folder
from employers.notifications.models_webhooks import WebhookEndpoint
from employers.organisations import rights
from employers.records import clock
from portal.described import every
from tests import cast
from tests.applications import files, threads
from tests.cast import BAKERY, by_official
from tests.machine import KEY, Machine, body, codes
from tests.notifications import hooks

pytestmark = pytest.mark.usefixtures("sandbox")

SEARCH = "POST /applications/search"
LISTS = sorted(
    name
    for name, told in every.CALLS.items()
    if {"items", "next"} <= every.SHAPES.get(told.gives or "", {}).get("properties", {}).keys()
)
FEEDS = {"GET /events", "GET /customers/feedback"}
WITH_PARAMETERS = sorted(name for name, told in every.CALLS.items() if told.query)
ROWS = b"employer;benefit\n9000004-6;sickness_allowance\n9000004-6;donor_allowance\n"
CODE = "010190-9123"


@pytest.fixture
def ids() -> dict[str, Any]:
    """What there is of each kind, by the word in the address."""
    machine, at = Machine("sandbox-bench"), clock.now()
    application = machine.submit().json()["id"]
    batch = machine.post("batches", ROWS, key=KEY, kind="text/csv").json()["id"]
    webhook = machine.post("webhooks", {"url": "http://127.0.0.1:9/"}, key=KEY).json()["id"]
    machine.post("webhooks", {"url": "http://127.0.0.1:9/2"}, key=f"{KEY}-2")
    two_of_everything(application, webhook, at=at)
    things = {"applications": application, "batches": batch, "webhooks": webhook}
    return {**things, "bench": machine, "agency": Machine("sandbox-agency")}


def two_of_everything(id: str, webhook: str, *, at: Any) -> None:
    application, by, due = Application.objects.get(pk=id), by_official(), clock.day_of(at) + timedelta(days=9)
    take_up(application_id=id, by=by, at=at)
    ask(application_id=id, items=[("other", "A?")], due=due, by=by, at=at)
    InformationRequest.objects.create(application=application, due=due, asked_at=at, asked_by=by.user)
    for number in range(2):
        threads.answered(threads.asked(application))
        files.checked(application, content=f"a;b\n{number};2\n".encode())
        hooks.waiting(WebhookEndpoint.objects.get(pk=webhook))
    load(read_folder(), at=cast.AT)


def asked(call: str, ids: dict[str, Any], **parameters: Any) -> Any:
    method, _, path = call.partition(" ")
    address = path.removeprefix("/").format(id=ids.get(path.split("/")[1]), benefit="sickness_allowance")
    machine = ids["agency" if rights.CALLS[call].scope == rights.SEGMENTS_READ else "bench"]
    query = "&".join(f"{name}={value}" for name, value in parameters.items())
    if method == "GET":
        return machine.get(f"{address}?{query}")
    sent = {"employer": BAKERY, "personal_identity_code": CODE} if call == SEARCH else body()
    return machine.post(f"{address}?{query}", sent, key=KEY)


def whole(call: str, ids: dict[str, Any]) -> list[Any]:
    return asked(call, ids, limit=200).json()["items"]


def test_no_list_is_left_out():
    assert len(LISTS) >= 17
    assert {"GET /applications", "GET /applications/{id}/history", SEARCH, "GET /parameters"} <= set(LISTS)
    wanted = {call: {"limit", "after" if call in FEEDS else "cursor"} for call in LISTS}
    assert {call: names for call, names in wanted.items() if names - every.CALLS[call].query.keys()} == {}


def test_a_limit_is_from_one_to_two_hundred(ids):
    for call in LISTS:
        for limit, code in (
            ("201", "limit_too_large"), ("9" * 50, "limit_too_large"), ("0", "invalid_type"), ("-1", "invalid_type"),
            ("x", "invalid_type"), ("1.5", "invalid_type"), ("", "invalid_type"), ("%D9%A1", "invalid_type"),
        ):  # fmt: skip
            answer = asked(call, ids, limit=limit)
            assert (call, limit, answer.status_code, codes(answer)) == (call, limit, 422, [("/limit", code)])
        for limit in (1, "07", 200):
            assert asked(call, ids, limit=limit).status_code == 200, (call, limit)


def test_pages_of_one_are_together_the_whole(ids):
    long = []
    for call in LISTS:
        found, after, name = [], "", "after" if call in FEEDS else "cursor"
        everything = [whole(call, ids) for _ in range(2)][1]  # a message is read with the first
        for _ in everything:
            page = asked(call, ids, limit=1, **({name: after} if after else {})).json()
            found, after = found + page["items"], page["next"]
        assert found == everything, call
        assert (after is None) == (call not in FEEDS and bool(everything)) or not everything, call
        long += [call] if len(everything) > 1 else []
    of_one = ("/history", "/requests", "/messages", "/attachments", "/deliveries", "/parameters", "/guidance")
    assert [end for end in of_one if not any(call.endswith(end) for call in long)] == []


def test_the_newest_is_first(ids):
    assert [move["verb"] for move in whole("GET /applications/{id}/history", ids)] == ["ask", "take_up", "submit"]


def test_a_cursor_that_we_never_gave(ids):
    for call in LISTS:
        name = "after" if call in FEEDS else "cursor"
        for cursor in ("x", "AAAA", "AA%00", "gAAAAAAA", "A" * 40):
            answer = asked(call, ids, **{name: cursor})
            assert (call, answer.status_code, codes(answer)) == (call, 422, [(f"/{name}", "id_invalid")])


def test_a_parameter_that_a_call_does_not_have_is_refused(ids):
    """A misspelt filter would be none, and a part would look like the whole."""
    for call in WITH_PARAMETERS:
        answer = asked(call, ids, emploeyr="9000004-6", Limit=2)
        assert (call, answer.status_code) == (call, 422)
        assert codes(answer) == [("/emploeyr", "unknown_field"), ("/Limit", "unknown_field")], call
        assert "9000004-6" not in answer.content.decode()


def test_all_that_is_wrong_is_told_at_once(ids):
    answer = asked("GET /applications", ids, benefit="x", status="x", limit=201, emploeyr="x")
    assert set(codes(answer)) == {
        ("/emploeyr", "unknown_field"), ("/benefit", "invalid_choice"), ("/status", "invalid_choice"),
        ("/limit", "limit_too_large"),
    }  # fmt: skip
    dated = asked("GET /register-findings", ids, deadline_before="2026-2-30", kind="x", order="x")
    assert set(codes(dated)) == {
        ("/deadline_before", "date_invalid"), ("/kind", "invalid_choice"), ("/order", "invalid_choice"),
    }  # fmt: skip


def test_nothing_is_sent_with_a_misspelt_parameter(ids):
    assert Machine().post("batches?mod=all_or_nothing", ROWS, key=f"{KEY}-3", kind="text/csv").status_code == 422
    assert Machine().post("batches?mode=all_or_nothing", ROWS, key=f"{KEY}-3", kind="text/csv").status_code == 202


def test_a_parameter_is_said_once_where_it_takes_one_value(ids):
    for call in WITH_PARAMETERS:
        for name, shape in every.CALLS[call].query.items():
            if shape.get("type") != "array":
                answer = asked(call, ids, **{name: f"1&{name}=2"})
                assert (call, codes(answer)) == (call, [(f"/{name}", "too_many_items")])
    assert Machine().get("guidance?code=late&code=before_start").status_code == 200


def test_a_name_that_no_parameter_has_is_not_repeated(ids):
    answer = asked("GET /applications", ids, **{CODE: "x"})
    assert codes(answer) == [("", "unknown_field")]
    assert CODE not in answer.content.decode()


def test_who_may_not_ask_hears_of_that_first(ids):
    nobody = Machine().http.get("/api/v1/applications?emploeyr=1")
    assert (nobody.status_code, nobody.json()["code"]) == (401, "not-authenticated")
    lacking = Machine(scope="account.write").get("applications?emploeyr=1")
    assert (lacking.status_code, lacking.json()["code"]) == (403, "scope-missing")


def test_a_call_without_parameters_has_none_to_misspell(ids):
    assert Machine().get(f"applications/{ids['applications']}?v=1").status_code == 200
