"""Paid absences nobody claimed, and what an application and the register disagree about, as a payroll system reads."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from employers.applications.models_register import Finding
from employers.records.models import Event, ReadLog
from tests import cast
from tests.applications.findings_there import FACTS, difference, finding, many
from tests.machine import Machine, codes

pytestmark = pytest.mark.usefixtures("sandbox")
SATURDAY = date(2026, 5, 2)
CALL = "register-findings"


@pytest.fixture(autouse=True)
def april(clock_at) -> None:
    clock_at(datetime(2026, 4, 15, 9, tzinfo=UTC))


def items(query: str = "") -> list[dict[str, Any]]:
    return Machine().get(f"{CALL}?{query}").json()["items"]


def put_aside(one: Finding, because: str = "not_paid", **options: Any):
    return Machine(**options).post(f"{CALL}/{one.pk}/dismissal", {"because": because})


@pytest.mark.parametrize(("day", "left"), [(1, 3), (2, 2), (4, 0), (5, 0)])
def test_days_are_counted_to_the_day_that_is_still_in_time(clock_at, day: int, left: int):
    finding(deadline=SATURDAY)
    clock_at(datetime(2026, 5, day, 9, tzinfo=UTC))
    [found] = items(f"employer={cast.BAKERY}")
    assert (found["deadline"], found["days_left"], found["at_least"]) == ("2026-05-02", left, True)


def test_a_mismatch_names_the_application_and_what_differs_and_has_no_deadline():
    one = difference()
    [found] = items("kind=mismatch")
    told = {name: found[name] for name in ("application", "code", "facts", "deadline", "days_left", "paid")}
    assert told == {"application": str(one.application_id), "code": "period", "facts": FACTS} | dict.fromkeys(
        ("deadline", "days_left", "paid")
    )
    assert items("kind=unclaimed") == []


def test_filters_narrow_by_benefit_and_by_deadline():
    finding(1, deadline=date(2026, 5, 1))
    finding(2, deadline=date(2028, 3, 2), benefit="family_leave_compensation")
    assert [one["benefit"] for one in items("benefit=family_leave_compensation")] == ["family_leave_compensation"]
    assert [one["deadline"] for one in items("deadline_before=2026-05-02")] == ["2026-05-01"]
    assert items("deadline_before=2026-05-01") == []


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ("kind=lost", ("/kind", "invalid_choice")),
        ("benefit=holiday", ("/benefit", "invalid_choice")),
        ("order=sum", ("/order", "invalid_choice")),
        ("deadline_before=tomorrow", ("/deadline_before", "date_invalid")),
        ("order=deadline&cursor=AAAA", ("/cursor", "id_invalid")),
        ("order=deadline&cursor=" + "_" * 27, ("/cursor", "id_invalid")),
    ],
)
def test_an_unknown_filter_value_says_where(query: str, error: tuple[str, str]):
    answer = Machine().get(f"{CALL}?{query}")
    assert (answer.status_code, codes(answer)) == (422, [error])


def test_by_deadline_every_page_goes_on_where_the_last_one_ended():
    """Also where many share a deadline, where some have none, and where one closes between two pages."""
    for number in range(9):
        finding(number, deadline=SATURDAY + timedelta(days=number // 3))
    without = difference()
    page = Machine().get(f"{CALL}?order=deadline&limit=4").json()
    seen = page["items"]
    Finding.objects.filter(pk=seen[0]["id"]).delete()
    while page["next"]:
        page = Machine().get(f"{CALL}?order=deadline&limit=4&cursor={page['next']}").json()
        seen += page["items"]
    assert [one["deadline"] for one in seen[:-1]] == sorted(one["deadline"] for one in seen[:-1])
    assert len({one["id"] for one in seen}) == 10
    assert seen[-1]["id"] == str(without.pk)


def test_it_takes_as_many_queries_for_one_as_for_many():
    machine, asked = Machine(), []
    assert machine.token
    for count in (1, 60):
        Finding.objects.all().delete()
        many(count)
        with CaptureQueriesContext(connection) as queries:
            assert machine.get(f"{CALL}?order=deadline").status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_one_is_set_aside_with_the_reason_and_taken_back():
    one = finding()
    answer = put_aside(one)
    assert (answer.status_code, answer.json()["status"]) == (200, "dismissed")
    assert answer.json()["dismissal"]["because"] == "not_paid"
    assert put_aside(one).status_code == 200  # the answer was lost, and it is said again
    assert set(ReadLog.objects.values_list("purpose", "action")) == {("finding", "dismiss")}
    back = Machine().delete(f"{CALL}/{one.pk}/dismissal")
    assert (back.status_code, back.json()["status"], back.json()["dismissal"]) == (200, "open", None)
    assert Machine().delete(f"{CALL}/{one.pk}/dismissal").status_code == 200
    assert Event.objects.filter(type="register_finding.opened", subject=one.pk).count() == 1


def test_taken_back_too_late_it_is_expired(clock_at):
    one = finding(deadline=SATURDAY)
    put_aside(one)
    clock_at(datetime(2026, 5, 5, 9, tzinfo=UTC))
    assert Machine().delete(f"{CALL}/{one.pk}/dismissal").json()["status"] == "expired"


@pytest.mark.parametrize("status", ["covered", "expired"])
def test_what_is_closed_is_not_set_aside(status: str):
    one = finding(status=status)
    for answer in (put_aside(one), Machine().delete(f"{CALL}/{one.pk}/dismissal")):
        assert (answer.status_code, answer.json()["code"]) == (409, "finding-closed")
        assert answer.json()["finding_status"] == status


def test_another_reason_is_another_dismissal():
    one = finding()
    put_aside(one)
    assert put_aside(one, "other").status_code == 409


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({}, ("/because", "required")),
        ({"because": 1}, ("/because", "invalid_type")),
        ({"because": "both_right"}, ("/because", "invalid_choice")),  # of a mismatch alone
        ({"because": "not_paid", "note": "x"}, ("", "unknown_field")),
        ([], ("", "invalid_type")),
    ],
)
def test_a_wrong_reason_says_where(body: Any, error: tuple[str, str]):
    answer = Machine().post(f"{CALL}/{finding().pk}/dismissal", body)
    assert (answer.status_code, codes(answer)) == (422, [error])
    assert Finding.objects.get().status == "open"


def test_without_the_right_it_is_refused_and_without_any_there_is_nothing():
    one = finding()
    assert put_aside(one, client_id="sandbox-other").status_code == 404
    assert put_aside(one, scope="applications.read").status_code == 403
    assert Finding.objects.get().status == "open"
