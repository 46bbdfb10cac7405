"""A CSV file of many applications from its receipt to the result of each row, beside a COPY of the same rows."""

import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime

from django.conf import settings
from django.db import connection, transaction

from employers.applications.models import Application
from employers.applications.receive_rows import work_next
from employers.intake.batch import CSV
from employers.intake.models import Batch
from employers.intake.receive import receive
from employers.intake.received import counted
from employers.organisations.access import Actor
from employers.organisations.models import ClientSystem
from portal.sandbox.figure import Figure, timed
from portal.sandbox.register.data import identity_code

CLIENT = "sandbox-bench"
APPLICANT = "9000004-6"
FIRST_PERSON = 400_000
AT = datetime(2026, 4, 15, tzinfo=UTC)
ROW = {
    "employer": APPLICANT,
    "benefit": "sickness_allowance",
    "reference": "",
    "employee.personal_identity_code": "",
    "employee.given_name": "Bertta",
    "employee.family_name": "Malli",
    "employment.start": "2.5.2019",
    "absence.start": "2.3.2026",
    "absence.end": "10.4.2026",
    "pay_periods.1.start": "2.3.2026",
    "pay_periods.1.end": "10.4.2026",
    "pay_periods.1.amount": "3600,00",
    "pay_basis": "full",
    "certificate": "electronic",
}


def figures(*, rows: int) -> Iterator[Figure]:
    lines = _lines(rows)
    file = _file(lines)
    yield Figure("rows of a batch file", rows, timed(lambda: _work(file, rows)), timed(lambda: _copy(lines)), "COPY")


def _lines(count: int) -> list[dict[str, str]]:
    """People whom nobody has applied for yet."""
    first = FIRST_PERSON + Application.objects.count()
    return [
        {**ROW, "reference": f"bench-{number}", "employee.personal_identity_code": identity_code(number)}
        for number in range(first, first + count)
    ]


def _file(lines: list[dict[str, str]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(ROW), delimiter=";")
    writer.writeheader()
    writer.writerows(lines)
    return text.getvalue().encode()


def _work(file: bytes, rows: int) -> None:
    """What the door does, and then a worker."""
    at_the_door = counted(file, content_type=CSV, most=max(rows, settings.BATCH_ROWS))
    by = Actor(role="agent", client=ClientSystem.objects.select_related("organisation").get(name=CLIENT))
    batch = receive(file, content_type=CSV, rows=at_the_door, mode=Batch.Mode.PARTIAL, by=by, at=AT)
    while batch.status != Batch.Status.FINISHED:
        work_next(at=AT)
        batch.refresh_from_db(fields=["status", "accepted"])
    if batch.accepted != rows or batch.results.count() != rows:
        raise RuntimeError(f"{batch.accepted} of {rows} rows were accepted")


def _copy(lines: list[dict[str, str]]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        columns = ", ".join(f'"{name}" text' for name in ROW)
        cursor.execute(f"CREATE TEMPORARY TABLE bare ({columns}) ON COMMIT DROP")
        with cursor.copy("COPY bare FROM STDIN") as copy:
            for line in lines:
                copy.write_row(tuple(line.values()))
