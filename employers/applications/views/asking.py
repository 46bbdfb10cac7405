"""Ask about this: where somebody stood, what they ask and, only where they agree, what they had answered so far."""

import json
import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from employers.applications.message import LONGEST, About, open_thread
from employers.applications.models import Application, Draft
from employers.applications.models_threads import Thread
from employers.applications.threads import usual_hours
from employers.applications.views import drafted
from employers.applications.views.about import told
from employers.applications.views.doors import allow_temporary, one_application, own_draft
from employers.applications.views.threads import acting, refuse_without_right
from employers.intake.forms.base import Body, Questions
from employers.organisations.access import Actor
from employers.organisations.identifiers import is_personal_identity_code, masked, without_codes
from employers.organisations.models import Organisation
from employers.organisations.views.doors import acting_for
from employers.people.models import Person
from employers.people.record import person_for
from employers.records import clock, doorbell

CODES = {
    "step": re.compile(r"[a-z-]{1,32}", re.ASCII),
    "field": re.compile(r"[a-z0-9_.]{1,100}", re.ASCII),
    "code": re.compile(r"[a-z0-9_]{1,64}", re.ASCII),
    "topic": re.compile(r"[a-z0-9_-]{1,64}", re.ASCII),
}
AGREED = "yes"


class AskForm(Questions):
    text = forms.CharField(
        label=gettext_lazy("Your question"),
        help_text=gettext_lazy("Ask one thing, in your own words. Leave out identity codes: we do not need them here."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    share = forms.MultipleChoiceField(
        label=gettext_lazy("What the adviser sees"),
        help_text=gettext_lazy("With your answers the adviser understands you better. The identity code is hidden."),
        choices=[(AGREED, gettext_lazy("Show the adviser what I have answered so far"))],
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices"}),
    )
    missing = {"text": gettext_lazy("Write your question.")}

    def __init__(self, *args: Any, shares: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not shares:
            del self.fields["share"]

    @property
    def agreed(self) -> bool:
        return AGREED in self.cleaned_data.get("share", [])


@require_http_methods(["GET", "HEAD", "POST"])
@acting_for()
def ask(request: HttpRequest, organisation: Organisation, by: Actor) -> HttpResponse:
    refuse_without_right(request, organisation)
    draft = _named(request, "draft", own_draft, organisation)
    application = _named(request, "application", one_application, organisation)
    form = AskForm(request.POST if request.method == "POST" else None, shares=draft is not None)
    about = _codes(request) | _place(draft, application)
    if request.method == "POST" and form.is_valid():
        shared = _shared(draft) if draft and form.agreed else {}
        return redirect(_opened(request, organisation, About(**about | shared), form.cleaned_data["text"]))
    context = {
        "organisation": organisation,
        "form": form,
        "errors": form.found_wrong(),
        "about": told(About(**about)),
        "hours": usual_hours(),
        "back": _back(organisation, draft, application, about["step"]),
    }
    return render(request, "employers/applications/ask.html", context)


def _opened(request: HttpRequest, organisation: Organisation, about: About, text: str) -> Thread:
    thread = open_thread(
        organisation=organisation,
        about=about,
        text=without_codes(text),
        language=get_language() or organisation.language,
        by=acting(request, organisation),
        at=clock.now(),
    )
    doorbell.ring()
    messages.success(request, _("Your question was sent. The answer comes here."))
    return thread


def _named(request: HttpRequest, name: str, door: Callable[[HttpRequest, UUID], Any], of: Organisation) -> Any:
    """The draft or application of the address, through its own door. Raises Http404."""
    text = request.GET.get(name, "")
    if not text:
        return None
    try:
        found = door(request, UUID(text))
    except ValueError:
        raise Http404 from None
    if found.organisation_id != of.pk:
        raise Http404
    return found


def _codes(request: HttpRequest) -> Body:
    """Codes of the page one came from; what does not look like one is left out."""
    told = {name: request.GET.get(name, "") for name in CODES}
    return {name: text if CODES[name].fullmatch(text) else "" for name, text in told.items()}


def _place(draft: Draft | None, application: Application | None) -> Body:
    if application:
        return {"application": application, "benefit": application.benefit, "person": application.person}
    return {"benefit": draft.benefit} if draft else {}


def _shared(draft: Draft) -> Body:
    """A copy of the answers at this moment: what changes in the draft afterwards is not the adviser's to see."""
    body = drafted.content(draft)["body"]
    employee = body.get("employee") or {}
    code = str(employee.get("personal_identity_code") or "")
    if employee:
        body = {**body, "employee": {**employee, "personal_identity_code": masked(code)}}
    return {"draft": json.loads(without_codes(json.dumps(body, ensure_ascii=False))), "person": _person(code)}


def _person(code: str) -> Person | None:
    """So that reading the answers leaves a row about the person they are about."""
    return person_for(code) if is_personal_identity_code(code, allow_temporary=allow_temporary()) else None


def _back(organisation: Organisation, draft: Draft | None, application: Application | None, step: str) -> str:
    if application:
        return application.get_absolute_url()
    if draft and step in drafted.order(draft.benefit):
        return reverse("apply", args=[draft.pk, step])
    if draft and not draft.application_id:
        return reverse("apply-check", args=[draft.pk])
    return reverse("threads", args=[organisation.pk])
