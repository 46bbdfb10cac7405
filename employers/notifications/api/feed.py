"""The feed: one for each client, over all its employers, oldest first."""

from typing import Any

from django.db.models import OuterRef, Subquery
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from employers.notifications.visible import visible
from employers.organisations.calls import caller_of
from employers.organisations.models import Organisation
from employers.records import paging, queries
from employers.records.queries import events_after, place_of


class Events(APIView):
    def get(self, request: Request) -> Response:
        caller, limit = caller_of(request), paging.limit(request.query_params)
        after = queries.asked(request.query_params)
        found = events_after(after, limit=limit, where=visible(caller.client, on=caller.on), told=NAMED)
        last = place_of(found[-1]) if found else after
        return Response({"items": [shape(event) for event in found], "next": queries.told(last)})


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
