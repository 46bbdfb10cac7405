"""An application's receipt and its decision on paper."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from employers.applications.models import Application
from employers.applications.paper import Letterhead, pdf
from employers.applications.views import answers, drafted, shown
from employers.applications.views.application import saw_one
from employers.applications.views.doors import one_application, refuse_without, version_of
from employers.benefits.deadlines import moved
from employers.intake.words import benefit_name, difference, line_text, outcome_name
from employers.organisations import rights
from employers.organisations.access import rights_of_user
from employers.organisations.views.doors import signed_in, user_of
from employers.records import clock

FOLDER = "employers/applications/paper"


@require_GET
@signed_in
def receipt_pdf(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """As it was sent last: a correction has a receipt of its own."""
    one, _held = _opened(request, application_id, action="receipt")
    current = version_of(one)
    earlier = drafted.earlier_words(one.continues) if one.continues else ""
    said = {
        "last_day": one.deadline and moved(one.deadline),
        "estimate": shown.estimate(current.estimate, on=clock.today()),
        "warnings": shown.stored_sentences(current.problems),
        "sections": answers.claim(current.content, benefit=one.benefit, earlier=earlier),
    }
    return _paper(one, "receipt", title=_("Your application has been sent"), said=said)


@require_GET
@signed_in
def decision_pdf(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """The decision in force, to those who may read decisions."""
    one, held = _opened(request, application_id, action="decision")
    refuse_without(held, rights.to_see_decision(one.benefit), one.organisation)
    decision = one.decision
    if decision is None:
        raise Http404
    said = {
        "decision": decision,
        "outcome": outcome_name(decision.outcome),
        "sums": shown.estimate(decision.calculation, on=clock.today()),
        "differences": [
            {**row, "text": line_text(row["line"]), "why_text": difference(row["why"])} for row in decision.differences
        ],
        "payment": getattr(decision, "payment", None) if rights.VIEW_PAYMENTS in held else None,
    }
    return _paper(one, "decision", title=_("Decision"), said=said)


def _opened(request: HttpRequest, application_id: UUID, *, action: str) -> tuple[Application, list[str]]:
    """Raises Http404. That it was looked at is written down."""
    one = one_application(request, application_id)
    held = rights_of_user(user_of(request), one.organisation, on=clock.today())
    saw_one(request, one, held, action=action)
    return one, held


def _paper(one: Application, name: str, *, title: str, said: dict[str, Any]) -> HttpResponse:
    context = {
        "organisation": one.organisation,
        "application": one,
        "benefit": benefit_name(one.benefit),
        "employee": answers.employee_name(version_of(one).content),
        **said,
    }
    head = Letterhead(
        title=title,
        language=get_language() or "fi",
        sender=_("Employer portal"),
        foot=one.reference,
        at=clock.now(),
    )
    made = pdf(render_to_string(f"{FOLDER}/{name}.html", context), head=head)
    headers = {"Content-Disposition": f'attachment; filename="{name}-{one.reference}.pdf"'}
    return HttpResponse(made, content_type="application/pdf", headers=headers)
