"""The form, the buttons and the table on the officials' pages of confirmed figures."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from employers.admin import said
from employers.admin.verbs import acting
from employers.benefits.law import files, overlaid
from employers.law import words
from employers.law.approve import OwnFigure, approve
from employers.law.enter import SourceMissing, WaitsAlready, WrongFigure, enter
from employers.law.figures import Fault, is_for_files_alone
from employers.law.models import ConfirmedValue
from employers.law.queries import NotWaiting, overlay
from employers.law.withdraw import withdraw
from employers.organisations.models import User

FAULTS: Mapping[Fault, str | Promise] = {
    Fault.NEGATIVE: _("A figure is not below zero."),
    Fault.DECIMALS: _("The figure has more decimals than its unit allows."),
    Fault.UNLIKELY: _("The figure is far from every value it has had. Is the point in the right place?"),
    Fault.TOO_EARLY: _("The portal knows no law of that day."),
    Fault.TOO_LATE: _("So far ahead no figure is confirmed."),
    Fault.MIDYEAR: _("The figure is set for a year: it begins on 1 January."),
}


class EnterForm(forms.Form):
    name = forms.ChoiceField(label=_("Figure"), widget=forms.Select(attrs={"class": "vLargeTextField"}))
    start = forms.DateField(label=_("In force from"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    value = forms.DecimalField(label=_("Value"), max_digits=16, decimal_places=6, localize=True)
    reference = forms.CharField(
        label=_("Source"),
        help_text=_("The decree or the page where the figure was confirmed. Everybody who sees the figure sees it."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["name"].choices = choices()  # type: ignore[attr-defined]


def choices() -> list[tuple[str | Promise, list[tuple[str, str]]]]:
    """Every figure with its unit, by benefit."""
    names = sorted(name for name in files() if not is_for_files_alone(name))
    return [
        (words.GROUPS[group], [(name, f"{words.title(name)} ({words.unit(files()[name].unit)})") for name in own])
        for group, own in groupby(names, key=words.group)
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    label: str | Promise
    done: str | Promise
    run: Callable[..., ConfirmedValue]


BUTTONS: Mapping[str, Button] = {
    "approve": Button(label=_("Approve"), done=_("From now on the figure is used."), run=approve),
    "withdraw": Button(label=_("Take back"), done=_("The figure was taken back."), run=withdraw),
}
REFUSALS: Mapping[type[Exception], str | Promise] = {
    NotWaiting: _("Somebody was faster: the figure was approved or taken back."),
    OwnFigure: _("You entered the figure. Another official has to approve it."),
}


def entered(form: EnterForm, *, by: User, at: datetime) -> ConfirmedValue | None:
    """None when it was refused; the form says why."""
    try:
        return enter(**form.cleaned_data, by=by, at=at)
    except WrongFigure as wrong:
        for field, fault in wrong.faults:
            form.add_error(field, str(FAULTS[fault]))
    except SourceMissing:
        form.add_error("reference", _("Say where the figure was confirmed."))
    except WaitsAlready:
        form.add_error("start", _("A value for that day waits for its approval already."))
    return None


def pressed(button: Button, *, value_id: UUID, by: User, at: datetime) -> str:
    """Why it was refused; empty when it was done."""
    try:
        button.run(value_id=value_id, by=by, at=at)
    except tuple(REFUSALS) as refused:
        return str(REFUSALS[type(refused)])
    return ""


def known(name: str) -> list[dict[str, Any]]:
    """What is known of the figure today, the latest first."""
    parameter = files().get(name)
    values = overlaid(parameter, overlay()).values if parameter else ()
    return [
        {
            "start": value.start,
            "amount": "" if value.value is None else amount(name, value.value),
            "status": words.STATUSES[value.status],
            "reference": value.reference,
        }
        for value in reversed(values)
    ]


def amount(name: str, value: Decimal) -> str:
    parameter = files().get(name)
    return words.amount(value, parameter.unit if parameter else "")


def by_and_at(user: User | None, at: datetime | None) -> str:
    return f"{user}, {said.moment(at)}" if user else ""


def user_of(request: HttpRequest) -> User:
    user = acting(request).user
    assert user  # an official
    return user
