"""How an application came to be what it is: every move and version, when, in which role, why, and what changed."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from employers.applications.assign import take_up
from employers.applications.decide import decide
from employers.applications.models_corrections import CorrectionRequest
from employers.applications.reopen import reopen
from employers.benefits.claim import Income
from employers.records import clock
from employers.records.models import ReadLog
from tests.cast import by_official, client_system, employer
from tests.machine import KEY, Machine, body

pytestmark = pytest.mark.usefixtures("sandbox")

DAYS = {"start": "2026-03-02", "end": "2026-03-31"}


@pytest.fixture
def machine() -> Machine:
    return Machine()


@pytest.fixture
def one(machine: Machine) -> str:
    return machine.submit().json()["id"]


def corrected(machine: Machine, one: str, version: int, **said) -> None:
    content = body(**{"absence": DAYS, "pay_periods": [DAYS | {"amount": "3000.00"}], "reason": "The end.", **said})
    answer = machine.post(
        f"applications/{one}/corrections", content, key=f"{KEY}-{version}", headers={"If-Match": f'"{version}"'}
    )
    assert answer.status_code in (201, 202), answer.content


def history(machine: Machine, one: str) -> list[dict]:
    answer = machine.get(f"applications/{one}/history")
    assert (answer.status_code, answer.json()["next"]) == (200, None)
    return answer.json()["items"]


def test_the_first_move_changed_nothing(machine, one):
    [move] = history(machine, one)
    assert move == {
        "at": machine.get(f"applications/{one}").json()["submitted_at"], "verb": "submit", "from": "draft",
        "to": "submitted", "role": "agent", "version": 1, "reason": None, "diff": None,
    }  # fmt: skip


def test_every_move_and_version_is_told(machine, one):
    by, at, income = by_official(), clock.now(), Income(after_deduction=Decimal(40000))
    corrected(machine, one, 1)
    take_up(application_id=one, by=by, at=at)
    decide(application_id=one, outcome="granted", reason="", by=by, at=at, income=income)
    corrected(machine, one, 2, pay_basis="part", reason="It was a part.")
    reopen(request_id=CorrectionRequest.objects.get().pk, by=by, at=at)
    moves = history(machine, one)[::-1]
    told = [(move["verb"], move["from"], move["to"], move["role"], move["version"], move["reason"]) for move in moves]
    assert told == [
        ("submit", "draft", "submitted", "agent", 1, None),
        ("correct", "submitted", "submitted", "agent", 2, "The end."),
        ("take_up", "submitted", "in_handling", "official", 2, None),
        ("decide", "in_handling", "decided", "official", 2, None),
        ("reopen", "decided", "in_handling", "official", 3, "It was a part."),
    ]
    changed = [[change["pointer"] for change in move["diff"]] if move["diff"] is not None else None for move in moves]
    first = ["/absence/end", "/pay_periods/0/end", "/pay_periods/0/amount"]
    assert changed == [None, first, None, None, ["/pay_basis"]]
    assert moves[4]["diff"] == [{"pointer": "/pay_basis", "before": "full", "after": "part"}]


def test_a_page_tells_what_the_whole_tells(machine, one):
    """What a version changed is told where the version before it is on the next page."""
    for version, basis in enumerate(("part", "full"), 1):
        corrected(machine, one, version, pay_basis=basis)
    whole, pages, cursor = history(machine, one), [], ""
    while len(pages) < len(whole):
        page = machine.get(f"applications/{one}/history?limit=1&cursor={cursor}").json()
        pages, cursor = pages + page["items"], page["next"]
    assert (pages, cursor) == (whole, None)
    assert [move["version"] for move in pages if move["diff"]] == [3, 2]


def test_reading_it_leaves_a_row(machine, one):
    """What changed tells of a person."""
    history(machine, one)
    [row] = ReadLog.objects.filter(action="history")
    held = client_system().organisation.mandates_held.get(principal=employer()).pk
    assert (row.actor, row.principal, row.mandate) == (client_system().pk, employer().pk, held)


def queries(machine: Machine, call: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert machine.get(call).status_code == 200
    return len(captured)


def test_the_number_of_queries_does_not_grow_with_versions(machine, one):
    few = queries(machine, f"applications/{one}/history")
    for version, basis in enumerate(("part", "full", "part"), 1):
        corrected(machine, one, version, pay_basis=basis)
    assert queries(machine, f"applications/{one}/history") == few <= 9


def test_nor_with_what_was_asked_for_after_the_decision(machine, one):
    by, at, income = by_official(), clock.now(), Income(after_deduction=Decimal(40000))
    decide(application_id=one, outcome="granted", reason="", by=by, at=at, income=income)
    corrected(machine, one, 1)
    few = queries(machine, f"applications/{one}/corrections")
    reopen(request_id=CorrectionRequest.objects.get().pk, by=by, at=at)
    decide(application_id=one, outcome="granted", reason="", by=by, at=at, income=income)
    corrected(machine, one, 2, pay_basis="part")
    assert CorrectionRequest.objects.count() == 2
    assert queries(machine, f"applications/{one}/corrections") == few <= 9
