"""Webhooks and what waits for them, and a worker that sends it."""

import json
from datetime import datetime

from employers.notifications.announce import _write
from employers.notifications.guard import Network
from employers.notifications.models_webhooks import WebhookDelivery, WebhookEndpoint
from employers.notifications.post import send_waiting
from employers.notifications.subscribe import Wish, subscribe
from employers.records import clock, events
from employers.records.record import record
from tests import cast

NETWORK = Network(private=True, patience=0.6)


def hook(url: str, *, client_id: str = "sandbox-payroll", **wish) -> WebhookEndpoint:
    return subscribe(client=cast.client_system(client_id), wish=Wish(url=url, **wish), at=cast.AT)


def waiting(endpoint: WebhookEndpoint, kind: str = events.SUBMITTED, **about) -> WebhookDelivery:
    """An event that was announced; the log itself shows none that the test's own transaction wrote."""
    about.setdefault("organisation", cast.employer().pk)
    event = record(kind, at=cast.AT, **about)
    _write(endpoint, [event], at=cast.AT)
    return WebhookDelivery.objects.get(endpoint=endpoint, event=event.pk)


def sent(*, at: datetime = cast.AT, network: Network = NETWORK, seconds: float = 45) -> None:
    """What the worker sends at this time of the portal's clock."""
    send_waiting(network=network, now=lambda: at, real_now=clock.real_now, seconds=seconds)


def told(body: bytes) -> dict:
    return json.loads(body)
