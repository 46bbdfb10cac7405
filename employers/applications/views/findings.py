"""Paid absences that nobody has claimed, many in one go: choose, look at the list and its sum once, send."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from employers.applications.models_register import Finding
from employers.applications.views import claiming, found
from employers.applications.views.claiming import MANY
from employers.applications.views.doors import saw
from employers.applications.views.guide import topics_beside
from employers.income_register import freshness
from employers.organisations import rights
from employers.organisations.access import Actor
from employers.organisations.models import Organisation
from employers.organisations.views.doors import acting_for
from employers.records import clock

A_PAGE = 50
NOTHING_CHOSEN = gettext_lazy("Choose at least one absence.")


@require_http_methods(["GET", "HEAD", "POST"])
@acting_for(rights.APPLY)
def findings(request: HttpRequest, organisation: Organisation, by: Actor) -> HttpResponse:
    """First the choice, then all that was chosen to look at, then what became of each. `sure`: it was looked at."""
    posted = request.method == "POST"
    picked = _picked(request, organisation) if posted else []
    if posted and request.POST.getlist(MANY) and "back" not in request.POST:
        form = claiming.form_of(request, organisation)
        if "sure" in request.POST and form.is_valid():
            return claiming.claimed(request, organisation, by, form)
        if picked:
            saw([one.person_id for one in picked], by=by, purpose="finding", action="list")
            return claiming.looked_at(request, organisation, picked, form)
    return _choice(request, organisation, by, picked)


def _picked(request: HttpRequest, organisation: Organisation) -> list[Finding]:
    """Those chosen that are open still, on whichever page they stood."""
    picked = list(found.unclaimed(organisation).filter(pk__in=claiming.asked(request)).order_by("deadline", "id"))
    found.with_words(organisation, picked, on=clock.today())
    return picked


def _choice(request: HttpRequest, organisation: Organisation, by: Actor, picked: list[Finding]) -> HttpResponse:
    narrow = _narrow(request)
    page = _page(request, organisation, narrow)
    keys = {one.pk for one in picked}
    saw([one.person_id for one in page.object_list], by=by, purpose="finding", action="list")
    context = {
        "organisation": organisation,
        "page": page,
        "rows": [{"finding": one, "chosen": _is_chosen(one, keys, request)} for one in page.object_list],
        "differ": found.differing(organisation).count(),
        "fresh": freshness.of(organisation),
        "is_looked_through": partial(found.is_looked_through, organisation),  # asked where nothing is found
        "asks_more": any(one.asks_more for one in page.object_list),
        "can_choose": not all(one.asks_more for one in page.object_list),
        "errors": _nothing_chosen(request, picked),
        "topics": topics_beside("finding", organisation=organisation),
        **_counts(organisation, narrow),
    }
    return render(request, "employers/applications/findings.html", context)


def _nothing_chosen(request: HttpRequest, picked: list[Finding]) -> list[dict[str, str]]:
    wrong = request.method == "POST" and not picked
    return [{"href": f"#id_{MANY}", "text": str(NOTHING_CHOSEN)}] if wrong else []


def _is_chosen(one: Any, keys: set[Any], request: HttpRequest) -> bool:
    """To begin with every one that can be sent as it is."""
    return not one.asks_more and (one.pk in keys or request.method != "POST")


def _narrow(request: HttpRequest) -> dict[str, Any]:
    """What was chosen: a benefit, a time within which the right ends."""
    asked = request.GET
    return {"benefit": asked.get("benefit", ""), "within": asked.get("within", ""), "on": clock.today()}


def _counts(organisation: Organisation, narrow: dict[str, Any]) -> dict[str, Any]:
    """Of all and of those that are left by what was chosen, in one query."""
    everything = found.groups(organisation)
    return {
        "all": found.counted(everything),
        "left": found.counted(found.chosen(everything, **narrow)),
        "filters": list(found.filters(everything, **narrow)),
        "times": _times(everything, narrow),
        "asked": narrow,
        "weeks": found.weeks(everything, on=narrow["on"]),
    }


def _page(request: HttpRequest, organisation: Organisation, narrow: dict[str, Any]) -> Page[Any]:
    """With the name that the employer has told."""
    rows = found.narrowed(found.unclaimed(organisation), **narrow)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    page.object_list = list(page.object_list)
    found.with_words(organisation, page.object_list, on=narrow["on"])
    return page


def _times(everything: Sequence[found.Group], narrow: dict[str, Any]) -> list[dict[str, Any]]:
    """How many end within each time that can be chosen."""
    names = {"": _("Any time"), "soon": _("Within 14 days"), "month": _("Within 30 days")}
    return [
        {"code": code, "name": name, "here": code == narrow["within"], "count": _many(everything, narrow, code)}
        for code, name in names.items()
    ]


def _many(everything: Sequence[found.Group], narrow: dict[str, Any], within: str) -> int:
    return found.counted(found.chosen(everything, **{**narrow, "within": within})).count
