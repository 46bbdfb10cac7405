"""Taking an application back by machine."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.views import APIView

from employers.applications.api import shapes
from employers.applications.api.doing import LONGEST_REASON, Answered, Doing, current_version, document, doing, refusals
from employers.applications.withdraw import withdraw
from employers.benefits.problems import Problem
from employers.intake import values
from employers.organisations.calls import body_of
from employers.records.etag import etag, named
from employers.records.problem import invalid

WITHDRAWAL = values.shape({"reason": values.filled(LONGEST_REASON)}, required=("reason",))


class Withdrawal(APIView):
    def post(self, request: Request, id: UUID) -> HttpResponse:
        """Until it is decided."""
        call, body = doing(request, id), body_of(request)
        return call.once(lambda: _withdrawn(call, body), action="withdraw")


def _withdrawn(call: Doing, body: Any) -> Answered:
    problems: list[Problem] = []
    told = WITHDRAWAL(body, "", problems)
    if problems:
        raise invalid(problems)
    version = named(call.request.headers, current=current_version(call.pk))
    with refusals():
        one = withdraw(application_id=call.pk, reason=told["reason"], by=call.by, at=call.caller.at, version=version)
    return 201, document(call.pk), {"ETag": etag(one.version), "Location": f"{shapes.BASE}/{one.pk}"}
