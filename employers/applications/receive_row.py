"""One row of a file becomes an application, or is told why not. It is all in a savepoint of its own."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from employers.applications.models import Application, Channel
from employers.applications.submit import Duplicate, Filing, Overlap, Refused, submit
from employers.benefits.claim import Claim
from employers.benefits.problems import Problem
from employers.intake.batch import Row
from employers.intake.models import Batch, BatchRow
from employers.intake.serializers import Unreadable, read_claim
from employers.organisations import access, rights
from employers.organisations.access import Actor
from employers.organisations.identifiers import is_business_id
from employers.organisations.models import Organisation
from employers.records import clock

Status = BatchRow.Status


def receive_row(row: Row, *, batch: Batch, at: datetime) -> BatchRow:
    """The result, not saved. `at` is now: rights may have ended since the file came, whose own time is on the row."""
    result = BatchRow(batch=batch, number=row.number, reference=row.reference)
    try:
        with transaction.atomic():
            result.application = _submitted(row, batch=batch, at=at).pk
            result.status = Status.ACCEPTED
    except Refused as refused:
        result.status, result.problems = Status.REJECTED, [kept(problem) for problem in refused.problems]
    except Overlap:
        result.status, result.problems = Status.REJECTED, [kept(Problem("absence", "overlap"))]
    except Duplicate as duplicate:
        result.status, result.application = Status.DUPLICATE, duplicate.existing.pk
    return result


def kept(problem: Problem) -> dict[str, object]:
    params = {name: str(value) for name, value in problem.params.items()}
    return {"field": problem.field, "code": problem.code, "severity": problem.severity, "params": params}


def _submitted(row: Row, *, batch: Batch, at: datetime) -> Application:
    by = _sender(row, batch=batch, at=at)
    claim = _claim(row)
    assert by is not None  # a readable claim names an employer
    assert by.principal is not None
    return submit(organisation=by.principal, claim=claim, filing=Filing(channel=Channel.BATCH, by=by, at=batch.at))


def _claim(row: Row) -> Claim:
    """Everything that is wrong with the row is told at once."""
    problems = list(row.problems)
    if row.body is None:
        raise Refused(problems)
    try:
        claim = read_claim(row.body, allow_temporary=settings.SANDBOX)
    except Unreadable as unreadable:
        places = {problem.field for problem in problems}
        raise Refused(problems + [each for each in unreadable.problems if each.field not in places]) from None
    if problems:
        raise Refused(problems)
    return claim


def _sender(row: Row, *, batch: Batch, at: datetime) -> Actor | None:
    """Who sends for whom, by which mandate. None when the row names no employer that could be one.

    Unknown and foreign employers are told alike, and nothing else about the row is.
    """
    business_id = (row.body or {}).get("employer")
    if not isinstance(business_id, str) or not is_business_id(business_id):
        return None
    on, right = clock.day_of(at), _right(row)
    if batch.client:
        known, allowed = (access.employers_of_client(batch.client, on=on, right=one) for one in (None, right))
    else:
        assert batch.user is not None
        known, allowed = (access.employers_of_user(batch.user, on=on, right=one) for one in (None, right))
    employer = known.filter(business_id=business_id).first()
    if employer is None:
        raise Refused([Problem("employer", "employer_unknown")])
    if not allowed.filter(pk=employer.pk).exists():
        raise Refused([Problem("employer", "mandate_missing")])
    return _actor(batch, employer, right=right, at=at)


def _right(row: Row) -> str:
    """What sending it takes, by what it says it asks for."""
    benefit = (row.body or {}).get("benefit")
    return rights.to_send(benefit if isinstance(benefit, str) else "")[0]


def _actor(batch: Batch, employer: Organisation, *, right: str, at: datetime) -> Actor:
    on = clock.day_of(at)
    if batch.client:
        return access.actor_for_client(batch.client, employer, on=on, right=right)
    assert batch.user is not None
    return access.actor_for_user(batch.user, employer, on=on, right=right)
