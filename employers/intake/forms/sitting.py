"""A list that is filled in row by row: what all rows have in common once, then an employee, days and pay a row."""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from functools import cache
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from employers.benefits.problems import Problem
from employers.intake.forms.base import Body, Questions, Row, Step, put, told
from employers.intake.forms.fields import DayField, IdentityCodeField, MoneyField
from employers.intake.forms.pages import pages_of

BENEFITS = (
    "sickness_allowance",
    "partial_sickness_allowance",
    "pregnancy_allowance",
    "parental_allowance",
    "partial_parental_allowance",
    "rehabilitation_allowance",
    "partial_rehabilitation_allowance",
    "infectious_disease_allowance",
    "donor_allowance",
)  # whose details are a line's few cells
COMMON = ("pay_basis", "certificate", "insurer_case", "contact__name", "contact__phone", "contact__email")
WHO = {"code": "personal_identity_code", "given_name": "given_name", "family_name": "family_name"}
PLACES = {
    "employee": "code",
    "employee.personal_identity_code": "code",
    "employee.given_name": "given_name",
    "employee.family_name": "family_name",
    "employment": "employed_from",
    "absence": "start",
    "absence.start": "start",
    "absence.end": "end",
    "pay_periods": "amount",
    "pay_periods.0.start": "pay_start",
    "pay_periods.0.end": "pay_end",
    "continues_application": "goes_on",
    "previous_paid_day": "goes_on",
}  # of a row, by a claim's path; the longest that fits counts


class SittingRow(Row):
    """Who is known is chosen by words that the page offers; the code of somebody else is typed."""

    known = forms.CharField(
        label=_("Employee"),
        help_text=_("Begin to write the name and choose."),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"list": "people", "autocomplete": "off"}),
    )
    code = IdentityCodeField(label=_("Personal identity code"), required=False)
    given_name = forms.CharField(label=_("First name"), max_length=100, required=False)
    family_name = forms.CharField(label=_("Last name"), max_length=100, required=False)
    employed_from = DayField(label=_("First day of the employment"), required=False)
    start = DayField(label=_("First day of the absence"))
    end = DayField(label=_("Last day of the absence"))
    goes_on = forms.BooleanField(label=_("It continues the absence you applied for last"), required=False)
    pay_start = DayField(label=_("Pay from"), help_text=_("Empty: from the first day of the absence."), required=False)
    pay_end = DayField(label=_("Pay until"), help_text=_("Empty: to the last day of the absence."), required=False)
    amount = MoneyField(label=_("Gross pay for these days"))
    missing = {
        "start": _("Give the first day of the absence."),
        "end": _("Give the last day of the absence."),
        "amount": _("Give the pay of the period."),
    }
    people: Mapping[str, Body] = {}  # who can be chosen: members of a claim by the words that are offered
    details: tuple[str, ...] = ()  # what the benefit asks beside the rest

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("known", *WHO, "employed_from"):
            self.fields[name].one_of_two = True  # type: ignore[attr-defined]  # to choose, or to type: neither is optional

    def clean(self) -> Body:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("known") and cleaned["known"] not in self.people:
            self.add_error("known", _("Choose one of those offered, or fill in who it is under Somebody else."))
        elif not cleaned.get("known"):
            self._need_all_of_somebody_else(cleaned)
        return cleaned

    def _need_all_of_somebody_else(self, cleaned: Body) -> None:
        if not any(cleaned.get(name) for name in WHO) and not set(WHO) & set(self.errors):
            self.add_error("known", _("Choose the employee, or somebody else."))
            return
        for name in (*WHO, "employed_from"):
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, _("Fill in this."))

    def entry(self) -> Body:
        """Members of a claim, and `goes_on`, which the reader of the list turns into an application's id."""
        said = self.said()
        days = {"start": said["start"], "end": said["end"]}
        paid = {"start": said["pay_start"] or said["start"], "end": said["pay_end"] or said["end"]}
        body = {
            "absence": days,
            "pay_periods": [{**paid, "amount": said["amount"]}],
            "details": {name: said[name] for name in self.details},
            "goes_on": said["goes_on"] or None,
        }
        return told({**body, **self._who(said)})

    def _who(self, said: Body) -> Body:
        if said["known"]:
            return dict(self.people[said["known"]])
        employee = {member: said[name] for name, member in WHO.items()}
        return {"employee": employee, "employment": {"start": said["employed_from"]}}

    def _place(self, path: str) -> tuple[Questions, str]:
        """Where a claim's path is asked in this row."""
        parts = path.split(".")
        longest = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
        name = next((PLACES[one] for one in longest if one in PLACES), "")
        if parts[0] == "details" and parts[-1] in self.details:
            name = parts[-1]
        typed = str(self.data.get(self.add_prefix("known")) or self.initial.get("known") or "")
        if name in (*WHO, "employed_from") and typed:
            name = "known"
        return self, name or "known"


class SittingStep(Step):
    row_path = "rows"
    row_name = _("Row")
    add_words = add_more_words = _("Add a row")
    least_rows = 1

    def __init__(self, *args: Any, people: dict[str, Body] | None = None, **options: Any) -> None:
        self.offered = people or {}
        super().__init__(*args, **options)
        for row in self.rows:
            row.people = self.offered  # type: ignore[attr-defined]

    def again(self) -> Body:
        return {"people": self.offered}

    def common(self) -> Body:
        body: Body = {}
        for path, value in self.said().items():
            body = put(body, path, value)
        return told(body)

    def beside(self, number: int, problems: Iterable[Problem]) -> None:
        """What was found of a row, at the fields it is about; what all rows have in common is said there too."""
        row = self.rows[number]
        for problem in problems:
            (self if problem.field.replace(".", "__") in self.fields else row).notice([problem])


@cache
def step_for(benefit: str) -> type[SittingStep]:
    """The pages of the benefit laid out as one: what differs from employee to employee is in the row."""
    asked = {name: field for shape in pages_of(benefit).values() for name, field in shape.base_fields.items()}
    common = {name: deepcopy(asked[name]) for name in COMMON if name in asked}
    details = {name.removeprefix("details__"): field for name, field in asked.items() if name.startswith("details__")}
    missing = {name: words for shape in pages_of(benefit).values() for name, words in shape.missing.items()}
    own = {name.removeprefix("details__"): words for name, words in missing.items() if name.startswith("details__")}
    fields = {name: deepcopy(field) for name, field in details.items()}
    row = type("BenefitRow", (SittingRow,), {**fields, "details": (*fields,), "missing": {**own, **SittingRow.missing}})
    return type("BenefitStep", (SittingStep,), {**common, "row": row, "missing": missing})
