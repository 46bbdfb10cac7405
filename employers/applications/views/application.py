"""One application: where it stands, what was said, what was asked, the decision, the payment."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from employers.applications import lifecycle
from employers.applications.models import Application, Decision, Payment
from employers.applications.models_corrections import CorrectionRequest
from employers.applications.queries import payments_of
from employers.applications.views import answers, differences, drafted, possible, shown, standing
from employers.applications.views.doors import actor, one_application, saw, strongest, version_of
from employers.applications.views.guide import topics_beside
from employers.benefits.claim import from_json
from employers.intake.words import benefit_name, difference, line_text, outcome_name, question, status_name
from employers.organisations import rights
from employers.organisations.access import rights_of_user
from employers.organisations.views.doors import signed_in, user_of
from employers.records import clock


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
    decides = rights.may(held, rights.to_see_decision(one.benefit))
    changes, asked = standing.changes_of(one), list(one.corrections.all())
    waits = any(one.state == CorrectionRequest.State.WAITING for one in asked)
    return {
        "organisation": one.organisation,
        "application": one,
        "benefit": benefit_name(one.benefit),
        "status": status_name(one.status),
        "employee": _employee(one),
        "actions": possible.actions(one, from_json(current.content), held=held, waits=waits),
        "timeline": list(standing.timeline(one, changes, nothing_due=_nothing_due(decision))),
        "versions": standing.versions(one, changes),
        "corrections": standing.corrections(one, asked),
        "requests": _requests(one),
        "applies": rights.may(held, rights.to_prepare(one.benefit)),
        "goes_on": drafted.can_go_on(one),
        "sections": answers.claim(current.content, benefit=one.benefit, earlier=_earlier(one)),
        "estimate": shown.estimate(current.estimate, on=clock.today()),
        "warnings": shown.stored_sentences(current.problems),
        "decision": _shown_decision(decision) if decision and decides else None,
        "decision_hidden": decision is not None and not decides,
        "earlier_decisions": standing.earlier_decisions(one) if decides else [],
        "payments": _payments(one, decision) if rights.VIEW_PAYMENTS in held else [],
        "differences": differences.of_application(one) if rights.APPLY in held else [],
        "topics": topics_beside(
            "decision" if decision else "receipt", benefit=one.benefit, organisation=one.organisation
        ),
    }


def _decision(one: Application) -> Decision | None:
    return Decision.objects.filter(pk=one.decision_id).first() if one.decision_id else None


def _nothing_due(decision: Decision | None) -> bool:
    return decision is not None and decision.outcome not in lifecycle.PAYABLE_OUTCOMES


def _payments(one: Application, decision: Decision | None) -> list[Payment]:
    """Also by decisions that a later one replaced: what was paid was paid."""
    decided = decision is not None or one.version > 1
    return list(payments_of(one.pk)) if decided else []


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
    by = actor(request, one.organisation, right=strongest(one.benefit, held))
    saw([one.person_id], by=by, purpose="application", action=action)
