"""Report what was paid next for an absence that goes on: the same application says more, no new one is needed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from employers.applications.assess import assess
from employers.applications.correct import Anew, Said, held, in_force, say
from employers.applications.models import Application
from employers.applications.submit import Refused
from employers.benefits.claim import Claim, Income, PayPeriod, Period
from employers.benefits.pay_end import may_report
from employers.benefits.problems import Problem, problem
from employers.benefits.spell import goes_on
from employers.benefits.weekdays import DAY
from employers.organisations.access import Actor
from employers.records import clock


class NothingContinues(Exception):
    """Pay was reported to the end of the absence and does not go on: what follows is an application of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PayReport:
    """`pay_continues_from`: None when no pay follows. `absence_end`: where the absence goes on beyond what was
    said; without it, at least to the last day of pay."""

    pay_periods: Sequence[PayPeriod] = ()
    pay_continues_from: date | None = None
    absence_end: date | None = None
    strict: bool = False  # the caller wants warnings to count as errors


@transaction.atomic
def report_pay(*, application_id: UUID, report: PayReport, by: Actor, at: datetime, version: int | None = None) -> Said:
    """`version`: the one it was made from, where that matters: further pay is added to whatever was said before.

    Problems name the entries of the report as it numbers them. Raises NothingContinues and what `correct` raises.
    """
    said = in_force(Application.objects.get(pk=application_id))
    application = held(application_id, said)
    said = in_force(application)
    if not may_report(said):
        raise NothingContinues
    claim = with_report(said, report)
    beside = late_part(application, said, claim, on=clock.day_of(at))
    made_from = application.version if version is None else version
    anew = Anew(claim=claim, version=made_from, kind="report_pay", strict=report.strict, beside=beside)
    try:
        _refuse_gap(said, claim)
        return say(application, anew, by=by, at=at)
    except Refused as refused:
        raise Refused([_renumbered(one, less=len(said.pay_periods)) for one in refused.problems]) from refused


def with_report(said: Claim, report: PayReport) -> Claim:
    """The claim with the report in it."""
    if said.absence is None:
        return said
    ends = [said.absence.end, *(period.end for period in report.pay_periods)]
    end = max([*ends, report.absence_end] if report.absence_end else ends)
    return replace(
        said,
        absence=Period(start=said.absence.start, end=end),
        pay_periods=(*said.pay_periods, *report.pay_periods),
        pay_continues_from=report.pay_continues_from,
    )


def late_part(application: Application, said: Claim, claim: Claim, *, on: date) -> tuple[Problem, ...]:
    """Days beyond the absence that was applied for have a time limit of their own: that of a continuation."""
    if said.absence is None or claim.absence is None or claim.absence.end <= said.absence.end:
        return ()
    beyond = replace(
        claim,
        absence=Period(start=said.absence.end + DAY, end=claim.absence.end),
        continues_application=str(application.pk),
        previous_paid_day=None,
        pay_periods=(),
        other_days=(),
    )
    found = assess(beyond, on=on, organisation=application.organisation, income=Income(), filing=True)
    return tuple(replace(one, field="absence.end") for one in found.problems if one.code == "late")


def _refuse_gap(said: Claim, claim: Claim) -> None:
    """Pay beyond the absence joins on to it: after days at work it is another absence."""
    if said.absence is None:
        return
    beyond = {
        number: period
        for number, period in enumerate(claim.pay_periods)
        if number >= len(said.pay_periods) and said.absence.end < period.start <= period.end
    }
    first = min(beyond, key=lambda number: beyond[number].start, default=None)
    if first is not None and not goes_on(beyond[first].start, said.absence.end):
        raise Refused([problem(f"pay_periods.{first}.start", "outside_absence")])


def _renumbered(one: Problem, *, less: int) -> Problem:
    name, _dot, rest = one.field.partition(".")
    number, dot, member = rest.partition(".")
    if name != "pay_periods" or not number.isdigit() or int(number) < less:
        return one
    return replace(one, field=f"pay_periods.{int(number) - less}{dot}{member}")
