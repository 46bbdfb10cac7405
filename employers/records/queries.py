"""Reading the event log in order."""

from collections.abc import Iterable
from typing import Any, NamedTuple
from uuid import UUID

from django.db import models
from django.db.models import Func, Q

from employers.records.models import Event


class Cursor(NamedTuple):
    """A place in the event log: everything up to and including it has been read."""

    transaction: int = 0
    id: UUID = UUID(int=0)


class OldestOpenTransaction(Func):
    function = "pg_current_snapshot"
    template = "(pg_snapshot_xmin(%(function)s())::text::bigint)"
    output_field = models.BigIntegerField()


def events_after(
    cursor: Cursor,
    *,
    limit: int,
    organisations: Iterable[UUID] | models.QuerySet[Any, Any] | None = None,
    types: Iterable[str] | None = None,
) -> list[Event]:
    """Oldest first, and only those no open transaction can still come before. A later call sees the rest."""
    after = Q(transaction__gt=cursor.transaction) | Q(transaction=cursor.transaction, id__gt=cursor.id)
    events = Event.objects.filter(after, transaction__lt=OldestOpenTransaction())
    if organisations is not None:
        events = events.filter(organisation__in=organisations)
    if types is not None:
        events = events.filter(type__in=types)
    return list(events.order_by("transaction", "id")[:limit])
