"""What is to be sent to webhooks next, taken under a lease, and what the message says then."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Now

from employers.notifications.models_webhooks import WebhookDelivery, WebhookEndpoint
from employers.notifications.visible import may_follow, visible
from employers.notifications.webhooks import WORKER_LOST, Message, Outcome
from employers.organisations.models import Organisation
from employers.records import clock, events, wire
from employers.records.models import Event

LEASE = timedelta(seconds=30)  # three times what an attempt may take
MOST_LOST = 3  # workers, one after the other, over one delivery
KEPT_TRIES = 20
Endpoint, Delivery = WebhookEndpoint, WebhookDelivery


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One delivery in one worker's hands. No message: the client may no longer hear of it."""

    endpoint: UUID
    fence: int
    delivery: UUID
    is_slow: bool
    message: Message | None


def is_any_due(*, at: datetime) -> bool:
    return free(at=at).exists()


@transaction.atomic
def take(*, at: datetime, slow_too: bool = True) -> Job | None:
    """For the endpoint that waited longest of the quick ones; of the slow ones when no quick one waits.

    One endpoint is in one worker's hands at a time, so that its receiver gets one message after the other.
    """
    waiting = free(at=at) if slow_too else free(at=at).filter(is_slow=False)
    order = ("is_slow", F("served_at").asc(nulls_first=True), "pk")
    endpoint = waiting.select_for_update(skip_locked=True, of=("self",)).order_by(*order).first()
    if endpoint is None:
        return None
    delivery = _due(at=at).filter(endpoint=endpoint).order_by("next_at", "pk").first()
    assert delivery is not None  # its endpoint is locked
    if endpoint.lease_until is not None and delivery.attempts and _is_given_up(delivery, at=at):
        Endpoint.objects.filter(pk=endpoint.pk).update(lease_until=None)
        return take(at=at, slow_too=slow_too)
    Endpoint.objects.filter(pk=endpoint.pk).update(fence=F("fence") + 1, lease_until=Now() + LEASE, served_at=Now())
    Delivery.objects.filter(pk=delivery.pk).update(attempts=F("attempts") + 1)
    return Job(
        endpoint=endpoint.pk,
        fence=endpoint.fence + 1,
        delivery=delivery.pk,
        is_slow=endpoint.is_slow,
        message=message_about(delivery.event, endpoint, at=at),
    )


def _is_given_up(delivery: WebhookDelivery, *, at: datetime) -> bool:
    """Whoever had it never came back. When so many did not, it would take the next worker along too."""
    note(delivery, Outcome(error=WORKER_LOST), at=at)
    last = [one["error"] for one in delivery.tried[-MOST_LOST:]]
    if last == [WORKER_LOST] * MOST_LOST:
        delivery.status = Delivery.State.FAILED
    delivery.save(update_fields=["tried", "status"])
    return delivery.status == Delivery.State.FAILED


def note(delivery: WebhookDelivery, outcome: Outcome, *, at: datetime) -> None:
    """One more attempt in its log."""
    tried = {
        "at": at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "status_code": outcome.status_code,
        "duration_ms": outcome.duration_ms,
        "error": outcome.error or None,
    }
    delivery.tried = [*delivery.tried, tried][-KEPT_TRIES:]


def free(*, at: datetime) -> QuerySet[WebhookEndpoint]:
    """Endpoints that something waits for and nobody sends to. A client that has ended hears nothing."""
    unheld = Q(lease_until__isnull=True) | Q(lease_until__lt=Now())
    waits = Exists(_due(at=at).filter(endpoint=OuterRef("pk")))
    found = Endpoint.objects.filter(unheld, waits, state=Endpoint.State.ACTIVE, client__ended_at__isnull=True)
    return found.select_related("client")


def _due(*, at: datetime) -> QuerySet[WebhookDelivery]:
    return Delivery.objects.filter(status=Delivery.State.WAITING, next_at__lte=at)


def message_about(event: UUID, endpoint: WebhookEndpoint, *, at: datetime) -> Message | None:
    """None for what the client may not hear of at this moment."""
    if not may_follow(endpoint.client):
        return None
    seen = Event.objects.filter(visible(endpoint.client, on=clock.day_of(at)), pk=event, type__in=events.PUBLIC).first()
    return None if seen is None else message(endpoint, id=str(seen.pk), body=payload(seen), at=at)


def message(endpoint: WebhookEndpoint, *, id: str, body: bytes, at: datetime) -> Message:
    both = endpoint.earlier_until is not None and endpoint.earlier_until > at
    secrets = [endpoint.secret, *([endpoint.earlier_secret] if both else [])]
    return Message(url=endpoint.url, id=id, body=body, secrets=secrets)


def payload(event: Event) -> bytes:
    """What, when, and ids. What it was about is read where rights are checked."""
    employer = Organisation.objects.values_list("business_id", flat=True).get(pk=event.organisation)
    about = {"event": event.pk, "employer": employer, "application": event.application, "subject": event.subject}
    data = {name: value for name, value in about.items() if value is not None}
    return wire.dumps({"type": event.type, "timestamp": event.at, "data": data})
