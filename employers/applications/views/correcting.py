"""Saying a sent application anew: the same pages with the answers in them, then what changes, and why."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from employers.applications import draft as drafts
from employers.applications import lifecycle
from employers.applications.correct import RequestWaits, StaleVersion, Unchanged, moved
from employers.applications.models import Application, Draft
from employers.applications.submit import Duplicate, Filing, Overlap, Refused
from employers.applications.views import answers, changed, drafted
from employers.applications.views.application import saw_one
from employers.applications.views.doors import actor_on, one_application, own_draft, version_of
from employers.applications.views.guide import topics_beside
from employers.applications.views.possible import refuse_readers
from employers.applications.views.send import Errors, at_their_pages, open_pages, overlapping, told_so_far
from employers.benefits.claim import Claim, from_json, to_json
from employers.intake.forms.base import Body, Questions, told
from employers.intake.serializers import Unreadable
from employers.intake.words import benefit_name
from employers.organisations.views.doors import signed_in, user_of
from employers.records import clock, doorbell

ABOUT_IT = ("employer", "benefit", "reference")  # members of a claim that no page asks


class ReasonForm(Questions):
    reason = forms.CharField(
        label=_("Why do you correct the application?"),
        help_text=_("In a few words, for example: the first day was wrong. Do not tell about the illness."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    missing = {"reason": _("Tell us in a few words why you correct the application.")}


@require_POST
@signed_in
def start(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """A correction begun before is gone on with, unless the application has changed since."""
    one = one_application(request, application_id)
    held = refuse_readers(request, one)
    if one.status not in (*lifecycle.OPEN, *lifecycle.ENDED):
        messages.info(request, gettext("The application cannot be corrected any more."))
        return redirect(one)
    saw_one(request, one, held, action="correct")
    draft = _begun(one) or _begin(request, one)
    return redirect("correction-check", draft_id=draft.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def check(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    draft = own_draft(request, draft_id)
    if draft.corrects_id is None:
        raise Http404
    one = one_application(request, draft.corrects_id)
    if draft.application_id:
        return redirect(one)
    form = ReasonForm(request.POST or None)
    claim, wrong = _claim(draft, one)
    rows = changed.rows(version_of(one).content, to_json(claim), benefit=one.benefit) if claim else []
    if request.method == "POST" and claim and rows and not wrong and form.is_valid():
        is_sent, wrong = _send(request, draft, claim, form.cleaned_data["reason"])
        if is_sent:
            return redirect(one)
    return render(request, "employers/applications/correction.html", _context(draft, one, form, rows, wrong))


def _begun(one: Application) -> Draft | None:
    """Of two that somebody began at once, the first."""
    found = Draft.objects.filter(corrects=one, organisation=one.organisation, application__isnull=True).order_by("id")
    for draft in found:
        if draft.content.get("corrects_version") == one.version:
            return draft
        drafts.discard(draft=draft)
    return None


def _begin(request: HttpRequest, one: Application) -> Draft:
    said = {name: value for name, value in version_of(one).content.items() if name not in ABOUT_IT}
    content = {
        "body": told(said),
        "done": drafted.order(one.benefit),
        "annual_income": None,
        "corrects_version": one.version,
    }
    return drafts.begin(
        organisation=one.organisation,
        user=user_of(request),
        benefit=one.benefit,
        content=content,
        at=clock.now(),
        corrects=one,
    )


def _claim(draft: Draft, one: Application) -> tuple[Claim | None, Errors]:
    """The claim as it would read now, with everything that stands against sending it."""
    wrong = open_pages(draft) or told_so_far(draft)
    try:
        claim: Claim = drafted.readable(draft, reference=one.reference)
    except Unreadable as unreadable:
        return None, wrong or at_their_pages(draft, unreadable.problems)
    elsewhere = list(moved(from_json(version_of(one).content), claim))
    return claim, wrong + at_their_pages(draft, elsewhere)


def _send(request: HttpRequest, draft: Draft, claim: Claim, reason: str) -> tuple[bool, Errors]:
    filing = Filing(channel=draft.channel, by=actor_on(request, draft), at=clock.now())
    try:
        application = drafts.send(draft_id=draft.pk, claim=claim, filing=filing, reason=reason)
    except (Unchanged, StaleVersion, RequestWaits, lifecycle.WrongState) as refused:
        return False, [{"href": "", "text": _refusal(refused)}]
    except Refused as refused:
        return False, at_their_pages(draft, refused.problems)
    except Duplicate as twin:
        return False, [overlapping(twin.existing)]
    except Overlap as overlap:
        return False, [overlapping(other) for other in overlap.existing]
    doorbell.ring()
    messages.success(request, _done(application))
    return True, []


def _refusal(refused: Exception) -> str:
    match refused:
        case Unchanged():
            return gettext("Nothing has changed yet.")
        case StaleVersion():
            return gettext("Somebody has changed the application meanwhile. Open it and begin the correction anew.")
        case RequestWaits():
            return gettext("An earlier correction still waits for us. You can send the next one when we have answered.")
    return gettext("The application cannot be corrected any more.")


def _done(application: Application) -> str:
    if application.status in lifecycle.ENDED:
        return gettext("Your correction was sent. We look into it and answer here.")
    return gettext("The application was corrected.")


def _context(draft: Draft, one: Application, form: ReasonForm, rows: list[Body], wrong: Errors) -> dict[str, Any]:
    body, beside = drafted.content(draft)["body"], drafted.beside(draft, on=clock.today())
    sections = answers.claim(body, benefit=draft.benefit, earlier=drafted.chosen_words(draft))
    return {
        "organisation": draft.organisation,
        "draft": draft,
        "application": one,
        "benefit": benefit_name(draft.benefit),
        "is_decided": one.status in lifecycle.ENDED,
        "changes": rows,
        "sections": [{**section, "href": _page(draft, section["step"])} for section in sections],
        "form": form,
        "errors": wrong + form.found_wrong(),
        "topics": topics_beside(
            "check", benefit=draft.benefit, organisation=draft.organisation, codes=beside.get("codes", [])
        ),
        **beside,
    }


def _page(draft: Draft, step: str) -> str:
    return reverse("apply", args=[draft.pk, step]) + "?from=check"
