"""Saying an application anew by machine: a new version, or after the decision a request that an official takes up."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from employers.applications import changes
from employers.applications.api import reading
from employers.applications.api.doing import LONGEST_REASON, Answered, Doing, current_version, doing, refusals, said
from employers.applications.correct import correct
from employers.applications.models import ApplicationVersion
from employers.applications.models_corrections import CorrectionRequest
from employers.benefits.claim import Claim
from employers.benefits.problems import Problem
from employers.intake import values
from employers.intake.serializers import Unreadable, read_claim
from employers.organisations.calls import body_of, caller_of, employer_in_body, is_strict
from employers.records import paging
from employers.records.etag import needed
from employers.records.problem import invalid

REASON = values.filled(LONGEST_REASON)


class Corrections(APIView):
    def get(self, request: Request, id: UUID) -> Response:
        """What was asked for after a decision, newest first, and what became of it."""
        caller, page = caller_of(request), paging.asked(request.query_params)
        reading.owned(caller, id)
        reading.log_one(caller, id, action="corrections")
        rows = page.rows(CorrectionRequest.objects.filter(application=id))
        contents = contents_of(id, {row.version for row in rows})
        items = [shape(row, before=contents[row.version]) for row in rows[: page.limit]]
        return Response(page.answer([{"id": row.pk} for row in rows], items))

    def post(self, request: Request, id: UUID) -> HttpResponse:
        """The whole claim as it should read, and why."""
        call, body = doing(request, id), body_of(request)
        employer_in_body(call.caller, body)
        return call.once(lambda: _corrected(call, body, strict=is_strict(request)), action="correct")


def _corrected(call: Doing, body: Any, *, strict: bool) -> Answered:
    claim, reason = correction_in(body)
    version = needed(call.request.headers, current=current_version(call.pk))
    with refusals(strict=strict):
        found = correct(
            application_id=call.pk,
            claim=claim,
            reason=reason,
            version=version,
            by=call.by,
            at=call.caller.at,
            strict=strict,
        )
    return said(found)


def correction_in(body: Any) -> tuple[Claim, str]:
    """A claim, with the reason beside its members. Raises the 422 with everything that is wrong with either."""
    told = dict(body) if isinstance(body, dict) else body
    reason, problems = _reason(told)
    try:
        claim = read_claim(told, allow_temporary=settings.SANDBOX)
    except Unreadable as unreadable:
        raise invalid([*unreadable.problems, *problems]) from None
    if problems:
        raise invalid(problems)
    return claim, reason


def _reason(told: Any) -> tuple[str, list[Problem]]:
    """Taken out of the body."""
    problems: list[Problem] = []
    if not isinstance(told, dict):
        return "", problems
    reason = told.pop("reason", None)
    if reason is None:
        return "", [Problem("reason", "required")]
    return REASON(reason, "reason", problems) or "", problems


def contents_of(id: UUID, numbers: set[int]) -> dict[int, Any]:
    versions = ApplicationVersion.objects.filter(application=id, number__in=numbers)
    return {version.number: version.content for version in versions}


def shape(found: CorrectionRequest, *, before: Any) -> dict[str, Any]:
    return {
        "id": found.pk,
        "kind": found.kind,
        "status": found.state,
        "version": found.version,
        "reason": found.reason,
        "diff": [change.as_dict() for change in changes.diff_said(before, found.content)],
        "asked_at": found.asked_at,
        "answer": found.answer,
        "answered_at": found.answered_at,
    }
