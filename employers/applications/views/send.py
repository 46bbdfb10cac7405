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
from employers.applications.correct import StaleVersion
from employers.applications.models import Application, Channel, Draft
from employers.applications.submit import Duplicate, Filing, Overlap, Refused, fresh_reference
from employers.applications.views import answers, checklist, drafted, shown
from employers.applications.views.application import saw_one
from employers.applications.views.apply import frame, home_of, page_of, sent_page
from employers.applications.views.doors import (
    actor_on,
    held_of,
    is_entered,
    one_application,
    own_draft,
    saw,
    version_of,
)
from employers.applications.views.guide import topics_beside
from employers.benefits.deadlines import moved
from employers.benefits.problems import Problem, errors
from employers.intake.forms.base import Body
from employers.intake.serializers import Unreadable
from employers.intake.words import benefit_name, sentence
from employers.organisations import rights
from employers.organisations.access import rights_of_user, who_holds
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
        return redirect(sent_page(draft))
    _saw(request, draft)
    beside = drafted.beside(draft, on=clock.today())
    wrong = open_pages(draft) or told_so_far(draft)
    may_send = is_entered(draft) or rights.may(held_of(request, draft.organisation), rights.to_send(draft.benefit))
    if request.method == "POST" and not wrong and not may_send:
        return _handed_over(request, draft)
    if request.method == "POST" and not wrong and not _changed_meanwhile(request, draft):
        sent, wrong = _send(request, draft)
        if sent:
            draft.application = sent
            return redirect(sent_page(draft))
    senders = [] if may_send else who_holds(draft.organisation_id, rights.to_send(draft.benefit)[0], on=clock.today())
    context = _context(draft, beside, wrong) | {"may_send": may_send, "senders": senders}
    return render(request, "employers/applications/check.html", context)


@require_GET
@signed_in
def receipt(request: HttpRequest, application_id: UUID) -> HttpResponse:
    application = one_application(request, application_id)
    organisation, on = application.organisation, clock.today()
    held = rights_of_user(user_of(request), organisation, on=on)
    saw_one(request, application, held, action="receipt")
    current = version_of(application)
    context = {
        "organisation": organisation,
        "application": application,
        "benefit": benefit_name(application.benefit),
        "employee": answers.employee_name(current.content),
        "last_day": application.deadline and moved(application.deadline),
        "estimate": shown.estimate(current.estimate, on=on),
        "warnings": shown.stored_sentences(current.problems),
        "applies": drafted.can_go_on(application) and rights.may(held, rights.to_prepare(application.benefit)),
        "goes_on": True,
        "topics": topics_beside("receipt", benefit=application.benefit, organisation=organisation),
    }
    return render(request, "employers/applications/receipt.html", context)


def _saw(request: HttpRequest, draft: Draft) -> None:
    person = drafted.person_of(draft)
    saw([person.pk if person else None], by=actor_on(request, draft), purpose="application", action="draft")


def _handed_over(request: HttpRequest, draft: Draft) -> HttpResponse:
    drafts.hand_over(draft_id=draft.pk, by=actor_on(request, draft), at=clock.now())
    messages.success(request, _("The application is marked as ready. Whoever may send it sees it on the start page."))
    return redirect(home_of(draft))


def _changed_meanwhile(request: HttpRequest, draft: Draft) -> bool:
    """Nobody sends what one has not read: another may have changed it since the page was opened."""
    seen = request.POST.get("seen")
    if not seen or seen == str(draft.version) or draft.changed_by == user_of(request):
        return False
    _tell_of_change(request, draft)
    return True


def _tell_of_change(request: HttpRequest, draft: Draft) -> None:
    text = _("%(name)s changed this application while you read it. Read it once more before you send it.")
    messages.warning(request, text % {"name": draft.changer or _("Somebody else")})


def _send(request: HttpRequest, draft: Draft) -> tuple[Application | None, Errors]:
    filing = Filing(channel=_channel(draft), by=actor_on(request, draft), at=clock.now())
    try:
        claim = drafted.readable(draft, reference=drafted.content(draft)["body"].get("reference") or fresh_reference())
        application = drafts.send(draft_id=draft.pk, claim=claim, filing=filing, version=draft.version)
    except StaleVersion:
        draft.refresh_from_db()
        _tell_of_change(request, draft)
        return None, []
    except (Unreadable, Refused) as refused:
        return None, at_their_pages(draft, refused.problems)
    except Duplicate as twin:
        messages.info(request, _("You have sent this application before. This is its receipt."))
        return twin.existing, []
    except Overlap as overlap:
        return None, [overlapping(application) for application in overlap.existing]
    doorbell.ring()
    return application, []


def _channel(draft: Draft) -> str:
    """What a program began and a person sends came by the web."""
    return Channel.WEB if draft.channel == Channel.API else draft.channel


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
    body = drafted.content(draft)["body"]
    sections = answers.claim(body, benefit=draft.benefit, earlier=drafted.chosen_words(draft))
    return {
        **frame(draft),
        "draft": draft,
        "seen": draft.version,
        "benefit": benefit_name(draft.benefit),
        "sections": [{**section, "href": _page(draft, section["step"])} for section in sections],
        "errors": wrong,
        "checklist": None if wrong else checklist.of_draft(draft, beside.get("warned", [])),
        "back": page_of(draft, drafted.step_before(draft, drafted.CHECK) or drafted.order(draft.benefit)[-1]),
        "topics": topics_beside(
            "check", benefit=draft.benefit, organisation=draft.organisation, codes=beside.get("codes", [])
        ),
        **drafted.progress(draft, drafted.CHECK),
        **beside,
    }
