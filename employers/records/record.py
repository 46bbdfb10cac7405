"""Write an event, in the transaction of whatever happened."""

from datetime import datetime
from uuid import UUID

from employers.records.models import Event


def record(
    type: str,
    *,
    organisation: UUID,
    at: datetime,
    application: UUID | None = None,
    subject: UUID | None = None,
    status: str = "",
) -> Event:
    return Event.objects.create(
        type=type, organisation=organisation, application=application, subject=subject, status=status, at=at
    )
