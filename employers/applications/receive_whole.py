"""A file of which all rows become applications or none, in one transaction, without stopping others for long.

The rows are judged first, chunk by chunk, with nothing held and nothing written. Only then are the employers held, what
was judged is compared with what is there by now, and all of it is written by COPY, which takes a moment. Where somebody
else wrote in between, the rows are judged anew while the employers are held.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction

from employers.applications.receive_chunk import Judged, Readable, judge, read_rows, write
from employers.applications.submit import kept, whole_at_a_time
from employers.benefits.problems import Problem
from employers.intake.batch import Row
from employers.intake.models import Batch, BatchRow
from employers.organisations.models import Organisation

CHUNK = 400  # rows
Status = BatchRow.Status


@contextmanager
def receive_whole(
    rows: Sequence[Row], *, batch: Batch, at: datetime, renew: Callable[[], None]
) -> Iterator[Sequence[BatchRow]]:
    """The results, not saved, in the transaction that holds the applications. `renew` keeps the lease; it is called
    while nothing is held."""
    judged, employers = _judged(rows, batch=batch, at=at, renew=renew)
    with transaction.atomic():
        if is_wrong(judged):
            yield _undone(judged)
            return
        whole_at_a_time(employers)
        if judged.gathered.has_changed():
            judged, employers = _judged(rows, batch=batch, at=at, renew=lambda: None)
        if is_wrong(judged):
            yield _undone(judged)
            return
        write(judged)
        yield judged.results


def is_wrong(judged: Judged) -> bool:
    return any(result.status == Status.REJECTED for result in judged.results)


def _judged(
    rows: Sequence[Row], *, batch: Batch, at: datetime, renew: Callable[[], None]
) -> tuple[Judged, list[Organisation]]:
    so_far, employers = Judged(), dict[object, Organisation]()
    for start in range(0, len(rows), CHUNK):
        renew()
        chunk = rows[start : start + CHUNK]
        readable = read_rows(chunk, batch=batch, at=at, so_far=so_far)
        for one in readable.values():
            if isinstance(one, Readable) and one.by.principal:
                employers[one.by.principal.pk] = one.by.principal
        judge(chunk, readable, batch=batch, so_far=so_far)
    return so_far, list(employers.values())


def _undone(judged: Judged) -> Sequence[BatchRow]:
    """What came of the rows as it stands without any of them: a twin of a row that was not sent is no twin."""
    gone = {result.application for result in judged.results if result.status == Status.ACCEPTED}
    for result in judged.results:
        if result.application in gone:
            result.status, result.application = Status.REJECTED, None
            result.problems = [kept(Problem("", "other_rows_wrong"))]
    return judged.results
