"""Follow the event log for every webhook and write down what is to be sent there. Its place moves with it, or neither.

An endpoint sees the log as its client does: what the client may not see is not written down for it.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from employers.notifications.models_webhooks import WebhookDelivery, WebhookEndpoint
from employers.notifications.visible import may_follow, visible
from employers.records import clock, events
from employers.records.models import Event
from employers.records.queries import Cursor, events_after, newest, place_of

AT_ONCE = 500  # events in one transaction
State = WebhookEndpoint.State


def is_any_due() -> bool:
    last = newest(types=events.PUBLIC)
    return last is not None and _behind(last).exists()


def announce(*, at: datetime) -> int:
    """How many deliveries wait now that did not before. Any number of workers may try."""
    last = newest(types=events.PUBLIC)
    if last is None:
        return 0
    behind = list(_behind(last).values_list("pk", flat=True))
    return sum(_announce_to(pk, until=last, at=at) for pk in behind)


def _behind(last: Cursor) -> QuerySet[WebhookEndpoint]:
    """Those that the newest event was not looked at for."""
    earlier = Q(transaction__lt=last.transaction) | Q(transaction=last.transaction, event__lt=last.id)
    return WebhookEndpoint.objects.filter(earlier, state=State.ACTIVE, client__ended_at__isnull=True)


def _announce_to(pk: UUID, *, until: Cursor, at: datetime) -> int:
    written = 0
    while (read := _announce_some(pk, until=until, at=at)) is not None:
        written += read
        if read < AT_ONCE:
            break
    return written


@transaction.atomic
def _announce_some(pk: UUID, *, until: Cursor, at: datetime) -> int | None:
    """None: another worker is at it."""
    locked = WebhookEndpoint.objects.select_for_update(skip_locked=True, of=("self",)).select_related("client")
    endpoint = locked.filter(pk=pk, state=State.ACTIVE).first()
    if endpoint is None:
        return None
    found = _news(endpoint, at=at)
    _write(endpoint, found, at=at)
    place = place_of(found[-1]) if len(found) == AT_ONCE else max(until, _place(endpoint), *map(place_of, found[-1:]))
    endpoint.transaction, endpoint.event = place.transaction, place.id
    endpoint.save(update_fields=["transaction", "event"])
    return len(found)


def _place(endpoint: WebhookEndpoint) -> Cursor:
    return Cursor(endpoint.transaction, endpoint.event)


def _news(endpoint: WebhookEndpoint, *, at: datetime) -> list[Event]:
    if not may_follow(endpoint.client):
        return []
    return events_after(
        _place(endpoint),
        limit=AT_ONCE,
        where=visible(endpoint.client, on=clock.day_of(at)),
        types=endpoint.types or events.PUBLIC,
    )


def _write(endpoint: WebhookEndpoint, found: Iterable[Event], *, at: datetime) -> None:
    rows = [
        WebhookDelivery(endpoint=endpoint, event=event.pk, type=event.type, created_at=at, next_at=at)
        for event in found
    ]
    WebhookDelivery.objects.bulk_create(rows, ignore_conflicts=True)
