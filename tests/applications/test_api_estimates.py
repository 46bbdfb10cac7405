"""Estimates over HTTP: the contract's example to the cent, and what is said when something is missing."""

import pytest

from employers.applications.models import Application
from employers.people.models import Person
from employers.records.models import ReadLog
from tests import cast
from tests.applications.reports import told, year_of_wages
from tests.machine import Machine, body, codes

pytestmark = pytest.mark.usefixtures("sandbox")

EXAMPLE = {
    "benefit": "sickness_allowance",
    "daily_allowance": "72.98",
    "payable_days": 23,
    "amount": "1678.54",
    "to_employer": "1678.54",
    "to_employee": "0.00",
    "at_least": False,
    "waiting_period": {"start": "2026-03-02", "end": "2026-03-12"},
    "first_payable_day": "2026-03-13",
    "deadline": "2026-05-02",
    "estimate_status": "official",
    "problems": [],
}


def test_the_example_of_the_contract_comes_out_to_the_cent():
    answer = Machine().post("estimates", body(income_after_deduction="40000.00"))
    assert answer.status_code == 200
    found = answer.json()
    assert {name: found[name] for name in EXAMPLE} == EXAMPLE
    [line] = found["lines"]
    assert line.pop("text")
    per_day = {"quantity": "23", "unit": "weekday", "unit_amount": "72.98", "amount": "1678.54"}
    assert line == {"code": "daily_allowance", **per_day}
    assert {
        "name": "sickness.income_limit",
        "value": "28899",
        "valid_from": "2026-01-01",
        "status": "official",
    }.items() <= (found["parameters"][0].items())


def test_an_estimate_stores_nothing():
    Machine().post("estimates", body(income_after_deduction="40000.00"))
    assert (Application.objects.count(), Person.objects.count()) == (0, 0)


def test_nobody_has_to_be_named():
    anonymous = body(employer=..., reference=..., employee=..., employment=..., income_after_deduction="40000.00")
    assert Machine().post("estimates", anonymous).json()["amount"] == "1678.54"


def test_a_yearly_income_is_reduced_by_the_deduction():
    found = Machine().post("estimates", body(annual_income="40000.00")).json()
    assert "income.deduction" in [use["name"] for use in found["parameters"]]
    assert found["amount"] < "1678.54"


def test_an_unknown_income_gives_days_without_amounts():
    answer = Machine("sandbox-other").post("estimates", body(employer=..., employee=...))
    assert answer.status_code == 200
    assert (answer.json()["payable_days"], answer.json()["amount"]) == (23, None)
    assert [problem["code"] for problem in answer.json()["problems"]] == ["income_unknown"]


def test_no_payable_day_gives_zero():
    short = body(
        absence={"start": "2026-03-02", "end": "2026-03-06"},
        pay_periods=[{"start": "2026-03-02", "end": "2026-03-06", "amount": "600.00"}],
        income_after_deduction="40000.00",
    )
    found = Machine().post("estimates", short).json()
    assert (found["payable_days"], found["amount"], found["first_payable_day"]) == (0, "0.00", "2026-03-13")
    assert [problem["code"] for problem in found["problems"]] == ["nothing_payable"]


def test_an_estimate_is_never_late():
    found = Machine().post("estimates", body(income_after_deduction="40000.00")).json()
    assert "late" not in [problem["code"] for problem in found["problems"]]


def test_two_incomes_are_one_too_many():
    answer = Machine().post("estimates", body(income_after_deduction="40000.00", annual_income="42000.00"))
    assert (answer.status_code, codes(answer)) == (422, [("/income_after_deduction", "income_twice")])


def test_warnings_become_errors_when_the_caller_is_strict():
    strict = {"Prefer": "handling=strict"}
    answer = Machine().post("estimates", body(employer=..., employee=...), headers=strict)
    assert answer.status_code == 422
    assert [error["severity"] for error in answer.json()["errors"]] == ["error"]


@pytest.mark.parametrize("employer", ["9000008-9", "9000024-9"], ids=["foreign", "unknown"])
def test_a_foreign_employer_is_an_unknown_one(employer):
    answer = Machine().post("estimates", body(employer=employer, income_after_deduction="1.0"))
    assert (answer.status_code, codes(answer)) == (422, [("/employer", "employer_unknown")])


def test_an_employer_that_did_not_let_the_client_apply():
    answer = Machine().post("estimates", body(employer="9000005-4"))
    assert (answer.status_code, answer.json()["code"], answer.json()["right"]) == (403, "mandate-missing", "apply")


ROW = {"purpose": "application", "actor_kind": "client", "hits": 1}


def reads(call: str, content: dict) -> list[ReadLog]:
    """What the call leaves in the log; its status is the caller's to look at."""
    ReadLog.objects.all().delete()
    assert Machine().post(call, content).status_code == 200
    return list(ReadLog.objects.all())


@pytest.mark.parametrize(("call", "action"), [("estimates", "estimate"), ("applications/validate", "validate")])
def test_wages_that_the_register_tells_are_read_by_somebody(call, action):
    """The sum tells what the employee earned: one row of the log names the client, the employer and the mandate."""
    told(*year_of_wages())
    [row] = reads(call, body())
    person = Person.objects.get()
    held = cast.client_system().organisation.mandates_held.get(principal=cast.employer()).pk
    assert (row.person, row.action, row.principal, row.mandate) == (person.pk, action, cast.employer().pk, held)
    assert {name: getattr(row, name) for name in ROW} == ROW


@pytest.mark.parametrize("call", ["estimates", "applications/validate"])
def test_an_earlier_absence_of_hers_is_read_as_well(call):
    """It counts towards the days that the benefit is paid for."""
    earlier = cast.sent()
    later = {"start": "2026-04-20", "end": "2026-04-30"}
    content = body(absence=later, pay_periods=[{**later, "amount": "900.00"}], continues_application=str(earlier.pk))
    [row] = reads(call, content)
    assert row.person == earlier.person_id


@pytest.mark.parametrize("call", ["estimates", "applications/validate"])
def test_of_somebody_of_whom_nothing_is_known_there_nothing_is_read(call):
    """Known by another employer alone: what that one pays is not looked at."""
    told(*year_of_wages(payer=cast.CAFE), payer=cast.CAFE)
    assert Person.objects.exists()
    assert reads(call, body()) == []


def test_where_nobody_is_named_nothing_is_read():
    told(*year_of_wages())
    assert reads("estimates", body(employee=..., income_after_deduction="40000.00")) == []


def test_sending_tells_the_sum_as_well():
    told(*year_of_wages())
    ReadLog.objects.all().delete()
    answer = Machine().submit()
    assert answer.json()["estimate"]["at_least"]
    [row] = ReadLog.objects.all()
    assert (row.person, row.action) == (Person.objects.get().pk, "submit")
    assert Machine().submit().headers["Idempotency-Replayed"] == "true"
    assert ReadLog.objects.count() == 1


def test_what_is_refused_by_what_is_known_is_read_too():
    told(*year_of_wages())
    answer = Machine().post("applications/validate", body(), headers={"Prefer": "handling=strict"})
    assert (answer.status_code, ReadLog.objects.count()) == (422, 1)
