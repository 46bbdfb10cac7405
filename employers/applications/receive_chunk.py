"""Some hundreds of rows of a file become applications together, or are told why not.

Each row is judged as `submit` judges it, by facts that were gathered for all of them; what is good is written by COPY.
The tables' own constraints stay the last doors: a clash with somebody else is theirs to find, and the caller's
transaction is then undone whole.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from employers.applications import lifecycle
from employers.applications.gathered import Asked, Gathered
from employers.applications.models import Application, ApplicationVersion, StatusChange
from employers.applications.receive_row import claim_of, filing, result_of, sender
from employers.applications.record import EVENT_OF, change_of
from employers.applications.senders import Senders
from employers.applications.submit import Refused, all_at_a_time, judged
from employers.benefits.claim import Claim
from employers.intake.batch import Row
from employers.intake.models import Batch, BatchRow
from employers.organisations.access import Actor
from employers.people.models import Person
from employers.records import clock
from employers.records.models import Event
from employers.records.record import copy_in


@dataclass(frozen=True, slots=True)
class Good:
    application: Application
    version: ApplicationVersion
    by: Actor


@dataclass(slots=True)
class Judged:
    """The results of rows, not saved, and what they would write."""

    gathered: Gathered = field(default_factory=Gathered)
    results: list[BatchRow] = field(default_factory=list)
    good: list[Good] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Readable:
    claim: Claim
    by: Actor


def receive_chunk(rows: Sequence[Row], *, batch: Batch, at: datetime) -> list[BatchRow]:
    """The results, not saved. Within the caller's transaction. `at` is now, as for `receive_row`."""
    so_far = Judged()
    readable = read_rows(rows, batch=batch, at=at, so_far=so_far)
    all_at_a_time((one.by.principal, one.claim) for one in readable.values() if isinstance(one, Readable))
    judge(rows, readable, batch=batch, so_far=so_far)
    write(so_far)
    return so_far.results


def read_rows(rows: Sequence[Row], *, batch: Batch, at: datetime, so_far: Judged) -> dict[int, Readable | Refused]:
    """By their numbers."""
    senders = Senders(batch, [row.body for row in rows], on=clock.day_of(at))
    return {row.number: _read(row, senders, so_far.gathered) for row in rows}


def _read(row: Row, senders: Senders, gathered: Gathered) -> Readable | Refused:
    try:
        by = sender(row, senders)
        claim = claim_of(row, law_on=gathered.laws())
    except Refused as refused:
        return refused
    assert by is not None  # a readable claim names an employer
    return Readable(claim, by)


def judge(rows: Sequence[Row], readable: dict[int, Readable | Refused], *, batch: Batch, so_far: Judged) -> None:
    asked = [one for one in readable.values() if isinstance(one, Readable)]
    so_far.gathered.gather([_asked(one) for one in asked])
    for row in rows:
        work = _judging(readable[row.number], batch=batch, so_far=so_far)
        so_far.results.append(result_of(row, work, batch=batch))


def _asked(one: Readable) -> Asked:
    assert one.by.principal is not None
    return Asked(organisation=one.by.principal, claim=one.claim, client=one.by.client)


def _judging(one: Readable | Refused, *, batch: Batch, so_far: Judged) -> Callable[[], Application]:
    def work() -> Application:
        if isinstance(one, Refused):
            raise one
        assert one.by.principal is not None
        facts = so_far.gathered
        application, version = judged(
            one.by.principal, one.claim, filing=filing(batch, one.by), new_person=facts.new_person, facts=facts
        )
        facts.add(application, version)
        so_far.good.append(Good(application, version, one.by))
        return application

    return work


def write(so_far: Judged) -> None:
    """Applications with all that stands beside them. Raises IntegrityError of a clash with somebody else's."""
    new: list[Person] = sorted(so_far.gathered.new, key=lambda person: bytes(person.identity_index))
    copy_in(new)
    copy_in([one.application for one in so_far.good])
    copy_in([one.version for one in so_far.good])
    copy_in([_change(one) for one in so_far.good])
    copy_in([_event(one.application) for one in so_far.good])


def _change(one: Good) -> StatusChange:
    return change_of(one.application, "submit", source=lifecycle.DRAFT, by=one.by, at=one.application.submitted_at)


def _event(application: Application) -> Event:
    return Event(
        type=EVENT_OF["submit"],
        organisation=application.organisation_id,
        application=application.pk,
        status=application.status,
        at=application.submitted_at,
    )
