"""From the event log to the receiver: whatever was committed late, each event once, and under its own id."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from employers.notifications.announce import announce
from employers.notifications.models_webhooks import WebhookDelivery, WebhookEndpoint
from employers.records import doorbell, events
from employers.records.record import record
from tests import cast
from tests.feeds import until_shown
from tests.machine import Machine
from tests.notifications.hooks import hook, sent, told
from tests.notifications.receiver import receiving
from tests.workers import until, worker

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("sandbox")]


def happen(*types: str, business_id: str = cast.BAKERY, **about) -> list[str]:
    employer = cast.employer(business_id)
    return [str(record(kind, organisation=employer.pk, at=cast.AT, **about).pk) for kind in types]


def passed_on() -> int:
    until_shown()
    written = announce(at=cast.AT)
    sent()
    return written


def test_each_endpoint_hears_from_its_beginning_what_its_client_may_and_what_it_chose():
    happen(events.SUBMITTED)
    until_shown()
    with receiving() as every, receiving() as some, receiving() as other:
        hook(every.url)
        hook(some.url, types=(events.DECIDED,))
        hook(other.url, client_id="sandbox-other")
        ours = happen(events.SUBMITTED, events.DECIDED, events.TAKEN_UP)
        theirs = happen(events.DECIDED, business_id=cast.WHOLESALER)
        assert passed_on() == 4
        assert passed_on() == 0
        assert (every.ids, some.ids, other.ids) == (ours[:2], ours[1:2], theirs)
    feed = [item["id"] for item in Machine().get("events").json()["items"]]
    assert feed[1:] == every.ids  # the ids are those of the feed; the first happened before the webhook was there


def test_while_it_is_disabled_nothing_is_lost():
    with receiving() as receiver:
        endpoint = hook(receiver.url)
        WebhookEndpoint.objects.update(state="disabled")
        meanwhile = happen(events.SUBMITTED)
        assert passed_on() == 0
        WebhookEndpoint.objects.filter(pk=endpoint.pk).update(state="active")
        assert passed_on() == 1
        assert receiver.ids == meanwhile


def test_after_a_restore_to_an_earlier_point_the_messages_keep_their_ids():
    """Expected: what was sent after the point restored to is sent again, under the ids it had: a receiver that
    remembers ids does nothing twice."""
    with receiving() as receiver:
        hook(receiver.url)
        happened = happen(events.SUBMITTED, events.DECIDED)
        before = list(WebhookEndpoint.objects.values("transaction", "event", "fence"))
        passed_on()
        WebhookDelivery.objects.all().delete()  # as the restored tables have it
        WebhookEndpoint.objects.update(**before[0], lease_until=None)
        passed_on()
        assert receiver.ids == happened * 2
        first, second = receiver.got[0], receiver.got[2]
    assert (first[0]["webhook-id"], first[1]) == (second[0]["webhook-id"], second[1])


def test_many_events_take_as_many_statements_as_few():
    hook("http://127.0.0.1:9/")
    counts = []
    for number in (1, 40):
        happen(*[events.SUBMITTED] * number)
        until_shown()
        with CaptureQueriesContext(connection) as made:
            announce(at=cast.AT)
        counts.append(len(made))
    assert counts[0] == counts[1]
    assert WebhookDelivery.objects.count() == 41


def test_a_worker_does_it_by_itself_and_a_killed_one_loses_nothing():
    """Expected: a sweep finds what happened and sends it; what a killed worker held goes out when its lease is over,
    under the same id."""
    with receiving() as receiver:
        endpoint = hook(receiver.url)
        first = happen(events.SUBMITTED)
        WebhookEndpoint.objects.filter(pk=endpoint.pk).update(lease_until="2100-01-01T00:00:00Z")
        until_shown()
        announce(at=cast.AT)
        WebhookEndpoint.objects.filter(pk=endpoint.pk).update(lease_until="2020-01-01T00:00:00Z")
        with worker():
            doorbell.ring()
            until(lambda: receiver.ids == first)
            until(lambda: WebhookDelivery.objects.get().status == "delivered")
        assert told(receiver.got[0][1])["data"]["event"] == first[0]
