"""The employer's page: what waits for it, what it could claim, what was decided, what it can begin."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from employers.applications.models_threads import Thread
from employers.applications.threads import unread_of
from employers.applications.views.choice import groups
from employers.applications.views.claimable import Claimable, claimable
from employers.applications.views.doors import held_of, of_nothing_by, saw
from employers.applications.views.found import about_register
from employers.applications.views.guide import topics_beside
from employers.applications.views.matters import matters
from employers.applications.views.portfolio import portfolio
from employers.applications.views.unfinished import unfinished
from employers.applications.views.yearly import forgotten
from employers.benefits.problems import Problem
from employers.intake.words import sentence
from employers.organisations import machines, rights
from employers.organisations.access import Actor, employers_managed_by, of_benefits
from employers.organisations.models import Organisation, User
from employers.organisations.models_clients import RightsRequest
from employers.organisations.views.doors import acting_for, user_of
from employers.records import clock

FIRST_WORDS = {
    "small": _("Here you apply when you pay an employee during an absence. We take you through it step by step."),
    "medium": _("Here you apply for allowances and follow every application of your employees in one place."),
    "large": _(
        "Here you see what has been applied for, also by your payroll systems, and what nobody has claimed yet."
    ),
}
WITHOUT_THE_RIGHT = _("Here you see what has been applied for and what has been decided.")
SEES = {*rights.to_see(""), *rights.to_see(rights.OCCUPATIONAL_HEALTH)}


@require_GET
@acting_for()
def employer(request: HttpRequest, organisation: Organisation, by: Actor) -> HttpResponse:
    on, held = clock.today(), held_of(request, organisation)
    offers, sees = groups(held), rights.may(held, SEES)
    found = claimable(organisation, on=on) if rights.APPLY in held else Claimable()
    told = matters(organisation, held=held, on=on) if sees else {}
    _saw(told, found, by=by)
    context = {
        "organisation": organisation,
        "size": organisation.size_class,
        "first_words": FIRST_WORDS[organisation.size_class] if offers else WITHOUT_THE_RIGHT,
        "applies": bool(offers),
        "sees": sees,
        "drafts": unfinished(organisation, held=held, by=by) if offers else [],
        "found": found,
        **(about_register(organisation) if rights.APPLY in held else {}),
        "groups": offers,
        "open": forgotten(organisation, held=held, on=on),
        "missing": _missing(organisation),
        "asking": _asking(organisation, user_of(request)),
        "unread": _unread(organisation, held, user_of(request)),
        "portfolio": portfolio(organisation) if organisation.size_class == "large" and sees else None,
        "topics": topics_beside("start", organisation=organisation),
        **told,
    }
    return render(request, "employers/applications/overview.html", context)


def _unread(organisation: Organisation, held: list[str], user: User) -> int:
    """By the rights that are known already: asking anew for every way to this employer takes as long as the rest."""
    seen = Thread.objects.filter(of_benefits(held, rights.to_see) | of_nothing_by(user), organisation=organisation)
    return unread_of(seen, organisation_id=organisation.pk)


def _asking(organisation: Organisation, user: User) -> list[RightsRequest]:
    """Firms that ask for rights, for those alone who can answer."""
    asking = list(machines.waiting_at(organisation, at=clock.now()))
    answers = asking and employers_managed_by(user, on=clock.today()).filter(pk=organisation.pk).exists()
    return asking if answers else []


def _missing(organisation: Organisation) -> list[str]:
    """What stops a payment, in the words that a claim without it gets."""
    missing = [name for name in organisation.missing if name != "register_access"]
    return [sentence(Problem("", f"{name}_missing", "warning")) for name in missing]


def _saw(told: dict[str, list[dict[str, Any]]], found: Claimable, *, by: Actor) -> None:
    """Every person on the page once."""
    sent = [row["application"].person_id for rows in told.values() for row in rows]
    saw([*sent, *(finding.person_id for finding in found.shown)], by=by, purpose="application", action="list")
