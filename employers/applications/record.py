"""Make a move: under the application's row lock, with its history row and its event in the same transaction."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from employers.applications import lifecycle
from employers.applications.models import Application, StatusChange
from employers.organisations.access import Actor
from employers.records import events
from employers.records.record import record

EVENT_OF = {
    "submit": events.SUBMITTED,
    "take_up": events.TAKEN_UP,
    "ask": events.INFORMATION_REQUESTED,
    "answer": events.ANSWERED,
    "decide": events.DECIDED,
    "pay": events.PAYMENT_SENT,
    "withdraw": events.WITHDRAWN,
    "correct": events.CORRECTED,
    "report_pay": events.CORRECTED,
    "reopen": events.CORRECTED,
}


@transaction.atomic
def move(
    application_id: UUID, verb: str, *, by: Actor, at: datetime, reason: str = "", subject: UUID | None = None
) -> Application:
    """Raises lifecycle.WrongState or lifecycle.NotYours; the row stays locked until the caller's transaction ends.

    Where another move has to go before, it is made and told like any other: history never skips a status.
    """
    application = Application.objects.select_for_update(of=("self",)).get(pk=application_id)
    *before, _last = lifecycle.steps(verb, status=application.status, role=by.role)
    for step in before:
        _step(application, step, by=by, at=at)
    _step(application, verb, by=by, at=at, reason=reason, subject=subject)
    application.save(update_fields=["status"])
    return application


def _step(
    application: Application, verb: str, *, by: Actor, at: datetime, reason: str = "", subject: UUID | None = None
) -> None:
    source = application.status
    application.status = lifecycle.target(verb, status=source, role=by.role)
    log(application, verb, source=source, by=by, at=at, reason=reason, subject=subject)


def log(
    application: Application,
    verb: str,
    *,
    source: str,
    by: Actor,
    at: datetime,
    reason: str = "",
    subject: UUID | None = None,
) -> None:
    """One history row and one event for one move."""
    change_of(application, verb, source=source, by=by, at=at, reason=reason).save(force_insert=True)
    record(
        EVENT_OF[verb],
        organisation=application.organisation_id,
        application=application.pk,
        subject=subject,
        status=application.status,
        at=at,
    )


def change_of(
    application: Application, verb: str, *, source: str, by: Actor, at: datetime, reason: str = ""
) -> StatusChange:
    return StatusChange(
        application=application,
        verb=verb,
        source=source,
        target=application.status,
        at=at,
        role=by.role,
        user=by.user,
        **by.columns(),
        version=application.version,
        reason=reason or None,
    )
