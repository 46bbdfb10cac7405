"""The buttons of an application: each has a small form and a confirmation, and calls one verb."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from employers.admin import anew, page
from employers.admin.forms import AnswerForm, AskForm, ConfirmForm, DecideForm
from employers.applications import lifecycle
from employers.applications.ask import DueTooSoon, ask
from employers.applications.assign import take_up
from employers.applications.calculate import ChoiceNotOpen, calculate
from employers.applications.correct import Unchanged
from employers.applications.decide import AmountOutOfRange, FigureNeeded, IncomeNeeded, ReasonNeeded, amount_of, decide
from employers.applications.models import Application
from employers.applications.models_corrections import CorrectionRequest
from employers.applications.pay import NothingToPay, PaymentBlocked, SecondNeeded, agree, pay
from employers.applications.reopen import AnswerNeeded, refuse_correction, reopen
from employers.applications.submit import Duplicate, Overlap, Refused
from employers.intake import sentences, words
from employers.organisations.access import Actor
from employers.organisations.models import User
from employers.records import clock, doorbell

Run = Callable[[Application, Any, Actor, datetime], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    verb: str
    label: str | Promise
    done: str | Promise
    run: Run


def _take_up(application: Application, form: Any, by: Actor, at: datetime) -> object:
    return take_up(application_id=application.pk, by=by, at=at)


def _ask(application: Application, form: Any, by: Actor, at: datetime) -> object:
    return ask(application_id=application.pk, items=form.items, due=form.cleaned_data["due"], by=by, at=at)


def _decide(application: Application, form: Any, by: Actor, at: datetime) -> object:
    data = form.cleaned_data
    return decide(
        application_id=application.pk,
        outcome=data["outcome"],
        reason=data["reason"],
        income=form.income,
        choice=data["choice"],
        amount=data["amount"],
        by=by,
        at=at,
    )


def _pay(application: Application, form: Any, by: Actor, at: datetime) -> object:
    try:
        return pay(application_id=application.pk, by=by, at=at)
    except SecondNeeded:
        agree(application_id=application.pk, by=by, at=at)
        raise


def _reopen(application: Application, form: Any, by: Actor, at: datetime) -> object:
    return reopen(request_id=_waiting(application), by=by, at=at)


def _refuse(application: Application, form: Any, by: Actor, at: datetime) -> object:
    answer = form.cleaned_data["answer"]
    return refuse_correction(request_id=_waiting(application), answer=answer, by=by, at=at)


def _waiting(application: Application) -> UUID:
    """Raises lifecycle.WrongState when somebody was faster."""
    waiting = application.corrections.filter(state=CorrectionRequest.State.WAITING).first()
    if waiting is None:
        raise lifecycle.WrongState(application.status)
    return waiting.pk


BUTTONS = (
    Button(
        verb="reopen",
        label=_("Take up the correction"),
        done=_("The correction was taken up. Decide the application anew."),
        run=_reopen,
    ),
    Button(verb="refuse", label=_("Do not take it up"), done=_("The employer was told why not."), run=_refuse),
    Button(verb="take_up", label=_("Take up"), done=_("The application is yours."), run=_take_up),
    Button(verb="ask", label=_("Ask for information"), done=_("The employer was asked."), run=_ask),
    Button(verb="decide", label=_("Decide"), done=_("The application was decided."), run=_decide),
    Button(verb="pay", label=_("Pay"), done=_("The payment was sent."), run=_pay),
)

ABOUT_A_CORRECTION = ("reopen", "refuse")

# Where on the form a refusal is told, and how.
REFUSALS: Mapping[type[Exception], tuple[str | None, str | Promise]] = {
    IncomeNeeded: ("annual_income", _("The register does not know the income. Give it.")),
    FigureNeeded: (None, _("A figure of the law is not confirmed for this day. Enter it, and have it approved.")),
    ChoiceNotOpen: ("choice", _("The law does not leave this choice here.")),
    ReasonNeeded: ("reason", _("Tell the employer why.")),
    AmountOutOfRange: ("amount", _("A part is more than nothing and at most the whole amount.")),
    DueTooSoon: ("due", _("Give the employer at least until tomorrow.")),
    AnswerNeeded: ("answer", _("Tell the employer why.")),
    Unchanged: (None, _("The request says what is in force already.")),
    Duplicate: (None, _("Another application says the same.")),
    Overlap: (None, _("Another application covers some of the same days.")),
    NothingToPay: (None, _("The decision gives nothing to pay.")),
    SecondNeeded: (
        None,
        _(
            "This is the first payment to a changed bank account, and it is large. We noted that you agree: now "
            "another official has to send it."
        ),
    ),
}


def buttons(application: Application) -> list[Button]:
    """Those that the lifecycle allows now."""
    waits = application.status in lifecycle.ENDED and anew.waits(application)
    return [button for button in BUTTONS if _allowed(button, application, waits=waits)]


def _allowed(button: Button, application: Application, *, waits: bool) -> bool:
    if button.verb in ABOUT_A_CORRECTION:
        return waits
    if button.verb == "pay" and application.outcome in lifecycle.DEAD_OUTCOMES:
        return False
    return lifecycle.starts(button.verb, status=application.status)


def form_for(verb: str, data: Any, *, at: datetime, expected: Collection[str] = ()) -> forms.Form:
    """`expected`: questions that the checklist would ask."""
    if verb == "ask":
        return AskForm(data, on=clock.day_of(at), expected=expected, label_suffix="")
    if verb == "refuse":
        return AnswerForm(data, label_suffix="")
    return DecideForm(data, label_suffix="") if verb == "decide" else ConfirmForm(data)


def view(request: HttpRequest, application: Application, verb: str, *, context: dict[str, Any]) -> HttpResponse:
    """GET shows the form, POST runs the verb; with `preview` it only counts."""
    button = next((button for button in BUTTONS if button.verb == verb), None)
    if button is None:
        raise Http404
    at = clock.now()
    expected = [item["question"] for item in context["checklist"] if item["ask"]]
    form = form_for(verb, request.POST if request.method == "POST" else None, at=at, expected=expected)
    preview = None
    if request.method == "POST" and form.is_valid():
        if "preview" in request.POST:
            preview = _preview(application, form)
        elif _ran(button, request, application, form, at=at):
            return redirect("admin:employers_application_change", application.pk)
    context |= {"button": button, "form": form, "preview": preview, "media": form.media}
    return TemplateResponse(request, "admin/employers/application/verb.html", context)


def _ran(button: Button, request: HttpRequest, application: Application, form: Any, *, at: datetime) -> bool:
    """True when the official can go back to the application; what was refused is told on the form."""
    try:
        button.run(application, form, acting(request), at)
    except lifecycle.WrongState:
        messages.error(request, _("Somebody was faster: the application has moved on."))
        return True
    except PaymentBlocked as blocked:
        for code in blocked.missing:
            form.add_error(None, sentences.SENTENCES[code])
        return False
    except Refused as refused:
        for problem in refused.problems:
            form.add_error(None, words.sentence(problem))
        return False
    except tuple(REFUSALS) as refused:
        form.add_error(*REFUSALS[type(refused)])
        return False
    doorbell.ring()
    messages.success(request, str(button.done))
    return True


def acting(request: HttpRequest) -> Actor:
    assert isinstance(request.user, User)  # the admin lets nobody else in
    return Actor(role=lifecycle.OFFICIAL, user=request.user)


def _preview(application: Application, form: Any) -> dict[str, Any] | None:
    """What would be decided, counted and not written."""
    said = application.versions.get(number=application.version)
    try:
        found = calculate(application, said, income=form.income, choice=form.cleaned_data["choice"])
        amount_of(found.estimate)
    except (IncomeNeeded, FigureNeeded, ChoiceNotOpen) as refused:
        form.add_error(*REFUSALS[type(refused)])
        return None
    counted = found.estimate.as_dict()
    return counted | {"lines": page.lines(counted), "why_text": words.difference(found.why)}
