"""Say an application anew, whole: a new version before the decision, a request that an official takes up after it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from employers.applications import lifecycle
from employers.applications.assess import Assessment, assess
from employers.applications.facts import own_wages
from employers.applications.models import Application
from employers.applications.models_corrections import CorrectionRequest
from employers.applications.record import log
from employers.applications.submit import (
    Refused,
    columns,
    hash_of,
    keep_version,
    one_at_a_time,
    refuse,
    refuse_twins,
)
from employers.benefits.claim import Claim, from_json, to_json
from employers.benefits.problems import Problem
from employers.organisations.access import Actor
from employers.records import clock, events
from employers.records.record import record


class StaleVersion(Exception):
    """Somebody has said it anew meanwhile; `current` is the version that is in force."""

    def __init__(self, current: int) -> None:
        super().__init__(str(current))
        self.current = current


class Unchanged(Exception):
    """It says what is in force already."""


class RequestWaits(Exception):
    """A request for correction of this application is waiting for an official."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Anew:
    """What is said anew. `version`: the one it was made from. `kind`: the verb, `correct` or `report_pay`."""

    claim: Claim
    version: int
    reason: str = ""
    kind: str = "correct"
    strict: bool = False  # the caller wants warnings to count as errors
    beside: tuple[Problem, ...] = ()  # what else is remarked


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """`request` is set where the decision had been made: then the application is as it was."""

    application: Application
    request: CorrectionRequest | None = None


@transaction.atomic
def correct(
    *,
    application_id: UUID,
    claim: Claim,
    reason: str,
    version: int,
    by: Actor,
    at: datetime,
    strict: bool = False,
) -> Said:
    """Raises StaleVersion, Unchanged, RequestWaits, submit.Refused, submit.Duplicate, submit.Overlap,
    lifecycle.WrongState or lifecycle.NotYours; then nothing is written."""
    anew = Anew(claim=claim, version=version, reason=reason.strip(), strict=strict)
    return say(held(application_id, claim), anew, by=by, at=at)


def held(application_id: UUID, claim: Claim) -> Application:
    """The application under its row lock. The person's turn comes first, as when a claim is sent."""
    organisation = Application.objects.select_related("organisation").get(pk=application_id).organisation
    one_at_a_time(organisation, claim)
    locked = Application.objects.select_for_update(of=("self",)).select_related("organisation", "person")
    return locked.get(pk=application_id)


def say(application: Application, anew: Anew, *, by: Actor, at: datetime) -> Said:
    """The caller holds the application."""
    if anew.version != application.version:
        raise StaleVersion(application.version)
    anew = replace(anew, claim=replace(anew.claim, reference=application.reference))
    is_asked = application.status in lifecycle.ENDED and by.role in lifecycle.APPLICANTS_AND_SYSTEM
    if not is_asked:
        lifecycle.target(anew.kind, status=application.status, role=by.role)
    elif another_waits(application, by):
        raise RequestWaits
    assessment = judged(application, anew)
    if is_asked:
        return Said(application=application, request=ask_official(application, anew, by=by, at=at))
    revise(application, assessment, verb=anew.kind, reason=anew.reason, by=by, at=at)
    return Said(application=application)


def judged(application: Application, anew: Anew) -> Assessment:
    """As if it had been sent like this on the first day. Raises Refused, Duplicate, Overlap or Unchanged."""
    claim, organisation = anew.claim, application.organisation
    _refuse_moving(application, claim)
    content_hash = hash_of(claim)
    if content_hash == bytes(application.content_hash):
        raise Unchanged
    assessment = assess(
        claim,
        on=clock.day_of(application.submitted_at),
        organisation=organisation,
        income=own_wages(claim, organisation=organisation),
        filing=True,
        replaces=application,
    )
    assessment = replace(assessment, problems=[*assessment.problems, *anew.beside])
    refuse(assessment, strict=anew.strict)
    refuse_twins(organisation, application.person, claim, content_hash, replaces=application)
    return assessment


def revise(
    application: Application, assessment: Assessment, *, verb: str, reason: str, by: Actor, at: datetime
) -> None:
    """The next version, with its history row and its event. The caller holds the application."""
    source = application.status
    application.status = lifecycle.target(verb, status=source, role=by.role)
    application.version += 1
    application.content_hash = hash_of(assessment.claim)
    changed = columns(assessment)
    for name, value in changed.items():
        setattr(application, name, value)
    application.save(update_fields=["status", "version", "content_hash", *changed])
    keep_version(application, assessment, by=by, at=at, reason=reason)
    log(application, verb, source=source, by=by, at=at, reason=reason)


def in_force(application: Application) -> Claim:
    return from_json(application.versions.get(number=application.version).content)


def _refuse_moving(application: Application, claim: Claim) -> None:
    """What is about another person, employer or benefit is another application."""
    problems = list(moved(in_force(application), claim))
    if problems:
        raise Refused(problems)


def moved(before: Claim, after: Claim) -> Iterable[Problem]:
    """That it is about somebody or something else now."""
    if before.benefit != after.benefit:
        yield Problem("benefit", "other_benefit")
    if before.employer != after.employer:
        yield Problem("employer", "other_employer")
    if _code(before) != _code(after):
        yield Problem("employee.personal_identity_code", "other_person")


def _code(claim: Claim) -> str:
    return claim.employee.personal_identity_code if claim.employee else ""


def another_waits(application: Application, by: Actor) -> bool:
    """What the register asked for is asked for anew when it tells something else."""
    waiting = application.corrections.filter(state=CorrectionRequest.State.WAITING).first()
    return waiting is not None and not (by.role == lifecycle.SYSTEM and waiting.is_of_register)


def ask_official(application: Application, anew: Anew, *, by: Actor, at: datetime) -> CorrectionRequest:
    """The caller holds the application, and no other request waits."""
    request, _made = CorrectionRequest.objects.update_or_create(
        application=application,
        state=CorrectionRequest.State.WAITING,
        defaults={
            "kind": anew.kind,
            "version": anew.version,
            "content": to_json(anew.claim),
            "reason": anew.reason or None,
            "asked_at": at,
            "asked_by": by.user,
            **by.columns(),
        },
    )
    record(
        events.CORRECTION_REQUESTED,
        organisation=application.organisation_id,
        application=application.pk,
        subject=request.pk,
        status=application.status,
        at=at,
    )
    return request
