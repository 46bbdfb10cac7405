"""One question of a flow as a form, and what a reader says of a topic."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from employers.benefits.periods import in_range
from employers.guidance.flows.shape import Question
from employers.guidance.topics import SIZE_CLASSES
from employers.guidance.words.shape import Asked
from employers.intake.forms.base import Questions
from employers.intake.forms.fields import CountField, DayField, MoneyField, problem_text

MOST_DAYS = 366
MOST_PAY = Decimal(100_000)
LONGEST_WORD = 1000  # characters


class KnownDayField(DayField):
    """Cleaned it is a date, of a year that the rules count with."""

    def clean(self, value: Any) -> Any:
        day = date.fromisoformat(super().clean(value))
        if not in_range(day):
            raise ValidationError(problem_text("date_out_of_range"), code="date_out_of_range")
        return day


class DaysField(CountField):
    def clean(self, value: Any) -> Any:
        count = super().clean(value)
        if not 1 <= count <= MOST_DAYS:
            raise ValidationError(problem_text("number_out_of_range"), code="number_out_of_range")
        return count


class PayField(MoneyField):
    """Cleaned it is a Decimal."""

    def clean(self, value: Any) -> Any:
        amount = Decimal(super().clean(value))
        if not 0 < amount <= MOST_PAY:
            raise ValidationError(problem_text("number_out_of_range"), code="number_out_of_range")
        return amount


TYPED: dict[str, type[forms.Field]] = {"day": KnownDayField, "count": DaysField, "money": PayField}


class Answer(Questions):
    """A flow's question. The answer travels in the address, so it is never about a person."""


def form_of(name: str, question: Question, asked: Asked, data: Any = None) -> Answer:
    """Unbound until the address holds an answer to this question."""
    form = Answer(data if data is not None and name in data else None)
    form.fields[name] = field_of(question, asked)
    return form


def field_of(question: Question, asked: Asked) -> forms.Field:
    said: dict[str, Any] = {
        "label": str(asked.title),
        "help_text": str(asked.hint),
        "error_messages": {"required": str(asked.missing)},
    }
    if question.kind != "choice":
        return TYPED[question.kind](**said)
    choices = [(code, str(asked.choices[code])) for code in question.choices]
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect(attrs={"class": "choices"}), **said)


class VoteForm(forms.Form):
    """Two buttons and a word that may be left out. `step` and `size_class` say where the topic was read."""

    helped = forms.ChoiceField(choices=[("yes", _("Yes")), ("no", _("No"))])
    missing = forms.CharField(max_length=LONGEST_WORD, required=False, strip=True)
    step = forms.SlugField(max_length=32, required=False)
    size_class = forms.ChoiceField(choices=[("", ""), *((one, one) for one in SIZE_CLASSES)], required=False)
