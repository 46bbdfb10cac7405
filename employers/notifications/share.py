"""Give a calendar a secret address to follow, and take it back."""

import secrets
from datetime import datetime

from django.db import transaction

from employers.notifications.models import CalendarFeed
from employers.organisations.models import Organisation, User
from employers.records import crypto


@transaction.atomic
def share(*, organisation: Organisation, user: User, language: str, at: datetime) -> str:
    """The token, which is told once: only its hash is kept. An earlier address ends."""
    User.objects.select_for_update().get(pk=user.pk)
    revoke(organisation=organisation, user=user, at=at)
    token = secrets.token_urlsafe(32)
    CalendarFeed.objects.create(
        organisation=organisation,
        user=user,
        token_hash=crypto.index(token, purpose="calendar"),
        language=language,
        created_at=at,
    )
    return token


@transaction.atomic
def revoke(*, organisation: Organisation, user: User, at: datetime) -> None:
    CalendarFeed.objects.filter(organisation=organisation, user=user, revoked_at__isnull=True).update(revoked_at=at)
