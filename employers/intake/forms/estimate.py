"""The public estimate: days and amounts, and nothing about anybody."""

from django.utils.translation import gettext_lazy as _

from employers.intake.forms.base import Body, Questions
from employers.intake.forms.fields import DayField, MoneyField

# The estimate asks for one amount for the whole absence; the law's words about that one period come to these fields.
PLACES = {
    "absence": "absence.start",
    "pay_periods.0.amount": "pay",
    "pay_periods": "pay",
    "pay_periods.0": "pay",
    "pay_periods.0.start": "absence.start",
    "pay_periods.0.end": "absence.end",
    "annual_income": "annual_income",
}


class EstimateForm(Questions):
    absence__start = DayField(label=_("First day of the absence"))
    absence__end = DayField(
        label=_("Last day of the absence"), help_text=_("If you do not know it yet, give your best guess.")
    )
    pay = MoneyField(
        label=_("Pay for the absence"),
        help_text=_("Gross pay in euros for the days of the absence, from the first day to the last."),
    )
    annual_income = MoneyField(
        label=_("The employee's pay in a year"),
        help_text=_("Gross pay in euros. Without it we can tell the days but not the amount."),
        required=False,
    )
    missing = {
        "absence__start": _("Give the first day of the absence."),
        "absence__end": _("Give the last day of the absence."),
        "pay": _("Give the pay for the absence."),
    }

    @classmethod
    def initial_from(cls, asked: Body) -> Body:
        absence = asked.get("absence") or {}
        periods = asked.get("pay_periods") or [{}]
        return {
            "absence__start": absence.get("start"),
            "absence__end": absence.get("end"),
            "pay": periods[0].get("amount"),
            "annual_income": asked.get("annual_income"),
        }

    def body(self, *, benefit: str) -> Body:
        said = self.cleaned_data
        days = {"start": said["absence__start"], "end": said["absence__end"]}
        return {
            "benefit": benefit,
            "absence": days,
            "pay_periods": [{**days, "amount": said["pay"]}],
            "pay_basis": "full",
            "annual_income": said["annual_income"] or None,
        }

    def _place(self, path: str) -> tuple[Questions, str]:
        return super()._place(PLACES.get(path, path))
