"""The buttons of a question to an adviser: answer, take, hand over, close. Each calls one verb."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.contrib.auth.models import Permission
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from employers.applications.message import LONGEST, answer_thread, close_thread, hand_over
from employers.applications.models_threads import Thread
from employers.organisations.access import Actor
from employers.organisations.models import User

Run = Callable[[Thread, Any, Actor, datetime], object]


class AnswerForm(forms.Form):
    text = forms.CharField(
        label=_("Your answer"),
        help_text=_("The employer reads it in the portal. Write in the employer's language, and leave out codes."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Write the answer.")},
    )


class HandOverForm(forms.Form):
    to = forms.ModelChoiceField(label=_("To whom"), queryset=User.objects.none())

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["to"].queryset = officials()  # type: ignore[attr-defined]


class ConfirmForm(forms.Form):
    """Nothing to type."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    verb: str
    label: str | Promise
    done: str | Promise
    form: type[forms.Form]
    run: Run


def officials() -> QuerySet[User]:
    """Those who answer: staff with the right to change questions."""
    answering = Permission.objects.filter(codename="change_thread", content_type__app_label="employers")
    held = Q(is_superuser=True) | Q(user_permissions__in=answering) | Q(groups__permissions__in=answering)
    return User.objects.filter(held, is_staff=True, is_active=True).order_by("name", "username").distinct()


def _answer(thread: Thread, form: Any, by: Actor, at: datetime) -> object:
    return answer_thread(thread_id=thread.pk, text=form.cleaned_data["text"], by=by, at=at)


def _take(thread: Thread, form: Any, by: Actor, at: datetime) -> object:
    assert by.user
    return hand_over(thread_id=thread.pk, to=by.user)


def _hand_over(thread: Thread, form: Any, by: Actor, at: datetime) -> object:
    return hand_over(thread_id=thread.pk, to=form.cleaned_data["to"])


def _close(thread: Thread, form: Any, by: Actor, at: datetime) -> object:
    return close_thread(thread_id=thread.pk, at=at)


BUTTONS = {
    button.verb: button
    for button in (
        Button(verb="answer", label=_("Answer"), done=_("The answer was sent."), form=AnswerForm, run=_answer),
        Button(verb="take", label=_("Take up"), done=_("The question is yours."), form=ConfirmForm, run=_take),
        Button(
            verb="hand_over", label=_("Hand over"), done=_("The question was handed over."), form=HandOverForm,
            run=_hand_over,
        ),
        Button(verb="close", label=_("Close"), done=_("The question was closed."), form=ConfirmForm, run=_close),
    )
}  # fmt: skip
