"""Approve a figure that another official entered: from now on estimates and decisions use it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from employers.law.models import ConfirmedValue
from employers.law.queries import waiting
from employers.organisations.models import User


class OwnFigure(PermissionError):
    """Whoever entered it does not approve it."""


@transaction.atomic
def approve(*, value_id: UUID, by: User, at: datetime) -> ConfirmedValue:
    """Raises NotWaiting or OwnFigure."""
    found = waiting(value_id)
    if found.entered_by_id == by.pk:
        raise OwnFigure
    found.approved_by, found.approved_at = by, at
    found.save(update_fields=["approved_by", "approved_at"])
    return found
