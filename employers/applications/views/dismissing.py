"""Findings that will not be claimed: set aside with a reason, one or several, and the list of them to take back."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from employers.applications.dismiss import WrongReason, WrongState, dismiss, take_back
from employers.applications.models_register import Finding
from employers.applications.views import found, reasons
from employers.applications.views.claiming import MANY, asked
from employers.applications.views.doors import saw
from employers.applications.views.guide import topics_beside
from employers.intake.forms.base import Questions
from employers.intake.forms.steps import one_of
from employers.organisations import rights
from employers.organisations.access import Actor
from employers.organisations.models import Organisation
from employers.organisations.views.doors import acting_for
from employers.records import clock

A_PAGE = 25
LIST = {Finding.Kind.UNCLAIMED: "findings", Finding.Kind.MISMATCH: "differences"}


class ReasonForm(Questions):
    """The reasons of one kind of finding, each with what happens then."""

    because = one_of({}, label=gettext_lazy("Why?"))
    missing = {"because": gettext_lazy("Choose a reason.")}

    def __init__(self, *args: Any, kind: str, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(code, _worded(*one)) for code, one in reasons.REASONS[kind].items()]
        self.fields["because"].choices = choices  # type: ignore[attr-defined]


def _worded(label: Any, what_happens: Any) -> SafeString:
    return format_html("<span><strong>{}</strong><br>{}</span>", label, what_happens)


@require_http_methods(["GET", "HEAD", "POST"])
@acting_for(rights.APPLY)
def setting_aside(request: HttpRequest, organisation: Organisation, by: Actor) -> HttpResponse:
    """Of one kind at a time: that of the most pressing. Whoever comes without a choice goes to the list."""
    chosen = _chosen(organisation, asked(request))
    if not chosen:
        return redirect("findings", organisation_id=organisation.pk)
    kind = chosen[0].kind
    form = ReasonForm(request.POST if "sure" in request.POST else None, kind=kind)
    if "sure" in request.POST and form.is_valid():
        count = sum(_set_aside(one, form.cleaned_data["because"], by) for one in chosen)
        _tell(request, count)
        return redirect(LIST[Finding.Kind(kind)], organisation_id=organisation.pk)
    found.with_words(organisation, chosen, on=clock.today())
    saw([one.person_id for one in chosen], by=by, purpose="finding", action="list")
    context = {
        "organisation": organisation,
        "chosen": chosen,
        "kind": kind,
        "many": MANY,
        "back": LIST[Finding.Kind(kind)],
        "form": form,
        "errors": form.found_wrong(),
        "topics": topics_beside("mismatch" if kind == Finding.Kind.MISMATCH else "finding", organisation=organisation),
    }
    return render(request, "employers/applications/finding_aside.html", context)


def _chosen(organisation: Organisation, keys: Sequence[UUID]) -> list[Finding]:
    ours = Finding.objects.filter(organisation=organisation, status=Finding.State.OPEN, pk__in=keys)
    rows = list(ours.order_by("deadline", "id"))
    return [one for one in rows if one.kind == rows[0].kind]


def _set_aside(one: Finding, because: str, by: Actor) -> bool:
    """False where somebody claimed it in this moment."""
    try:
        with transaction.atomic():
            dismiss(finding_id=one.pk, because=because, by=by, at=clock.now())
    except (WrongState, WrongReason):
        return False
    return True


def _tell(request: HttpRequest, count: int) -> None:
    words = ngettext(
        '%(count)s finding was set aside. You find it under "Set aside".',
        '%(count)s findings were set aside. You find them under "Set aside".',
        count,
    )
    messages.success(request, words % {"count": count})


@require_http_methods(["GET", "HEAD", "POST"])
@acting_for(rights.APPLY)
def aside(request: HttpRequest, organisation: Organisation, by: Actor) -> HttpResponse:
    """What was set aside, the latest first, each with a button that takes it back."""
    if request.method == "POST":
        return _taken_back(request, organisation, by)
    page = Paginator(found.set_aside(organisation), A_PAGE).get_page(request.GET.get("page"))
    page.object_list = list(page.object_list)
    found.with_words(organisation, page.object_list, on=clock.today())
    for one in page.object_list:
        one.why = reasons.said(one)  # type: ignore[attr-defined]
    saw([one.person_id for one in page.object_list], by=by, purpose="finding", action="list")
    context = {
        "organisation": organisation,
        "page": page,
        "topics": topics_beside("finding", organisation=organisation),
    }
    return render(request, "employers/applications/findings_aside.html", context)


def _taken_back(request: HttpRequest, organisation: Organisation, by: Actor) -> HttpResponse:
    """Raises Http404 for one that is not this employer's."""
    one = get_object_or_404(Finding, organisation=organisation, pk__in=asked(request)[:1])
    try:
        one = take_back(finding_id=one.pk, by=by, at=clock.now())
    except WrongState:
        messages.info(request, _("It was applied for, or its time is over."))
        return redirect("findings-aside", organisation_id=organisation.pk)
    if one.status == Finding.State.OPEN:
        messages.success(request, _("It is on the list again."))
    else:
        messages.info(request, _("Its last day to apply has passed, so it does not come back to the list."))
    return redirect("findings-aside", organisation_id=organisation.pk)
