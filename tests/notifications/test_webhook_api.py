"""The calls about webhooks: who may, what they take and give, and that a secret is shown once."""

import json
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from standardwebhooks import Webhook

from employers.notifications.api.webhooks import ping
from employers.notifications.guard import Network
from employers.notifications.models_webhooks import WebhookEndpoint
from employers.organisations.calls import Caller
from employers.organisations.models import Mandate
from employers.organisations.rights import CALLS, WEBHOOKS_MANAGE
from employers.records import events
from tests import cast
from tests.machine import KEY, Machine, codes
from tests.notifications.hooks import hook, sent, waiting
from tests.notifications.receiver import answer, receiving, silence
from tests.portal.test_api_openapi import shaped

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sandbox")]
URL = "http://127.0.0.1:9/hooks"
UNKNOWN = "01a2006e-87d8-74b6-aab1-46b3f694a12f"


def made(machine: Machine, number: int = 0, **wish) -> dict:
    answer = machine.post("webhooks", {"url": URL} | wish, key=f"{KEY}-{number}")
    assert answer.status_code == 201, answer.json()
    assert answer["Location"] == f"/api/v1/webhooks/{answer.json()['id']}"
    return answer.json()


def test_an_address_is_given_shown_changed_and_taken_away():
    machine = Machine()
    new = made(machine, types=["application.decided", "application.decided"], description="Ours")
    assert shaped("WebhookWithSecret", new) == []
    assert new["types"] == ["application.decided"]
    one = machine.get(f"webhooks/{new['id']}").json()
    assert one == {name: value for name, value in new.items() if name != "secret"}
    assert machine.get("webhooks").json() == {"items": [one], "next": None}
    changed = machine.patch(f"webhooks/{new['id']}", {"types": None, "state": "disabled"}).json()
    assert shaped("Webhook", changed) == []
    assert (changed["url"], changed["types"]) == (URL, list(events.PUBLIC))
    assert (changed["state"], changed["disabled_because"]) == ("disabled", "owner")
    again = machine.patch(f"webhooks/{new['id']}", {"state": "active", "url": URL + "/2"}).json()
    assert (again["state"], again["disabled_because"], again["url"]) == ("active", None, URL + "/2")
    assert machine.delete(f"webhooks/{new['id']}").status_code == 204
    assert machine.get(f"webhooks/{new['id']}").status_code == 404


def test_the_same_key_gives_the_same_webhook_and_secret():
    machine = Machine()
    first = made(machine)
    assert made(machine) == first
    assert WebhookEndpoint.objects.count() == 1
    assert machine.post("webhooks", {"url": URL}).json()["code"] == "idempotency-key-missing"
    assert machine.post("webhooks", {"url": URL + "2"}, key=f"{KEY}-0").json()["code"] == "idempotency-key-reused"


def test_neither_address_nor_secret_can_be_read_in_the_database():
    new = made(Machine())
    with connection.cursor() as cursor:
        cursor.execute("SELECT url, secret FROM employers_webhookendpoint")
        kept = b"".join(bytes(one) for one in cursor.fetchone())
    assert URL.encode() not in kept
    assert new["secret"].encode() not in kept


@pytest.mark.parametrize(
    ("wish", "told"),
    [
        ({}, ("/url", "required")),
        ({"url": 5}, ("/url", "invalid_type")),
        ({"url": "127.0.0.1"}, ("/url", "url_invalid")),
        ({"url": "https://user:pass@example.fi/"}, ("/url", "url_invalid")),
        ({"url": "https://169.254.169.254/"}, ("/url", "url_not_public")),
        ({"url": URL, "types": []}, ("/types", "required")),
        ({"url": URL, "types": ["application.in_handling"]}, ("/types/0", "invalid_choice")),
        ({"url": URL, "description": "x" * 201}, ("/description", "too_long")),
        ({"url": URL, "secret": "whsec_x"}, ("/secret", "unknown_field")),
        ({"url": URL, "state": "disabled"}, ("/state", "unknown_field")),
        ([], ("", "invalid_type")),
    ],
)
def test_what_cannot_be_a_webhook(wish, told):
    answer = Machine().post("webhooks", wish, key=KEY)
    assert (answer.status_code, codes(answer)) == (422, [told])
    assert not WebhookEndpoint.objects.exists()


@pytest.mark.parametrize(
    ("url", "code"),
    [("http://93.184.216.34.example.com/", "url_not_https"), ("https://127.0.0.1/", "url_not_public"),
     ("https://localhost:8443/", "url_not_public"), ("https://10.0.0.7/", "url_not_public")],
)  # fmt: skip
def test_outside_the_sandbox_https_and_public_names_only(settings, url, code):
    machine = Machine()
    one = made(machine)["id"]
    settings.SANDBOX = False
    assert codes(machine.post("webhooks", {"url": url}, key=KEY)) == [("/url", code)]
    assert codes(machine.patch(f"webhooks/{one}", {"url": url})) == [("/url", code)]


def test_no_more_than_anybody_needs():
    machine = Machine()
    for number in range(20):
        made(machine, number)
    answer = machine.post("webhooks", {"url": URL}, key=KEY)
    assert (answer.status_code, answer.json()["code"]) == (409, "too-many-webhooks")


def test_another_secret_is_shown_once_and_the_one_before_is_good_for_a_day():
    machine = Machine()
    new = made(machine)
    answers = [machine.post(f"webhooks/{new['id']}/secret", key=KEY) for _ in range(2)]
    assert [one.status_code for one in answers] == [201, 201]
    assert answers[0].content == answers[1].content
    assert shaped("WebhookWithSecret", answers[0].json()) == []
    assert answers[0].json()["secret"] != new["secret"]
    until = datetime.fromisoformat(answers[0].json()["earlier_secret_until"])
    assert timedelta(hours=23) < until - datetime.fromisoformat(new["created_at"]) < timedelta(hours=25)


def test_a_ping_tells_at_once_how_it_went():
    machine = Machine()
    with receiving() as receiver:
        new = made(machine, url=receiver.url)
        answer_ = machine.post(f"webhooks/{new['id']}/test")
        [(headers, body)] = receiver.got
    assert (answer_.status_code, shaped("WebhookAttempt", answer_.json())) == (200, [])
    assert (answer_.json()["delivered"], answer_.json()["status_code"]) == (True, 200)
    assert Webhook(new["secret"]).verify(body, headers)["type"] == "webhook.ping"
    failed = machine.post(f"webhooks/{new['id']}/test").json()
    assert (failed["delivered"], failed["error"]) == (False, "connection_failed")


def test_a_ping_that_nobody_answers_ends_in_time_and_keeps_nothing():
    """Whoever asks waits for it. Nothing of it is left behind that would keep the next one waiting."""
    caller = Caller(client=cast.client_system(), rights=(), at=cast.AT)
    with receiving(silence) as receiver:
        endpoint = hook(receiver.url)
        for _ in range(2):
            outcome = ping(endpoint, caller=caller, network=Network(private=True, patience=0.3))
            assert (outcome.error, outcome.duration_ms < 2000) == ("timeout", True)


def test_the_log_tells_every_attempt_and_one_of_it_is_sent_again():
    """Expected: the same id again, whatever came of it before; a disabled webhook has to be made active first."""
    machine = Machine()
    with receiving(answer(200), answer(503), answer(200)) as receiver:
        endpoint = hook(receiver.url)
        first, second = waiting(endpoint), waiting(endpoint, events.DECIDED)
        sent()
        log = machine.get(f"webhooks/{endpoint.pk}/deliveries").json()
        assert shaped("WebhookDeliveryPage", log) == []
        assert [one["id"] for one in log["items"]] == [str(second.pk), str(first.pk)]
        assert [one["status"] for one in log["items"]] == ["waiting", "delivered"]
        assert log["items"][0]["attempts"][0]["status_code"] == 503
        again = machine.post(f"webhooks/{endpoint.pk}/deliveries/{first.pk}/replay")
        assert (again.status_code, shaped("WebhookDelivery", again.json())) == (202, [])
        sent(at=datetime.fromisoformat(again.json()["next_at"]))
        assert sorted(receiver.ids) == sorted([str(first.event)] * 2 + [str(second.event)] * 2)
    machine.patch(f"webhooks/{endpoint.pk}", {"state": "disabled"})
    refused = machine.post(f"webhooks/{endpoint.pk}/deliveries/{first.pk}/replay")
    assert (refused.status_code, refused.json()["code"]) == (409, "webhook-disabled")


def test_what_may_no_longer_be_seen_is_not_in_the_log_either():
    machine, endpoint = Machine(), hook(URL)
    delivery = waiting(endpoint)
    assert len(machine.get(f"webhooks/{endpoint.pk}/deliveries").json()["items"]) == 1
    Mandate.objects.filter(principal=cast.employer()).update(valid_until="2020-01-01")
    assert machine.get(f"webhooks/{endpoint.pk}/deliveries").json()["items"] == []
    assert machine.post(f"webhooks/{endpoint.pk}/deliveries/{delivery.pk}/replay").status_code == 404


CONTENT = {"PATCH": {"description": "x"}}
OF_ONE = [
    ("GET", ""), ("PATCH", ""), ("DELETE", ""), ("POST", "/secret"), ("POST", "/test"), ("GET", "/deliveries"),
    ("POST", "/deliveries/{did}/replay"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "rest"), OF_ONE)
def test_a_client_sees_its_own_and_foreign_is_unknown(method, rest):
    """Also another client of the same organisation: webhooks are the client's own."""
    endpoint = hook(URL)
    delivery = waiting(endpoint)
    for stranger in ("sandbox-other", "sandbox-bench", "sandbox-large"):
        machine = Machine(stranger)
        said = []
        for id, did in ((endpoint.pk, delivery.pk), (UNKNOWN, UNKNOWN)):
            path = f"/api/v1/webhooks/{id}{rest.format(did=did)}"
            answer = asked(machine, method, path)
            assert answer.status_code == 404
            said.append({**answer.json(), "trace_id": "", "instance": ""})
        assert said[0] == said[1]
    assert WebhookEndpoint.objects.filter(pk=endpoint.pk, description="").exists()


def asked(machine: Machine, method: str, path: str, **headers: str):
    content = json.dumps(CONTENT.get(method, {}))
    own = headers or machine.headers({"Idempotency-Key": f"{KEY}-{method}"})
    return machine.http.generic(method, path, content, content_type="application/json", headers=own)


def test_every_call_needs_the_scope_and_a_token():
    calls = [call for call in CALLS if " /webhooks" in call]
    assert len(calls) == 9
    agency, endpoint = Machine("sandbox-agency"), hook(URL)
    delivery = waiting(endpoint)
    for call in calls:
        assert CALLS[call].scope == WEBHOOKS_MANAGE
        method, path = call.replace("{id}", str(endpoint.pk)).replace("{did}", str(delivery.pk)).split(" ")
        assert asked(agency, method, f"/api/v1{path}").json()["code"] == "scope-missing"
        assert asked(agency, method, f"/api/v1{path}", **{"Accept": "*/*"}).status_code == 401


def test_the_number_of_queries_depends_on_nothing():
    machine, endpoint = Machine(), hook(URL)
    assert machine.token
    calls = ("webhooks", f"webhooks/{endpoint.pk}", f"webhooks/{endpoint.pk}/deliveries")
    few = [counted(machine, call) for call in calls]
    for number in range(6):
        hook(URL)
        waiting(endpoint, events.PAYMENT_SENT if number % 2 else events.SUBMITTED)
    assert [counted(machine, call) for call in calls] == few
    assert max(few) <= 6


def counted(machine: Machine, call: str) -> int:
    with CaptureQueriesContext(connection) as made_:
        assert machine.get(call).status_code == 200
    return len(made_)
