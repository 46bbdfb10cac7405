"""Write an event, in the transaction of whatever happened."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from employers.records.models import Event

AT_ONCE = 5000  # rows in a statement


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


def record_all(type: str, *, organisation: UUID, subjects: Iterable[UUID], at: datetime, status: str = "") -> None:
    """The same of many, in a few statements."""
    rows = [Event(type=type, organisation=organisation, subject=one, status=status, at=at) for one in subjects]
    Event.objects.bulk_create(rows, batch_size=AT_ONCE)
