"""Mismatches: applications that disagree with what the employer itself told the register, found before we have to ask.

Each stops nothing. It opens once, closes when application and register agree or when the application is decided, and
opens anew when they differ again. One that was dismissed stays so as long as it says the same. After a decision only
what the register told since counts.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, cast
from uuid import UUID

from django.db import transaction
from django.db.models import F, Min, Q, QuerySet

from employers.applications import lifecycle
from employers.applications.compare import Difference, Register, Told, differences
from employers.applications.models import Application, ApplicationVersion
from employers.applications.models_register import Finding
from employers.benefits.claim import Employment, Period, from_json
from employers.income_register.models import PaidAbsence, ReportVersion
from employers.income_register.queries import LAST_DAY
from employers.law.queries import LawOn, laws
from employers.organisations.models import Organisation
from employers.people.models import Employment as Known
from employers.records import clock, events
from employers.records.record import record_all

State = Finding.State
LOOK_BACK = timedelta(days=2 * 366)
AT_ONCE = 1000  # rows in a statement
CHANGES = ("facts", "paid", "version", "absence_start", "absence_end", "status", "found_at")
Found = dict[tuple[UUID, str], Finding]


@dataclass(slots=True)
class Reports:
    """What the register tells of one person, with when each part of it came."""

    absences: list[tuple[datetime, Told]] = field(default_factory=list)
    unpaid: list[tuple[datetime, Period]] = field(default_factory=list)
    windows: list[tuple[datetime, Period]] = field(default_factory=list)
    employment: Employment | None = None
    paid_since: date | None = None

    def news(self, absence: Period, *, since: datetime | None) -> bool:
        """Whether anything about these days came after the moment; before a decision everything is news."""
        if since is None:
            return True
        told = (*self.absences, *self.unpaid, *self.windows)
        return any(at > since and one.start <= absence.end and absence.start <= one.end for at, one in told)

    def register(self, *, decided: bool) -> Register:
        return Register(
            absences=[one for _at, one in self.absences],
            unpaid=[one for _at, one in self.unpaid],
            windows=[one for _at, one in self.windows],
            employment=None if decided else self.employment,
            paid_since=self.paid_since,
        )


@transaction.atomic
def find_mismatches(organisation: Organisation, *, at: datetime) -> int:
    """Open, change and close what differs for this employer now; returns how many are open then. The number of
    queries is the same for one application and for thousands."""
    own = Finding.objects.filter(organisation=organisation, kind=Finding.Kind.MISMATCH)
    known = {(one.application_id, one.code): one for one in own.select_for_update().order_by("pk")}
    now = _differing(organisation, at=at)
    _open([one for key, one in now.items() if key not in known], organisation, at=at)
    _change([(one, known[key]) for key, one in now.items() if key in known], organisation, at=at)
    gone = [one.pk for key, one in known.items() if key not in now and one.status == State.OPEN]
    own.filter(pk__in=gone).update(status=State.COVERED)
    return own.filter(status=State.OPEN).count()


def outdated() -> QuerySet[Organisation]:
    """Employers with an open mismatch of an application that was said anew, decided or withdrawn since."""
    return Organisation.objects.filter(pk__in=_stale().values("organisation"))


def let_go(organisation: Organisation) -> None:
    """What cannot be compared anew is not shown: the next run of the register opens it again if it still holds."""
    Finding.objects.filter(pk__in=_stale().filter(organisation=organisation)).update(status=State.EXPIRED)


def _stale() -> QuerySet[Finding]:
    settled = Q(application__status=lifecycle.WITHDRAWN) | Q(application__decision__decided_at__gt=F("found_at"))
    still_open = Finding.objects.filter(kind=Finding.Kind.MISMATCH, status=State.OPEN)
    return still_open.filter(settled | ~Q(application__version=F("version")))


def _differing(organisation: Organisation, *, at: datetime) -> Found:
    applications = _compared(organisation, on=clock.day_of(at))
    said = ApplicationVersion.objects.filter(application__in=applications, number=F("application__version"))
    rows = list(said.select_related("application__decision"))
    reports, in_force = _reports(organisation, applications), laws(at=at)
    return {
        (one.application_id, different.code): _row(one.application, different, at=at)
        for one in rows
        if one.application.person_id in reports
        for different in _of_one(one, reports[one.application.person_id], in_force)
    }


def _compared(organisation: Organisation, *, on: date) -> QuerySet[Application]:
    """Those that wait for a decision, and those decided whose days may be told otherwise by now."""
    waiting = Q(status__in=lifecycle.OPEN)
    decided = Q(status__in=lifecycle.ENDED, outcome__in=lifecycle.PAYABLE_OUTCOMES)
    about = Application.objects.filter(organisation=organisation, person__isnull=False, absence_end__gte=on - LOOK_BACK)
    return about.filter(waiting | decided)


def _of_one(said: ApplicationVersion, reports: Reports, in_force: LawOn) -> list[Difference]:
    application, claim = said.application, from_json(said.content)
    decided = application.decision.decided_at if application.decision else None
    if claim.absence is None or not reports.news(claim.absence, since=decided):
        return []
    return differences(claim, reports.register(decided=decided is not None), laws=in_force)


def _reports(organisation: Organisation, applications: QuerySet[Application]) -> dict[Any, Reports]:
    """By person. Of a report that was corrected, what it says today."""
    found: dict[Any, Reports] = defaultdict(Reports)
    people = applications.values("person")
    current = ReportVersion.objects.filter(organisation=organisation, person__in=people, current=True)
    for who, came, told in _absences(organisation, people):
        if isinstance(told, Told):
            found[who].absences.append((came, told))
        else:
            found[who].unpaid.append((came, told))
    for who, came, window in _windows(current):
        found[who].windows.append((came, window))
    employments = Known.objects.filter(organisation=organisation, person__in=people, start__isnull=False)
    for who, start, end in employments.values_list("person", "start", "end"):
        found[who].employment = Employment(start=cast(date, start), end=end)
    for who, first in current.values_list("person").annotate(first=Min("period_start")):
        found[who].paid_since = first
    return found


def _absences(organisation: Organisation, people: Any) -> Iterator[tuple[Any, datetime, Period]]:
    """With pay each a Told, without just its days. What is masked cannot be compared, but for its pay."""
    told = PaidAbsence.objects.annotate(last=LAST_DAY).filter(
        Q(unpaid=True) | Q(cause_code__isnull=False),
        current=True,
        report__organisation=organisation,
        report__person__in=people,
        start__lte=F("last"),
    )
    columns = ("report__person", "report__received_at", "unpaid", "start", "last", "cause_code", "amount")
    for who, came, unpaid, start, end, cause, amount in told.order_by("start", "pk").values_list(*columns):
        days = {"start": start, "end": end}
        yield who, came, Period(**days) if unpaid else Told(**days, cause=cause, amount=amount)


def _windows(reports: QuerySet[ReportVersion]) -> Iterator[tuple[Any, datetime, Period]]:
    told = reports.filter(absences_told=True, absences_from__lte=F("absences_until"))
    columns = ("person", "received_at", "absences_from", "absences_until")
    for who, came, start, end in told.values_list(*columns):
        yield who, came, Period(start=cast(date, start), end=cast(date, end))


def _row(application: Application, different: Difference, *, at: datetime) -> Finding:
    """As it should be, not saved."""
    assert application.person_id
    assert application.absence_start
    assert application.absence_end
    return Finding(
        organisation_id=application.organisation_id,
        person_id=application.person_id,
        kind=Finding.Kind.MISMATCH,
        code=different.code,
        facts=different.facts,
        benefit=application.benefit,
        absence_start=application.absence_start,
        absence_end=application.absence_end,
        paid=different.paid,
        application=application,
        version=application.version,
        found_at=at,
    )


def _open(findings: Sequence[Finding], organisation: Organisation, *, at: datetime) -> None:
    Finding.objects.bulk_create(findings, batch_size=AT_ONCE)
    _tell(findings, organisation, at=at)


def _change(told: Iterable[tuple[Finding, Finding]], organisation: Organisation, *, at: datetime) -> None:
    """Take over what differs now. What had closed is open again, and what was dismissed when it says something else."""
    changed, again = [], []
    for now, before in told:
        if _stays(now, before):
            continue
        if before.status != State.OPEN:
            again.append(before)
        for name in CHANGES:
            setattr(before, name, getattr(now, name))
        changed.append(before)
    Finding.objects.bulk_update(changed, CHANGES, batch_size=AT_ONCE)
    _tell(again, organisation, at=at)


def _stays(now: Finding, before: Finding) -> bool:
    if now.facts != before.facts or before.status not in (State.OPEN, State.DISMISSED):
        return False
    decision = now.application.decision if now.application else None
    found_since = decision is None or before.found_at >= decision.decided_at
    return before.status == State.DISMISSED or (now.version == before.version and found_since)


def _tell(opened: Iterable[Finding], organisation: Organisation, *, at: datetime) -> None:
    subjects = [one.pk for one in opened]
    record_all(events.FINDING_OPENED, organisation=organisation.pk, subjects=subjects, status=State.OPEN.value, at=at)
