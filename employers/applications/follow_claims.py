"""What becomes of an application when the register tells its claim anew, or tells it no longer.

An application stands on the claim that counts in the register today. A new version of the report, or another report
about the same days where the first was cancelled, takes the earlier claim's place: it corrects what can still be
corrected, and asks an official after the decision. What the employer said itself in the portal stays, but for what the
register changed. A claim that nothing takes the place of is withdrawn.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext, gettext_noop, override

from employers.applications import lifecycle
from employers.applications.correct import (
    Anew,
    RequestWaits,
    Unchanged,
    another_waits,
    ask_official,
    correct,
    held,
    in_force,
)
from employers.applications.models import Application
from employers.applications.models_corrections import CorrectionRequest
from employers.applications.models_register import RegisterClaim
from employers.applications.register_claim import claim_of, followed, going_on
from employers.applications.submit import Duplicate, Overlap, Refused, kept
from employers.applications.withdraw import withdraw
from employers.benefits.claim import Claim
from employers.benefits.periods import overlap
from employers.benefits.problems import Problem
from employers.organisations.access import Actor
from employers.organisations.models import Organisation

State = RegisterClaim.State
TOLD_ANEW = gettext_noop("The report %(report)s in the Incomes Register tells it so now.")
NO_LONGER = gettext_noop("The report %(report)s in the Incomes Register does not claim it any more.")
ANOTHER_CAUSE = gettext_noop("The report %(report)s in the Incomes Register tells another cause of the absence now.")
AS_BEFORE = gettext_noop("The report %(report)s in the Incomes Register tells it as it was decided.")


def said(claim: RegisterClaim) -> Claim:
    return claim_of(claim.paid_absence, reference="", place=claim.place)


def follow(claim: RegisterClaim, then: RegisterClaim, *, at: datetime) -> None:
    """The application of the claim before says from now on what this one tells. What cannot be followed is kept back:
    the application stays as it was, with what is wrong told beside the claim."""
    assert then.application
    application = claim.application = then.application
    was, now = said(then), said(claim)
    try:
        with transaction.atomic():
            claim.status = _say_so(application, was=was, now=now, claim=claim, at=at)
    except RequestWaits:
        return
    except Refused as refused:
        claim.status, claim.problems = State.REFUSED, [kept(problem) for problem in refused.problems]
        return
    except Duplicate as duplicate:
        _give_way(claim, duplicate.existing, was=was, now=now)
        return
    except Overlap as overlapping:
        _give_way(claim, overlapping.existing[0], was=was, now=now)
        return
    then.status = State.REPLACED
    then.save(update_fields=["status"])


def _give_way(claim: RegisterClaim, other: Application, *, was: Claim, now: Claim) -> None:
    """Another application has days of these already. One that left its own days altogether only repeats that other one,
    and what it stood on before is told no longer."""
    claim.status, claim.problems = State.REFUSED, [kept(Problem("absence", "overlap"))]
    if was.absence and now.absence and not overlap(was.absence, now.absence):
        claim.status, claim.application = State.DUPLICATE, other


def _say_so(application: Application, *, was: Claim, now: Claim, claim: RegisterClaim, at: datetime) -> State:
    organisation = application.organisation
    before_it = in_force(application)
    wanted = followed(before_it, before=was, after=now)
    if _start(wanted) != _start(before_it) and not wanted.previous_paid_day:
        wanted = going_on(wanted, organisation=organisation, person=application.person, without=application)
    try:
        told = correct(
            application_id=application.pk,
            claim=wanted,
            reason=words(TOLD_ANEW, claim),
            version=application.version,
            by=system(organisation),
            at=at,
        )
    except Unchanged:
        _take_back(application, claim=claim, at=at)
        return State.RECEIVED
    return State.ASKED if told.request else State.CORRECTED


def _start(claim: Claim) -> date | None:
    return claim.absence.start if claim.absence else None


def _take_back(application: Application, *, claim: RegisterClaim, at: datetime) -> None:
    """What the register asked for after the decision, and asks for no more."""
    waiting = application.corrections.filter(state=CorrectionRequest.State.WAITING, asked_by=None, client=None)
    for request in waiting.select_for_update():
        request.state, request.answered_at = CorrectionRequest.State.REFUSED, at
        request.answer = words(AS_BEFORE, claim)
        request.save(update_fields=["state", "answer", "answered_at"])


def let_go(claim: RegisterClaim, *, at: datetime, why: str = NO_LONGER) -> None:
    """Told no longer: withdrawn where that is still possible, else an official is asked; a draft goes."""
    application, reason = claim.application, words(why, claim)
    organisation = claim.paid_absence.report.organisation
    if claim.draft and claim.draft.application_id is None:
        claim.draft.delete()
        claim.draft = None
    if application and application.status in lifecycle.OPEN:
        withdraw(application_id=application.pk, reason=reason, by=system(organisation), at=at)
    elif application and application.status in lifecycle.ENDED and application.outcome not in lifecycle.DEAD_OUTCOMES:
        _ask_to_cancel(application, reason=reason, at=at)
    claim.status = State.WITHDRAWN
    claim.save()
    _look_again(claim)


def _ask_to_cancel(application: Application, *, reason: str, at: datetime) -> None:
    claim, by = in_force(application), system(application.organisation)
    application = held(application.pk, claim)
    if another_waits(application, by):
        raise RequestWaits
    kind = CorrectionRequest.Kind.CANCELLATION
    ask_official(application, Anew(claim=claim, version=application.version, reason=reason, kind=kind), by=by, at=at)


def _look_again(claim: RegisterClaim) -> None:
    """What was kept back may have its days free now."""
    report = claim.paid_absence.report
    kept_back = RegisterClaim.objects.filter(
        paid_absence__current=True,
        paid_absence__report__organisation=report.organisation_id,
        paid_absence__report__person=report.person_id,
    )
    kept_back.filter(status__in=[State.REFUSED, State.DUPLICATE], application__isnull=False).update(
        status=State.WAITING, attempts=0
    )


def system(organisation: Organisation) -> Actor:
    return Actor(role=lifecycle.SYSTEM, principal=organisation)


def words(text: str, claim: RegisterClaim) -> str:
    """In the language of the employer, who reads it beside the application."""
    report = claim.paid_absence.report
    with override(report.organisation.language):
        return gettext(text) % {"report": report.report_id}
