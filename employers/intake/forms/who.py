"""Whose absence it is. Who was applied for before is offered by name, and nobody types an identity code twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from employers.intake.forms.base import Body, Step, reach
from employers.intake.forms.fields import DayField, IdentityCodeField

OTHER = "other"
TYPED = ("employee__personal_identity_code", "employee__given_name", "employee__family_name")


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPerson:
    """`id` says nothing by itself; `employee` and `employment` are members of a claim."""

    id: str
    words: str
    employee: Body
    employment: Body


class EmployeeStep(Step):
    """`people`: those the employer may choose from."""

    section = _("Employee")
    title = _("Who is the employee?")
    lead = _("We need to know whose absence you apply for, and which employment it is about.")
    also = ("employment",)
    known = forms.ChoiceField(
        label=_("The employee"),
        help_text=_("You have told us about these before, or the Incomes Register has. Choose, and you need not type."),
        widget=forms.RadioSelect(attrs={"class": "choices known-people"}),
        required=False,
    )
    employee__personal_identity_code = IdentityCodeField(
        label=_("Personal identity code"),
        help_text=_("We find the wages in the Incomes Register by it. Eleven characters; it is on the payslip."),
    )
    employee__given_name = forms.CharField(
        label=_("First name"), max_length=100, help_text=_("As in your payroll. We check that the code is theirs.")
    )
    employee__family_name = forms.CharField(label=_("Last name"), max_length=100, help_text=_("As in your payroll."))
    employment__start = DayField(
        label=_("First day of the employment"),
        help_text=_(
            "Your right to the allowance depends on it; it is in the contract of employment. For example 2.3.2026. "
            "Of several employments, give the one that is in force now."
        ),
    )
    employment__end = DayField(
        label=_("Last day of the employment"),
        help_text=_("We pay for no day after it. Only if it is known that the employment ends."),
        required=False,
    )
    missing = {
        "known": _("Choose the employee, or somebody else."),
        "employee__personal_identity_code": _("Give the employee's personal identity code."),
        "employee__given_name": _("Give the employee's first name."),
        "employee__family_name": _("Give the employee's last name."),
        "employment__start": _("Give the first day of the employment."),
    }

    def __init__(self, *args: Any, people: Sequence[KnownPerson] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.people = {person.id: person for person in people}
        if not people:
            del self.fields["known"]
            return
        offered = [(person.id, person.words) for person in people]
        self.fields["known"].choices = [*offered, (OTHER, _("Somebody else"))]  # type: ignore[attr-defined]
        self.fields["known"].required = not self.is_bound  # until something is typed, to choose is the way
        for name in ("known", *TYPED, "employment__start"):
            self.fields[name].one_of_two = True  # type: ignore[attr-defined]  # to choose, or to type: neither is optional
        self._ask_only_what_is_open()

    @classmethod
    def from_body(cls, body: Body, *, people: Sequence[KnownPerson] = (), **options: Any) -> "Step":
        """A person who is offered is shown as chosen: the code stays out of the page."""
        code = reach(body, "employee.personal_identity_code")
        chosen = next((person for person in people if code and person.employee["personal_identity_code"] == code), None)
        initial = cls.initial_from(body)
        if chosen:
            initial |= dict.fromkeys(TYPED) | {"known": chosen.id}
        elif code and people:
            initial |= {"known": OTHER}
        return cls(initial=initial, people=people, **options)

    @property
    def chosen(self) -> KnownPerson | None:
        return self.people.get(self.data.get("known", "")) if self.is_bound else None

    def again(self) -> Body:
        return {"people": list(self.people.values())}

    def clean(self) -> Body:
        cleaned = super().clean() or self.cleaned_data
        if self.chosen:  # what stands in the fields for somebody else does not matter
            for name in TYPED:
                self.errors.pop(name, None)
        return cleaned

    def said(self) -> Body:
        said = {path: value for path, value in super().said().items() if path != "known"}
        chosen = self.chosen
        if chosen is None:
            return said
        start = said["employment.start"] or chosen.employment.get("start")
        end = said["employment.end"] or chosen.employment.get("end")
        return {"employee": dict(chosen.employee), "employment.start": start, "employment.end": end}

    def _ask_only_what_is_open(self) -> None:
        typed = any(str(self.data.get(self.add_prefix(name), "")).strip() for name in TYPED)
        chosen = self.chosen
        if chosen or not (typed or self.data.get("known")):
            for name in TYPED if self.is_bound else ():
                self.fields[name].required = False
        if self.is_bound and not typed and not chosen and not self.data.get("known"):
            self.fields["known"].required = True
            self.fields["employment__start"].required = False
        if chosen and chosen.employment.get("start"):
            self.fields["employment__start"].required = False
