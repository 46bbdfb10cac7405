"""Calls about what was sent to a webhook: the log, and sending one of it again."""

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from employers.notifications.api.webhooks import own
from employers.notifications.models_webhooks import WebhookDelivery
from employers.notifications.settle import EndpointDisabled, send_again
from employers.notifications.visible import visible
from employers.organisations.calls import Caller, caller_of
from employers.records import doorbell, paging
from employers.records.models import Event
from employers.records.problem import Refusal, not_found

WORKER = "employers.send_webhooks"


class Deliveries(APIView):
    def get(self, request: Request, id: UUID) -> Response:
        caller, page = caller_of(request), paging.asked(request.query_params)
        rows = page.rows(seen(caller).filter(endpoint=own(caller, id)))
        items = [shape(one) for one in rows[: page.limit]]
        return Response(page.answer([{"id": one.pk} for one in rows], items))


class Replay(APIView):
    def post(self, request: Request, id: UUID, did: UUID) -> Response:
        caller = caller_of(request)
        found = seen(caller).filter(endpoint=own(caller, id), pk=did).first()
        if found is None:
            raise not_found()
        try:
            again = send_again(found, at=caller.at)
        except EndpointDisabled:
            raise Refusal(409, "webhook-disabled") from None
        doorbell.ring(WORKER)
        return Response(shape(again), status=202)


def seen(caller: Caller) -> QuerySet[WebhookDelivery]:
    """Of events that the client may hear of at this moment."""
    heard = Event.objects.filter(visible(caller.client, on=caller.on), pk=OuterRef("event"))
    return WebhookDelivery.objects.filter(Exists(heard), endpoint__client=caller.client)


def shape(delivery: WebhookDelivery) -> dict[str, Any]:
    return {
        "id": delivery.pk,
        "event": delivery.event,
        "type": delivery.type,
        "status": delivery.status,
        "created_at": delivery.created_at,
        "next_at": delivery.next_at if delivery.status == WebhookDelivery.State.WAITING else None,
        "attempts": delivery.tried,
    }
