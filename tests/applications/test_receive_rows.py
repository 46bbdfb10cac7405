"""Working through a batch: good rows kept, bad ones explained, once, whoever else tries."""

from datetime import date

import pytest
from django.db.models import F
from django.db.models.functions import Now

from employers.applications import receive_rows
from employers.applications.models import Application
from employers.applications.receive_rows import Superseded, claim_next, is_any_due, work_batch, work_next
from employers.intake.models import Batch, BatchRow
from employers.intake.receive import receive
from employers.intake.received import counted
from employers.organisations.access import Actor
from employers.organisations.models import Mandate
from employers.records.models import Event
from tests import cast
from tests.intake.files import claim, json_lines

pytestmark = pytest.mark.usefixtures("sandbox")
LINES = "application/x-ndjson"
BAD = {"absence": {"start": "2026-03-02", "end": "2026-03-01"}}


def received(*claims, mode="partial", by=None):
    file = json_lines(*claims)
    rows = counted(file, content_type=LINES, most=1000)
    by = by or Actor(role="agent", client=cast.client_system())
    return receive(file, content_type=LINES, rows=rows, mode=mode, by=by, at=cast.AT)


def worked(*claims, **how):
    batch = received(*claims, **how)
    assert work_next(at=cast.AT)
    batch.refresh_from_db()
    return batch


def results(batch):
    return [
        (row.number, row.status, [(each["field"], each["code"]) for each in row.problems])
        for row in batch.results.order_by("number")
    ]


def test_good_rows_are_kept_and_bad_ones_explained():
    batch = worked(claim(1), claim(2, **BAD, colour="red"), claim(3))
    assert (batch.status, batch.done, batch.accepted, batch.rejected) == ("finished", 3, 2, 1)
    first, second, third = results(batch)
    assert (first, third) == ((1, "accepted", []), (3, "accepted", []))
    assert second[1] == "rejected"
    assert {("absence.end", "before_start"), ("colour", "unknown_field")} <= set(second[2])
    assert set(Application.objects.values_list("channel", "reference", "submitted_at")) == {
        ("batch", "row-1", cast.AT), ("batch", "row-3", cast.AT),
    }  # fmt: skip


def test_an_application_of_a_row_knows_who_sent_it():
    batch = worked(claim())
    application = Application.objects.get()
    payroll = cast.client_system()
    assert application.pk == batch.results.get().application
    assert (application.client, application.acting_organisation) == (payroll, payroll.organisation)
    assert application.mandate == Mandate.objects.get(principal__business_id=cast.BAKERY, agent_user=None).pk


def test_what_is_here_already_is_a_duplicate_with_its_id():
    before = cast.sent(pay_basis="full")
    twin = worked(claim(1, contact=None, reference="another"))
    row = twin.results.get()
    assert (row.status, row.application, twin.duplicates, twin.accepted) == ("duplicate", before.pk, 1, 0)


REFUSED = {
    "an unknown employer": ({"employer": "9000013-4"}, [("employer", "employer_unknown")]),
    "a foreign employer": ({"employer": cast.WHOLESALER, **BAD}, [("employer", "employer_unknown")]),
    "an employer that lets us only look": ({"employer": "9000005-4"}, [("employer", "mandate_missing")]),
    "no employer at all": ({"employer": ...}, [("employer", "required")]),
    "a benefit without what it needs": ({"benefit": "donor_allowance"}, [("details.earnings_lost", "required")]),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_row_is_refused_as_a_single_application_would_be(case):
    changes, problems = REFUSED[case]
    (row,) = results(worked(claim(**changes)))
    assert row == (1, "rejected", problems)


def test_overlapping_days_within_the_file():
    again = {"absence": {"start": "2026-03-02", "end": "2026-03-20"}}
    pay = {"pay_periods": [{"start": "2026-03-02", "end": "2026-03-20", "amount": "1800.00"}]}
    batch = worked(claim(1), claim(1, **again, **pay, reference="row-2"))
    assert [row[1:] for row in results(batch)] == [("accepted", []), ("rejected", [("absence", "overlap")])]


def test_a_right_that_ended_since_the_file_came_has_ended():
    batch = received(claim())
    Mandate.objects.update(valid_until=date(2026, 4, 14))
    work_next(at=cast.AT)
    assert results(batch) == [(1, "rejected", [("employer", "employer_unknown")])]


def test_a_person_can_send_a_file_too():
    batch = worked(claim(), by=cast.by_web())
    assert results(batch) == [(1, "accepted", [])]
    assert Application.objects.get().submitted_by == cast.user("Aino")


class TestAllOrNothing:
    def test_all(self):
        batch = worked(claim(1), claim(2), mode="all_or_nothing")
        assert (batch.status, batch.accepted, Application.objects.count()) == ("finished", 2, 2)

    def test_nothing(self):
        """A twin of a row that was taken back is no twin any more, and no id of what is not there is shown."""
        batch = worked(claim(1), claim(1, reference="twin"), claim(2, **BAD), mode="all_or_nothing")
        assert (batch.status, batch.accepted, batch.rejected, batch.duplicates) == ("finished", 0, 3, 0)
        assert Application.objects.count() == 0
        undone = [("", "other_rows_wrong")]
        assert results(batch)[:2] == [(1, "rejected", undone), (2, "rejected", undone)]
        assert not batch.results.exclude(application=None).exists()
        assert set(Event.objects.values_list("type", flat=True)) == {"batch.finished"}


class TestLease:
    def test_nothing_is_due_when_all_is_done(self):
        assert not is_any_due()
        worked(claim())
        assert not is_any_due()
        assert not work_next(at=cast.AT)

    def test_the_next_worker_goes_on_after_the_last_row(self, monkeypatch):
        received(claim(1), claim(2), claim(3))
        killed = claim_next(at=cast.AT)
        stop_after(monkeypatch, rows=2)
        with pytest.raises(Killed):
            work_batch(killed, at=cast.AT)
        assert (Application.objects.count(), BatchRow.objects.count()) == (2, 2)
        assert not work_next(at=cast.AT)  # the lease holds
        monkeypatch.undo()
        Batch.objects.update(lease_until=Now())
        assert work_next(at=cast.AT)
        assert results(killed) == [(1, "accepted", []), (2, "accepted", []), (3, "accepted", [])]
        assert Event.objects.filter(type="batch.finished", subject=killed.pk).count() == 1

    def test_a_late_writer_is_refused(self):
        received(claim(1))
        late = claim_next(at=cast.AT)
        Batch.objects.update(lease_until=Now())
        in_time = claim_next(at=cast.AT)
        with pytest.raises(Superseded):
            work_batch(late, at=cast.AT)
        assert (Application.objects.count(), BatchRow.objects.count()) == (0, 0)
        work_batch(in_time, at=cast.AT)
        assert Application.objects.count() == 1

    @pytest.mark.parametrize("mode", Batch.Mode.values)
    def test_what_kills_its_worker_three_times_is_given_up(self, mode):
        batch = received(claim(1), mode=mode)
        for _ in range(receive_rows.ATTEMPTS):
            assert claim_next(at=cast.AT)
            Batch.objects.update(lease_until=Now())
        assert claim_next(at=cast.AT) is None
        batch.refresh_from_db()
        assert batch.status == "failed"
        assert Event.objects.get().status == "failed"

    def test_three_at_once_that_get_on_are_not_given_up(self):
        received(claim(1))
        Batch.objects.update(attempts=F("attempts") + 2)
        batch = claim_next(at=cast.AT)
        work_batch(batch, at=cast.AT)
        batch.refresh_from_db()
        assert (batch.status, batch.attempts) == ("finished", 0)


class Killed(BaseException):
    """What a process feels of SIGKILL: nothing after it."""


def stop_after(monkeypatch, *, rows):
    done = []
    receive = receive_rows.receive_chunk

    def until_killed(chunk, **more):
        if len(done) == rows:
            raise Killed
        done.extend(row.number for row in chunk)
        return receive(chunk, **more)

    monkeypatch.setattr(receive_rows, "receive_chunk", until_killed)
    monkeypatch.setattr(receive_rows, "CHUNK", 1)
