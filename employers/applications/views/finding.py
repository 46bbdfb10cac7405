"""A paid absence that nobody has claimed: what the claim would be, and one button that sends it."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from employers.applications import known
from employers.applications.assess import Assessment, assess
from employers.applications.claim_finding import FindingGone, claim_finding, draft_claim
from employers.applications.draft import begin
from employers.applications.facts import own_wages
from employers.applications.models import Draft
from employers.applications.models_register import Finding
from employers.applications.submit import Duplicate, Overlap, Refused, fresh_reference
from employers.applications.views import answers, drafted, shown
from employers.applications.views.doors import actor, one_finding, saw
from employers.applications.views.guide import topics_beside
from employers.benefits.claim import Claim, to_json
from employers.benefits.findable import FINDABLE, needed
from employers.benefits.problems import Problem, errors
from employers.intake.words import benefit_name
from employers.organisations.views.doors import signed_in, user_of
from employers.records import clock, doorbell

UNSAID = ("employer", "reference", "benefit")  # the draft itself knows them


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def finding(request: HttpRequest, finding_id: UUID) -> HttpResponse:
    found = one_finding(request, finding_id)
    if found.application_id:
        return redirect("application", application_id=found.application_id)
    try:
        claim = draft_claim(found)
    except FindingGone:
        return _gone(request, found)
    saw([found.person_id], by=actor(request, found.organisation), purpose="finding", action="view")
    if request.method == "POST" and "change" in request.POST:
        draft = _as_draft(request, found, claim)
        return redirect("apply-check", draft_id=draft.pk)
    if request.method == "POST":
        return _claimed(request, found, claim)
    return render(request, "employers/applications/finding.html", _context(found, claim))


def _claimed(request: HttpRequest, found: Finding, claim: Claim) -> HttpResponse:
    """What the register does not tell is asked on the pages of an application."""
    try:
        application = claim_finding(finding_id=found.pk, by=actor(request, found.organisation), at=clock.now())
    except FindingGone:
        return _gone(request, found)
    except (Duplicate, Overlap):
        messages.info(request, _("Another application covers these days already."))
        return redirect("employer", organisation_id=found.organisation_id)
    except Refused:
        messages.info(request, _("Something has to be completed before this can be sent."))
        return redirect("apply-check", draft_id=_as_draft(request, found, claim).pk)
    doorbell.ring()
    return redirect("receipt", application_id=application.pk)


def _gone(request: HttpRequest, found: Finding) -> HttpResponse:
    messages.info(request, _("This absence is no longer waiting for an application."))
    return redirect("employer", organisation_id=found.organisation_id)


def _as_draft(request: HttpRequest, found: Finding, claim: Claim) -> Draft:
    """Every page answered from the register, but those where something is missing or wrong."""
    body = {name: said for name, said in to_json(claim).items() if name not in UNSAID}
    asked_again = _places(found.benefit, _missing(claim, errors(_assessed(found, claim).problems)) + _asks(claim))
    pages = drafted.order(found.benefit)
    content = {
        "body": {**known.at_the_beginning(user_of(request), found.organisation), **body},
        "done": [step for step in pages if step not in asked_again],
        "way": [step for step in pages if step in asked_again],
    }
    return begin(
        organisation=found.organisation,
        user=user_of(request),
        benefit=found.benefit,
        content=content,
        at=clock.now(),
    )


def _assessed(found: Finding, claim: Claim) -> Assessment:
    """As `claim_finding` will send it: the reference is given then."""
    income = own_wages(claim, organisation=found.organisation)
    return assess(
        replace(claim, reference=fresh_reference()),
        on=clock.today(),
        organisation=found.organisation,
        income=income,
        filing=True,
    )


def _context(found: Finding, claim: Claim) -> dict[str, Any]:
    assessment, on = _assessed(found, claim), clock.today()
    estimate, last_day = assessment.estimate, found.due
    return {
        "organisation": found.organisation,
        "finding": found,
        "benefit": benefit_name(found.benefit),
        "last_day": last_day,
        "days_left": (last_day - on).days,
        "employee": answers.employee_name(to_json(claim)),
        "sections": [section for section in answers.claim(claim, benefit=found.benefit) if section["answers"]],
        "estimate": shown.estimate(estimate.as_dict(), on=on) if estimate else None,
        "incomplete": _pages(found.benefit, _missing(claim, assessment.errors)),
        "asks": _pages(found.benefit, _asks(claim)),
        "not_told": found.benefit in FINDABLE and not FINDABLE[found.benefit].told,
        "warnings": shown.sentences(assessment.warnings),
        "topics": topics_beside(
            "finding",
            benefit=found.benefit,
            organisation=found.organisation,
            codes=[problem.code for problem in assessment.problems],
        ),
    }


def _missing(claim: Claim, problems: list[Problem]) -> list[str]:
    """Paths into the claim: what the register does not tell, and what is wrong in what it tells."""
    return [*(problem.field for problem in problems), *(needed(claim) if claim.benefit in FINDABLE else ())]


def _asks(claim: Claim) -> list[str]:
    """What would change the sum, and is not told."""
    asked = FINDABLE[claim.benefit].asks if claim.benefit in FINDABLE else ()
    return [path for path in asked if claim.details.get(path.removeprefix("details.")) is None]


def _places(benefit: str, paths: list[str]) -> set[str]:
    return {drafted.place_of(benefit, path) for path in paths}


def _pages(benefit: str, paths: list[str]) -> list[str]:
    """The pages of an application that ask these, by their names."""
    places = _places(benefit, paths)
    return [drafted.section_name(benefit, step) for step in drafted.order(benefit) if step in places]
