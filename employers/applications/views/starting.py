"""How a draft begins: fresh, from an estimate, from an absence that goes on, or from what was said before."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from employers.applications import again, known
from employers.applications.draft import begin
from employers.applications.models import Application, Draft
from employers.applications.prefill import is_open
from employers.applications.views import drafted, yearly
from employers.applications.views.apply import page_of
from employers.applications.views.doors import (
    actor_about,
    held_of,
    is_entered,
    one_application,
    own_draft,
    refuse_without,
    saw,
    version_of,
)
from employers.applications.views.estimate import kept_for
from employers.benefits import rules
from employers.intake.forms.base import Body
from employers.organisations import rights
from employers.organisations.access import Actor
from employers.organisations.models import Organisation
from employers.organisations.views.doors import acting_for, signed_in, user_of
from employers.records import clock

GOES_ON = "goes-on"
AGAIN = "again"
DAYS_AND_PAY = ("absence", "earlier", "pay")  # asked anew; of an absence that goes on it is known what it continues


@require_POST
@acting_for()
def start(request: HttpRequest, organisation: Organisation, by: Actor) -> HttpResponse:
    benefit = request.POST.get("benefit", "")
    if benefit not in rules.BENEFITS:
        raise Http404
    refuse_without(held_of(request, organisation), rights.to_prepare(benefit), organisation)
    content: Body = {"body": {}, "done": [], "annual_income": None}
    if "estimate" in request.POST:
        content |= kept_for(request, benefit)
    elif benefit == rights.OCCUPATIONAL_HEALTH:
        content |= yearly.as_last_year(organisation)
    return _begun(request, organisation, benefit, content)


@require_POST
@signed_in
def from_sent(request: HttpRequest, application_id: UUID, how: str) -> HttpResponse:
    """Another application made from one that was sent: its absence goes on, or its employee is absent again."""
    one = _may_apply(request, one_application(request, application_id))
    if how not in (GOES_ON, AGAIN) or (how == GOES_ON and not drafted.can_go_on(one)):
        raise Http404
    saw([one.person_id], by=actor_about(request, one.organisation, one.benefit), purpose="application", action="again")
    said = version_of(one).content
    if how == GOES_ON and one.absence_end:
        body = again.goes_on(said, application=str(one.pk), last_day=one.absence_end)
    else:
        body = again.same_employee(said, benefit=one.benefit)
    return _begun(request, one.organisation, one.benefit, _known(one.benefit, body))


@require_POST
@signed_in
def from_draft(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Another draft about the same employee. What was sent is copied from the application."""
    draft = own_draft(request, draft_id)
    if draft.application_id or is_entered(draft):
        raise Http404
    body = again.same_employee(drafted.content(draft)["body"], benefit=draft.benefit)
    return _begun(request, draft.organisation, draft.benefit, _known(draft.benefit, body))


def _may_apply(request: HttpRequest, application: Application) -> Application:
    """Who only reads decisions starts nothing. Raises Http404."""
    if not rights.may(held_of(request, application.organisation), rights.to_prepare(application.benefit)):
        raise Http404
    return application


def _known(benefit: str, body: Body) -> Body:
    """The pages that need no asking are answered; the way leads through the others."""
    way = [step for step in drafted.order(benefit) if _is_open(benefit, step, body)]
    done = [step for step in drafted.order(benefit) if step not in way]
    return {"body": body, "done": done, "way": way, "annual_income": None}


def _is_open(benefit: str, step: str, body: Body) -> bool:
    """Something that the page cannot do without is not known, or is another each time."""
    if step in DAYS_AND_PAY:
        return step != "earlier" or not body.get("continues_application")
    return is_open(benefit, step, body)


def _begun(request: HttpRequest, organisation: Organisation, benefit: str, content: Body) -> HttpResponse:
    user = user_of(request)
    kept = {**known.at_the_beginning(user, organisation), **content["body"]}
    draft: Draft = begin(
        organisation=organisation,
        user=user,
        benefit=benefit,
        content={**content, "body": kept},
        at=clock.now(),
        by=actor_about(request, organisation, benefit),
    )
    return redirect(page_of(draft, drafted.way(draft)[0]))
