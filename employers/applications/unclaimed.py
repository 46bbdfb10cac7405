"""Paid absences that nobody has claimed, for every benefit that reports can show. Reads only.

A report tells of one month, so an absence that goes on is told in parts. Parts belong together when no weekday lies
between them; days that an application or a report's own claim covers are left out. Whatever the number of people, the
number of queries is the same.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from employers.applications import candidates, family_findings
from employers.applications.candidates import NEAR, Run, leaves, unclaimed_runs
from employers.applications.chains import Chains, applied_for, chains, contents
from employers.applications.dossier import PARENTS, Dossier, Unclaimed
from employers.applications.family_findings import LEAVE_COSTS, LUMP_SUM, sum_of
from employers.applications.models import Application
from employers.benefits import family_time, findable, rules
from employers.benefits.claim import Claim, Employment, Period, from_json
from employers.benefits.findable import Cause
from employers.benefits.law import NotInForce
from employers.benefits.parts import within
from employers.law.queries import LawOn
from employers.organisations.models import Organisation
from employers.people.models import Employment as Told
from employers.people.models import Person

WITH_CERTIFICATE = ("sickness_allowance", "partial_sickness_allowance", "special_pregnancy_allowance")


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """Days of a run for one benefit, still in time, with the application that they may go on from.

    `onset`: of what is waited for the run's own first day, whichever day it is still in time from. The incapacity or
    the rehabilitation does not begin anew, and nobody waits twice: 8:7; 566/2005 25 §.
    """

    run: Run
    benefit: str
    absence: Period
    onset: date
    last: Application | None


def unclaimed(
    organisation: Organisation, *, on: date, law_on: LawOn, person: UUID | None = None
) -> Iterator[Unclaimed]:
    """Of everybody, or of one person. What the law says of each, whether anything is to be had, is not yet asked."""
    law = law_on(on)
    try:
        runs = unclaimed_runs(organisation, on=on, law=law, person=person)
    except NotInForce:  # nobody knows what holds then
        return
    told = leaves(organisation, on=on, person=person)
    known = _dossiers(organisation, {run.person for run in runs} | told.keys(), told, on=on, law_on=law_on)
    days = [one for run in runs for one in _days_of(run, known[run.person], on=on, law_on=law_on)]
    before = chains({one.last.pk for one in days if one.last})
    for one in days:
        yield _unclaimed(one, known[one.run.person], before, law_on=law_on)
    costs = contents(organisation, told.keys(), benefit=LEAVE_COSTS) if told else {}
    for who in told:
        yield from family_findings.lump_sums(known[who])
        claims = [from_json(content) for content in costs.get(who, ())]
        yield from family_findings.leave_costs(known[who], claims, on=on)


def _dossiers(
    organisation: Organisation, people: set[UUID], told: Mapping[UUID, Any], *, on: date, law_on: LawOn
) -> dict[UUID, Dossier]:
    """Three queries."""
    everybody = list(people)
    since, _last = candidates.span(on)
    benefits = (*findable.DAILY, LUMP_SUM)
    applications = applied_for(organisation, everybody, benefits=benefits, since=since)
    employed = Told.objects.filter(organisation=organisation, person__in=everybody, start__isnull=False)
    employments = {
        who: Employment(start=start, end=end)
        for who, start, end in employed.values_list("person", "start", "end")
        if start
    }
    return {
        one.pk: Dossier(
            organisation=organisation,
            person=one.pk,
            identity_code=one.identity_code,
            employment=employments.get(one.pk),
            applications=applications.get(one.pk, ()),
            leaves=told.get(one.pk, ()),
            law=law_on(on),
        )
        for one in Person.objects.filter(pk__in=everybody).iterator(chunk_size=5000)
    }


def _days_of(run: Run, known: Dossier, *, on: date, law_on: LawOn) -> Iterator[Days]:
    """What of a run is for which benefit, as far as there is time."""
    for benefit, absence in _by_benefit(run, known):
        timely = findable.in_time(absence, benefit=benefit, on=on, law=law_on(absence.start))
        if timely:
            onset = timely.start if findable.group_of(benefit) == PARENTS else run.start
            last = known.last_before(onset, benefit=benefit, since=_since(onset, benefit, known))
            yield Days(run=run, benefit=benefit, absence=timely, onset=onset, last=last)


def _by_benefit(run: Run, known: Dossier) -> Iterable[tuple[str, Period]]:
    if run.cause is not Cause.FAMILY_LEAVE:
        return [(findable.BY_DAY[run.cause], run)]
    time = known.time_of(run.start)
    assert time  # the run is a part of the leaves that the times are made of
    return family_time.split(run, time)


def _since(onset: date, benefit: str, known: Dossier) -> date:
    """An absence may go on from an application that ended later than this: of parents' one for the same child."""
    time = known.time_of(onset) if findable.group_of(benefit) == PARENTS else None
    return time.first_day if time else onset - timedelta(days=NEAR)


def _unclaimed(days: Days, known: Dossier, before: Chains, *, law_on: LawOn) -> Unclaimed:
    """Where it is too late for the first days, the claim tells of all the absence and asks nothing for those days."""
    earlier = before.earlier(days.last, law_on=law_on)
    pays = within(days.run.pays, days.absence)
    claim = replace(
        known.claim(days.benefit),
        absence=Period(start=days.onset, end=days.absence.end),
        pay_periods=pays,
        certificate="electronic" if days.benefit in WITH_CERTIFICATE else None,
        continues_application=str(days.last.pk) if days.last else None,
    )
    inherits = earlier and rules.inherits(claim, law=law_on(days.onset), earlier=earlier)
    if not inherits:
        earlier = None
        claim = replace(claim, continues_application=None, previous_paid_day=_paid_before(days, law_on=law_on))
    claim = replace(claim, details=_details(claim, known, goes_on=bool(inherits)))
    return Unclaimed(
        person=known.person, absence=_period(days.absence), paid=sum_of(pays), claim=claim, earlier=earlier
    )


def _period(days: Period) -> Period:
    return Period(start=days.start, end=days.end)


def _paid_before(days: Days, *, law_on: LawOn) -> date | None:
    """The last day of an absence of another cause that this one goes on from, when the waiting was over then.

    Partial sickness and rehabilitation right after sickness: nobody waits twice (8:7.3, 8:11; 566/2005 25 §).
    """
    if days.run.before is None or days.onset != days.run.start:
        return None
    cause, before, after_onset = days.run.before
    return findable.paid_before(
        days.benefit,
        onset=days.onset,
        after=findable.BY_DAY[cause],
        end=before.end,
        after_onset=after_onset,
        law=law_on(days.onset),
    )


def _details(claim: Claim, known: Dossier, *, goes_on: bool) -> dict[str, Any]:
    """What of a benefit's own questions the reports answer."""
    assert claim.absence
    time = known.time_of(claim.absence.start) if findable.group_of(claim.benefit) == PARENTS else None
    if time is None or goes_on:
        return {}
    return family_time.details_told(claim.absence.start, benefit=claim.benefit, time=time)


def cached(law_on: LawOn) -> LawOn:
    """The same law for everybody of one day: each looks its values up once."""
    return cache(law_on)
