"""One file with rows of every benefit: each row is its own claim, and says what is wrong with it alone."""

import csv
import io

import pytest

from employers.applications.models import Application
from employers.applications.receive_rows import work_next
from employers.benefits.claim import from_json
from employers.intake.batch import CSV
from employers.intake.receive import receive
from employers.intake.received import counted
from employers.intake.serializers import read_claim
from employers.organisations.access import Actor
from tests import cast
from tests.intake.thirteen import BENEFITS, cells, example

pytestmark = pytest.mark.usefixtures("sandbox")


def told(benefit):
    return example(benefit, reference=f"{benefit}-1", contact=None)


def file_of(lines):
    """With the columns of all of them, as one sheet has."""
    columns = dict.fromkeys(name for line in lines for name in line)
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(columns), delimiter=";", restval="")
    writer.writeheader()
    writer.writerows(lines)
    return text.getvalue().encode()


def worked(lines):
    file = file_of(lines)
    rows = counted(file, content_type=CSV, most=1000)
    by = Actor(role="agent", client=cast.client_system())
    batch = receive(file, content_type=CSV, rows=rows, mode="partial", by=by, at=cast.AT)
    assert work_next(at=cast.AT)
    batch.refresh_from_db()
    return batch


def test_rows_of_every_benefit_come_in_by_one_file():
    batch = worked([cells(told(benefit)) for benefit in BENEFITS])
    assert [(row.status, row.problems) for row in batch.results.all() if row.status != "accepted"] == []
    kept = {one.benefit: from_json(one.versions.get().content) for one in Application.objects.all()}
    assert kept == {
        benefit: read_claim({**told(benefit), "other_days": None}, allow_temporary=True) for benefit in BENEFITS
    }


WRONG = {
    "partial_sickness_allowance": ("details.weekly_hours_agreed", "30", "hours_outside_share"),
    "family_leave_compensation": ("details.contract.kind", "permanent", "invalid_choice"),
    "annual_leave_compensation": ("details.months.1.month", "march", "month_invalid"),
    "occupational_health_reimbursement": ("details.employees", "0", "no_employees"),
    "sickness_allowance": ("details.due_date", "2026-04-13", "unknown_field"),
}


def test_a_wrong_row_says_what_is_wrong_with_it_alone():
    lines = [cells(told(benefit)) for benefit in BENEFITS]
    for line in lines:
        if line["benefit"] in WRONG:
            column, cell, _code = WRONG[line["benefit"]]
            line[column] = cell
    batch = worked(lines)
    assert (batch.accepted, batch.rejected) == (len(BENEFITS) - len(WRONG), len(WRONG))
    rejected = {BENEFITS[row.number - 1]: row.problems for row in batch.results.filter(status="rejected")}
    for benefit, (column, _cell, code) in WRONG.items():
        place = column.replace(".1.", ".0.")
        found = [(each["field"], each["code"]) for each in rejected[benefit] if each["severity"] == "error"]
        assert found == [(place, code)]
