"""Findings: paid absences in the register that nobody claimed, with what they are worth and until when.

A finding opens after a sync. It closes when an application covers it, when its time is over, or when the register tells
of it no more; and it opens again when it is as it was. One that was dismissed stays dismissed, unless its report was
said to be wrong and tells other days now.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet

from employers.applications import cover
from employers.applications.models_register import Finding
from employers.applications.unclaimed import cached, unclaimed
from employers.applications.worth import Worth, worth_claiming
from employers.benefits import findable
from employers.benefits.deadlines import moved
from employers.law.queries import laws
from employers.organisations.models import Organisation
from employers.records import clock, events
from employers.records.record import copy_in, record_all

State = Finding.State
FACTS = ("absence_start", "absence_end", "paid", "estimated_amount", "deadline")
CORRECTED_LATER = "wrong_in_register"  # of the reasons in employers.applications.dismiss
UPDATE = """
UPDATE employers_finding AS one SET status = told.status, application_id = NULL, absence_start = told.absence_start,
    absence_end = told.absence_end, paid = told.paid, estimated_amount = told.estimated_amount, deadline = told.deadline
FROM unnest(%s::uuid[], %s::text[], %s::date[], %s::date[], %s::numeric[], %s::numeric[], %s::date[])
    AS told (id, status, absence_start, absence_end, paid, estimated_amount, deadline)
WHERE one.id = told.id
"""


@dataclass(slots=True)
class Sorted:
    """What is told against what is known: findings not yet there, those to change, those that are open anew."""

    new: list[Finding] = field(default_factory=list)
    changed: list[Finding] = field(default_factory=list)
    again: list[Finding] = field(default_factory=list)
    told: set[UUID] = field(default_factory=set)  # keys of known findings that the register still tells


@transaction.atomic
def find(organisation: Organisation, *, at: datetime) -> int:
    """Open, change and close what the reports of this employer say now; returns how many are open then."""
    on, law_on = clock.day_of(at), cached(laws())
    own = Finding.objects.filter(organisation=organisation, kind=Finding.Kind.UNCLAIMED)
    known = list(own.select_for_update().order_by("pk"))
    found = unclaimed(organisation, on=on, law_on=law_on)
    told = [_as_row(one, organisation, at=at) for one in worth_claiming(organisation, found, on=on, law_on=law_on)]
    seen = _sorted(told, known)
    _write(seen, organisation, at=at)
    _close([one.pk for one in known if one.status == State.OPEN and one.pk not in seen.told], own)
    return own.filter(status=State.OPEN).count()


@transaction.atomic
def close(*, on: date) -> None:
    """What was applied for and what is too late, between two syncs."""
    still_open = Finding.objects.filter(status=State.OPEN, kind=Finding.Kind.UNCLAIMED)
    claims = cover.by_day()
    daily = still_open.filter(claims["there"], benefit__in=findable.DAILY)
    daily.update(status=State.COVERED, application=claims["first"])
    _cover(cover.covering(still_open.exclude(benefit__in=findable.DAILY)))
    days = still_open.filter(deadline__lt=on).values_list("deadline", flat=True).distinct()
    over = [day for day in days if day and moved(day) < on]
    if over:
        still_open.filter(deadline__in=over).update(status=State.EXPIRED)


def _as_row(worth: Worth, organisation: Organisation, *, at: datetime) -> Finding:
    """A finding as it should be, not saved."""
    one = worth.found
    return Finding(
        organisation_id=organisation.pk,
        person_id=one.person,
        benefit=one.benefit,
        absence_start=one.absence.start,
        absence_end=one.absence.end,
        paid=one.paid,
        estimated_amount=worth.amount,
        deadline=worth.deadline,
        found_at=at,
    )


def _sorted(told: Sequence[Finding], known: Iterable[Finding]) -> Sorted:
    """By what a finding is about and its first day; one whose first day has changed is known by the days in common."""
    seen, beside = Sorted(), defaultdict(list)
    for one in known:
        beside[one.person_id, one.benefit].append(one)
    later = []
    for now in told:
        before = next((one for one in beside[_about(now)] if one.absence_start == now.absence_start), None)
        if before:
            _compare(now, before, seen)
            seen.told |= _open_beside(now, before, beside[_about(now)])
        else:
            later.append(now)
    for now in later:
        near = [one for one in beside[_about(now)] if _overlap(one, now)]
        before = next((one for one in near if one.status == State.OPEN and one.pk not in seen.told), None)
        if before:
            _compare(now, before, seen)
        elif not any(_stays_aside(one, now) for one in near):
            seen.new.append(now)
    return seen


def _compare(now: Finding, before: Finding, seen: Sorted) -> None:
    """Take over what the register says now. What had closed is open again."""
    seen.told.add(before.pk)
    if _stays_aside(before, now) or (before.status == State.OPEN and _facts(now) == _facts(before)):
        return
    if before.status != State.OPEN:
        seen.again.append(before)
    before.status = State.OPEN
    for name in FACTS:
        setattr(before, name, getattr(now, name))
    seen.changed.append(before)


def _stays_aside(before: Finding, now: Finding) -> bool:
    """Whoever said that the report was wrong waits for what the corrected one tells of other days."""
    same_days = (before.absence_start, before.absence_end) == (now.absence_start, now.absence_end)
    return before.status == State.DISMISSED and (same_days or before.dismissed_because != CORRECTED_LATER)


def _open_beside(now: Finding, before: Finding, known: Iterable[Finding]) -> set[UUID]:
    """What grew together with an absence that stays aside was set aside by nobody."""
    if before.status != State.DISMISSED:
        return set()
    return {one.pk for one in known if one.status == State.OPEN and _overlap(one, now)}


def _write(seen: Sorted, organisation: Organisation, *, at: datetime) -> None:
    copy_in(seen.new)
    _update(seen.changed)
    opened = [one.pk for one in (*seen.new, *seen.again)]
    record_all(events.FINDING_OPENED, organisation=organisation.pk, subjects=opened, status=State.OPEN.value, at=at)


def _update(findings: Sequence[Finding]) -> None:
    if findings:
        columns = [[getattr(one, name) for one in findings] for name in ("pk", "status", *FACTS)]
        with connection.cursor() as cursor:
            cursor.execute(UPDATE, columns)


def _close(keys: Sequence[UUID], own: QuerySet[Finding]) -> None:
    """What the register tells no more: applied for, or else over."""
    if keys:
        gone = own.filter(pk__in=keys)
        _cover(cover.covering(gone))
        gone.filter(status=State.OPEN).update(status=State.EXPIRED)


def _cover(by: dict[UUID, UUID]) -> None:
    covered = [Finding(pk=key, status=State.COVERED, application_id=application) for key, application in by.items()]
    Finding.objects.bulk_update(covered, ["status", "application"], batch_size=500)


def _about(finding: Finding) -> tuple[UUID, str]:
    return finding.person_id, finding.benefit


def _overlap(one: Finding, other: Finding) -> bool:
    return one.absence_start <= other.absence_end and other.absence_start <= one.absence_end


def _facts(finding: Finding) -> list[object]:
    return [getattr(finding, name) for name in FACTS]
