"""Asking the agency about an application by machine, and reading what it answers."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import get_language
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from employers.applications.api import reading
from employers.applications.api.doing import Answered, Doing, doing
from employers.applications.message import LONGEST, mark_those_read, write_about
from employers.applications.models_threads import Message
from employers.benefits.problems import Problem
from employers.intake import values
from employers.organisations.calls import body_of, caller_of
from employers.organisations.identifiers import without_codes
from employers.records import paging
from employers.records.problem import invalid

WRITTEN = values.shape({"text": values.filled(LONGEST)}, required=("text",))


class Messages(APIView):
    def get(self, request: Request, id: UUID) -> Response:
        """Both sides' words, newest first. The agency's that are shown here count as read from now on."""
        caller, page = caller_of(request), paging.asked(request.query_params)
        reading.owned(caller, id)
        reading.log_one(caller, id, action="messages")
        rows = page.rows(Message.objects.filter(thread__application=id))
        on_page = rows[: page.limit]
        mark_those_read(messages=[row.pk for row in on_page], at=caller.at)
        return Response(page.answer([{"id": row.pk} for row in rows], [shape(row) for row in on_page]))

    def post(self, request: Request, id: UUID) -> HttpResponse:
        """The answer comes in the same list, and as an event."""
        call, body = doing(request, id), body_of(request)
        return call.once(lambda: _written(call, body), action="message")


def _written(call: Doing, body: Any) -> Answered:
    problems: list[Problem] = []
    told = WRITTEN(body, "", problems)
    if problems:
        raise invalid(problems)
    message = write_about(
        application_id=call.pk,
        text=without_codes(told["text"]),
        language=get_language() or call.application.organisation.language,
        by=call.by,
        at=call.caller.at,
    )
    return 201, shape(message), {}


def shape(found: Message) -> dict[str, Any]:
    """`read_at`: when the other side first opened it, None while it has not."""
    return {"id": found.pk, "text": found.text, "role": found.role, "at": found.at, "read_at": found.read_at}
