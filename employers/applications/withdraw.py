"""Take an application back, as long as it has not been decided."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from employers.applications.correct import StaleVersion
from employers.applications.models import Application
from employers.applications.record import move
from employers.organisations.access import Actor


@transaction.atomic
def withdraw(*, application_id: UUID, reason: str, by: Actor, at: datetime, version: int | None = None) -> Application:
    """It stops counting as live: its days can be applied for anew, within their time limit.

    `version`: the one that is withdrawn, for whoever means no other. Raises StaleVersion, lifecycle.WrongState or
    lifecycle.NotYours.
    """
    application = move(application_id, "withdraw", by=by, at=at, reason=reason.strip())
    if version is not None and version != application.version:
        raise StaleVersion(application.version)
    return application
