"""Work through batch files: every row becomes an application, or is told why not.

The batch is the queue entry and the lease. A chunk's applications, their results and the count are written in one
transaction, so a worker that was killed is followed by another that goes on with the next chunk. Leases run by the
database's clock; every claim gets a higher fence number, and whoever lost the lease is refused at the next write.

Nobody waits for somebody else's long file: a worker takes a turn of some seconds with the batch whose sender was
served longest ago, then looks again.
"""

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import count, islice
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import F, OuterRef, Q, QuerySet, Subquery, UUIDField
from django.db.models.functions import Coalesce, Now

from employers.applications.receive_chunk import receive_chunk
from employers.applications.receive_row import receive_row
from employers.applications.receive_whole import receive_whole
from employers.intake.batch import Row
from employers.intake.models import Batch, BatchRow, BatchTurn
from employers.intake.received import rows
from employers.records import events
from employers.records.record import copy_in, record

LEASE = timedelta(seconds=60)
ATTEMPTS = 3  # of taking up a batch without getting a chunk further
CHUNK = 400  # rows
CLASHES = 3  # after which a file that is taken whole waits for the next worker
TURN = 3.0  # seconds, begun chunks are ended
Status = Batch.Status


class Superseded(Exception):
    """Another worker holds the lease now."""


def is_any_due() -> bool:
    """And somebody may take it up: as many as there may be at once are busy otherwise."""
    return _due().exists() and _running().count() < settings.BATCH_TURNS


def work_next(*, at: datetime) -> bool:
    """Claim a batch that waits and take a turn with it; False when none does."""
    batch = claim_next(at=at)
    if batch is None:
        return False
    work_batch(batch, at=at)
    return True


@transaction.atomic
def claim_next(*, at: datetime) -> Batch | None:
    """Of whoever was served longest ago the oldest that waits, or whose worker was lost. Nobody else holds it until
    the lease runs out."""
    _give_up(at=at)
    turns = Counter(_running().values_list("sender", flat=True))
    at_once = settings.BATCH_TURNS
    if turns.total() >= at_once:
        return None
    busy = [sender for sender, count in turns.items() if count >= at_once - 1]  # one is left to others
    served = BatchTurn.objects.filter(sender=OuterRef("sender")).values("served_at")
    waiting = _due().exclude(sender__in=busy).annotate(served=Subquery(served))
    in_order = waiting.order_by(F("served").asc(nulls_first=True), "at", "pk")
    batch = in_order.select_for_update(skip_locked=True).defer("body").first()
    return _claimed(batch.pk) if batch else None


def _claimed(pk: UUID) -> Batch:
    Batch.objects.filter(pk=pk).update(
        status=Status.RUNNING, fence=F("fence") + 1, attempts=F("attempts") + 1, lease_until=Now() + LEASE
    )
    batch = Batch.objects.select_related("client__organisation", "user").get(pk=pk)
    sender = batch.client_id or batch.user_id
    assert sender is not None
    BatchTurn.objects.bulk_create(
        [BatchTurn(sender=sender, served_at=Now())],
        update_conflicts=True,
        unique_fields=["sender"],
        update_fields=["served_at"],
    )
    return batch


def work_batch(batch: Batch, *, at: datetime) -> None:
    """Go on where the last worker stopped, for a turn. Raises Superseded as soon as another has the lease."""
    waiting = rows(batch.body, content_type=batch.content_type, after=batch.done)
    if batch.mode == Batch.Mode.ALL_OR_NOTHING:
        _work_whole(batch, waiting, at=at)
        return
    careful = batch.done + CHUNK if batch.attempts > 1 else 0  # what took a worker with it before: row by row
    until = time.monotonic() + TURN
    while chunk := list(islice(waiting, 1 if batch.done < careful else CHUNK)):
        _work_chunk(batch, chunk, at=at)
        if time.monotonic() >= until and batch.done < batch.rows:
            _leave(batch)
            return
    with transaction.atomic():
        _end(batch, status=Status.FINISHED, at=at)


def _work_chunk(batch: Batch, chunk: Sequence[Row], *, at: datetime) -> None:
    """A clash with somebody else's application or person: each row by itself then."""
    try:
        with transaction.atomic():
            _keep(batch, receive_chunk(chunk, batch=batch, at=at))
    except DatabaseError:
        for row in chunk:
            with transaction.atomic():
                _keep(batch, [receive_row(row, batch=batch, at=at)])
    batch.done += len(chunk)


def _work_whole(batch: Batch, waiting: Iterator[Row], *, at: datetime) -> None:
    given = list(waiting)
    for clashes in count(1):
        try:
            with receive_whole(given, batch=batch, at=at, renew=lambda: _renew(batch)) as results:
                _keep(batch, results)
                _end(batch, status=Status.FINISHED, at=at)
            return
        except DatabaseError:  # somebody else's application or person came in between
            if clashes == CLASHES:
                raise


def _renew(batch: Batch) -> None:
    """Nothing is kept so far, and it goes on."""
    if not _held(batch).update(lease_until=Now() + LEASE):
        raise Superseded


def _leave(batch: Batch) -> None:
    """To whoever comes next; the sender's other files, and other senders, may be served first."""
    if not _held(batch).update(lease_until=None):
        raise Superseded


def _held(batch: Batch) -> QuerySet[Batch]:
    return Batch.objects.filter(pk=batch.pk, fence=batch.fence, status=Status.RUNNING)


def _keep(batch: Batch, results: Sequence[BatchRow]) -> None:
    """Results and counts, by the holder of the lease alone."""
    counts = Counter(result.status for result in results)
    held = _held(batch).update(
        done=F("done") + len(results),
        accepted=F("accepted") + counts[BatchRow.Status.ACCEPTED],
        rejected=F("rejected") + counts[BatchRow.Status.REJECTED],
        duplicates=F("duplicates") + counts[BatchRow.Status.DUPLICATE],
        lease_until=Now() + LEASE,
        attempts=0,
    )
    if not held:
        raise Superseded
    copy_in(results)


def _end(batch: Batch, *, status: str, at: datetime) -> None:
    if not _held(batch).update(status=status, lease_until=None):
        raise Superseded
    record(events.BATCH_FINISHED, organisation=batch.organisation_id, subject=batch.pk, status=status, at=at)


def _due() -> QuerySet[Any]:
    """Waiting, between two turns, or running with nobody behind it."""
    left = Q(status=Status.RUNNING, lease_until__isnull=True)
    lost = Q(status=Status.RUNNING, lease_until__lt=Now(), attempts__lt=ATTEMPTS)
    return _by_sender().filter(Q(status=Status.RECEIVED) | left | lost)


def _running() -> QuerySet[Any]:
    return _by_sender().filter(status=Status.RUNNING, lease_until__gte=Now())


def _by_sender() -> QuerySet[Any]:
    return Batch.objects.annotate(sender=Coalesce("client_id", "user_id", output_field=UUIDField()))


def _give_up(*, at: datetime) -> None:
    """What took a worker with it three times at the same row will do it again. Rows that are done stay done."""
    lost = Batch.objects.filter(status=Status.RUNNING, lease_until__lt=Now(), attempts__gte=ATTEMPTS)
    for batch in lost.select_for_update(skip_locked=True):
        _end(batch, status=Status.FAILED, at=at)
