"""Reads for the pages about machine clients and about the rights that firms ask for."""

from datetime import date, datetime

from django.db.models import Max, Q, QuerySet

from employers.organisations.holders import open_mandates
from employers.organisations.models import ClientSystem, Mandate, Organisation
from employers.organisations.models_clients import (
    ANSWER_WITHIN,
    ClientChange,
    ClientKey,
    ClientSecret,
    RightsRequest,
)

MOST_CHANGES = 50
MOST_REQUESTS = 200
State = RightsRequest.State


def clients_of(organisation: Organisation) -> QuerySet[ClientSystem]:
    """Those in use, with the moment of their last token by secret or key."""
    found = ClientSystem.objects.filter(organisation=organisation, ended_at__isnull=True)
    used = {"by_secret": Max("secrets__last_used_at"), "by_key": Max("keys__last_used_at")}
    return found.select_related("application").annotate(**used).order_by("name", "pk")


def secrets_of(client: ClientSystem, *, at: datetime) -> QuerySet[ClientSecret]:
    lasting = Q(ends_at__isnull=True) | Q(ends_at__gt=at)
    return ClientSecret.objects.filter(lasting, client=client).select_related("made_by").order_by("made_at", "pk")


def keys_of(client: ClientSystem) -> QuerySet[ClientKey]:
    found = ClientKey.objects.filter(client=client, removed_at__isnull=True)
    return found.select_related("added_by").order_by("added_at", "pk")


def changes_of(client: ClientSystem) -> QuerySet[ClientChange]:
    return ClientChange.objects.filter(client=client).select_related("by").order_by("-at", "-pk")[:MOST_CHANGES]


def waiting_at(organisation: Organisation, *, at: datetime) -> QuerySet[RightsRequest]:
    """What firms ask this employer for, and what still can be answered."""
    found = RightsRequest.objects.filter(
        business_id=organisation.business_id, status=State.WAITING, asked_at__gt=at - ANSWER_WITHIN
    )
    return found.select_related("firm").order_by("asked_at", "pk")


def asked_by(firm: Organisation) -> QuerySet[RightsRequest]:
    """Newest first."""
    found = RightsRequest.objects.filter(firm=firm).select_related("asked_by")
    return found.order_by("-asked_at", "-pk")[:MOST_REQUESTS]


def state_of(asked: RightsRequest, *, at: datetime) -> RightsRequest.State:
    over = asked.status == State.WAITING and asked.asked_at <= at - ANSWER_WITHIN
    return State.EXPIRED if over else State(asked.status)


def held_by(firm: Organisation, *, employer: Organisation, on: date) -> Mandate | None:
    return open_mandates(employer, on=on).filter(agent_organisation=firm).first()
