"""Write down how an attempt went: delivered, to be tried again after a pause, or given up and the endpoint disabled."""

from datetime import datetime, timedelta
from random import SystemRandom

import structlog
from django.db import transaction

from employers.notifications.due import Job, note
from employers.notifications.models import Mail
from employers.notifications.models_webhooks import WebhookDelivery, WebhookEndpoint
from employers.notifications.webhooks import Outcome
from employers.organisations.reached import confirmed_addresses

# From one attempt to the next; the first comes at once.
PAUSES = (
    timedelta(seconds=5), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=5),
    timedelta(hours=10), timedelta(hours=14), timedelta(hours=20), timedelta(hours=24),
)  # fmt: skip
JITTER = 0.1  # a pause is up to so much longer, so that receivers that failed together are not tried together
SLOW = 2000  # milliseconds
Endpoint, Delivery = WebhookEndpoint, WebhookDelivery
chance = SystemRandom()
log = structlog.get_logger()


class EndpointDisabled(Exception):
    """Nothing is sent there before its owner makes it active again."""


@transaction.atomic
def settle(job: Job, outcome: Outcome, *, at: datetime) -> None:
    """Write down how it went. A worker that lost its lease changes nothing: another one has sent it again."""
    endpoint = _let_go(job, is_slow=not outcome.delivered or outcome.duration_ms > SLOW)
    delivery = Delivery.objects.select_for_update().filter(pk=job.delivery, status=Delivery.State.WAITING).first()
    if endpoint is None or delivery is None:
        return
    note(delivery, outcome, at=at)
    if outcome.delivered:
        delivery.status = Delivery.State.DELIVERED
    elif outcome.error == "gone" or delivery.attempts > len(PAUSES):
        delivery.status = Delivery.State.FAILED
        why = Endpoint.Why.GONE if outcome.error == "gone" else Endpoint.Why.FAILING
        disable(endpoint, why=why, at=at)
    else:
        delivery.next_at = at + PAUSES[delivery.attempts - 1] * chance.uniform(1, 1 + JITTER)
    delivery.save(update_fields=["tried", "status", "next_at"])


@transaction.atomic
def withhold(job: Job) -> None:
    _let_go(job, is_slow=job.is_slow)
    Delivery.objects.filter(pk=job.delivery).update(status=Delivery.State.WITHHELD)


@transaction.atomic
def send_again(delivery: WebhookDelivery, *, at: datetime) -> WebhookDelivery:
    """Whatever came of it before, under the same id. Raises EndpointDisabled."""
    endpoint = Endpoint.objects.select_for_update().get(pk=delivery.endpoint_id)
    if endpoint.state == Endpoint.State.DISABLED:
        raise EndpointDisabled
    locked = Delivery.objects.select_for_update().get(pk=delivery.pk)
    locked.status, locked.attempts, locked.next_at = Delivery.State.WAITING, 0, at
    locked.save(update_fields=["status", "attempts", "next_at"])
    return locked


def disable(endpoint: WebhookEndpoint, *, why: str, at: datetime) -> None:
    """Once; its owner hears of it by e-mail, and sees it where the endpoint is shown."""
    if endpoint.state == Endpoint.State.DISABLED:
        return
    log.warning("webhook disabled", webhook=str(endpoint.pk), why=why)
    endpoint.state, endpoint.why, endpoint.disabled_at = Endpoint.State.DISABLED, why, at
    endpoint.save(update_fields=["state", "why", "disabled_at"])
    told = confirmed_addresses([endpoint.client.organisation_id])
    rows = [
        Mail(
            key=f"webhook_disabled:{endpoint.pk}:{at.isoformat()}:{address.pk}",
            kind="webhook_disabled",
            address=address,
            ids=[str(endpoint.pk)],
            created_at=at,
            next_at=at,
        )
        for address in told
    ]
    Mail.objects.bulk_create(rows, ignore_conflicts=True)


def _let_go(job: Job, *, is_slow: bool) -> WebhookEndpoint | None:
    """The endpoint, while it is still in this worker's hands."""
    locked = Endpoint.objects.select_for_update(of=("self",)).select_related("client")
    endpoint = locked.filter(pk=job.endpoint, fence=job.fence).first()
    if endpoint is None:
        return None
    endpoint.lease_until, endpoint.is_slow = None, is_slow
    endpoint.save(update_fields=["lease_until", "is_slow"])
    return endpoint
