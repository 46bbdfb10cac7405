"""One application: where it stands, what was said, what was asked, the decision, the payment."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from employers.applications import lifecycle
from employers.applications.models import Application, Decision, StatusChange
from employers.applications.views import answers, drafted, shown
from employers.applications.views.doors import actor, one_application, saw, version_of
from employers.applications.views.guide import topics_beside
from employers.intake.words import benefit_name, difference, line_text, outcome_name, question, status_name
from employers.organisations import rights
from employers.organisations.access import rights_of_user
from employers.organisations.views.doors import signed_in, user_of
from employers.records import clock

DONE = {
    "submit": _("The application was sent"),
    "take_up": _("We took up the application"),
    "ask": _("We asked for more information"),
    "answer": _("You answered our question"),
    "decide": _("We decided the application"),
    "pay": _("We paid the allowance"),
    "withdraw": _("The application was withdrawn"),
}
AHEAD = {
    lifecycle.SUBMITTED: (_("We take up the application"), _("Decision"), _("Payment")),
    lifecycle.IN_HANDLING: (_("Decision"), _("Payment")),
    lifecycle.INFORMATION_REQUESTED: (_("Your answer"), _("Decision"), _("Payment")),
    lifecycle.DECIDED: (_("Payment"),),
}


@require_GET
@signed_in
def application(request: HttpRequest, application_id: UUID) -> HttpResponse:
    one = one_application(request, application_id)
    held = rights_of_user(user_of(request), one.organisation, on=clock.today())
    saw_one(request, one, held)
    return render(request, "employers/applications/application.html", _context(one, held))


def _context(one: Application, held: list[str]) -> dict[str, Any]:
    current = version_of(one)
    decision = _decision(one)
    return {
        "organisation": one.organisation,
        "application": one,
        "benefit": benefit_name(one.benefit),
        "status": status_name(one.status),
        "employee": _employee(one),
        "timeline": list(_timeline(one, decision)),
        "requests": _requests(one),
        "applies": rights.APPLY in held,
        "goes_on": drafted.can_go_on(one),
        "sections": answers.claim(current.content, benefit=one.benefit, earlier=_earlier(one)),
        "estimate": shown.estimate(current.estimate, on=clock.today()),
        "warnings": shown.stored_sentences(current.problems),
        "decision": _shown_decision(decision) if decision and rights.VIEW_DECISIONS in held else None,
        "decision_hidden": decision is not None and rights.VIEW_DECISIONS not in held,
        "payment": getattr(decision, "payment", None) if rights.VIEW_PAYMENTS in held else None,
        "topics": topics_beside(
            "decision" if decision else "receipt", benefit=one.benefit, organisation=one.organisation
        ),
    }


def _decision(one: Application) -> Decision | None:
    return Decision.objects.filter(pk=one.decision_id).select_related("payment").first()


def _shown_decision(decision: Decision) -> dict[str, Any]:
    return {
        "outcome": outcome_name(decision.outcome),
        "amount": decision.amount,
        "reason": decision.reason,
        "decided_at": decision.decided_at,
        "appeal_until": decision.appeal_until,
        "differences": [_difference(row) for row in decision.differences],
    }


def _difference(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "text": line_text(row["line"]), "why": difference(row["why"])}


def _timeline(one: Application, decision: Decision | None) -> Iterator[dict[str, Any]]:
    """What has happened, then what is to come; the last that happened is where it stands."""
    changes = list(StatusChange.objects.filter(application=one))
    for change in changes:
        is_last = change is changes[-1]
        yield {"text": DONE[change.verb], "at": change.at, "state": "is-here" if is_last else "is-done"}
    if decision and decision.outcome not in lifecycle.PAYABLE_OUTCOMES:
        return
    for text in AHEAD.get(one.status, ()):
        yield {"text": text, "at": None, "state": "to-come"}


def _requests(one: Application) -> list[dict[str, Any]]:
    """Every request with its questions and the answers given so far."""
    return [
        {
            "request": asked,
            "items": [
                {"question": question(item.code), "note": item.note, "answer": item.answer}
                for item in asked.items.all()
            ],
            "waits": one.status == lifecycle.INFORMATION_REQUESTED
            and any(item.answered_at is None for item in asked.items.all()),
        }
        for asked in one.requests.prefetch_related("items")
    ]


def _employee(one: Application) -> str:
    return answers.employee_name(version_of(one).content)


def _earlier(one: Application) -> str:
    return drafted.earlier_words(one.continues) if one.continues else ""


def saw_one(request: HttpRequest, one: Application, held: list[str], *, action: str = "view") -> None:
    """By the mandate that gives the right to look."""
    right = rights.APPLY if rights.APPLY in held else rights.VIEW_DECISIONS
    by = actor(request, one.organisation, right=right)
    saw([one.person_id], by=by, purpose="application", action=action)
