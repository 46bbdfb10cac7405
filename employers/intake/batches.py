"""Calls about batches: send a file, watch it, read what came of its rows."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from employers.benefits.problems import Problem
from employers.intake import batch, received, words
from employers.intake.models import Batch, BatchRow
from employers.intake.receive import receive
from employers.organisations.access import Actor
from employers.organisations.calls import Caller, caller_of, once
from employers.records import doorbell, paging, wire
from employers.records.problem import Refusal, invalid, invalid_at, not_found

WORKER = "employers.work_batches"


class Batches(APIView):
    def post(self, request: Request) -> HttpResponse:
        """Send a file of applications: the body is the file, `?mode=` partial or all_or_nothing."""
        caller, kind, mode = caller_of(request), content_type(request), mode_of(request)
        keep_body(request)
        done = once(request, lambda: _received(request, caller, kind=kind, mode=mode))
        doorbell.ring(WORKER)
        return done


class One(APIView):
    def get(self, request: Request, id: UUID) -> Response:
        return Response(shape(own(caller_of(request), id)))


class Rows(APIView):
    def get(self, request: Request, id: UUID) -> Response:
        """What came of the rows that are done, in the order of the file."""
        found, limit = own(caller_of(request), id), paging.limit(request.query_params)
        after = paging.number_after(request.query_params.get("cursor", ""))
        results = list(found.results.filter(number__gt=after).order_by("number")[: limit + 1])
        shown = results[:limit]
        more = paging.cursor_at(shown[-1].number) if len(results) > limit else None
        return Response({"items": [row_shape(result) for result in shown], "next": more})


def own(caller: Caller, pk: UUID) -> Batch:
    """The file itself stays where it is."""
    found = Batch.objects.filter(pk=pk, client=caller.client).defer("body").first()
    if found is None:
        raise not_found()
    return found


def content_type(request: Request) -> str:
    kind = request.content_type.partition(";")[0].strip().lower()
    if kind not in batch.CONTENT_TYPES:
        raise Refusal(415, "unsupported-media-type", headers={"Accept-Post": ", ".join(batch.CONTENT_TYPES)})
    return kind


def mode_of(request: Request) -> str:
    mode = request.query_params.get("mode", Batch.Mode.PARTIAL)
    if mode not in Batch.Mode.values:
        raise invalid_at("mode", "invalid_choice")
    return mode


def keep_body(request: Request) -> None:
    """A file may be larger than Django lets a body be. Once read here, it is `HttpRequest.body` as usual."""
    raw = request._request
    length = int(raw.META.get("CONTENT_LENGTH") or 0)
    raw._body = wire.read_body(raw, length=length, most=settings.LARGEST_BODY)


def shape(found: Batch) -> dict[str, Any]:
    return {
        "id": found.pk,
        "status": found.status,
        "mode": found.mode,
        "rows": found.rows,
        "done": found.done,
        "accepted": found.accepted,
        "rejected": found.rejected,
        "duplicates": found.duplicates,
        "received_at": found.at,
        "sha256": bytes(found.digest).hex() if found.digest else None,
    }


def row_shape(result: BatchRow) -> dict[str, Any]:
    problems = [Problem(kept["field"], kept["code"], kept["severity"], kept["params"]) for kept in result.problems]
    return {
        "row": result.number,
        "reference": result.reference or None,
        "status": result.status,
        "application": result.application,
        "errors": [words.described(problem) for problem in problems],
    }


def _received(request: Request, caller: Caller, *, kind: str, mode: str) -> tuple[int, dict[str, Any], dict[str, str]]:
    try:
        rows = received.counted(request._request.body, content_type=kind, most=settings.BATCH_ROWS)
    except batch.Unreadable as unreadable:
        raise _refused(unreadable.problems) from None
    by = Actor(role="agent", client=caller.client)
    found = receive(request._request.body, content_type=kind, rows=rows, mode=mode, by=by, at=caller.at)
    return 202, shape(found), {"Location": f"/api/v1/batches/{found.pk}"}


def _refused(problems: list[Problem]) -> Refusal:
    if any(problem.code == "unparseable" for problem in problems):
        return Refusal(400, "malformed-request", errors=problems)
    return invalid(problems)
