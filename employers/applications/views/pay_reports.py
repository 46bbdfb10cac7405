"""Reporting what was paid next for an absence that goes on: one page."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from employers.applications import lifecycle
from employers.applications.correct import RequestWaits, Said, StaleVersion, Unchanged
from employers.applications.models import Application
from employers.applications.report_pay import NothingContinues, PayReport, report_pay
from employers.applications.submit import Duplicate, Overlap, Refused
from employers.applications.views.answers import employee_name
from employers.applications.views.application import saw_one
from employers.applications.views.doors import actor, one_application, version_of
from employers.applications.views.guide import topics_beside
from employers.applications.views.possible import refuse_readers, waiting
from employers.applications.views.send import overlapping
from employers.benefits.claim import Claim, PayPeriod, from_json
from employers.benefits.pay_end import last_paid, may_report
from employers.benefits.problems import errors
from employers.intake.forms.base import Body, Step
from employers.intake.forms.fields import DayField
from employers.intake.forms.steps import PayRow
from employers.organisations.views.doors import signed_in
from employers.records import clock, doorbell

Errors = list[dict[str, str]]


class PayReportStep(Step):
    row = PayRow
    row_path = "pay_periods"
    row_name = _("Pay period")
    add_words = add_more_words = _("Add another pay period")
    least_rows = 1
    version = forms.IntegerField(widget=forms.HiddenInput)
    absence__end = DayField(
        label=_("Last day of the absence"), help_text=_("As far as you know it now. For example 2.3.2026.")
    )
    pay_continues_from = DayField(
        label=_("Pay goes on from"),
        help_text=_("Only if you go on paying after the periods above. For example 2.3.2026."),
        required=False,
    )
    missing = {"absence__end": _("Give the last day of the absence.")}

    def report(self) -> PayReport:
        """Of a valid form."""
        said = self.said()
        return PayReport(
            pay_periods=[_period(row.entry()) for row in self.rows],
            pay_continues_from=_day(said["pay_continues_from"]),
            absence_end=_day(said["absence.end"]),
        )


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def pay_report(request: HttpRequest, application_id: UUID) -> HttpResponse:
    one = one_application(request, application_id)
    held = refuse_readers(request, one)
    said = from_json(version_of(one).content)
    if not _is_open(one, said):
        messages.info(request, gettext("No further pay can be reported for this application."))
        return redirect(one)
    saw_one(request, one, held, action="report_pay")
    form = PayReportStep(request.POST) if request.method == "POST" else _fresh(one, said)
    wrong: Errors = []
    again = form.after_a_button() if request.method == "POST" else None
    if request.method == "POST" and again is None and form.is_valid():
        reported, wrong = _report(request, one, form)
        if reported:
            return redirect(one)
    return render(request, "employers/applications/pay_report.html", _context(one, said, again or form, wrong))


def _is_open(one: Application, said: Claim) -> bool:
    is_sent = one.status in (*lifecycle.OPEN, *lifecycle.ENDED)
    return is_sent and may_report(said) and not (one.status in lifecycle.ENDED and waiting(one))


def _fresh(one: Application, said: Claim) -> PayReportStep:
    """The next period begins after the last one."""
    last = last_paid(said)
    start = said.pay_continues_from or (last + timedelta(days=1) if last else None)
    end = said.absence.end if said.absence else None
    return PayReportStep(
        initial={"version": one.version, "absence__end": end and end.isoformat()},
        entries=[{"start": start and start.isoformat()}],
    )


def _report(request: HttpRequest, one: Application, form: PayReportStep) -> tuple[bool, Errors]:
    by, version = actor(request, one.organisation), form.cleaned_data["version"]
    try:
        said = report_pay(application_id=one.pk, report=form.report(), version=version, by=by, at=clock.now())
    except Refused as refused:
        known = [problem for problem in errors(refused.problems) if form.knows(problem.field)]
        form.take(known or errors(refused.problems))
        return False, []
    except (Duplicate, Overlap) as covered:
        existing = covered.existing if isinstance(covered, Overlap) else [covered.existing]
        return False, [overlapping(other) for other in existing]
    except (StaleVersion, Unchanged, NothingContinues, RequestWaits, lifecycle.WrongState):
        return False, [{"href": "", "text": gettext("Somebody has changed the application meanwhile. Open it anew.")}]
    doorbell.ring()
    messages.success(request, _done(said))
    return True, []


def _done(said: Said) -> str:
    if said.request:
        return gettext("Your report was sent. The application had been decided, so an official takes the report up.")
    return gettext("The pay was added to the application. Thank you.")


def _period(entry: Body) -> PayPeriod:
    start, end = date.fromisoformat(entry["start"]), date.fromisoformat(entry["end"])
    return PayPeriod(start=start, end=end, amount=Decimal(entry["amount"]))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _context(one: Application, said: Claim, form: Step, wrong: Errors) -> dict[str, Any]:
    return {
        "organisation": one.organisation,
        "application": one,
        "employee": employee_name(version_of(one).content),
        "absence": said.absence,
        "reported": said.pay_periods,
        "is_decided": one.status in lifecycle.ENDED,
        "form": form,
        "errors": wrong + form.found_wrong(),
        "topics": topics_beside("pay", benefit=one.benefit, organisation=one.organisation, codes=form.codes()),
    }
