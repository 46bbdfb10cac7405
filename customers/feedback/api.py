"""The feed to customer service, agency-internal: its scope is never given to an employer or a firm. And the figures
that everyone may read.
"""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from customers.feedback.models import Benchmark
from customers.feedback.queries import changes
from customers.segments.models import SegmentAssignment
from employers.guidance.topics import SIZE_CLASSES
from employers.intake.api import bytes_unless_known
from employers.organisations.access import Actor
from employers.organisations.calls import caller_of
from employers.organisations.sectors import SECTORS
from employers.records import paging, queries, wire
from employers.records.problem import invalid_at
from employers.records.readlog import log_reads


class Feedback(APIView):
    def get(self, request: Request) -> Response:
        """Changes of segment with their reasons, oldest first. Keep `next`, and ask again with it."""
        caller = caller_of(request)
        limit, after = paging.limit(request.query_params), queries.asked(request.query_params)
        with transaction.atomic():
            found, last = changes(after, limit=limit)
            log_reads(
                [change.person_id for change in found],
                reader=Actor(role="official", client=caller.client).as_reader(),
                purpose="customer_service",
                action="feedback",
                at=caller.at,
            )
        return Response({"items": [answer(change) for change in found], "next": queries.told(last)})


class Benchmarks(APIView):
    """Nobody's token is looked at: whoever asks gets the same bytes."""

    authentication_classes = ()

    def get(self, request: Request) -> HttpResponse:
        """What the agency published of each year, the last year first."""
        size, sector = chosen(request, "size_class", SIZE_CLASSES), chosen(request, "sector", SECTORS)
        rows = Benchmark.objects.filter(size_class=size, sector=sector).order_by("-year")
        years, later = paging.part([bytes(body) for body in rows.values_list("body", flat=True)], request.query_params)
        return bytes_unless_known(request, b'{"items":[' + b",".join(years) + b'],"next":' + wire.dumps(later) + b"}")


def chosen(request: Request, name: str, known: Collection[str]) -> str:
    """An empty text, which stands for all, where nothing is chosen. Raises the 422."""
    found = request.query_params.getlist(name)
    if any(value not in known for value in found):
        raise invalid_at(name, "invalid_choice")
    return found[-1] if found else ""


def answer(change: SegmentAssignment) -> dict[str, Any]:
    return {
        "id": change.pk,
        "person": {"personal_identity_code": change.person.identity_code},
        "segment": change.segment,
        "previous": change.previous,
        "sliding": change.sliding,
        "reasons": change.reasons,
        "assigned_on": change.assigned_on,
        "valid_from": change.valid_from,
    }
