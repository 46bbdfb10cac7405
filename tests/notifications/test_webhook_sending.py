"""What becomes of a delivery: in time, with pauses, given up in the end, and never at another receiver's cost."""

import time
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.utils.translation import override
from standardwebhooks import Webhook

from employers.notifications import due, settle
from employers.notifications.deliver import deliver_next
from employers.notifications.guard import Network
from employers.notifications.models_webhooks import WebhookDelivery, WebhookEndpoint
from employers.notifications.post import FOR_SLOW
from employers.notifications.purge import purge
from employers.notifications.settle import PAUSES
from employers.notifications.subscribe import Wish, change, rotate
from employers.notifications.webhooks import Outcome
from employers.organisations.models import Mandate
from employers.records import events
from tests import cast
from tests.notifications.hooks import hook, sent, told, waiting
from tests.notifications.places import address
from tests.notifications.receiver import answer, drip, receiving, silence

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sandbox")]


def fresh(one):
    return type(one).objects.get(pk=one.pk)


def test_a_message_is_thin_signed_and_called_as_its_event_is():
    with receiving() as receiver:
        endpoint = hook(receiver.url)
        about = uuid4()
        delivery = waiting(endpoint, events.DECIDED, application=about, status="decided")
        sent()
        [(headers, body)] = receiver.got
    assert Webhook(endpoint.secret).verify(body, headers) == {
        "type": "application.decided",
        "timestamp": "2026-04-15T09:00:00Z",
        "data": {"event": str(delivery.event), "employer": cast.BAKERY, "application": str(about)},
    }
    assert headers["webhook-id"] == str(delivery.event)
    done = fresh(delivery)
    assert (done.status, done.attempts) == ("delivered", 1)
    assert (done.tried[0]["status_code"], done.tried[0]["error"]) == (200, None)


def test_pauses_grow_as_promised_and_then_the_webhook_is_disabled_and_its_owner_told():
    """Expected: 0 s, 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h, each up to a tenth later; one id in all ten
    attempts; then an e-mail, and the reason where the endpoint is shown."""
    own = address(business_id="9000011-8")
    with receiving(answer(500)) as receiver:
        endpoint = hook(receiver.url)
        delivery, at, paused = waiting(endpoint), cast.AT, []
        while fresh(delivery).status == "waiting":
            sent(at=at)
            sent(at=at)  # nothing before its time
            paused.append(fresh(delivery).next_at - at)
            at = max(fresh(delivery).next_at, at)
        assert receiver.ids == [str(delivery.event)] * 10
    for promised, found in zip(PAUSES, paused[:-1], strict=True):
        assert promised <= found <= promised * 1.1
    assert [pause.total_seconds() for pause in PAUSES] == [5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400]
    assert (fresh(delivery).status, len(fresh(delivery).tried)) == ("failed", 10)
    after = fresh(endpoint)
    assert (after.state, after.why, after.disabled_at) == ("disabled", "failing", at)
    with override("en"):
        assert deliver_next(at=at)
    [letter] = mail.outbox
    assert (letter.to, "127.0.0.1:" + str(receiver.port) in letter.body) == ([own.email], False)
    assert not deliver_next(at=at)


def test_it_arrives_at_the_second_attempt():
    with receiving(answer(500), answer(200)) as receiver:
        endpoint = hook(receiver.url)
        delivery = waiting(endpoint)
        sent()
        assert fresh(endpoint).is_slow
        sent(at=fresh(delivery).next_at)
        assert receiver.ids == [str(delivery.event)] * 2
    assert [one["status_code"] for one in fresh(delivery).tried] == [500, 200]
    assert (fresh(delivery).status, fresh(endpoint).is_slow) == ("delivered", False)


def test_gone_is_gone_at_once():
    """Expected: 410 disables the webhook; what waits behind it is not sent there any more."""
    with receiving(answer(410)) as receiver:
        endpoint = hook(receiver.url)
        first, second = waiting(endpoint), waiting(endpoint)
        sent()
        assert receiver.ids == [str(first.event)]
    assert (fresh(endpoint).state, fresh(endpoint).why) == ("disabled", "gone")
    assert (fresh(first).status, fresh(second).status) == ("failed", "waiting")


def test_active_again_it_goes_on_where_it_stopped():
    with receiving(answer(410), answer(200)) as receiver:
        endpoint = hook(receiver.url)
        first, second = waiting(endpoint), waiting(endpoint)
        sent()
        change(endpoint=endpoint, wish=Wish(url=receiver.url), at=cast.AT)
        sent()
        assert receiver.ids == [str(first.event), str(second.event)]
    assert (fresh(endpoint).state, fresh(endpoint).why, fresh(endpoint).disabled_at) == ("active", "", None)


def test_a_redirect_to_a_private_address_leads_nowhere():
    """Expected: a failure like another; nobody hears anything at the private address."""
    with receiving() as inside, receiving(answer(302, Location=inside.url)) as outside:
        delivery = waiting(hook(outside.url))
        sent()
        assert (len(outside.got), inside.got) == (1, [])
    assert fresh(delivery).tried[0]["error"] == "redirected"
    assert fresh(delivery).status == "waiting"


def test_slow_receivers_never_hold_up_another_one():
    """Expected: with more receivers that hang or drip than there are places, another one gets all its messages before
    the first of them is given up. Whoever was slow once waits in the second row."""
    with receiving(silence) as hangs, receiving(drip) as drips, receiving() as quick:
        slow = [hook(one.url, client_id="sandbox-bench") for one in (hangs, drips) for _ in range(10)]
        for endpoint in slow:
            waiting(endpoint)
        sent(network=Network(private=True, patience=0.3))
        assert WebhookEndpoint.objects.filter(is_slow=True).count() == 20
        WebhookDelivery.objects.update(next_at=cast.AT)
        other = hook(quick.url)
        for _ in range(5):
            waiting(other)
        began = time.monotonic()
        sent(network=Network(private=True, patience=6), seconds=4)
        assert [moment - began < 6 for moment in quick.times] == [True] * 5
    assert {*WebhookDelivery.objects.filter(endpoint=other).values_list("status", flat=True)} == {"delivered"}
    assert WebhookDelivery.objects.filter(endpoint__in=slow, status="waiting", attempts=2).count() == FOR_SLOW


def test_one_receiver_gets_one_message_after_the_other():
    with receiving() as receiver:
        endpoint = hook(receiver.url)
        waits = [waiting(endpoint) for _ in range(3)]
        job = due.take(at=cast.AT)
        assert due.take(at=cast.AT) is None  # it is in somebody's hands
        settle.settle(job, Outcome(status_code=200), at=cast.AT)
        sent()
        assert receiver.ids == [str(one.event) for one in waits[1:]]


def test_a_worker_that_lost_its_lease_changes_nothing_any_more():
    """Expected: what a lost worker held is sent again under the same id; what it says later is not heard."""
    with receiving() as receiver:
        endpoint = hook(receiver.url)
        delivery = waiting(endpoint)
        lost = due.take(at=cast.AT)
        WebhookEndpoint.objects.update(lease_until="2020-01-01T00:00:00Z")
        sent()
        assert receiver.ids == [str(delivery.event)]
    settle.settle(lost, Outcome(status_code=410, error="gone"), at=cast.AT)
    assert (fresh(delivery).status, fresh(endpoint).state) == ("delivered", "active")


def test_what_the_client_may_not_see_at_the_moment_of_sending_is_not_sent():
    with receiving() as receiver:
        delivery = waiting(hook(receiver.url))
        Mandate.objects.filter(agent_organisation__business_id="9000011-8").update(valid_until="2020-01-01")
        sent()
        assert receiver.got == []
    assert fresh(delivery).status == "withheld"


@pytest.mark.parametrize("taken", [{"scopes": ["webhooks.manage"]}, {"ended_at": cast.AT}])
def test_a_client_without_the_scope_or_that_has_ended_hears_nothing(taken):
    with receiving() as receiver:
        delivery = waiting(hook(receiver.url))
        type(cast.client_system()).objects.filter(name="sandbox-payroll").update(**taken)
        sent()
        assert receiver.got == []
    assert fresh(delivery).status != "delivered"


def test_for_a_day_both_secrets_sign():
    with receiving() as receiver:
        endpoint = hook(receiver.url)
        newer = rotate(endpoint=endpoint, at=cast.AT)
        assert newer.secret != endpoint.secret
        for later in (timedelta(hours=23), timedelta(hours=25)):
            waiting(endpoint)
            sent(at=cast.AT + later)
        signatures = [headers["webhook-signature"].count("v1,") for headers, _ in receiver.got]
        assert signatures == [2, 1]
        for headers, body in receiver.got:
            Webhook(newer.secret).verify(body, headers)
        Webhook(endpoint.secret).verify(receiver.got[0][1], receiver.got[0][0])


def test_nothing_personal_leaves():
    """Expected: of an application with everything in it, a message holds its id and no word, sum or status."""
    application = cast.sent()
    with receiving() as receiver:
        waiting(hook(receiver.url), events.SUBMITTED, application=application.pk, status="submitted")
        sent()
        [(_headers, body)] = receiver.got
    assert set(told(body)) == {"type", "timestamp", "data"}
    assert set(told(body)["data"]) == {"event", "employer", "application"}


def test_what_was_sent_long_ago_goes_and_what_waits_stays():
    endpoint = hook("http://127.0.0.1:9/")
    long_ago, lately, waits = (waiting(endpoint) for _ in range(3))
    WebhookDelivery.objects.exclude(pk=waits.pk).update(status="delivered")
    WebhookDelivery.objects.exclude(pk=lately.pk).update(created_at=cast.AT - timedelta(days=91))
    assert purge(at=cast.AT) == 1
    assert {*WebhookDelivery.objects.all()} == {lately, waits}
    assert long_ago not in WebhookDelivery.objects.all()


def test_what_takes_three_workers_along_is_given_up():
    """Expected: at most three attempts of a message that kills its worker each time; the next one goes out."""
    with receiving() as receiver:
        endpoint = hook(receiver.url)
        poison, well = waiting(endpoint), waiting(endpoint)
        for _worker in range(3):
            assert due.take(at=cast.AT).delivery == poison.pk
            WebhookEndpoint.objects.update(lease_until="2020-01-01T00:00:00Z")
        sent()
        assert receiver.ids == [str(well.event)]
    given_up = fresh(poison)
    assert (given_up.status, [one["error"] for one in given_up.tried]) == ("failed", ["worker_lost"] * 3)
    assert (fresh(well).status, fresh(endpoint).state) == ("delivered", "active")
