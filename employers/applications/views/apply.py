"""Applying page by page: begin, one page, check the answers, send, the receipt."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from employers.applications.draft import begin, discard, keep
from employers.applications.models import Draft
from employers.applications.views import drafted
from employers.applications.views.doors import actor as actor_of
from employers.applications.views.doors import own_draft, saw
from employers.applications.views.estimate import kept_for
from employers.applications.views.guide import topics_beside
from employers.benefits import rules
from employers.benefits.problems import errors
from employers.intake.forms.base import Body, Step
from employers.intake.words import benefit_name
from employers.organisations import rights
from employers.organisations.access import Actor
from employers.organisations.models import Organisation
from employers.organisations.views.doors import acting_for, signed_in, user_of
from employers.records import clock

# Said on the employer's page, where the answers are checked, and on the receipt: enough.
ABOUT_THE_EMPLOYER = ("bank_account_missing", "consent_missing", "register_access_missing")
FROM_CHECK = "check"  # a page opened from the answers goes back there


@require_POST
@acting_for(rights.APPLY)
def start(request: HttpRequest, organisation: Organisation, by: Actor) -> HttpResponse:
    benefit = request.POST.get("benefit", "")
    if benefit not in rules.BENEFITS:
        raise Http404
    content: Body = {"body": {}, "done": [], "annual_income": None}
    if "estimate" in request.POST:
        content |= kept_for(request, benefit)
    draft = begin(organisation=organisation, user=user_of(request), benefit=benefit, content=content, at=clock.now())
    return redirect("apply", draft_id=draft.pk, step=drafted.order(benefit)[0])


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def page(request: HttpRequest, draft_id: UUID, step: str) -> HttpResponse:
    draft = own_draft(request, draft_id)
    if draft.application_id:
        return redirect("receipt", application_id=draft.application_id)
    if step not in drafted.order(draft.benefit):
        raise Http404
    form = drafted.form_for(step, draft, data=request.POST if request.method == "POST" else None)
    if step == "earlier":
        _saw_earlier(request, draft)
    if request.method == "POST":
        form, moved_on = _answered(request, draft, step, form)
        if moved_on:
            return redirect(_onwards(request, draft, step))
    return render(request, "employers/applications/step.html", _context(request, draft, step, form))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def throw_away(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    draft = own_draft(request, draft_id)
    if draft.application_id:
        return redirect("receipt", application_id=draft.application_id)
    if request.method == "POST":
        discard(draft=draft)
        messages.success(request, _("The unfinished application was deleted."))
        return redirect("employer", organisation_id=draft.organisation_id)
    context = {"draft": draft, "organisation": draft.organisation}
    return render(request, "employers/applications/throw_away.html", context)


def _answered(request: HttpRequest, draft: Draft, step: str, form: Step) -> tuple[Step, bool]:
    """The page to show again, or that one may go on."""
    again = form.after_a_button()
    if again is not None:
        return again, False
    if not form.is_valid():
        return form, False
    kept = keep(draft_id=draft.pk, change=lambda old: drafted.with_answers(old, step, form), at=clock.now())
    draft.content = kept.content
    _assessment, problems = drafted.assessed(draft, on=clock.today())
    form.take(problem for problem in errors(problems) if form.knows(problem.field))
    return form, form.is_valid()


def _onwards(request: HttpRequest, draft: Draft, step: str) -> str:
    following = "check" if request.GET.get("from") == FROM_CHECK else drafted.next_step(draft.benefit, step)
    if following == "check":
        return reverse("apply-check", args=[draft.pk])
    return reverse("apply", args=[draft.pk, following])


def _context(request: HttpRequest, draft: Draft, step: str, form: Step) -> Body:
    beside = drafted.beside(draft, on=clock.today(), without=ABOUT_THE_EMPLOYER)
    back = drafted.step_before(draft.benefit, step)
    return {
        "organisation": draft.organisation,
        "draft": draft,
        "form": form,
        "errors": form.found_wrong(),
        "steps": drafted.states(draft.benefit, step),
        "number": drafted.order(draft.benefit).index(step) + 1,
        "count": len(drafted.order(draft.benefit)) + 1,
        "section": drafted.section_name(draft.benefit, step),
        "benefit": benefit_name(draft.benefit),
        "back": reverse("apply", args=[draft.pk, back]) if back else reverse("employer", args=[draft.organisation_id]),
        "from_check": request.GET.get("from") == FROM_CHECK,
        "topics": topics_beside(
            step, benefit=draft.benefit, organisation=draft.organisation, codes=beside.get("codes", [])
        ),
        **beside,
    }


def _saw_earlier(request: HttpRequest, draft: Draft) -> None:
    people = [application.person_id for application in drafted.earlier_applications(draft)]
    saw(people, by=actor_of(request, draft.organisation), purpose="application", action="earlier")
