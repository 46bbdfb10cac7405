"""The public estimate: days, amounts and what else the amount depends on, and nothing about anybody."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.utils.translation import gettext_lazy as _

from employers.intake.forms.base import Body, Questions, Step
from employers.intake.forms.declared import asked
from employers.intake.forms.fields import DayField, MoneyField
from employers.intake.forms.pages import pages_of
from employers.intake.forms.steps import AsksIncome

# The estimate asks for one amount for the whole absence; the law's words about that one period come to these fields.
PLACES = {
    "absence": "absence.start",
    "pay_periods.0.amount": "pay",
    "pay_periods": "pay",
    "pay_periods.0": "pay",
    "pay_periods.0.start": "absence.start",
    "pay_periods.0.end": "absence.end",
}
# Details that change the amount or decide whether there is any. The others are asked when one applies.
DECISIVE: Mapping[str, tuple[str, ...]] = {
    "sickness_allowance": (),
    "partial_sickness_allowance": ("weekly_hours_before", "weekly_hours_agreed"),
    "pregnancy_allowance": ("first_benefit_day",),
    "special_pregnancy_allowance": ("daily_hours",),
    "parental_allowance": ("first_benefit_day", "days_used", "raised_days_used"),
    "partial_parental_allowance": ("first_benefit_day", "days_used", "daily_hours_agreed"),
    "rehabilitation_allowance": ("kind", "waiting"),
    "partial_rehabilitation_allowance": ("kind", "waiting", "daily_hours_before", "daily_hours_agreed"),
    "infectious_disease_allowance": ("monthly_pay",),
    "donor_allowance": ("earnings_lost",),
    "family_leave_compensation": ("basis", "contract", "working_time_percent"),
    "annual_leave_compensation": ("first_leave_day", "months"),
    "occupational_health_reimbursement": (
        "accounting_period", "employees", "entrepreneurs", "costs", "deductible_income",
    ),
}  # fmt: skip
MISSING = {
    "absence__start": _("Give the first day of the absence."),
    "absence__end": _("Give the last day of the absence."),
    "pay": _("Give the pay for the absence."),
}


class EstimateForm(Step):
    """What every estimate has: a body of the shape that the machine interface estimates from."""

    @classmethod
    def initial_from(cls, asked: Body) -> Body:
        periods = asked.get("pay_periods") or [{}]
        return super().initial_from(asked) | {"pay": periods[0].get("amount")}

    def body(self, *, benefit: str) -> Body:
        said = self.into({"benefit": benefit})
        pay = said.pop("pay", None)
        if "absence" in said:
            said |= {"pay_periods": [{**said["absence"], "amount": pay}], "pay_basis": "full"}
        return said

    def _place(self, path: str) -> tuple[Questions, str]:
        return super()._place(PLACES.get(path, path))


def days_and_pay(pages: Mapping[str, type[Step]]) -> dict[str, Any]:
    """Of an absence, under the names that the pages of the application give them."""
    days = pages["absence"].base_fields
    return {
        "absence__start": DayField(label=days["absence__start"].label),
        "absence__end": DayField(
            label=days["absence__end"].label, help_text=_("If you do not know it yet, give your best guess.")
        ),
        "pay": MoneyField(
            label=pages["pay"].section,
            help_text=_("Gross pay in euros for these days, from the first day to the last."),
        ),
    }


class YearlyPay(Questions):
    annual_income = MoneyField(
        label=_("The employee's pay in a year"),
        help_text=_("Gross pay in euros. Without it we cannot tell the amount."),
        required=False,
    )


@cache
def estimate_form(benefit: str) -> type[EstimateForm]:
    """Days and pay of an absence, the details that count, and a year's pay where the amount follows from it."""
    pages = pages_of(benefit)
    members = days_and_pay(pages) if "absence" in pages else {}
    members |= asked(benefit, DECISIVE[benefit], filing=False)
    members["missing"] = MISSING | members["missing"]
    if "row" in members:
        page = next(page for page in pages.values() if page.row_path == members["row_path"])
        members |= {name: getattr(page, name) for name in ("row_name", "add_words", "add_more_words")}
    if any(issubclass(page, AsksIncome) for page in pages.values()):
        members["annual_income"] = YearlyPay.base_fields["annual_income"]
    return type(f"{benefit}_estimate", (EstimateForm,), members)
