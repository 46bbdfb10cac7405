"""One row of a file becomes an application, or is told why not. It is all in a savepoint of its own."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.db import transaction

from employers.applications.models import Application, Channel
from employers.applications.senders import Senders
from employers.applications.submit import Duplicate, Filing, Overlap, Refused, kept, submit
from employers.benefits.claim import Claim
from employers.benefits.problems import Problem
from employers.intake.batch import Row
from employers.intake.models import Batch, BatchRow
from employers.intake.serializers import Unreadable, read_claim
from employers.law.queries import LawOn, law_on
from employers.organisations.access import Actor
from employers.records import clock

Status = BatchRow.Status


def receive_row(row: Row, *, batch: Batch, at: datetime) -> BatchRow:
    """The result, not saved. `at` is now: rights may have ended since the file came, whose own time is on the row."""

    def submitted() -> Application:
        with transaction.atomic():
            return _submitted(row, batch=batch, at=at)

    return result_of(row, submitted, batch=batch)


def result_of(row: Row, work: Callable[[], Application], *, batch: Batch) -> BatchRow:
    """What came of the row by the work that makes an application of it."""
    result = BatchRow(batch=batch, number=row.number, reference=row.reference)
    try:
        result.application = work().pk
        result.status = Status.ACCEPTED
    except Refused as refused:
        result.status, result.problems = Status.REJECTED, [kept(problem) for problem in refused.problems]
    except Overlap:
        result.status, result.problems = Status.REJECTED, [kept(Problem("absence", "overlap"))]
    except Duplicate as duplicate:
        result.status, result.application = Status.DUPLICATE, duplicate.existing.pk
    return result


def _submitted(row: Row, *, batch: Batch, at: datetime) -> Application:
    by = sender(row, Senders(batch, [row.body], on=clock.day_of(at)))
    claim = claim_of(row, law_on=law_on)
    assert by is not None  # a readable claim names an employer
    assert by.principal is not None
    return submit(organisation=by.principal, claim=claim, filing=filing(batch, by))


def filing(batch: Batch, by: Actor) -> Filing:
    return Filing(channel=Channel.BATCH, by=by, at=batch.at)


def sender(row: Row, senders: Senders) -> Actor | None:
    """None when the row names no employer that could be one. Raises Refused."""
    found = senders.of(row.body)
    if isinstance(found, Problem):
        raise Refused([found])
    return found


def claim_of(row: Row, *, law_on: LawOn) -> Claim:
    """Everything that is wrong with the row is told at once. Raises Refused."""
    problems = list(row.problems)
    if row.body is None:
        raise Refused(problems)
    try:
        claim = read_claim(row.body, allow_temporary=settings.SANDBOX, law_on=law_on)
    except Unreadable as unreadable:
        places = {problem.field for problem in problems}
        raise Refused(problems + [each for each in unreadable.problems if each.field not in places]) from None
    if problems:
        raise Refused(problems)
    return claim
