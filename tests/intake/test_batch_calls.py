"""The calls about batches: what is taken, what is refused, who sees what."""

import io

import pytest
from django.db import connection

from employers.applications.receive_rows import work_next
from employers.intake.models import Batch
from tests import cast
from tests.intake.files import cells, claim, csv_file, json_lines
from tests.machine import KEY, Machine, codes

pytestmark = pytest.mark.usefixtures("sandbox")
CSV, LINES = "text/csv", "application/x-ndjson"


def send(file=None, kind=LINES, *, query="", key=KEY, machine=None):
    return (machine or Machine()).post(
        f"batches{query}", json_lines(claim()) if file is None else file, key=key, kind=kind
    )


def test_a_file_is_received_and_waits():
    answer = send(json_lines(claim(1), claim(2)))
    batch = Batch.objects.get()
    assert (answer.status_code, answer["Location"]) == (202, f"/api/v1/batches/{batch.pk}")
    assert answer.json().items() >= {
        "id": str(batch.pk), "status": "received", "mode": "partial",
        "rows": 2, "done": 0, "accepted": 0, "rejected": 0, "duplicates": 0,
    }.items()  # fmt: skip
    assert Machine().get(f"batches/{batch.pk}").json() == answer.json()
    assert Machine().get(f"batches/{batch.pk}/rows").json() == {"items": [], "next": None}


def test_half_a_file_is_no_file():
    """A line that was cut between two rows: the same key has to stay free for the whole of it."""
    machine, whole = Machine(), json_lines(claim(1), claim(2))
    cut = machine.http.generic(
        "POST",
        "/api/v1/batches",
        whole,
        content_type=LINES,
        headers=machine.headers({"Idempotency-Key": KEY}),
        **{"wsgi.input": io.BytesIO(json_lines(claim(1)))},
    )
    assert (cut.status_code, cut.json()["code"]) == (400, "malformed-request")
    assert send(whole, machine=machine).json()["rows"] == 2


def test_csv_with_a_character_set_is_csv():
    assert send(csv_file(cells()), "text/csv; charset=utf-8; header=present").status_code == 202


def test_what_came_of_the_rows_in_the_callers_language():
    bad = cells(2, **{"absence.end": "2026-03-01", "employee.personal_identity_code": "020290-912A"})
    pk = send(csv_file(cells(1), bad), CSV).json()["id"]
    assert work_next(at=cast.AT)
    assert Machine().get(f"batches/{pk}").json().items() >= {"status": "finished", "accepted": 1, "rejected": 1}.items()
    good, wrong = Machine().get(f"batches/{pk}/rows").json()["items"]
    assert (good["row"], good["reference"], good["status"], good["errors"]) == (1, "row-1", "accepted", [])
    assert Machine().get(f"applications/{good['application']}").json()["channel"] == "batch"
    assert (wrong["row"], wrong["status"], wrong["application"]) == (2, "rejected", None)
    errors = {error["pointer"]: error for error in wrong["errors"]}
    assert errors["/absence/end"]["code"] == "before_start"
    assert errors["/absence/end"]["detail"] == "The end is before the start. Check both days."
    assert errors["/employee/personal_identity_code"]["code"] == "identity_code_invalid"
    assert "020290-912A" not in Machine().get(f"batches/{pk}/rows").content.decode()


def test_rows_page_by_page():
    pk = send(json_lines(claim(1), claim(2), claim(3))).json()["id"]
    work_next(at=cast.AT)
    first = Machine().get(f"batches/{pk}/rows?limit=2").json()
    rest = Machine().get(f"batches/{pk}/rows?limit=2&cursor={first['next']}").json()
    assert [row["row"] for row in first["items"] + rest["items"]] == [1, 2, 3]
    assert rest["next"] is None
    assert codes(Machine().get(f"batches/{pk}/rows?cursor=x")) == [("/cursor", "id_invalid")]


class TestOnce:
    def test_the_same_file_again_is_the_same_batch(self):
        first, again = send(), send()
        assert (again.status_code, again.content, again["Idempotency-Replayed"]) == (202, first.content, "true")
        assert Batch.objects.count() == 1

    def test_another_file_under_the_same_key_is_refused(self):
        send()
        assert (send(json_lines(claim(2))).status_code, Batch.objects.count()) == (422, 1)

    def test_a_key_is_needed(self):
        assert send(key="").json()["code"] == "idempotency-key-missing"

    def test_a_refused_file_leaves_the_key_unused(self):
        assert send(b"\x89PNG\0", CSV).status_code == 400
        assert send().status_code == 202


WRONG = {
    "binary as CSV": (b"\x89PNG\r\n\x1a\n\0\0", CSV, "", 400, "malformed-request", [("", "unparseable")]),
    "a spreadsheet": (b"PK\x03\x04", "application/vnd.ms-excel", "", 415, "unsupported-media-type", []),
    "one JSON document": (b"{}", "application/json", "", 415, "unsupported-media-type", []),
    "another mode": (None, LINES, "?mode=some", 422, "validation-failed", [("/mode", "invalid_choice")]),
    "no rows": (b"\n", LINES, "", 422, "validation-failed", [("", "no_rows")]),
    "an unknown column": (b"employer;x\na;b", CSV, "", 422, "validation-failed", [("/columns/1", "unknown_column")]),
    "too many rows": (b"{}\n" * 10_001, LINES, "", 422, "validation-failed", [("", "too_many_rows")]),
    "more than 20 MB": (b"x" * (20 * 1024 * 1024 + 1), CSV, "", 413, "body-too-large", []),
}


@pytest.mark.parametrize("case", WRONG)
def test_each_wrong_file_gets_its_own_clear_error(case):
    file, kind, query, status, code, errors = WRONG[case]
    answer = send(file, kind, query=query)
    assert (answer.status_code, answer.json()["code"], codes(answer)) == (status, code, errors)
    assert Batch.objects.count() == 0


def test_as_large_as_allowed_is_taken():
    filler = claim(additional_information="x" * 4000)
    file = json_lines(filler) * 1000
    assert len(file) > 4_000_000  # more than other bodies may be
    assert send(file).status_code == 202


class TestWhoMay:
    def test_another_client_sees_no_batch_of_ours(self):
        pk = send().json()["id"]
        for call in (f"batches/{pk}", f"batches/{pk}/rows"):
            foreign, unknown = (
                Machine("sandbox-other").get(call),
                Machine().get(call.replace(pk, str(cast.official().pk))),
            )
            assert (foreign.status_code, unknown.status_code) == (404, 404)
            assert foreign.json()["detail"] == unknown.json()["detail"]

    def test_sending_needs_the_scope(self):
        reader = Machine(scope="applications.read")
        assert send(machine=reader).json()["code"] == "scope-missing"
        assert send(machine=Machine("sandbox-agency")).status_code == 403


def test_the_file_is_sealed_in_the_database():
    send()
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM employers_batch")
        (body,) = cursor.fetchone()
    assert b"010190-9123" not in bytes(body)
    assert Batch.objects.get().body == json_lines(claim())
