"""Applying page by page: one page at a time, saved as one goes on; and throwing it all away."""

from dataclasses import dataclass
from itertools import chain, zip_longest
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from employers.applications.draft import discard
from employers.applications.models import Draft
from employers.applications.share import ChangedMeanwhile, save_page, times_saved
from employers.applications.views import answers, drafted, running, yearly
from employers.applications.views.doors import actor_on, is_entered, own_draft, saw
from employers.applications.views.guide import MOST, topics_beside
from employers.benefits.problems import errors
from employers.guidance.models import GuidanceTopic
from employers.intake.forms.base import Body, Step
from employers.intake.forms.pages import pages_of
from employers.intake.forms.who import EmployeeStep
from employers.intake.words import benefit_name
from employers.organisations.views.doors import signed_in
from employers.records import clock

# Said on the employer's page, where the answers are checked, and on the receipt: enough.
ABOUT_THE_EMPLOYER = ("bank_account_missing", "consent_missing", "register_access_missing")
FROM_CHECK = "check"  # a page opened from the answers goes back there


@dataclass(frozen=True, slots=True)
class Answered:
    """The page to show again, or that one may go on. `theirs`: what somebody else said meanwhile, beside one's own."""

    form: Step
    moved_on: bool = False
    theirs: Body | None = None


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def page(request: HttpRequest, draft_id: UUID, step: str) -> HttpResponse:
    draft = own_draft(request, draft_id)
    if draft.application_id:
        return redirect(sent_page(draft))
    if step not in drafted.order(draft.benefit):
        raise Http404
    form = drafted.form_for(step, draft, data=request.POST if request.method == "POST" else None)
    _saw_offered(request, draft, step, form)
    answered = Answered(form)
    if request.method == "POST":
        answered = _answered(request, draft, step, form)
        if answered.moved_on:
            return redirect(_onwards(request, draft, step))
    return render(request, "employers/applications/step.html", _context(request, draft, step, answered))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def throw_away(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    draft = own_draft(request, draft_id)
    if draft.application_id:
        return redirect(sent_page(draft))
    if request.method == "POST":
        discard(draft=draft)
        messages.success(request, _("The unfinished application was deleted."))
        return redirect(home_of(draft))
    context = {"draft": draft, "home": home_of(draft), **frame(draft)}
    return render(request, "employers/applications/throw_away.html", context)


def sent_page(draft: Draft) -> str:
    """Where one comes who opens a draft that was sent. The receipt is the employer's."""
    if is_entered(draft):
        return reverse("admin:employers_application_change", args=[draft.application_id])
    return reverse("receipt", args=[draft.application_id])


def home_of(draft: Draft) -> str:
    return reverse("admin:index") if is_entered(draft) else reverse("employer", args=[draft.organisation_id])


def frame(draft: Draft) -> Body:
    """Around every page of a draft: the employer's own pages, but not for an official, who has none of them."""
    entered = is_entered(draft)
    return {"organisation": None if entered else draft.organisation, "entered": entered, "employer": draft.organisation}


def _answered(request: HttpRequest, draft: Draft, step: str, form: Step) -> Answered:
    again = form.after_a_button()
    if again is not None:
        return Answered(again)
    if not form.is_valid():
        return Answered(form)
    try:
        kept = save_page(
            draft_id=draft.pk,
            step=step,
            seen=_seen(request),
            change=lambda old: drafted.with_answers(old, step, form),
            by=actor_on(request, draft),
            at=clock.now(),
        )
    except ChangedMeanwhile as changed:
        draft.content = changed.draft.content
        return Answered(form, theirs=_both(changed.draft, step, form))
    draft.content = kept.content
    _assessment, problems = drafted.assessed(draft, on=clock.today())
    form.take(problem for problem in errors(problems) if form.knows(problem.field))
    return Answered(form, moved_on=form.is_valid())


def _seen(request: HttpRequest) -> int | None:
    typed = request.POST.get("seen", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else None


def _both(draft: Draft, step: str, form: Step) -> Body:
    """What they said and what one has typed oneself, in words."""
    mine = drafted.with_answers(draft.content, step, form)
    return {
        "by": draft.changer,
        "at": draft.changed_at,
        "theirs": _said(draft, step, draft.content),
        "mine": _said(draft, step, mine),
    }


def _said(draft: Draft, step: str, content: Body) -> list[Body]:
    words = drafted.chosen_words(Draft(organisation=draft.organisation, benefit=draft.benefit, content=content))
    sections = answers.claim(content.get("body", {}), benefit=draft.benefit, earlier=words)
    return [section for section in sections if section["step"] == step]


def _onwards(request: HttpRequest, draft: Draft, step: str) -> str:
    from_check = request.GET.get("from") == FROM_CHECK
    return page_of(draft, drafted.CHECK if from_check else drafted.next_step(draft, step))


def page_of(draft: Draft, step: str) -> str:
    if step == drafted.CHECK:
        return reverse("apply-check", args=[draft.pk])
    return reverse("apply", args=[draft.pk, step])


def _context(request: HttpRequest, draft: Draft, step: str, answered: Answered) -> Body:
    form, beside = answered.form, drafted.beside(draft, on=clock.today(), without=ABOUT_THE_EMPLOYER)
    form.notice(problem for problem in beside.get("warned", []) if problem.field and form.knows(problem.field))
    back = drafted.step_before(draft, step)
    from_check = request.GET.get("from") == FROM_CHECK
    codes = [*form.codes(), *beside.get("codes", [])]
    return {
        **frame(draft),
        "draft": draft,
        "form": form,
        "errors": form.found_wrong(),
        "section": drafted.section_name(draft.benefit, step),
        "benefit": benefit_name(draft.benefit),
        "back": page_of(draft, drafted.CHECK) if from_check else page_of(draft, back) if back else home_of(draft),
        "home": home_of(draft),
        "onwards": _onwards(request, draft, step),
        "seen": times_saved(draft.content, step),
        "both": answered.theirs,
        "topics": _topics(draft, (step, *pages_of(draft.benefit)[step].also), codes),
        **drafted.progress(draft, step),
        **beside,
        **yearly.beside(draft, step),
        **running.beside(draft, step, form),
    }


def _topics(draft: Draft, steps: tuple[str, ...], codes: list[str]) -> list[GuidanceTopic]:
    """Of a page that asks two things the topics of both, in turns."""
    each = [topics_beside(step, benefit=draft.benefit, organisation=draft.organisation, codes=codes) for step in steps]
    found = [topic for topic in chain.from_iterable(zip_longest(*each)) if topic]
    return list({topic.pk: topic for topic in reversed(found)}.values())[::-1][:MOST]


def _saw_offered(request: HttpRequest, draft: Draft, step: str, form: Step) -> None:
    """Whoever is offered by name is read, and whoever is chosen once more."""
    if isinstance(form, EmployeeStep):
        by = actor_on(request, draft)
        saw([UUID(key) for key in form.people], by=by, purpose="application", action="offered")
        if form.chosen:
            saw([UUID(form.chosen.id)], by=by, purpose="application", action="chosen")
    if step == "earlier":
        people = [application.person_id for application in drafted.earlier_applications(draft)]
        saw(people, by=actor_on(request, draft), purpose="application", action="earlier")
