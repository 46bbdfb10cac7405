"""Reading segments: who has which now, and what has changed since a place in the feed."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import F, Q, QuerySet

from customers.segments.models import SegmentAssignment
from employers.records.queries import Cursor, OldestOpenTransaction


def current() -> QuerySet[SegmentAssignment]:
    return SegmentAssignment.objects.filter(superseded=False)


def current_of(persons: Iterable[UUID]) -> dict[UUID, SegmentAssignment]:
    return {assignment.person_id: assignment for assignment in current().filter(person__in=list(persons))}


def history_of(person: UUID) -> QuerySet[SegmentAssignment]:
    """Newest first."""
    return SegmentAssignment.objects.filter(person=person).order_by("-id")


def changes_after(cursor: Cursor, *, limit: int) -> list[SegmentAssignment]:
    """Oldest first, and only those no open transaction can still come before: nothing appears behind a cursor."""
    after = Q(transaction__gt=cursor.transaction) | Q(transaction=cursor.transaction, id__gt=cursor.id)
    changes = SegmentAssignment.objects.filter(after, transaction__lt=OldestOpenTransaction())
    changes = changes.exclude(segment=F("previous"), reasons=[])  # steady until an absence still to come: no change
    return list(changes.select_related("person").order_by("transaction", "id")[:limit])
