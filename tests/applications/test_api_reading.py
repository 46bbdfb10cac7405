"""Lists and single applications over HTTP: what is found, in which order, with how many queries, and who is told."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from employers.applications.models import Application
from employers.records.models import ReadLog
from tests.cast import BAKERY, client_system, employer, sent
from tests.machine import EXAMPLE, Machine, codes

pytestmark = pytest.mark.usefixtures("sandbox")

CODE = EXAMPLE["employee"]["personal_identity_code"]


def send(machine: Machine, number: int, **changes: object) -> dict:
    """One absence a month."""
    month = {"start": f"2026-{number + 1:02}-02", "end": f"2026-{number + 1:02}-27"}
    answer = machine.submit(
        number, reference=f"row-{number}", absence=month, pay_periods=[month | {"amount": "2000.00"}], **changes
    )
    assert answer.status_code == 201, answer.content
    return answer.json()


def references(answer) -> list[str]:
    return [item["reference"] for item in answer.json()["items"]]


def test_an_application_reads_as_it_was_answered():
    machine = Machine()
    one = send(machine, 0)
    answer = machine.get(f"applications/{one['id']}")
    assert (answer.status_code, answer.json()) == (200, one)
    assert answer.headers["ETag"] == '"1"'
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_list_has_the_newest_first_and_goes_on_by_cursor():
    machine = Machine()
    for number in range(5):
        send(machine, number)
    first = machine.get("applications?limit=2")
    second = machine.get(f"applications?limit=2&cursor={first.json()['next']}")
    third = machine.get(f"applications?limit=2&cursor={second.json()['next']}")
    assert references(first) + references(second) + references(third) == ["row-4", "row-3", "row-2", "row-1", "row-0"]
    assert third.json()["next"] is None


def test_a_list_is_narrowed():
    machine = Machine()
    send(machine, 0)
    send(machine, 1, employer="9000006-2")
    Application.objects.filter(reference="row-1").update(status="in_handling")
    assert references(machine.get("applications?employer=9000006-2")) == ["row-1"]
    assert references(machine.get("applications?status=submitted")) == ["row-0"]
    assert references(machine.get("applications?benefit=donor_allowance")) == []
    assert references(machine.get("applications?submitted_after=2020-01-01T00:00:00Z&status=submitted")) == ["row-0"]
    assert references(machine.get("applications?submitted_after=2020-01-01")) == ["row-1", "row-0"]
    assert references(machine.get("applications?submitted_after=2099-01-01")) == []


@pytest.mark.parametrize("filters", ["employer=9000008-9", "employer=9000024-9", "employer=nonsense", "employer=%00"])
def test_a_foreign_an_unknown_and_an_impossible_employer_give_an_empty_list(filters):
    Machine("sandbox-other").submit(employer="9000008-9")
    assert Machine().get(f"applications?{filters}").json() == {"items": [], "next": None}


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ("limit=201", ("/limit", "limit_too_large")),
        ("limit=0", ("/limit", "invalid_type")),
        ("limit=ten", ("/limit", "invalid_type")),
        ("cursor=abc", ("/cursor", "id_invalid")),
        ("status=lost", ("/status", "invalid_choice")),
        ("benefit=sick", ("/benefit", "invalid_choice")),
        ("submitted_after=yesterday", ("/submitted_after", "time_invalid")),
        ("submitted_after=2026-01-01T00:00:00", ("/submitted_after", "time_invalid")),
        ("submitted_after=0001-01-01T00:00:00%2B14:00", ("/submitted_after", "time_invalid")),
    ],
)
def test_a_question_that_makes_no_sense_is_refused(query, error):
    answer = Machine().get(f"applications?{query}")
    assert (answer.status_code, codes(answer)) == (422, [error])


def test_a_person_is_searched_within_one_employer():
    machine = Machine()
    send(machine, 0)
    found = machine.post("applications/search", {"employer": BAKERY, "personal_identity_code": CODE})
    elsewhere = machine.post("applications/search", {"employer": "9000006-2", "personal_identity_code": CODE})
    assert (references(found), references(elsewhere)) == (["row-0"], [])
    assert codes(machine.post("applications/search", {"employer": BAKERY, "personal_identity_code": "1"})) == [
        ("/personal_identity_code", "identity_code_invalid")
    ]


def test_the_history_tells_every_move():
    machine = Machine()
    one = send(machine, 0)
    [move] = machine.get(f"applications/{one['id']}/history").json()["items"]
    assert (move["from"], move["to"], move["role"], move["at"]) == ("draft", "submitted", "agent", one["submitted_at"])


def test_every_person_shown_leaves_one_row_with_mandate_and_principal():
    machine = Machine()
    one = send(machine, 0)
    send(machine, 1)
    machine.get("applications")
    machine.get(f"applications/{one['id']}")
    listed, read = ReadLog.objects.exclude(action="submit").order_by("id")
    assert (listed.action, read.action) == ("list", "read")
    for row in (listed, read):
        assert row.actor == client_system().pk
        assert row.organisation == client_system().organisation_id
        assert row.principal == employer().pk
        assert row.mandate == client_system().organisation.mandates_held.get(principal=employer()).pk


def queries(machine: Machine, call: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert machine.get(call).status_code == 200
    return len(captured)


def test_the_number_of_queries_does_not_grow_with_the_rows():
    machine = Machine()
    one = send(machine, 0)
    calls = ("applications", f"applications/{one['id']}", f"applications/{one['id']}/history", "employers")
    few = {call: queries(machine, call) for call in calls}
    for number in range(1, 6):
        send(machine, number, employer=["9000004-6", "9000006-2", "9000007-0"][number % 3])
    many = {call: queries(machine, call) for call in calls}
    assert many == few
    assert few["applications"] <= 6
    assert few[calls[1]] <= 7


def test_what_came_another_way_is_seen_too():
    application = sent()
    found = Machine().get("applications").json()["items"]
    assert [(item["id"], item["channel"]) for item in found] == [(str(application.pk), "web")]
