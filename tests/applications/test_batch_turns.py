"""Fair between senders, several workers at once, and files taken whole: nobody waits for somebody else's long file."""

import threading
from datetime import date

import pytest
from django.conf import settings
from django.db import connection, connections, transaction

from employers.applications import receive_rows, receive_whole
from employers.applications.gathered import Gathered
from employers.applications.models import Application
from employers.applications.receive_rows import claim_next, work_batch, work_next
from employers.applications.submit import Filing, submit
from employers.intake.models import Batch
from employers.organisations.access import Actor
from employers.records import clock
from employers.records.models import Event
from portal.sandbox import data
from portal.sandbox.register.data import identity_code
from tests import cast
from tests.applications.test_receive_rows import received
from tests.intake.files import claim


def rows_of(count, *, first=0, **changes):
    return [
        claim(1, **{"reference": f"row-{first + number}", "employee": employee(first + number)} | changes)
        for number in range(count)
    ]


def employee(number):
    return {"personal_identity_code": identity_code(number), "given_name": "Aino", "family_name": "Esimerkki"}


def of(client_id):
    return Actor(role="agent", client=cast.client_system(client_id))


@pytest.mark.usefixtures("sandbox")
class TestFair:
    @pytest.fixture(autouse=True)
    def short_turns(self, monkeypatch):
        monkeypatch.setattr(receive_rows, "CHUNK", 5)
        monkeypatch.setattr(receive_rows, "TURN", 0.0)  # one chunk

    def test_ten_long_files_of_one_client_do_not_hold_up_another_ones_ten_rows(self):
        """Expected: after the turn that runs, the other client is next, and its rows are done while the ten files
        still wait; then the first goes on where it was."""
        long = [received(*rows_of(15, first=100 * number)) for number in range(10)]
        assert work_next(at=cast.AT)
        short = received(*rows_of(10, first=5_000, employer=cast.WHOLESALER), by=of("sandbox-other"))
        turns = []
        while work_next(at=cast.AT):
            turns.append(list(Batch.objects.filter(done__gt=0).order_by("at").values_list("pk", "done")))
            if Batch.objects.get(pk=short.pk).status == "finished":
                break
        assert len(turns) <= 4
        assert Batch.objects.filter(pk__in=[one.pk for one in long], status="finished").count() == 0
        while work_next(at=cast.AT):
            pass
        assert set(Batch.objects.values_list("status", flat=True)) == {"finished"}
        assert Application.objects.count() == 160

    def test_the_oldest_file_of_a_sender_comes_first(self):
        first, second = received(*rows_of(8)), received(*rows_of(8, first=50))
        for _ in range(2):
            work_next(at=cast.AT)
        first.refresh_from_db()
        second.refresh_from_db()
        assert (first.done, second.done) == (8, 0)

    def test_one_sender_leaves_a_turn_to_others(self):
        for number in range(3):
            received(*rows_of(6, first=10 * number))
        held = [claim_next(at=cast.AT) for _ in range(settings.BATCH_TURNS)]
        assert [one is None for one in held] == [False] * (settings.BATCH_TURNS - 1) + [True]
        assert receive_rows.is_any_due()
        others = received(*rows_of(1, first=90, employer=cast.WHOLESALER), by=of("sandbox-other"))
        assert claim_next(at=cast.AT).pk == others.pk
        assert not receive_rows.is_any_due()  # as many as there may be at once

    def test_progress_is_readable_while_it_runs(self):
        batch = received(*rows_of(12), claim(2, pay_basis="x"))
        seen = []
        while work_next(at=cast.AT):
            batch.refresh_from_db()
            seen.append((batch.status, batch.done, batch.accepted + batch.rejected, batch.results.count()))
        assert seen == [("running", 5, 5, 5), ("running", 10, 10, 10), ("finished", 13, 13, 13)]
        assert Event.objects.filter(type="batch.finished").count() == 1

    def test_rows_before_one_that_kills_its_worker_are_not_lost(self, monkeypatch):
        """Expected: the second worker goes row by row, the third attempt at the same row is the last."""
        monkeypatch.setattr(receive_rows, "TURN", 60.0)
        batch, receive = received(*rows_of(4)), receive_rows.receive_chunk

        def killed_by_the_third(chunk, **more):
            if any(row.number == 3 for row in chunk):
                raise KeyboardInterrupt
            return receive(chunk, **more)

        monkeypatch.setattr(receive_rows, "receive_chunk", killed_by_the_third)
        for _ in range(10):
            claimed = claim_next(at=cast.AT)
            if claimed is None:
                break
            with pytest.raises(KeyboardInterrupt):
                work_batch(claimed, at=cast.AT)
            Batch.objects.update(lease_until=cast.AT)
        batch.refresh_from_db()
        assert (batch.status, batch.done) == ("failed", 2)


@pytest.mark.usefixtures("sandbox")
class TestWhole:
    def test_what_changed_while_it_was_judged_is_judged_anew(self, monkeypatch):
        """Expected: somebody sends one of the rows in between; it is a duplicate then, and nothing is there twice."""
        whole_at_a_time = receive_whole.whole_at_a_time

        def after_somebody_else(employers):
            filing = Filing(channel="web", by=cast.by_web(), at=cast.AT)
            said = cast.claim(employee=cast.claim().employee, reference="theirs")
            submit(organisation=cast.employer(), claim=said, filing=filing)
            whole_at_a_time(employers)

        monkeypatch.setattr(receive_whole, "whole_at_a_time", after_somebody_else)
        batch = received(claim(1, contact=None), *rows_of(3, first=10), mode="all_or_nothing")
        work_next(at=cast.AT)
        assert [row.status for row in batch.results.order_by("number")] == ["duplicate"] + ["accepted"] * 3
        assert Application.objects.count() == 4

    def test_nothing_is_judged_twice_where_nothing_changed(self, monkeypatch):
        gathered, gather = [], Gathered.gather
        monkeypatch.setattr(Gathered, "gather", lambda self, asked: (gathered.append(len(asked)), gather(self, asked)))
        cast.sent(employee=cast.claim().employee)
        received(*rows_of(6, first=10), claim(1, absence={"start": "2025-03-03", "end": "2025-03-28"},
                 pay_periods=[{"start": "2025-03-03", "end": "2025-03-28", "amount": "1.00"}]),
                 mode="all_or_nothing")  # fmt: skip
        work_next(at=cast.AT)
        assert gathered == [7]
        assert Application.objects.count() == 8


@pytest.mark.django_db(transaction=True)
def test_workers_at_once_and_the_door_beside_them_end_in_one_application_a_claim(monkeypatch):
    """Expected: four files with the same people, worked on at once, while the same claims are sent one by one: every
    claim once, the rest duplicates, no row lost, no worker stopped by another."""
    data.load(at=clock.now())
    monkeypatch.setattr(receive_rows, "CHUNK", 10)
    monkeypatch.setattr(settings, "BATCH_TURNS", 5)
    for number in range(4):
        rows = [{**row, "reference": f"{number}-{row['reference']}"} for row in rows_of(30)]
        received(*rows, mode="all_or_nothing" if number == 3 else "partial")
    errors: list[BaseException] = []

    def working():
        try:
            while work_next(at=cast.AT):
                pass
        except BaseException as error:
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=working) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert errors == []
    assert {one.status for one in Batch.objects.all()} == {"finished"}
    assert Application.objects.count() == 30
    assert sum(one.accepted for one in Batch.objects.all()) == 30
    assert sum(one.duplicates for one in Batch.objects.all()) == 90
    assert Application.objects.filter(absence_start=date(2026, 3, 2)).count() == 30


@pytest.mark.django_db(transaction=True)
def test_a_file_taken_whole_takes_few_locks_and_is_over_soon():
    """Expected: as many locks as there are employers, not as there are people; thousands would leave none to others."""
    data.load(at=clock.now())
    people = [cast.claim(employee=cast.claim().employee)] * 3
    with transaction.atomic(), connection.cursor() as cursor:
        receive_whole.whole_at_a_time([cast.employer()] * len(people))
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()")
        assert cursor.fetchone() == (1,)
