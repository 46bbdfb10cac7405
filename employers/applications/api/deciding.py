"""The call that shows a decision: what was granted, why it is not what was estimated, how to appeal, what was paid."""

from typing import Any
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from employers.applications.api import reading
from employers.applications.models import Application, Decision, Payment
from employers.applications.queries import payments_of
from employers.benefits.estimate import money
from employers.intake import words
from employers.organisations.calls import caller_of
from employers.records.problem import Refusal
from employers.records.readlog import log_reads


class ApplicationDecision(APIView):
    def get(self, request: Request, id: UUID) -> Response:
        caller = caller_of(request)
        employer = reading.owned(caller, id)
        decision = decision_of(id)
        if decision is None:
            raise Refusal(404, "not-decided")
        person = decision.application.person_id
        reader = caller.readers([employer])[employer]
        log_reads([person] if person else [], reader=reader, purpose="application", action="decision", at=caller.at)
        return Response(shape(decision))


def decision_of(application: UUID) -> Decision | None:
    """The one in force; while a correction is looked into there is none."""
    one = Application.objects.select_related("decision__application").get(pk=application)
    return one.decision


def shape(decision: Decision) -> dict[str, Any]:
    return {
        "outcome": decision.outcome,
        "decided_at": decision.decided_at,
        "amount": money(decision.amount),
        "reason": decision.reason,
        "differences": [{**line, "why": words.difference(line["why"])} for line in decision.differences],
        "appeal": {"until": decision.appeal_until, "text": words.appeal(decision.appeal_until)},
        "payments": [payment(one) for one in payments_of(decision.application_id)],
    }


def payment(found: Payment) -> dict[str, Any]:
    return {
        "id": found.pk,
        "amount": money(found.amount),
        "status": found.status,
        "paid_on": found.paid_on,
        "reference": found.reference,
    }
