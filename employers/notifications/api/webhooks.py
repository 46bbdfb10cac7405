"""Calls about webhooks: where a client's own system hears of events by itself."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from uuid_utils.compat import uuid7

from employers.intake import values
from employers.notifications import guard, subscribe
from employers.notifications.due import message
from employers.notifications.guard import Network
from employers.notifications.models_webhooks import WebhookEndpoint
from employers.notifications.subscribe import Wish
from employers.notifications.webhooks import Outcome, send
from employers.organisations.calls import Caller, body_of, caller_of, once
from employers.records import clock, events, paging, wire
from employers.records.problem import Refusal, invalid, invalid_at, not_found

BASE = "/api/v1/webhooks"
PING = "webhook.ping"
PING_PATIENCE = 5.0  # seconds; whoever asks waits for it
PING_LOCK = 0x70696E67
TYPES = values.listing(values.choice(events.PUBLIC), most=len(events.PUBLIC))
MEMBERS = {"url": values.filled(guard.LONGEST), "types": TYPES, "description": values.text(200)}
CHANGEABLE = MEMBERS | {"state": values.choice(WebhookEndpoint.State.values)}
Kept = tuple[int, dict[str, Any], dict[str, str]]


class Webhooks(APIView):
    def get(self, request: Request) -> Response:
        caller, page = caller_of(request), paging.asked(request.query_params)
        rows = page.rows(WebhookEndpoint.objects.filter(client=caller.client))
        items = [shape(one) for one in rows[: page.limit]]
        return Response(page.answer([{"id": one.pk} for one in rows], items))

    def post(self, request: Request) -> HttpResponse:
        caller, body = caller_of(request), body_of(request)
        return once(request, lambda: _subscribed(caller, body))


class One(APIView):
    def get(self, request: Request, id: UUID) -> Response:
        return Response(shape(own(caller_of(request), id)))

    def patch(self, request: Request, id: UUID) -> Response:
        caller, body = caller_of(request), body_of(request)
        endpoint = own(caller, id)
        return Response(shape(subscribe.change(endpoint=endpoint, wish=wished(body, of=endpoint), at=caller.at)))

    def delete(self, request: Request, id: UUID) -> Response:
        subscribe.unsubscribe(endpoint=own(caller_of(request), id))
        return Response(status=204)


class Secret(APIView):
    def post(self, request: Request, id: UUID) -> HttpResponse:
        caller = caller_of(request)
        endpoint = own(caller, id)
        return once(request, lambda: _rotated(caller, endpoint))


class Test(APIView):
    def post(self, request: Request, id: UUID) -> Response:
        caller = caller_of(request)
        return Response(told(ping(own(caller, id), caller=caller, network=network())))


def own(caller: Caller, id: UUID) -> WebhookEndpoint:
    found = WebhookEndpoint.objects.filter(pk=id, client=caller.client).first()
    if found is None:
        raise not_found()
    return found


def network() -> Network:
    return Network(private=settings.SANDBOX)


def shape(endpoint: WebhookEndpoint) -> dict[str, Any]:
    return {
        "id": endpoint.pk,
        "url": endpoint.url,
        "types": endpoint.types or list(events.PUBLIC),
        "description": endpoint.description,
        "state": endpoint.state,
        "disabled_because": endpoint.why or None,
        "disabled_at": endpoint.disabled_at,
        "earlier_secret_until": endpoint.earlier_until,
        "created_at": endpoint.created_at,
    }


def told(outcome: Outcome) -> dict[str, Any]:
    return {
        "delivered": outcome.delivered,
        "status_code": outcome.status_code,
        "duration_ms": outcome.duration_ms,
        "error": outcome.error or None,
    }


def wished(body: Any, *, of: WebhookEndpoint | None = None) -> Wish:
    """What the body says, and otherwise what is. `null` takes back what was said. Raises the 422."""
    problems: values.Problems = []
    read = values.shape(CHANGEABLE if of else MEMBERS, required=() if of else ("url",))
    found = read(body, "", problems)
    if problems:
        raise invalid(problems)
    if found.get("types") == []:
        raise invalid_at("types", "required")
    if "url" in found:
        check(found["url"])
    before = {"url": of.url, "types": of.types, "description": of.description, "state": of.state} if of else {}
    emptied = {name: empty for name, empty in (("types", ()), ("description", "")) if name in body}
    wish = before | emptied | {name: value for name, value in found.items() if value is not None}
    return Wish(**(wish | {"types": list(dict.fromkeys(wish.get("types", ())))}))


def check(url: str) -> None:
    try:
        guard.check(url, network=network())
    except guard.Refused as refused:
        raise invalid_at("url", refused.code) from None


def ping(endpoint: WebhookEndpoint, *, caller: Caller, network: Network) -> Outcome:
    """Now, once, while the caller waits. One at a time: a receiver that does not answer keeps nobody else waiting."""
    id = str(uuid7())
    body = wire.dumps({"type": PING, "timestamp": caller.at, "data": {"webhook": endpoint.pk}})
    shorter = replace(network, patience=min(network.patience, PING_PATIENCE))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [PING_LOCK])
        if not cursor.fetchone()[0]:
            raise Refusal(409, "request-in-progress", headers={"Retry-After": "1"})
        try:
            sent = message(endpoint, id=id, body=body, at=caller.at)
            return send(sent, network=shorter, at=clock.real_now())
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [PING_LOCK])


def _subscribed(caller: Caller, body: Any) -> Kept:
    try:
        endpoint = subscribe.subscribe(client=caller.client, wish=wished(body), at=caller.at)
    except subscribe.TooMany:
        raise Refusal(409, "too-many-webhooks") from None
    return 201, shape(endpoint) | {"secret": endpoint.secret}, {"Location": f"{BASE}/{endpoint.pk}"}


def _rotated(caller: Caller, endpoint: WebhookEndpoint) -> Kept:
    changed = subscribe.rotate(endpoint=endpoint, at=caller.at)
    return 201, shape(changed) | {"secret": changed.secret}, {}
