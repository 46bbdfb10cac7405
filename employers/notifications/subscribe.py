"""Give a machine client's system an address to hear at; change it, take it away, give it another secret."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from employers.notifications import webhooks
from employers.notifications.models_webhooks import WebhookEndpoint
from employers.organisations.models import ClientSystem
from employers.records import queries

MOST = 20  # endpoints of one client
OVERLAP = timedelta(hours=24)  # how long the secret before the newest one signs too
State, Why = WebhookEndpoint.State, WebhookEndpoint.Why


class TooMany(Exception):
    """The client has as many as anybody may have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What its owner wants of an endpoint. No types: every one."""

    url: str
    types: Sequence[str] = ()
    description: str = ""
    state: str = State.ACTIVE


@transaction.atomic
def subscribe(*, client: ClientSystem, wish: Wish, at: datetime) -> WebhookEndpoint:
    """It hears of what happens from now on. Raises TooMany."""
    ClientSystem.objects.select_for_update().get(pk=client.pk)
    if client.webhooks.count() >= MOST:
        raise TooMany
    place = queries.now_open()
    endpoint = WebhookEndpoint(
        client=client,
        secret=webhooks.new_secret(),
        created_at=at,
        transaction=place.transaction,
        event=place.id,
    )
    _write(endpoint, wish, at=at)
    endpoint.save(force_insert=True)
    return endpoint


@transaction.atomic
def change(*, endpoint: WebhookEndpoint, wish: Wish, at: datetime) -> WebhookEndpoint:
    """Active again, it goes on where it stopped: what happened meanwhile is sent, and what was given up is not."""
    locked = WebhookEndpoint.objects.select_for_update().get(pk=endpoint.pk)
    _write(locked, wish, at=at)
    locked.save(update_fields=["url", "types", "description", "state", "why", "disabled_at", "is_slow"])
    return locked


@transaction.atomic
def rotate(*, endpoint: WebhookEndpoint, at: datetime) -> WebhookEndpoint:
    """The new secret signs from now on, and for a day the one before it beside it."""
    locked = WebhookEndpoint.objects.select_for_update().get(pk=endpoint.pk)
    locked.earlier_secret, locked.earlier_until = locked.secret, at + OVERLAP
    locked.secret = webhooks.new_secret()
    locked.save(update_fields=["secret", "earlier_secret", "earlier_until"])
    return locked


def unsubscribe(*, endpoint: WebhookEndpoint) -> None:
    """With its deliveries. What is on its way arrives."""
    WebhookEndpoint.objects.filter(pk=endpoint.pk).delete()


def _write(endpoint: WebhookEndpoint, wish: Wish, *, at: datetime) -> None:
    endpoint.url, endpoint.types, endpoint.description = wish.url, list(wish.types), wish.description
    if endpoint.state == wish.state:
        return
    endpoint.state, endpoint.is_slow = wish.state, False
    disabled = wish.state == State.DISABLED
    endpoint.why, endpoint.disabled_at = (Why.OWNER, at) if disabled else ("", None)
