"""Pay of an absence that goes on, month after month over HTTP: one application, one version a report."""

from decimal import Decimal

import pytest

from employers.applications.decide import decide
from employers.applications.models import Application, ApplicationVersion
from employers.applications.models_corrections import CorrectionRequest
from employers.benefits.claim import Income
from employers.records import clock, events
from employers.records.models import Event, ReadLog
from tests.cast import by_official, client_system
from tests.machine import KEY, Machine, codes

pytestmark = pytest.mark.usefixtures("sandbox")

MARCH = {"start": "2026-03-02", "end": "2026-03-31"}
APRIL = {"start": "2026-04-01", "end": "2026-04-30", "amount": "2500.00"}
MAY = {"start": "2026-05-01", "end": "2026-05-30", "amount": "2500.00"}
REPORT = {"pay_periods": [APRIL], "pay_continues_from": "2026-05-01"}


@pytest.fixture
def machine() -> Machine:
    return Machine()


@pytest.fixture
def one(machine: Machine) -> str:
    begun = machine.submit(absence=MARCH, pay_periods=[MARCH | {"amount": "2500.00"}], pay_continues_from="2026-04-01")
    return begun.json()["id"]


def report(machine: Machine, one: str, said: object = None, *, key: str = KEY, **headers: str):
    content = REPORT if said is None else said
    return machine.post(f"applications/{one}/pay-reports", content, key=key, headers=headers)


def test_a_report_is_a_version_with_the_pay_added(machine, one):
    answer = report(machine, one)
    found = answer.json()
    assert (answer.status_code, answer.headers["ETag"], found["version"], found["request"]) == (201, '"2"', 2, None)
    assert found["absence"] == {"start": "2026-03-02", "end": "2026-04-30"}
    assert found["pay_periods"][1:] == [APRIL]
    assert found["diff"] == [
        {"pointer": "/absence/end", "before": "2026-03-31", "after": "2026-04-30"},
        {"pointer": "/pay_periods/1", "before": None, "after": APRIL},
        {"pointer": "/pay_continues_from", "before": "2026-04-01", "after": "2026-05-01"},
    ]
    made = ApplicationVersion.objects.get(number=2)
    assert (made.client, made.acting_organisation) == (client_system(), client_system().organisation)
    assert Event.objects.filter(type=events.CORRECTED, application=one).count() == 1
    assert ReadLog.objects.filter(action="report_pay").count() == 1


def test_month_after_month_is_one_application(machine, one):
    report(machine, one)
    found = report(machine, one, {"pay_periods": [MAY]}, key=f"{KEY}-may").json()
    assert (found["version"], found["absence"]["end"], found["pay_continues_from"]) == (3, "2026-05-30", None)
    assert Application.objects.count() == 1


def test_the_absence_may_go_on_without_pay(machine, one):
    found = report(machine, one, {"pay_periods": [], "absence_end": "2026-04-15"}).json()
    assert (found["absence"]["end"], found["pay_continues_from"], len(found["pay_periods"])) == ("2026-04-15", None, 1)


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({}, ("/pay_periods", "required")),
        ({"pay_continues_from": None}, ("/pay_periods", "required")),
        ({"pay_periods": [{**APRIL, "amount": 1}]}, ("/pay_periods/0/amount", "money_invalid")),
        ({"pay_periods": [APRIL] * 61}, ("/pay_periods", "too_many_items")),
        ({"pay_periods": [APRIL | {"start": "2026-03-20"}]}, ("/pay_periods/0", "overlapping_periods")),
        ({"pay_periods": [APRIL | {"start": "2026-04-15"}]}, ("/pay_periods/0/start", "outside_absence")),
        ({"pay_periods": [APRIL], "absence_end": "30.4.2026"}, ("/absence_end", "date_invalid")),
        ({"pay_periods": [APRIL], "reason": "x"}, ("/reason", "unknown_field")),
        ("x", ("", "invalid_type")),
    ],
)
def test_what_is_wrong_is_named_as_the_report_numbers_it(machine, one, said, error):
    answer = report(machine, one, said)
    assert answer.status_code == 422
    assert error in codes(answer)
    assert ApplicationVersion.objects.count() == 1


def test_a_version_is_heeded_where_it_is_named(machine, one):
    stale = report(machine, one, **{"If-Match": '"2"'})
    assert (stale.status_code, stale.json()["code"], stale.json()["current"]) == (412, "version-stale", 1)
    assert report(machine, one, **{"If-Match": '"1"'}).status_code == 201


def test_strict_makes_warnings_errors(machine, one):
    """April has been over for more than two months by today: its part is late."""
    refused = report(machine, one, Prefer="handling=strict")
    assert (refused.status_code, ("/absence/end", "late") in codes(refused)) == (422, True)
    assert report(machine, one).status_code == 201


def test_the_same_key_again_adds_no_pay_twice(machine, one):
    first, again = report(machine, one), report(machine, one)
    assert (again.status_code, again.content, again.headers["Idempotency-Replayed"]) == (201, first.content, "true")
    assert report(machine, one, key=f"{KEY}-second").status_code == 422  # the same days twice
    assert report(machine, one, key="").json()["code"] == "idempotency-key-missing"
    assert ApplicationVersion.objects.count() == 2


def test_where_nothing_goes_on_there_is_nothing_to_report(machine):
    ended = machine.submit().json()["id"]
    answer = report(machine, ended)
    assert (answer.status_code, answer.json()["code"]) == (409, "nothing-continues")


def test_after_the_decision_a_report_waits_for_an_official(machine, one):
    income = Income(after_deduction=Decimal(40000))
    decide(application_id=one, outcome="granted", reason="", by=by_official(), at=clock.now(), income=income)
    answer = report(machine, one)
    found = answer.json()
    assert (answer.status_code, found["version"], found["absence"]) == (202, 1, MARCH)
    assert [change["pointer"] for change in found["diff"]] == ["/absence/end", "/pay_periods/1", "/pay_continues_from"]
    request = CorrectionRequest.objects.get()
    assert found["request"] == {"id": str(request.pk), "status": "waiting"}
    assert (request.kind, request.client) == ("report_pay", client_system())
    waits = report(machine, one, key=f"{KEY}-second")
    assert (waits.status_code, waits.json()["code"]) == (409, "correction-waits")
