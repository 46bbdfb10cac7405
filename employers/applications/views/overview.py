"""The employer's page: what waits for it, what it has begun, what it could claim, what it has sent."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from employers.applications.models import Application, InformationRequest
from employers.applications.models_register import Finding
from employers.applications.views.answers import employee_name
from employers.applications.views.choice import groups
from employers.applications.views.doors import saw, version_of, with_current_version
from employers.applications.views.guide import topics_beside
from employers.applications.views.unfinished import unfinished
from employers.benefits.deadlines import moved
from employers.benefits.problems import Problem
from employers.intake.words import benefit_name, outcome_name, sentence, status_name
from employers.organisations import rights
from employers.organisations.access import Actor, of_benefits, rights_of_user
from employers.organisations.models import Organisation
from employers.organisations.views.doors import acting_for, user_of
from employers.people.models import Employment
from employers.records import clock

SEES = {*rights.to_see(""), *rights.to_see(rights.OCCUPATIONAL_HEALTH)}
SHOWN = 10  # applications and findings on the employer's page; the rest have a page of their own
A_PAGE = 25
SOON = 14  # days before a deadline that are worth a warning

FIRST_WORDS = {
    "small": _("Here you apply when you pay an employee during an absence. We take you through it step by step."),
    "medium": _("Here you apply for allowances and follow every application of your employees in one place."),
    "large": _(
        "Here you see what has been applied for, also by your payroll systems, and what nobody has claimed yet."
    ),
}
WITHOUT_THE_RIGHT = _("Here you see what has been applied for and what has been decided.")
NOT_GRANTED = ("rejected", "lapsed")  # no green for these
TAGS = {"information_requested": "tag-waiting", "decided": "tag-done", "paid": "tag-done"}


@require_GET
@acting_for()
def employer(request: HttpRequest, organisation: Organisation, by: Actor) -> HttpResponse:
    on, held = clock.today(), rights_of_user(user_of(request), organisation, on=clock.today())
    sees, offers = rights.may(held, SEES), groups(held)
    sent = list(_sent(organisation, held)[: SHOWN + 1]) if sees else []
    listed = [_row(application) for application in sent[:SHOWN]]
    found = _findings(organisation, on=on) if rights.APPLY in held else []
    _saw(listed, found[:SHOWN], by=by)
    context = {
        "organisation": organisation,
        "first_words": FIRST_WORDS[organisation.size_class] if offers else WITHOUT_THE_RIGHT,
        "applies": bool(offers),
        "sees": sees,
        "questions": _questions(organisation, held),
        "drafts": unfinished(organisation, held=held, by=by) if offers else [],
        "findings": found[:SHOWN],
        "more_findings": len(found) > SHOWN,
        "applications": listed,
        "more_applications": len(sent) > SHOWN,
        "groups": offers,
        "missing": _missing(organisation),
        "topics": topics_beside("start", organisation=organisation),
    }
    return render(request, "employers/applications/overview.html", context)


@require_GET
@acting_for()
def applications(request: HttpRequest, organisation: Organisation, by: Actor) -> HttpResponse:
    """Every application that was sent, newest first."""
    sent = _sent(organisation, rights_of_user(user_of(request), organisation, on=clock.today()))
    page = Paginator(sent, A_PAGE).get_page(request.GET.get("page"))
    listed = [_row(application) for application in page.object_list]
    _saw(listed, [], by=by)
    context = {"organisation": organisation, "page": page, "applications": listed}
    return render(request, "employers/applications/applications.html", context)


def _sent(organisation: Organisation, held: list[str]) -> QuerySet[Application]:
    """Those that these rights show."""
    seen = Application.objects.filter(of_benefits(held, rights.to_see), organisation=organisation)
    return with_current_version(seen.order_by("-id"))


def _row(application: Application) -> dict[str, Any]:
    outcome = outcome_name(application.outcome) if application.outcome else ""
    return {
        "application": application,
        "person": application.person_id,
        "employee": employee_name(version_of(application).content),
        "benefit": benefit_name(application.benefit),
        "status": f"{status_name(application.status)}: {outcome.lower()}"
        if outcome
        else status_name(application.status),
        "tag": "" if application.outcome in NOT_GRANTED else TAGS.get(application.status, "tag-moving"),
    }


def _questions(organisation: Organisation, held: list[str]) -> list[InformationRequest]:
    """Asked and not answered, the most pressing first: those that one may answer."""
    waiting = InformationRequest.objects.filter(
        of_benefits(held, rights.to_send, path="application__benefit"),
        application__organisation=organisation,
        application__status="information_requested",
        items__answered_at__isnull=True,
    )
    return list(waiting.select_related("application").order_by("due", "id").distinct())


def _findings(organisation: Organisation, *, on: date) -> list[Finding]:
    """The sum is a minimum: only this employer's own wages are known to it. Those that end soonest come first."""
    found = Finding.objects.filter(organisation=organisation, status=Finding.State.OPEN, kind="unclaimed")
    first = list(found.order_by(F("deadline").asc(), "id")[: SHOWN + 1])
    names = _names(organisation, first)
    for finding in first:
        finding.last_day = moved(finding.deadline)  # type: ignore[attr-defined]
        finding.days_left = (finding.last_day - on).days  # type: ignore[attr-defined]
        finding.soon = finding.days_left <= SOON  # type: ignore[attr-defined]
        finding.employee = names.get(finding.person_id, "")  # type: ignore[attr-defined]
    return first


def _names(organisation: Organisation, findings: list[Finding]) -> dict[UUID, str]:
    """As this employer has told them, by person."""
    people = [finding.person_id for finding in findings]
    known = Employment.objects.filter(organisation=organisation, person__in=people)
    return {one.person_id: f"{one.given_name or ''} {one.family_name or ''}".strip() for one in known}


def _missing(organisation: Organisation) -> list[str]:
    """What stops a payment, in the words that a claim without it gets."""
    missing = [name for name in organisation.missing if name != "register_access"]
    return [sentence(Problem("", f"{name}_missing", "warning")) for name in missing]


def _saw(listed: list[dict[str, Any]], findings: list[Finding], *, by: Actor) -> None:
    saw([row["person"] for row in listed], by=by, purpose="application", action="list")
    saw([finding.person_id for finding in findings], by=by, purpose="finding", action="list")
