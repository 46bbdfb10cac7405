"""Whose desk an application is on."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from employers.applications.models import Application
from employers.applications.record import move
from employers.organisations.access import Actor


@transaction.atomic
def take_up(*, application_id: UUID, by: Actor, at: datetime) -> Application:
    """Raises lifecycle.WrongState or lifecycle.NotYours."""
    application = move(application_id, "take_up", by=by, at=at)
    return assign(application, by=by)


def assign(application: Application, *, by: Actor) -> Application:
    """Whoever acts first keeps it. The caller holds the application's row lock."""
    if application.handler_id is None:
        application.handler = by.user
        application.save(update_fields=["handler"])
    return application
