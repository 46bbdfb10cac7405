"""Agreeing for an employer, and taking it back: a page each, with what it means in plain words."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from employers.income_register.sync import AccessMissing, request_sync
from employers.notifications.forms import AgreeForm
from employers.organisations import rights
from employers.organisations.access import Actor
from employers.organisations.consent import consent
from employers.organisations.models import Organisation
from employers.organisations.models_account import ConsentChange
from employers.organisations.views.doors import acting_for
from employers.records import clock, doorbell

What = ConsentChange.What
Words = str | Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    what: What
    title: Words
    means: tuple[Words, ...]
    without: Words


ABOUT = {
    "decisions": About(
        what=What.ELECTRONIC_DECISIONS,
        title=gettext_lazy("Decisions electronically"),
        means=(
            gettext_lazy("We bring decisions and our questions here and tell by e-mail that they have come."),
            gettext_lazy("Each decision tells until when you can appeal. Look here often enough, or give an e-mail "
                         "address that somebody reads."),
            gettext_lazy("Nothing comes by post any more."),
        ),
        without=gettext_lazy("Without this we cannot pay to you. You can still apply."),
    ),
    "register": About(
        what=What.REGISTER_ACCESS,
        title=gettext_lazy("Reading your data in the Incomes Register"),
        means=(
            gettext_lazy("Every night we read the earnings payment reports that you have sent to the register."),
            gettext_lazy("We find absences that you paid for and that nobody has applied for, and fill in what you "
                         "have told there already."),
            gettext_lazy("We read what handling allowances takes and nothing else. Each look at a person's data "
                         "leaves a mark."),
        ),
        without=gettext_lazy("Without this you have to notice paid absences yourself, and to type in wages."),
    ),
}  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@acting_for(rights.APPLY)
def agreeing(request: HttpRequest, organisation: Organisation, by: Actor, what: str) -> HttpResponse:
    if what not in ABOUT:
        raise Http404
    about = ABOUT[what]
    form = AgreeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and ("withdraw" in request.POST or form.is_valid()):
        _agree(organisation, about, given="withdraw" not in request.POST, by=by)
        messages.success(request, _said(about, given="withdraw" not in request.POST))
        return redirect("account", organisation_id=organisation.pk)
    context: dict[str, Any] = {
        "organisation": organisation,
        "about": about,
        "given": getattr(organisation, about.what.value),
        "form": form,
        "errors": form.found_wrong(),
    }
    return render(request, "employers/notifications/consent.html", context)


def _agree(organisation: Organisation, about: About, *, given: bool, by: Actor) -> None:
    """Who lets the register be read wants to see what is there: no waiting for the night."""
    at = clock.now()
    agreed = consent(organisation=organisation, what=about.what, given=given, by=by, at=at)
    if given and about.what == What.REGISTER_ACCESS:
        try:
            request_sync(organisation=agreed, by=by, at=at)
        except AccessMissing:  # taken back in this moment
            return
        doorbell.ring()


def _said(about: About, *, given: bool) -> str:
    words = _("Thank you. Agreed: %(what)s.") if given else _("Taken back: %(what)s.")
    return words % {"what": str(about.title).lower()}
