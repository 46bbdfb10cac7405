"""The file of a batch comes back as it was, with what came of each row; and can be sent again once it is corrected."""

import csv
import io
import json

import pytest
from django.test import override_settings
from openpyxl import Workbook, load_workbook

from employers.applications.receive_rows import work_next
from employers.benefits.claim import BENEFITS
from employers.intake.models import Batch
from employers.organisations.models import Organisation
from employers.people.models import Person
from employers.records.models import ReadLog
from tests import cast
from tests.intake.files import cells, claim, csv_file, json_lines
from tests.machine import KEY, Machine

pytestmark = pytest.mark.usefixtures("sandbox")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TOLD = ["status", "application", "errors"]


def worked(file, kind, *, key=KEY):
    pk = Machine().post("batches", file, key=key, kind=kind).json()["id"]
    while work_next(at=cast.AT):
        pass
    return Batch.objects.get(pk=pk)


def fetched(batch, language="en"):
    answer = Machine(language=language).get(f"batches/{batch.pk}/file")
    assert (answer.status_code, answer["Content-Type"]) == (200, batch.content_type)
    return answer.content


def as_workbook(*rows):
    book, written = Workbook(), io.BytesIO()
    book.active.append(list(rows[0]))
    for row in rows:
        book.active.append(list(row.values()))
    book.save(written)
    return written.getvalue()


@pytest.mark.parametrize("separator", [";", ","])
def test_a_csv_file_keeps_its_separator_and_mark(separator):
    phones = ({"contact.phone": phone} for phone in ("+358 40 1", "", "=1+1"))
    rows = [cells(1, **next(phones)), cells(2, **{"absence.end": "1.3.2026"}, **next(phones)), cells(3, **next(phones))]
    sent = csv_file(*rows, separator=separator, encoding="utf-8-sig")
    batch = worked(sent, "text/csv")
    content = fetched(batch)
    assert content.startswith(b"\xef\xbb\xbf")
    header, good, wrong, formula = csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=separator)
    assert header == [*rows[0], *TOLD]
    assert good[:-3] == list(rows[0].values())
    assert good[-3:] == ["accepted", str(batch.results.get(number=1).application), ""]
    assert wrong[-3:-1] == ["rejected", ""]
    assert "absence.end: The end is before the start" in wrong[-1]
    assert formula[header.index("contact.phone")] == "'=1+1"
    assert formula[-1] == "contact.phone: This cell holds a formula. Write the value itself."


def test_a_workbook_comes_back_as_one():
    batch = worked(as_workbook(cells(1), cells(2, **{"absence.end": "2026-03-01", "reference": "=x"})), XLSX)
    assert (batch.accepted, batch.rejected) == (1, 1)
    header, good, wrong = load_workbook(io.BytesIO(fetched(batch))).active.values
    assert list(header) == [*cells(1), *TOLD]
    assert good[-3:] == ("accepted", str(batch.results.get(number=1).application), None)
    assert (wrong[-3], wrong[header.index("reference")]) == ("rejected", None)  # a formula that nobody reckoned


def test_json_lines_get_members():
    batch = worked(json_lines(claim(1), claim(2, pay_basis="x")) + b"{\n", "application/x-ndjson")
    good, wrong, broken = (json.loads(line) for line in fetched(batch).splitlines())
    assert good == {**claim(1), "status": "accepted", "application": str(batch.results.get(number=1).application),
                    "errors": []}  # fmt: skip
    assert {error["pointer"] for error in wrong["errors"]} == {"/pay_basis"}
    assert (broken["line"], broken["status"]) == ("{", "rejected")


@pytest.mark.parametrize("kind", ["text/csv", XLSX, "application/x-ndjson"])
def test_what_came_back_can_be_corrected_and_sent_again(kind):
    """Expected: rows that were accepted are duplicates, those that were corrected are accepted."""
    made = {
        "text/csv": lambda *rows: csv_file(*rows),
        XLSX: as_workbook,
        "application/x-ndjson": lambda *rows: json_lines(claim(1), claim(2, pay_basis=rows[1]["pay_basis"])),
    }
    batch = worked(made[kind](cells(1), cells(2, pay_basis="wrong")), kind)
    content = fetched(batch)
    if kind == XLSX:
        book, written = load_workbook(io.BytesIO(content)), io.BytesIO()
        for cell in next(column for column in book.active.columns if column[0].value == "pay_basis")[1:]:
            cell.value = "full"
        book.save(written)
        content = written.getvalue()
    again = worked(content.replace(b"wrong", b"full"), kind, key="another-key-0123456789")
    assert [row.status for row in again.results.order_by("number")] == ["duplicate", "accepted"]


def test_before_it_is_worked_on_its_rows_wait():
    Machine().post("batches", csv_file(cells(1)), key=KEY, kind="text/csv")
    _header, row = csv.reader(io.StringIO(fetched(Batch.objects.get()).decode()), delimiter=";")
    assert row[-3:] == ["waiting", "", ""]


def test_everybody_in_the_file_is_written_into_the_read_log():
    """Expected: a row a person whom we know, with client, organisation, employer; before the file leaves."""
    cast.sent(employee=cast.claim().employee)
    batch = worked(csv_file(cells(1), cells(2, pay_basis="x"), cells(3)), "text/csv")
    ReadLog.objects.all().delete()
    fetched(batch)
    logged = ReadLog.objects.filter(action="batch_file")
    assert {one.person for one in logged} == set(
        Person.objects.filter(applications__isnull=False).values_list("pk", flat=True)
    )
    one, by = logged[0], cast.client_system()
    assert (one.actor, one.organisation, one.principal) == (by.pk, by.organisation_id, cast.employer().pk)
    assert one.mandate is not None


def test_another_client_gets_what_an_unknown_file_gives():
    batch = worked(csv_file(cells(1)), "text/csv")
    foreign = Machine("sandbox-other").get(f"batches/{batch.pk}/file").json()
    unknown = Machine().get(f"batches/{cast.official().pk}/file").json()
    assert foreign | {"trace_id": "", "instance": ""} == unknown | {"trace_id": "", "instance": ""}


def test_the_number_of_queries_does_not_grow_with_the_rows(django_assert_max_num_queries):
    batch = worked(csv_file(*(cells(number) for number in range(1, 6))), "text/csv")
    machine = Machine()
    assert machine.token
    with django_assert_max_num_queries(16):
        machine.get(f"batches/{batch.pk}/file")


@pytest.mark.parametrize("benefit", BENEFITS)
def test_the_template_of_each_benefit_can_be_filled_in_and_sent(benefit, clock_at):
    """Expected: its example is read without a problem of its columns; what a real claim needs is told by its row."""
    clock_at(cast.AT)
    answer = Machine().get(f"batches/templates/{benefit}?format=csv")
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/csv; charset=utf-8")
    header, example = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";")
    assert header[:3] == ["employer", "benefit", "reference"]
    assert example[:2] == [Organisation.objects.get(business_id=cast.BAKERY).business_id, benefit]
    batch = worked(answer.content, "text/csv")
    assert batch.rows == 1


def test_a_template_as_a_workbook_by_accept():
    asked = {"Accept": XLSX}
    answer = Machine().get("batches/templates/sickness_allowance", headers=asked)
    assert answer["Content-Type"] == XLSX
    assert next(load_workbook(io.BytesIO(answer.content)).worksheets[0].values)[0] == "employer"


@pytest.mark.parametrize(("call", "headers", "status"), [
    ("batches/templates/lottery", {}, 404),
    ("batches/templates/sickness_allowance", {"Accept": "application/json"}, 406),
    ("batches/templates/sickness_allowance?format=pdf", {}, 422),
])  # fmt: skip
def test_templates_that_there_are_not(call, headers, status):
    answer = Machine().get(call, headers=headers)
    assert (answer.status_code, answer.json()["status"]) == (status, status)


@override_settings(LARGEST_BODY=1000)
def test_a_workbook_above_the_limit_is_too_large():
    answer = Machine().post("batches", as_workbook(cells(1)), key=KEY, kind=XLSX)
    assert (answer.status_code, answer.json()["code"]) == (413, "body-too-large")
