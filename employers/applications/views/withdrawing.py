"""Taking an application back: asked twice, with what follows from it."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from employers.applications import lifecycle
from employers.applications.models import Application
from employers.applications.views.answers import employee_name
from employers.applications.views.application import saw_one
from employers.applications.views.doors import actor_about, one_application, version_of
from employers.applications.views.possible import refuse_readers
from employers.applications.withdraw import withdraw
from employers.benefits.deadlines import moved
from employers.intake.forms.base import Questions
from employers.intake.words import benefit_name
from employers.organisations.views.doors import signed_in
from employers.records import clock, doorbell


class WithdrawForm(Questions):
    reason = forms.CharField(
        label=_("Why do you withdraw the application?"),
        help_text=_("In a few words. Do not tell about the illness."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    missing = {"reason": _("Tell us in a few words why you withdraw the application.")}


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def withdrawal(request: HttpRequest, application_id: UUID) -> HttpResponse:
    one = one_application(request, application_id)
    held = refuse_readers(request, one)
    if one.status not in lifecycle.OPEN:
        messages.info(request, _("The application cannot be withdrawn any more."))
        return redirect(one)
    saw_one(request, one, held, action="withdraw")
    form = WithdrawForm(request.POST or None)
    is_told = request.method == "POST" and form.is_valid()
    if is_told and "sure" in request.POST:
        return _withdrawn(request, one, form.cleaned_data["reason"])
    return render(request, "employers/applications/withdraw.html", _context(one, form, is_told=is_told))


def _withdrawn(request: HttpRequest, one: Application, reason: str) -> HttpResponse:
    """Decided meanwhile: the application's page tells where it stands."""
    try:
        by = actor_about(request, one.organisation, one.benefit)
        withdraw(application_id=one.pk, reason=reason, by=by, at=clock.now())
    except lifecycle.WrongState:
        messages.info(request, _("The application cannot be withdrawn any more."))
        return redirect(one)
    doorbell.ring()
    messages.success(request, _("The application was withdrawn."))
    return redirect(one)


def _context(one: Application, form: WithdrawForm, *, is_told: bool) -> dict[str, object]:
    return {
        "organisation": one.organisation,
        "application": one,
        "benefit": benefit_name(one.benefit),
        "employee": employee_name(version_of(one).content),
        "last_day": one.deadline and moved(one.deadline),
        "form": form,
        "errors": form.found_wrong(),
        "is_told": is_told,
    }
