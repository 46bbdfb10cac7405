"""Calls about the documents of an application: attached, held until they are checked, given out as files."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from rest_framework.parsers import MultiPartParser
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from employers.applications import attached, store
from employers.applications.api import reading, shapes
from employers.applications.api.doing import Answered, Doing, doing
from employers.applications.api.parts import Parts, parts_of
from employers.applications.attach import attach
from employers.applications.formats import KINDS, Unfit, fingerprint
from employers.applications.models import Application, Channel, InformationRequest
from employers.applications.models_files import Attachment
from employers.organisations.calls import caller_of, once
from employers.records import doorbell, paging
from employers.records.problem import Refusal, invalid_at, not_found

State = Attachment.State
NOT_NOW = {"Retry-After": "120"}  # seconds
HELD = {"Retry-After": "30"}  # seconds; a scan takes less
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


class AnyFile(BaseRenderer):
    """Whatever kind the caller accepts: the document is of the kind that it is."""

    media_type = "*/*"


class Attachments(APIView):
    parser_classes = (MultiPartParser,)

    def get(self, request: Request, id: UUID) -> Response:
        """What is attached and whether it was checked, newest first."""
        caller, page = caller_of(request), paging.asked(request.query_params)
        reading.owned(caller, id)
        reading.log_one(caller, id, action="attachments")
        rows = page.rows(Attachment.objects.filter(application=id))
        return Response(page.answer([{"id": row.pk} for row in rows], [shape(row) for row in rows[: page.limit]]))

    def post(self, request: Request, id: UUID) -> HttpResponse:
        """One file, by itself or for a request for information."""
        call = doing(request, id)
        parts = parts_of(request)
        answer = once(request, lambda: _attached(call, parts), said=parts.said)
        doorbell.ring()
        return answer


class One(APIView):
    renderer_classes = [*APIView.renderer_classes, AnyFile]

    def get(self, request: Request, id: UUID, aid: UUID) -> HttpResponse:
        """The file itself, once a scanner has found nothing in it."""
        caller = caller_of(request)
        reading.owned(caller, id)
        found = Attachment.objects.filter(application=id, pk=aid).first()
        if found is None:
            raise not_found()
        content = _content(found)
        reading.log_one(caller, id, action="attachment")
        disposition = content_disposition_header(as_attachment=True, filename=found.name) or "attachment"
        headers = {**HEADERS, "Content-Type": KINDS[found.kind].content_type, "Content-Disposition": disposition}
        return HttpResponse(content, headers=headers)


def shape(found: Attachment) -> dict[str, Any]:
    return {
        "id": found.pk,
        "name": found.name,
        "kind": found.kind,
        "size": found.size,
        "sha256": bytes(found.sha256).hex(),
        "status": found.state,
        "request": found.request_id,
        "added_at": found.added_at,
    }


def _content(found: Attachment) -> bytes:
    if found.state == State.REFUSED:
        raise Refusal(410, "attachment-refused")
    if not attached.readable().filter(pk=found.pk).exists():
        raise Refusal(409, "attachment-held", headers=HELD)
    try:
        return store.get(found.stored)
    except store.Unavailable:
        raise Refusal(503, "unavailable", headers=NOT_NOW) from None


def _attached(call: Doing, parts: Parts) -> Answered:
    try:
        found = attach(
            to=call.application,
            name=parts.name,
            content=parts.content,
            by=call.by,
            at=call.caller.at,
            request=_request(call, parts.request),
            channel=Channel.API,
        )
    except Unfit as unfit:
        raise _refused(unfit.code, call, parts) from None
    except store.Unavailable:
        raise Refusal(503, "unavailable", headers=NOT_NOW) from None
    return 201, shape(found), {"Location": _address(found)}


def _request(call: Doing, id: str | None) -> InformationRequest | None:
    if id is None:
        return None
    found = InformationRequest.objects.filter(application=call.pk, pk=id).first()
    if found is None:
        raise invalid_at("request", "unknown_request")
    return found


def _refused(code: str, call: Doing, parts: Parts) -> Refusal:
    match code:
        case "file_too_large":
            return Refusal(413, "body-too-large")
        case "file_kind_not_taken":
            return Refusal(415, "unsupported-media-type", errors=invalid_at("file", code).errors)
        case "file_too_late":
            status = Application.objects.values_list("status", flat=True).get(pk=call.pk)
            return Refusal(409, "wrong-state", application_status=status)
        case "file_already_attached":
            there = Attachment.objects.get(application=call.pk, sha256=fingerprint(parts.content))
            return Refusal(409, "attachment-exists", existing={**_existing(there)})
        case _:
            return invalid_at("file", code)


def _existing(there: Attachment) -> dict[str, Any]:
    return {"id": there.pk, "href": _address(there), "status": there.state, "added_at": there.added_at}


def _address(found: Attachment) -> str:
    return f"{shapes.BASE}/{found.application_id}/attachments/{found.pk}"
