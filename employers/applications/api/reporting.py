"""Reporting by machine what was paid next for an absence that goes on."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.views import APIView

from employers.applications.api.doing import Answered, Doing, current_version, doing, refusals, said
from employers.applications.report_pay import PayReport, report_pay
from employers.benefits.absence import MOST_PAY_PERIODS
from employers.benefits.claim import PayPeriod
from employers.benefits.problems import Problem
from employers.intake import values
from employers.intake.serializers import PAY_PERIOD
from employers.organisations.calls import body_of, is_strict
from employers.records.etag import named
from employers.records.problem import invalid

REPORT = values.shape(
    {
        "pay_periods": values.listing(PAY_PERIOD, most=MOST_PAY_PERIODS),
        "pay_continues_from": values.day,
        "absence_end": values.day,
    },
    required=("pay_periods",),
)


class PayReports(APIView):
    def post(self, request: Request, id: UUID) -> HttpResponse:
        """The next pay periods; an empty list says that no more pay follows."""
        call, body = doing(request, id), body_of(request)
        return call.once(lambda: _reported(call, body, strict=is_strict(request)), action="report_pay")


def _reported(call: Doing, body: Any, *, strict: bool) -> Answered:
    report = report_in(body, strict=strict)
    version = named(call.request.headers, current=current_version(call.pk))
    with refusals(strict=strict):
        found = report_pay(application_id=call.pk, report=report, by=call.by, at=call.caller.at, version=version)
    return said(found)


def report_in(body: Any, *, strict: bool) -> PayReport:
    """Raises the 422."""
    problems: list[Problem] = []
    told = REPORT(body, "", problems)
    if problems:
        raise invalid(problems)
    return PayReport(
        pay_periods=[PayPeriod(**entry) for entry in told["pay_periods"]],
        pay_continues_from=told.get("pay_continues_from"),
        absence_end=told.get("absence_end"),
        strict=strict,
    )
