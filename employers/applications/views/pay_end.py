"""The hand-over: the employer's pay ends, the absence goes on, and the employee has to apply. A notice to print."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from employers.applications import lifecycle
from employers.applications.models import Application
from employers.applications.views.answers import employee_name
from employers.applications.views.application import saw_one
from employers.applications.views.doors import one_application, version_of
from employers.applications.views.possible import may_change
from employers.benefits import rules
from employers.benefits.deadlines import moved
from employers.benefits.law import NotInForce
from employers.benefits.pay_end import apply_by
from employers.intake.words import BENEFIT_NAMES
from employers.law.queries import law_on
from employers.organisations.access import rights_of_user
from employers.organisations.views.doors import signed_in, user_of
from employers.records import clock

NOTICES = {"fi": "Suomeksi", "sv": "På svenska", "en": "In English"}
# The agency's own form of each family of benefits, for those who do not apply on the web.
FORMS = {"sickness": "SV 8", "rehabilitation": "KU 112", "parents": "SV 15"}


@require_GET
@signed_in
def pay_end(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """The page is in the employer's language, the notice in the employee's: `?notice=sv`."""
    one = one_application(request, application_id)
    if one.pay_ends is None or not lifecycle.is_live(status=one.status, outcome=one.outcome):
        raise Http404
    held = rights_of_user(user_of(request), one.organisation, on=clock.today())
    saw_one(request, one, held, action="pay_end")
    chosen = request.GET.get("notice", "")
    language = chosen if chosen in NOTICES else get_language()
    return render(request, "employers/applications/pay_end.html", _context(one, held, one.pay_ends, language))


def _context(one: Application, held: list[str], last: date, language: str | None) -> dict[str, Any]:
    group = getattr(getattr(rules.BENEFITS[one.benefit], "terms", None), "group", "")
    return {
        "organisation": one.organisation,
        "application": one,
        "applies": may_change(held, one),
        "employee": employee_name(version_of(one).content),
        "benefit": BENEFIT_NAMES[one.benefit],  # lazy: the notice has a language of its own
        "group": group,
        "form": FORMS.get(group, ""),
        "last": last,
        "first": last + timedelta(days=1),
        "until": one.absence_end,
        "apply_by": _apply_by(one, last),
        "has_come": last <= clock.today(),
        "notice_language": language,
        "notices": NOTICES,
    }


def _apply_by(one: Application, last: date) -> date | None:
    """Not told where the law of the day is not known."""
    try:
        found = apply_by(one.benefit, after=last, law=law_on(one.law_day or last))
    except NotInForce:
        return None
    return moved(found) if found else None
