"""Findings: paid absences in the register that nobody claimed, with what they are worth and until when.

A finding opens after a sync. It closes when an application covers it, when its time is over, or when the register tells
of it no more; and it opens again when it is as it was. One that was dismissed stays dismissed.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet, Subquery

from employers.applications import lifecycle
from employers.applications.models import Application
from employers.applications.models_register import Finding
from employers.applications.queries import continued, earlier_of, wages_before
from employers.applications.unclaimed import BENEFIT, Unclaimed, unclaimed
from employers.benefits import rules
from employers.benefits.deadlines import add_months, moved
from employers.benefits.estimate import Estimate
from employers.benefits.law import NotInForce
from employers.benefits.problems import errors
from employers.law.queries import LawOn, laws
from employers.organisations.models import Organisation
from employers.people.models import Person
from employers.records import clock, events
from employers.records.record import record

State = Finding.State
FACTS = ("absence_end", "paid", "estimated_amount", "deadline")
MONTHS = "sickness.deadline_months"
NOTHING = "nothing_payable"


@transaction.atomic
def find(organisation: Organisation, *, at: datetime) -> int:
    """Open, change and close what the reports of this employer say now; returns how many are open then."""
    own = Finding.objects.filter(organisation=organisation, benefit=BENEFIT)
    _cover(own.filter(status=State.OPEN))
    known = {(one.person_id, one.absence_start): one for one in own.select_for_update().order_by("pk")}
    told = [(one, known.pop((one.person_id, one.absence_start), None)) for one in _worth_claiming(organisation, at=at)]
    _open([finding for finding, before in told if before is None], at=at)
    _change([(finding, before) for finding, before in told if before is not None], at=at)
    _expire(one for one in known.values() if one.status == State.OPEN)
    return own.filter(status=State.OPEN).count()


@transaction.atomic
def close(*, on: date) -> None:
    """What was applied for and what is too late, between two syncs."""
    still_open = Finding.objects.filter(status=State.OPEN)
    _cover(still_open)
    days = still_open.filter(deadline__lt=on).values_list("deadline", flat=True).distinct()
    over = [day for day in days if day and moved(day) < on]
    if over:
        still_open.filter(deadline__in=over).update(status=State.EXPIRED)


def _cover(findings: QuerySet[Finding]) -> None:
    claims = Application.objects.filter(
        organisation=OuterRef("organisation"),
        person=OuterRef("person"),
        benefit=OuterRef("benefit"),
        absence_start__lte=OuterRef("absence_end"),
        absence_end__gte=OuterRef("absence_start"),
    ).exclude(status=lifecycle.WITHDRAWN)
    first = Subquery(claims.order_by("pk").values("pk")[:1])
    findings.filter(Exists(claims)).update(status=State.COVERED, application=first)


def _worth_claiming(organisation: Organisation, *, at: datetime) -> Iterator[Finding]:
    """Findings as they should be, not saved: with something to get and time to ask for it."""
    on, law_on = clock.day_of(at), laws()
    for one in unclaimed(organisation, on=on):
        in_time = _has_time(one, on=on, law_on=law_on)
        worth = _estimate(one, organisation=organisation, law_on=law_on) if in_time else None
        if worth and worth.deadline and moved(worth.deadline) >= on and _is_something(worth, paid=one.paid):
            yield Finding(
                organisation=organisation,
                person_id=one.person,
                benefit=BENEFIT,
                absence_start=one.absence.start,
                absence_end=one.absence.end,
                paid=one.paid,
                estimated_amount=worth.to_employer,
                deadline=worth.deadline,
                found_at=at,
            )


def _has_time(one: Unclaimed, *, on: date, law_on: LawOn) -> bool:
    """Cheaper than an estimate, and never false for what has time: no deadline is later than that of a first spell."""
    law = law_on(one.absence.start)
    return not law.knows(MONTHS) or moved(add_months(one.absence.start, law.count(MONTHS))) >= on


def _estimate(one: Unclaimed, *, organisation: Organisation, law_on: LawOn) -> Estimate | None:
    """With this employer's own wages. None when nothing is payable, or the figures cannot be claimed as they are."""
    claim, person = one.claim(organisation=organisation, law_on=law_on), Person(pk=one.person)
    earlier = earlier_of(continued(claim, organisation=organisation, person=person), law_on=law_on)
    onset = rules.law_day(claim, earlier=earlier)
    law = law_on(onset)
    problems = rules.check(claim, law=law, earlier=earlier)
    if errors(problems) or any(problem.code == NOTHING for problem in problems):
        return None
    income = wages_before(onset, organisation=organisation, person=person)
    try:
        return rules.estimate(claim, law=law, income=income, earlier=earlier)
    except NotInForce:
        return None


def _is_something(worth: Estimate, *, paid: Decimal) -> bool:
    """Where the income is not known, whatever was paid may be something."""
    return paid > 0 and worth.to_employer != 0


def _open(findings: list[Finding], *, at: datetime) -> None:
    Finding.objects.bulk_create(findings)
    for finding in findings:
        _tell(finding, at=at)


def _change(told: Iterable[tuple[Finding, Finding]], *, at: datetime) -> None:
    """Take over what the register says now. What had closed is open again."""
    changed = []
    for now, before in told:
        if before.status == State.DISMISSED or (before.status == State.OPEN and _facts(now) == _facts(before)):
            continue
        if before.status != State.OPEN:
            _tell(before, at=at)
        before.status, before.application = State.OPEN, None
        for name in FACTS:
            setattr(before, name, getattr(now, name))
        changed.append(before)
    Finding.objects.bulk_update(changed, [*FACTS, "status", "application"])


def _expire(findings: Iterable[Finding]) -> None:
    Finding.objects.filter(pk__in=[one.pk for one in findings]).update(status=State.EXPIRED)


def _facts(finding: Finding) -> list[object]:
    return [getattr(finding, name) for name in FACTS]


def _tell(finding: Finding, *, at: datetime) -> None:
    record(
        events.FINDING_OPENED, organisation=finding.organisation_id, subject=finding.pk, status=State.OPEN.value, at=at
    )
