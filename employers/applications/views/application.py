"""One application: where it stands, what was said, the question asked, the decision, the payment."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from employers.applications import lifecycle
from employers.applications.answer import AlreadyAnswered, UnknownItem, answer
from employers.applications.models import Application, Decision, InformationRequest, StatusChange
from employers.applications.views import drafted, shown
from employers.applications.views.doors import actor, one_application, saw
from employers.guidance.queries import topics_for
from employers.intake.forms.base import Questions
from employers.intake.words import benefit_name, line_text, outcome_name, question, status_name
from employers.organisations import rights
from employers.organisations.access import rights_of_user
from employers.organisations.views import user_of
from employers.records import clock, doorbell

LONGEST_ANSWER = 4000
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
WHY = {
    "all_wages": _("The decision was made with all wages in the Incomes Register."),
    "income_given": _("The decision was made with an income that we had to find out."),
    "narrowed": _("A part of what was applied for was granted."),
    "rejected": _("The application was rejected."),
    "lapsed": _("The application lapsed."),
}
TO_EMPLOYER = "to_employer"


@require_GET
@login_required
def application(request: HttpRequest, application_id: UUID) -> HttpResponse:
    one = one_application(request, application_id)
    held = rights_of_user(user_of(request), one.organisation, on=clock.today())
    _saw(request, one, held)
    return render(request, "employers/applications/application.html", _context(one, held))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def answers(request: HttpRequest, application_id: UUID, request_id: UUID) -> HttpResponse:
    """The questions of one request, each with a place for its answer."""
    one = one_application(request, application_id)
    held = rights_of_user(user_of(request), one.organisation, on=clock.today())
    if rights.APPLY not in held:
        raise PermissionDenied(_t("You can see this application, but you have no right to answer for the employer."))
    asked = _asked(one, request_id)
    form = AnswersForm(request.POST or None, items=[item for item in asked.items.all() if item.answered_at is None])
    if not form.fields or one.status != lifecycle.INFORMATION_REQUESTED:
        return redirect(one)
    _saw(request, one, held)
    if request.method == "POST" and form.is_valid() and _answer(request, one, asked, form):
        return redirect(one)
    return render(request, "employers/applications/answers.html", _asking(one, asked, form))


class AnswersForm(Questions):
    """A field an item, named by the item's id."""

    def __init__(self, *args: Any, items: list[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        for item in items:
            self.fields[str(item.pk)] = forms.CharField(
                label=question(item.code),
                help_text=item.note or "",
                max_length=LONGEST_ANSWER,
                widget=forms.Textarea(attrs={"rows": 5}),
                error_messages={"required": _("Answer the question.")},
            )


def _answer(request: HttpRequest, one: Application, asked: InformationRequest, form: AnswersForm) -> bool:
    """Answered meanwhile by somebody else: the application's page tells where it stands."""
    by = actor(request, one.organisation)
    try:
        answer(request_id=asked.pk, answers=form.cleaned_data, by=by, at=clock.now())
    except (AlreadyAnswered, UnknownItem, lifecycle.WrongState):
        messages.info(request, _t("The question had been answered already."))
        return True
    doorbell.ring()
    messages.success(request, _t("Your answer was sent. Thank you."))
    return True


def _asked(one: Application, request_id: UUID) -> InformationRequest:
    asked = one.requests.prefetch_related("items").filter(pk=request_id).first()
    if asked is None:
        raise Http404
    return asked


def _asking(one: Application, asked: InformationRequest, form: AnswersForm) -> dict[str, Any]:
    topics = topics_for(benefit=one.benefit, step="question", on=clock.today(), size_class=one.organisation.size_class)
    return {
        "organisation": one.organisation,
        "application": one,
        "employee": _employee(one),
        "asked": asked,
        "form": form,
        "errors": form.found_wrong(),
        "topics": topics,
    }


def _context(one: Application, held: list[str]) -> dict[str, Any]:
    current = one.current[0]  # type: ignore[attr-defined]
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
        "sections": shown.claim(current.content, earlier=_earlier(one)),
        "estimate": shown.estimate(current.estimate, on=clock.today()),
        "warnings": shown.stored_sentences(current.problems),
        "decision": _shown_decision(decision) if decision and rights.VIEW_DECISIONS in held else None,
        "decision_hidden": decision is not None and rights.VIEW_DECISIONS not in held,
        "payment": getattr(decision, "payment", None) if rights.VIEW_PAYMENTS in held else None,
        "topics": topics_for(
            benefit=one.benefit,
            step="decision" if decision else "receipt",
            on=clock.today(),
            size_class=one.organisation.size_class,
        ),
    }


def _decision(one: Application) -> Decision | None:
    return Decision.objects.filter(application=one).select_related("payment").first()


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
    text = _t("To the employer") if row["line"] == TO_EMPLOYER else line_text(row["line"])
    return {**row, "text": text, "why": WHY.get(row["why"], row["why"])}


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
    return shown.employee_name(one.current[0].content)  # type: ignore[attr-defined]


def _earlier(one: Application) -> str:
    return drafted.earlier_words(one.continues) if one.continues else ""


def _saw(request: HttpRequest, one: Application, held: list[str]) -> None:
    right = rights.APPLY if rights.APPLY in held else rights.VIEW_DECISIONS
    by = actor(request, one.organisation, right=right)
    saw([one.person_id], by=by, purpose="application", action="view")
