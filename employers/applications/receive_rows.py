"""Work through batch files: every row becomes an application, or is told why not.

The batch is the queue entry and the lease. A row's application, its result and the count are written in one
transaction, so a worker that was killed is followed by another that goes on with the next row. Leases run by the
database's clock; every claim gets a higher fence number, and whoever lost the lease is refused at the next write.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import islice

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now

from employers.applications.receive_row import kept, receive_row
from employers.benefits.problems import Problem
from employers.intake.batch import Row, rows
from employers.intake.models import Batch, BatchRow
from employers.records import events
from employers.records.record import record

LEASE = timedelta(seconds=60)
ATTEMPTS = 3  # of taking up a batch without getting a row further
Status = Batch.Status


class Superseded(Exception):
    """Another worker holds the lease now."""


class Undone(Exception):
    """A row is wrong, and it was all or nothing."""


def is_any_due() -> bool:
    return _due().exists()


def work_next(*, at: datetime) -> bool:
    """Claim a batch that waits and go through it; False when none does."""
    batch = claim_next(at=at)
    if batch is None:
        return False
    work_batch(batch, at=at)
    return True


@transaction.atomic
def claim_next(*, at: datetime) -> Batch | None:
    """The oldest that waits, or one whose worker was lost. Nobody else holds it until the lease runs out."""
    _give_up(at=at)
    batch = _due().order_by("at", "pk").select_for_update(skip_locked=True).defer("body").first()
    if batch is None:
        return None
    Batch.objects.filter(pk=batch.pk).update(
        status=Status.RUNNING, fence=F("fence") + 1, attempts=F("attempts") + 1, lease_until=Now() + LEASE
    )
    return Batch.objects.select_related("client__organisation", "user").get(pk=batch.pk)


def work_batch(batch: Batch, *, at: datetime) -> None:
    """Go on where the last worker stopped. Raises Superseded as soon as another has the lease."""
    waiting = islice(rows(batch.body, content_type=batch.content_type), batch.done, None)
    if batch.mode == Batch.Mode.ALL_OR_NOTHING:
        _work_whole(batch, waiting, at=at)
        return
    for row in waiting:
        _work_one(batch, row, at=at)
    with transaction.atomic():
        _end(batch, status=Status.FINISHED, at=at)


@transaction.atomic
def _work_one(batch: Batch, row: Row, *, at: datetime) -> None:
    _keep(batch, [receive_row(row, batch=batch, at=at)])


@transaction.atomic
def _work_whole(batch: Batch, waiting: Iterable[Row], *, at: datetime) -> None:
    """Nobody else claims it meanwhile: the row stays locked, whatever the lease says."""
    if not Batch.objects.select_for_update().filter(pk=batch.pk, fence=batch.fence).exists():
        raise Superseded
    results: list[BatchRow] = []
    try:
        with transaction.atomic():
            results.extend(receive_row(row, batch=batch, at=at) for row in waiting)
            if any(result.status == BatchRow.Status.REJECTED for result in results):
                raise Undone
    except Undone:
        _undo(results)
    _keep(batch, results)
    _end(batch, status=Status.FINISHED, at=at)


def _undo(results: list[BatchRow]) -> None:
    """What came of the rows as it stands without any of them: a twin of a row that was not sent is no twin."""
    gone = {result.application for result in results if result.status == BatchRow.Status.ACCEPTED}
    for result in results:
        if result.application in gone:
            result.status, result.application = BatchRow.Status.REJECTED, None
            result.problems = [kept(Problem("", "other_rows_wrong"))]


def _keep(batch: Batch, results: list[BatchRow]) -> None:
    """Results and counts, by the holder of the lease alone."""
    count = Counter(result.status for result in results)
    held = Batch.objects.filter(pk=batch.pk, fence=batch.fence, status=Status.RUNNING).update(
        done=F("done") + len(results),
        accepted=F("accepted") + count[BatchRow.Status.ACCEPTED],
        rejected=F("rejected") + count[BatchRow.Status.REJECTED],
        duplicates=F("duplicates") + count[BatchRow.Status.DUPLICATE],
        lease_until=Now() + LEASE,
        attempts=0,
    )
    if not held:
        raise Superseded
    BatchRow.objects.bulk_create(results)


def _end(batch: Batch, *, status: str, at: datetime) -> None:
    ended = Batch.objects.filter(pk=batch.pk, fence=batch.fence, status=Status.RUNNING).update(
        status=status, lease_until=None
    )
    if not ended:
        raise Superseded
    record(events.BATCH_FINISHED, organisation=batch.organisation_id, subject=batch.pk, status=status, at=at)


def _due() -> QuerySet[Batch]:
    """Waiting, or running with nobody behind it."""
    lost = Q(status=Status.RUNNING, lease_until__lt=Now(), attempts__lt=ATTEMPTS)
    return Batch.objects.filter(Q(status=Status.RECEIVED) | lost)


def _give_up(*, at: datetime) -> None:
    """What took a worker with it three times at the same row will do it again. Rows that are done stay done."""
    lost = Batch.objects.filter(status=Status.RUNNING, lease_until__lt=Now(), attempts__gte=ATTEMPTS)
    for batch in lost.select_for_update(skip_locked=True):
        _end(batch, status=Status.FAILED, at=at)
