"""Reading the Incomes Register for one employer: how fresh it is, reading it now, what a reading brought."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from employers.applications.views import found
from employers.applications.views.guide import topics_beside
from employers.income_register import freshness
from employers.income_register.models import RegisterSync
from employers.income_register.sync import AccessMissing, request_sync
from employers.intake.forms.base import Questions
from employers.intake.forms.steps import one_of
from employers.organisations import rights
from employers.organisations.access import Actor
from employers.organisations.models import Organisation
from employers.organisations.views.doors import acting_for
from employers.records import clock, doorbell

AGAIN = 5  # seconds between two looks at a reading that runs
SHOWN = 5
Status = RegisterSync.Status
UNDER_WAY = (Status.WAITING, Status.RUNNING)
HOW = {
    "read": gettext_lazy("Read what is new and keep it"),
    "try": gettext_lazy("Only count what would change, and keep nothing"),
}
WHY_FAILED = {
    "refused": gettext_lazy("The register refused our request. We look into it."),
    "bad_signature": gettext_lazy("The answer did not bear the register's own signature, so we kept nothing of it."),
    "malformed": gettext_lazy("The register's answer could not be read. We look into it."),
    "unavailable": gettext_lazy("The register does not answer. We try again by ourselves."),
    "worker_lost": gettext_lazy("The reading was broken off three times. We look into it."),
}


class ReadForm(Questions):
    how = one_of(HOW, label=gettext_lazy("What should be done?"))


@require_http_methods(["GET", "HEAD", "POST"])
@acting_for(rights.APPLY)
def reading(request: HttpRequest, organisation: Organisation, by: Actor) -> HttpResponse:
    form = ReadForm(request.POST if request.method == "POST" else None, initial={"how": "read"})
    if request.method == "POST" and form.is_valid():
        return _asked(request, organisation, by, dry_run=form.cleaned_data["how"] == "try")
    context = _context(organisation, form)
    response = render(request, "employers/applications/reading.html", context)
    if context["under_way"]:
        response["Refresh"] = str(AGAIN)
    return response


def _asked(request: HttpRequest, organisation: Organisation, by: Actor, *, dry_run: bool) -> HttpResponse:
    try:
        request_sync(organisation=organisation, by=by, at=clock.now(), dry_run=dry_run)
    except AccessMissing:
        messages.info(request, _("Let us read your data in the Incomes Register first."))
    else:
        doorbell.ring()
    return redirect("register", organisation_id=organisation.pk)


def _context(organisation: Organisation, form: ReadForm) -> dict[str, Any]:
    at, fresh = clock.now(), freshness.of(organisation)
    runs: list[Any] = list(RegisterSync.objects.filter(organisation=organisation).order_by("-id")[:SHOWN])
    for one in runs:
        one.why = WHY_FAILED.get(one.error, "")
        one.wide = _wide(one)
    under_way = [one for one in runs if one.status in UNDER_WAY]
    return {
        "organisation": organisation,
        "fresh": fresh,
        "late": organisation.register_access and fresh.is_late(at),
        "under_way": under_way,
        "last": next((one for one in runs if one.status not in UNDER_WAY), None),
        "runs": [one for one in runs if one.status not in UNDER_WAY],
        "all": found.counted(found.groups(organisation)),
        "form": form,
        "errors": form.found_wrong(),
        "topics": topics_beside("register", organisation=organisation),
    }


def _wide(one: RegisterSync) -> int | None:
    """How much of what was promised is read, of 100; None while that is not known."""
    return min(round(100 * one.read / one.promised), 100) if one.promised else None
