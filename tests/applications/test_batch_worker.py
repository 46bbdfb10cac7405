"""A batch from the call to the events, through a real worker; and a worker killed in the middle of one."""

import os
import signal

import pytest
from django.db.models.functions import Now

from employers.applications import receive_rows
from employers.applications.models import Application
from employers.intake.models import Batch, BatchRow
from employers.records import clock, doorbell
from employers.records.models import Event
from portal.sandbox import data
from portal.sandbox.register.data import identity_code
from tests.feeds import until_shown
from tests.intake.files import cells, csv_file
from tests.machine import KEY, Machine
from tests.workers import until, worker

ROWS = 2_000
pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def cast_in_place():
    data.load(at=clock.now())


def rows(count):
    return [
        cells(**{"reference": f"row-{n}", "employee.personal_identity_code": identity_code(n)}) for n in range(count)
    ]


def sent(*each):
    answer = Machine().post("batches", csv_file(*each), key=KEY, kind="text/csv")
    assert answer.status_code == 202
    return Batch.objects.get()


def test_a_file_goes_through_a_worker_and_comes_out_in_the_calls():
    bad = cells(**{"reference": "bad", "absence.end": "1.3.2026", "employer": "9000008-9"})
    with worker():
        batch = sent(*rows(3), bad)
        until(lambda: Machine().get(f"batches/{batch.pk}").json()["status"] == "finished")
    shown = Machine().get(f"batches/{batch.pk}").json()
    assert (shown["done"], shown["accepted"], shown["rejected"]) == (4, 3, 1)
    *good, wrong = Machine().get(f"batches/{batch.pk}/rows").json()["items"]
    assert {row["application"] for row in good} == {str(pk) for pk in Application.objects.values_list("pk", flat=True)}
    assert [(error["pointer"], error["code"]) for error in wrong["errors"]] == [("/employer", "employer_unknown")]
    until_shown()
    told = Machine().get("events?limit=200").json()["items"]
    assert [event["type"] for event in told] == ["application.submitted"] * 3 + ["batch.finished"]
    assert (told[-1]["subject"], told[-1]["status"]) == (str(batch.pk), "finished")
    assert "batch.finished" not in Machine("sandbox-other").get("events?limit=200").content.decode()


def test_a_worker_killed_in_mid_batch_is_followed_by_one_that_goes_on():
    """Expected: every row once, none lost, none twice, none told to be a duplicate of itself; progress by whole chunks
    while it runs."""
    with worker() as killed:
        batch = sent(*rows(ROWS))
        until(lambda: Machine().get(f"batches/{batch.pk}").json()["done"] > 0)
        os.killpg(killed.pid, signal.SIGKILL)
        killed.wait()
    batch.refresh_from_db()
    assert batch.status == "running"
    assert batch.done == BatchRow.objects.count() == Application.objects.count() < ROWS
    assert batch.done % receive_rows.CHUNK == 0
    Batch.objects.update(lease_until=Now())  # a minute later
    with worker():
        doorbell.ring()
        until(lambda: finished(batch))
    assert list(batch.results.order_by("number").values_list("number", flat=True)) == list(range(1, ROWS + 1))
    assert set(batch.results.values_list("status", flat=True)) == {"accepted"}
    assert Application.objects.count() == ROWS
    assert batch.fence >= 2
    assert Event.objects.filter(type="application.submitted").count() == ROWS


def finished(batch):
    batch.refresh_from_db()
    return batch.status == "finished"
