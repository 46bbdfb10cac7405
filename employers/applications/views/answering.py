"""Answering what an official asked, item by item."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from employers.applications import lifecycle, store
from employers.applications.answer import AlreadyAnswered, UnknownItem, answer
from employers.applications.models import Application, InformationRequest
from employers.applications.views import attachments
from employers.applications.views.answers import employee_name
from employers.applications.views.application import saw_one
from employers.applications.views.doors import actor_about, one_application, refuse_without, version_of
from employers.applications.views.guide import topics_beside
from employers.intake.words import question
from employers.organisations import rights
from employers.organisations.access import rights_of_user
from employers.organisations.views.doors import signed_in, user_of
from employers.records import clock, doorbell

LONGEST_ANSWER = 4000


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def answers(request: HttpRequest, application_id: UUID, request_id: UUID) -> HttpResponse:
    """The questions of one request, each with a place for its answer."""
    one = one_application(request, application_id)
    held = rights_of_user(user_of(request), one.organisation, on=clock.today())
    refuse_without(held, rights.to_send(one.benefit), one.organisation)
    asked = _asked(one, request_id)
    items = [item for item in asked.items.all() if item.answered_at is None]
    if not items or one.status != lifecycle.INFORMATION_REQUESTED:
        return redirect(one)
    saw_one(request, one, held)
    form = attachments.file_form(request, AnswersForm, items=items)
    if request.method == "POST" and form.is_valid():
        try:
            if _attached(request, one, asked, form):
                _answer(request, one, asked, form)
                return redirect(one)
        except store.Unavailable:
            return attachments.unavailable(request)
    return render(request, "employers/applications/answers.html", _asking(one, asked, form))


class AnswersForm(attachments.FileForm):
    """A field an item, named by the item's id; a document beside them, for those who want to."""

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
        self.fields["document"].required = False
        self.order_fields([*(str(item.pk) for item in items), "document"])

    @property
    def answers(self) -> dict[str, str]:
        return {name: text for name, text in self.cleaned_data.items() if name != "document"}


def _attached(request: HttpRequest, one: Application, asked: InformationRequest, form: AnswersForm) -> bool:
    """Nothing chosen is fine, and so is a document that is there since the last try. Raises store.Unavailable."""
    if not form.cleaned_data["document"]:
        return True
    return attachments.take(request, form, one, about=asked)


def _answer(request: HttpRequest, one: Application, asked: InformationRequest, form: AnswersForm) -> None:
    """Answered meanwhile by somebody else: the application's page tells where it stands."""
    by = actor_about(request, one.organisation, one.benefit)
    try:
        answer(request_id=asked.pk, answers=form.answers, by=by, at=clock.now())
    except (AlreadyAnswered, UnknownItem, lifecycle.WrongState):
        messages.info(request, _("The question had been answered already."))
        return
    doorbell.ring()
    messages.success(request, _("Your answer was sent. Thank you."))


def _asked(one: Application, request_id: UUID) -> InformationRequest:
    asked = one.requests.prefetch_related("items").filter(pk=request_id).first()
    if asked is None:
        raise Http404
    return asked


def _asking(one: Application, asked: InformationRequest, form: AnswersForm) -> dict[str, Any]:
    return {
        "organisation": one.organisation,
        "application": one,
        "employee": employee_name(version_of(one).content),
        "asked": asked,
        "form": form,
        "errors": form.found_wrong(),
        "topics": topics_beside(
            "question",
            benefit=one.benefit,
            organisation=one.organisation,
            codes=[item.code for item in asked.items.all()],
        ),
    }
