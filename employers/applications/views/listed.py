"""Sent applications as rows of a list, and the page that has them all."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from employers.applications.models import Application
from employers.applications.views.answers import employee_name
from employers.applications.views.doors import held_of, saw, version_of, with_current_version
from employers.intake.words import benefit_name, outcome_name, status_name
from employers.organisations import rights
from employers.organisations.access import Actor, of_benefits
from employers.organisations.models import Organisation
from employers.organisations.views.doors import acting_for

A_PAGE = 25
NOT_GRANTED = ("rejected", "lapsed")  # no green for these
TAGS = {"information_requested": "tag-waiting", "decided": "tag-done", "paid": "tag-done"}


@require_GET
@acting_for()
def applications(request: HttpRequest, organisation: Organisation, by: Actor) -> HttpResponse:
    """Every application that was sent, newest first."""
    found = with_current_version(sent(organisation, held_of(request, organisation)))
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    listed = [row(application) for application in page.object_list]
    saw([one["application"].person_id for one in listed], by=by, purpose="application", action="list")
    context = {"organisation": organisation, "page": page, "applications": listed}
    return render(request, "employers/applications/applications.html", context)


def sent(organisation: Organisation, held: list[str]) -> QuerySet[Application]:
    """Those that these rights show, newest first."""
    seen = Application.objects.filter(of_benefits(held, rights.to_see), organisation=organisation)
    return seen.order_by("-id")


def row(application: Application) -> dict[str, Any]:
    """Of an application read `with_current_version`."""
    outcome = outcome_name(application.outcome) if application.outcome else ""
    status = status_name(application.status)
    return {
        "application": application,
        "employee": employee_name(version_of(application).content),
        "benefit": benefit_name(application.benefit),
        "status": f"{status}: {outcome.lower()}" if outcome else status,
        "tag": "" if application.outcome in NOT_GRANTED else TAGS.get(application.status, "tag-moving"),
    }
