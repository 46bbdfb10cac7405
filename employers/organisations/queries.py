"""Reads about how an employer is reached and what it has agreed to."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from employers.organisations.models import Organisation
from employers.organisations.models_account import CONFIRM_WITHIN, AccountChange, Address


def confirmed_addresses(organisations: Iterable[UUID]) -> QuerySet[Address]:
    """Those that mail goes to."""
    return Address.objects.filter(
        organisation__in=organisations, confirmed_at__isnull=False, removed_at__isnull=True
    ).order_by("id")


def addresses_at(organisation: UUID, *, since: datetime) -> QuerySet[Address]:
    """Those that mail goes to and those it went to since: an account is not changed behind a removed address."""
    return (
        Address.objects.filter(organisation=organisation, confirmed_at__isnull=False)
        .filter(Q(removed_at__isnull=True) | Q(removed_at__gte=since))
        .order_by("id")
    )


def waiting_change(organisation: Organisation, *, at: datetime) -> AccountChange | None:
    """The bank account that waits to be confirmed, while it still can be."""
    return AccountChange.objects.filter(
        organisation=organisation, status=AccountChange.State.WAITING, asked_at__gt=at - CONFIRM_WITHIN
    ).first()
