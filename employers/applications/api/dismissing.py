"""Setting a finding aside by machine, with the reason, and taking that back."""

from typing import Any
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from employers.applications.api.findings import one
from employers.applications.dismiss import WrongReason, WrongState, dismiss, take_back
from employers.applications.models_register import Finding
from employers.benefits.problems import Problem
from employers.organisations.access import Actor
from employers.organisations.calls import Caller, body_of, caller_of, check_right
from employers.organisations.models import Organisation
from employers.records.problem import Refusal, invalid, invalid_at, not_found


class Dismissal(APIView):
    def post(self, request: Request, id: UUID) -> Response:
        """Set the finding aside, with the reason. The same said again changes nothing, so that it can be tried again
        without a key. 409 `finding-closed` where it was claimed, expired, or set aside for another reason."""
        caller, body = caller_of(request), body_of(request)
        by = _may(caller, id)
        because = _because(body)
        try:
            dismiss(finding_id=id, because=because, by=by, at=caller.at)
        except WrongReason:
            raise invalid_at("because", "invalid_choice") from None
        except WrongState:
            raise _closed(id) from None
        return Response(one(id, caller=caller))

    def delete(self, request: Request, id: UUID) -> Response:
        """Take the dismissal back: the finding is open again, or `expired` where its time is over by now. Of an open
        one nothing changes. 409 `finding-closed` where it was claimed or expired."""
        caller = caller_of(request)
        try:
            take_back(finding_id=id, by=_may(caller, id), at=caller.at)
        except WrongState:
            raise _closed(id) from None
        return Response(one(id, caller=caller))


def _may(caller: Caller, id: UUID) -> Actor:
    """Unknown and foreign are both 404; 403 where the employer is known and did not give the right."""
    organisation = Organisation.objects.filter(findings=id, pk__in=caller.known().values("pk")).first()
    if organisation is None:
        raise not_found()
    check_right(caller, organisation.pk)
    return caller.actor(organisation)


def _because(body: Any) -> str:
    """Of `{"because": "..."}`. Raises the 422."""
    if not isinstance(body, dict):
        raise invalid_at("", "invalid_type")
    problems = [Problem("", "unknown_field")] if set(body) - {"because"} else []
    because = body.get("because")
    if because is None:
        raise invalid([*problems, Problem("because", "required")])
    if not isinstance(because, str):
        raise invalid([*problems, Problem("because", "invalid_type")])
    if problems:
        raise invalid(problems)
    return because


def _closed(id: UUID) -> Refusal:
    return Refusal(409, "finding-closed", finding_status=Finding.objects.values_list("status", flat=True).get(pk=id))
