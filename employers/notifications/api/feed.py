"""The feed: one for each client, over all its employers, oldest first."""

from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from employers.notifications.visible import visible
from employers.organisations.calls import caller_of
from employers.organisations.models import Organisation
from employers.records import paging
from employers.records.problem import invalid_at
from employers.records.queries import Cursor, events_after, place_of

CURSOR = 24  # bytes: eight of a transaction's number, sixteen of an event's id


class Events(APIView):
    def get(self, request: Request) -> Response:
        caller, limit = caller_of(request), paging.limit(request.query_params)
        after = cursor_in(request.query_params.get("after", ""))
        found = events_after(after, limit=limit, where=visible(caller.client, on=caller.on), told=NAMED)
        last = place_of(found[-1]) if found else after
        return Response({"items": [shape(event) for event in found], "next": cursor_of(last)})


NAMED = {"employer": Subquery(Organisation.objects.filter(pk=OuterRef("organisation")).values("business_id"))}


def shape(event: Any) -> dict[str, Any]:
    """Ids only: what it was about is read where rights are checked. `event` is an Event with NAMED."""
    return {
        "id": event.id,
        "type": event.type,
        "timestamp": event.at,
        "employer": event.employer,
        "application": event.application,
        "subject": event.subject,
        "status": event.status or None,
    }


def cursor_of(place: Cursor) -> str:
    return paging.cursor(place.transaction.to_bytes(8, "big") + place.id.bytes)


def cursor_in(text: str) -> Cursor:
    """Raises the 422."""
    if not text:
        return Cursor()
    found = paging.place(text, size=CURSOR)
    if found is None or found[0] > 127:
        raise invalid_at("after", "id_invalid")
    return Cursor(int.from_bytes(found[:8], "big"), UUID(bytes=found[8:]))
