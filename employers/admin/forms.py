"""What an official types before a verb runs."""

from collections.abc import Collection
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from employers.applications.calculate import RAISED_CEILING, THREE_MONTHS
from employers.applications.models import Outcome
from employers.benefits.claim import Income
from employers.intake.words import QUESTIONS

DAYS_TO_ANSWER = 14


def euros(*, label: Any, help_text: Any = "") -> forms.DecimalField:
    return forms.DecimalField(
        label=label, help_text=help_text, max_digits=12, decimal_places=2, min_value=Decimal("0.00"), required=False
    )


class ConfirmForm(forms.Form):
    """Nothing to type: the button is the confirmation."""


class AnswerForm(forms.Form):
    """Why a correction is not taken up."""

    answer = forms.CharField(
        label=_("Answer to the employer"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )


class AskForm(forms.Form):
    due = forms.DateField(label=_("Answer by"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))

    def __init__(self, *args: Any, on: date, expected: Collection[str] = (), **options: Any) -> None:
        """`expected`: codes of the questions that are ticked beforehand."""
        ticked = {f"ask_{code}": True for code in expected}
        options["initial"] = {"due": on + timedelta(days=DAYS_TO_ANSWER), **ticked}
        super().__init__(*args, **options)
        for code, question in QUESTIONS.items():
            self.fields[f"ask_{code}"] = forms.BooleanField(label=str(question), required=False)
            self.fields[f"note_{code}"] = forms.CharField(
                label=_("In your own words"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.items:
            raise forms.ValidationError(_("Choose at least one question."))
        if cleaned.get("ask_other") and not cleaned.get("note_other"):
            self.add_error("note_other", _("Write the question."))
        return cleaned

    @property
    def items(self) -> list[tuple[str, str]]:
        """Code and note of each question that was ticked or written to."""
        data = self.cleaned_data
        return [
            (code, data.get(f"note_{code}", ""))
            for code in QUESTIONS
            if data.get(f"ask_{code}") or data.get(f"note_{code}")
        ]


class DecideForm(forms.Form):
    """With `preview` in its data it only counts, and the outcome can wait."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=Outcome.choices, widget=forms.RadioSelect)
    annual_income = euros(
        label=_("Yearly income before the insurance deduction, €"),
        help_text=_("Leave empty to count with every wage the Incomes Register knows."),
    )
    income_after_deduction = euros(label=_("Or yearly income after the deduction, €"))
    choice = forms.ChoiceField(
        label=_("An official's choice"),
        help_text=_("Only in the situations that the act lists. Tell in the reason which one it is."),
        choices=[
            ("", _("None")),
            (THREE_MONTHS, _("Income of the last three months times four")),
            (RAISED_CEILING, _("Raised ceiling of a small employer, occupational health care")),
        ],
        required=False,
    )
    amount = euros(label=_("Amount to the employer, €"), help_text=_("Only when a part is granted."))
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("The employer reads it. Needed unless all is granted."),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["outcome"].required = "preview" not in self.data

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("annual_income") is not None and cleaned.get("income_after_deduction") is not None:
            self.add_error("income_after_deduction", _("Give the income before the deduction or after it, not both."))
        if cleaned.get("amount") is not None and cleaned.get("outcome") != Outcome.PARTLY_GRANTED:
            self.add_error("amount", _("An amount of its own belongs to a part that is granted."))
        if cleaned.get("choice") == THREE_MONTHS and self.income:
            self.add_error("choice", _("Give an income or choose the three months, not both."))
        return cleaned

    @property
    def income(self) -> Income | None:
        annual, after = self.cleaned_data.get("annual_income"), self.cleaned_data.get("income_after_deduction")
        return None if annual is None and after is None else Income(annual=annual, after_deduction=after)
