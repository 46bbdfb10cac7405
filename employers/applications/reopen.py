"""What an official does with a request for correction: takes it up, which opens the matter anew, or refuses it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from employers.applications import lifecycle
from employers.applications.assign import assign
from employers.applications.correct import Anew, held, in_force, judged, revise
from employers.applications.models import Application
from employers.applications.models_corrections import CorrectionRequest
from employers.applications.pay import cancel_waiting
from employers.applications.record import move
from employers.applications.report_pay import late_part
from employers.benefits.claim import Claim, from_json
from employers.organisations.access import Actor
from employers.records import clock, events
from employers.records.record import record

STATE = CorrectionRequest.State


class AnswerNeeded(Exception):
    """Whoever asked is told why not."""


@transaction.atomic
def reopen(*, request_id: UUID, by: Actor, at: datetime) -> Application:
    """The request becomes the version in force, and the application is decided anew.

    The old decision stays, with what was paid by it; a payment that waits does not go out. What is no longer claimed
    is decided anew as it was said. Raises
    lifecycle.WrongState, lifecycle.NotYours, submit.Refused, submit.Duplicate, submit.Overlap or correct.Unchanged.
    """
    request, claim = _content(request_id)
    application = held(request.application_id, claim)
    lifecycle.target("reopen", status=application.status, role=by.role)
    _answer(request_id, STATE.TAKEN_UP, by=by, at=at)
    if request.kind == CorrectionRequest.Kind.CANCELLATION:
        application = move(application.pk, "reopen", by=by, at=at, reason=request.reason or "")
    else:
        assessment = judged(application, _anew(application, request, claim))
        revise(application, assessment, verb="reopen", reason=request.reason or "", by=by, at=at)
    cancel_waiting(application.pk)
    application.outcome, application.decision = "", None
    application.save(update_fields=["outcome", "decision"])
    return assign(application, by=by)


@transaction.atomic
def refuse_correction(*, request_id: UUID, answer: str, by: Actor, at: datetime) -> CorrectionRequest:
    """The decision stands. Raises AnswerNeeded, lifecycle.WrongState or lifecycle.NotYours."""
    if by.role not in lifecycle.OFFICIALS:
        raise lifecycle.NotYours("reopen")
    if not answer.strip():
        raise AnswerNeeded
    request = _answer(request_id, STATE.REFUSED, by=by, at=at, answer=answer.strip())
    application = request.application
    record(
        events.CORRECTION_REFUSED,
        organisation=application.organisation_id,
        application=application.pk,
        subject=request.pk,
        status=application.status,
        at=at,
    )
    return request


def _content(request_id: UUID) -> tuple[CorrectionRequest, Claim]:
    request = CorrectionRequest.objects.get(pk=request_id)
    return request, from_json(request.content)


def _anew(application: Application, request: CorrectionRequest, claim: Claim) -> Anew:
    """Pay for further days is in time or late by the day it was reported on."""
    is_pay = request.kind == CorrectionRequest.Kind.PAY_REPORT
    on = clock.day_of(request.asked_at)
    late = late_part(application, in_force(application), claim, on=on) if is_pay else ()
    return Anew(claim=claim, version=request.version, kind=request.kind, beside=late)


def _answer(request_id: UUID, state: str, *, by: Actor, at: datetime, answer: str = "") -> CorrectionRequest:
    """A request is answered once."""
    request = CorrectionRequest.objects.select_for_update(of=("self",)).get(pk=request_id)
    if request.state != STATE.WAITING:
        raise lifecycle.WrongState(request.state)
    request.state, request.answer, request.answered_at, request.answered_by = state, answer or None, at, by.user
    request.save(update_fields=["state", "answer", "answered_at", "answered_by"])
    return request
