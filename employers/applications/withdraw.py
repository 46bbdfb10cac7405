"""Take an application back, as long as it has not been decided."""

from datetime import datetime
from uuid import UUID

from employers.applications.models import Application
from employers.applications.record import move
from employers.organisations.access import Actor


def withdraw(*, application_id: UUID, reason: str, by: Actor, at: datetime) -> Application:
    """It stops counting as live: its days can be applied for anew, within their time limit.

    Raises lifecycle.WrongState or lifecycle.NotYours.
    """
    return move(application_id, "withdraw", by=by, at=at, reason=reason.strip())
