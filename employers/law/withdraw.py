"""Take back a figure that nobody has approved: the official who entered it, or another who does not agree."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from employers.law.models import ConfirmedValue
from employers.law.queries import waiting
from employers.organisations.models import User


@transaction.atomic
def withdraw(*, value_id: UUID, by: User, at: datetime) -> ConfirmedValue:
    """Raises NotWaiting."""
    found = waiting(value_id)
    found.withdrawn_by, found.withdrawn_at = by, at
    found.save(update_fields=["withdrawn_by", "withdrawn_at"])
    return found
