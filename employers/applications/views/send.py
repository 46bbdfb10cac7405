"""The end of applying: check the answers, send them, get a receipt."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from employers.applications import draft as drafts
from employers.applications.models import Application, Channel, Draft
from employers.applications.submit import Duplicate, Filing, Overlap, Refused, fresh_reference
from employers.applications.views import answers, drafted, shown
from employers.applications.views.application import saw_one
from employers.applications.views.doors import actor, one_application, own_draft, version_of
from employers.applications.views.guide import topics_beside
from employers.benefits.deadlines import moved
from employers.benefits.problems import Problem, errors
from employers.intake.forms.base import Body
from employers.intake.serializers import Unreadable
from employers.intake.words import benefit_name, sentence
from employers.organisations.access import rights_of_user
from employers.organisations.views.doors import signed_in, user_of
from employers.records import clock, doorbell

Errors = list[dict[str, str]]


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def check(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    draft = own_draft(request, draft_id)
    if draft.corrects_id:
        return redirect("correction-check", draft_id=draft.pk)
    if draft.application_id:
        return redirect("receipt", application_id=draft.application_id)
    beside = drafted.beside(draft, on=clock.today())
    wrong = open_pages(draft) or told_so_far(draft)
    if request.method == "POST" and not wrong:
        sent, wrong = _send(request, draft)
        if sent:
            return redirect("receipt", application_id=sent.pk)
    return render(request, "employers/applications/check.html", _context(draft, beside, wrong))


@require_GET
@signed_in
def receipt(request: HttpRequest, application_id: UUID) -> HttpResponse:
    application = one_application(request, application_id)
    organisation, on = application.organisation, clock.today()
    saw_one(request, application, rights_of_user(user_of(request), organisation, on=on), action="receipt")
    current = version_of(application)
    context = {
        "organisation": organisation,
        "application": application,
        "benefit": benefit_name(application.benefit),
        "employee": answers.employee_name(current.content),
        "last_day": application.deadline and moved(application.deadline),
        "estimate": shown.estimate(current.estimate, on=on),
        "warnings": shown.stored_sentences(current.problems),
        "topics": topics_beside("receipt", benefit=application.benefit, organisation=organisation),
    }
    return render(request, "employers/applications/receipt.html", context)


def _send(request: HttpRequest, draft: Draft) -> tuple[Application | None, Errors]:
    filing = Filing(channel=Channel.WEB, by=actor(request, draft.organisation), at=clock.now())
    try:
        claim = drafted.readable(draft, reference=fresh_reference())
        application = drafts.send(draft_id=draft.pk, claim=claim, filing=filing)
    except (Unreadable, Refused) as refused:
        return None, at_their_pages(draft, refused.problems)
    except Duplicate as twin:
        messages.info(request, _("You have sent this application before. This is its receipt."))
        return twin.existing, []
    except Overlap as overlap:
        return None, [overlapping(application) for application in overlap.existing]
    doorbell.ring()
    return application, []


def open_pages(draft: Draft) -> Errors:
    return [
        {
            "href": _page(draft, step),
            "text": _("Answer this page: %(page)s") % {"page": drafted.section_name(draft.benefit, step)},
        }
        for step in drafted.unanswered(draft)
    ]


def told_so_far(draft: Draft) -> Errors:
    _assessment, problems = drafted.assessed(draft, on=clock.today())
    return at_their_pages(draft, problems)


def at_their_pages(draft: Draft, problems: list[Problem]) -> Errors:
    return [{"href": _place(draft, problem.field), "text": sentence(problem)} for problem in errors(problems)]


def _place(draft: Draft, path: str) -> str:
    step = drafted.place_of(draft.benefit, path)
    return f"{_page(draft, step)}#{drafted.form_for(step, draft).anchor(path)}"


def overlapping(application: Application) -> dict[str, str]:
    text = _("An application that you sent before covers some of the same days: %(reference)s.")
    return {"href": application.get_absolute_url(), "text": text % {"reference": application.reference}}


def _page(draft: Draft, step: str) -> str:
    return reverse("apply", args=[draft.pk, step]) + "?from=check"


def _context(draft: Draft, beside: Body, wrong: Errors) -> dict[str, Any]:
    body, order = drafted.content(draft)["body"], drafted.order(draft.benefit)
    sections = answers.claim(body, benefit=draft.benefit, earlier=drafted.chosen_words(draft))
    return {
        "organisation": draft.organisation,
        "draft": draft,
        "benefit": benefit_name(draft.benefit),
        "sections": [{**section, "href": _page(draft, section["step"])} for section in sections],
        "errors": wrong,
        "steps": drafted.states(draft.benefit, "check"),
        "number": len(order) + 1,
        "count": len(order) + 1,
        "back": reverse("apply", args=[draft.pk, order[-1]]),
        "topics": topics_beside(
            "check", benefit=draft.benefit, organisation=draft.organisation, codes=beside.get("codes", [])
        ),
        **beside,
    }
