"""What applications and the register do not agree about: what you said, what the register says, what to do."""

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from employers.applications import lifecycle
from employers.applications.models import Application
from employers.applications.models_register import Finding
from employers.applications.views import found
from employers.applications.views.differ_words import TITLES, VALUES, WHAT
from employers.applications.views.doors import saw
from employers.applications.views.guide import topics_beside
from employers.organisations import rights
from employers.organisations.access import Actor
from employers.organisations.models import Organisation
from employers.organisations.views.doors import acting_for
from employers.records import clock

A_PAGE = 25


@require_GET
@acting_for(rights.APPLY)
def differences(request: HttpRequest, organisation: Organisation, by: Actor) -> HttpResponse:
    rows = found.differing(organisation).select_related("application")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    page.object_list = list(page.object_list)
    _with_words(organisation, page.object_list)
    saw([one.person_id for one in page.object_list], by=by, purpose="finding", action="list")
    context = {
        "organisation": organisation,
        "page": page,
        "all": found.counted(found.groups(organisation)),
        "topics": topics_beside("mismatch", organisation=organisation),
    }
    return render(request, "employers/applications/differences.html", context)


def of_application(one: Application) -> list[Any]:
    """Those open about one application, for its own page."""
    rows: QuerySet[Any] = one.findings.filter(kind=Finding.Kind.MISMATCH, status=Finding.State.OPEN)
    return [_told(row, one) for row in rows.order_by("id")]


def _with_words(organisation: Organisation, rows: list[Any]) -> None:
    found.with_words(organisation, rows, on=clock.today())
    for row in rows:
        _told(row, row.application)


def _told(row: Any, application: Application) -> Any:
    row.title, row.what = title(row.code), WHAT.get(row.code, "")
    row.claimed, row.register = (shown(row.facts.get(side)) for side in ("claimed", "register"))
    row.can_correct = application.status in (*lifecycle.OPEN, *lifecycle.ENDED)
    row.decided = application.status in lifecycle.ENDED
    return row


def title(code: str) -> str:
    return str(TITLES.get(code, code))


def shown(fact: Any) -> dict[str, Any]:
    """A fact in the form a page writes it: `days`, a `sum`, or a `text`. Empty where nothing is told."""
    if isinstance(fact, dict) and {"start", "end"} <= fact.keys():
        return {"days": (fact["start"], fact["end"])}
    text = str(fact or "")
    if not text:
        return {}
    if _is_day(text):
        return {"days": (text, text)}
    return {"sum": text} if _is_sum(text) else {"text": VALUES.get(text, text)}


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _is_sum(text: str) -> bool:
    try:
        Decimal(text)
    except InvalidOperation:
        return False
    return True
