"""Pages and rows made from what a benefit declares of its details: a field by kind, named by its path in the claim."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from employers.benefits.details import DETAILS, Detail, Kind, Needed
from employers.intake.detail_words import CHOICE_NAMES, HINTS, LABELS
from employers.intake.forms.base import Row, Step
from employers.intake.forms.fields import (
    CountField,
    DayField,
    IbanField,
    MoneyField,
    MonthField,
    NumberField,
    TruthField,
)

PLAIN: Mapping[Kind, type[forms.Field]] = {
    Kind.DAY: DayField,
    Kind.MONTH: MonthField,
    Kind.MONEY: MoneyField,
    Kind.NUMBER: NumberField,
    Kind.COUNT: CountField,
    Kind.TRUTH: TruthField,
    Kind.IBAN: IbanField,
}
# Asked of everybody, though the law of earlier days could do without.
ALSO_NEEDED = {"donor_allowance": ("earnings_lost",)}


def detail_step(benefit: str, names: tuple[str, ...], *, bases: tuple[type[Step], ...] = (Step,), **texts: Any) -> Any:
    """A page that asks these details of an application. `texts`: section, title, lead and the like."""
    members = asked(benefit, names, filing=True) | texts
    return type(f"{'_'.join(names)}_step", bases, members)


def asked(benefit: str, names: tuple[str, ...], *, filing: bool) -> dict[str, Any]:
    """Members of a page that asks these details; a list among them is asked in rows, in its place among the fields."""
    found: dict[str, Any] = {}
    rows: dict[str, Any] = {}
    for name in names:
        detail = DETAILS[benefit][name]
        if name in ALSO_NEEDED.get(benefit, ()):
            detail = replace(detail, needed=Needed.ALWAYS)
        if detail.kind is Kind.LIST:
            rows = {"row": detail_row(name, detail), "row_path": f"details.{name}", "least_rows": 1}
            rows["rows_after"] = next(reversed(found), "")
        found |= dict(fields({name: detail}, filing=filing))
    return {"missing": {name: _missing(field) for name, field in found.items()}, **found, **rows}


def detail_row(name: str, detail: Detail) -> type[Row]:
    members = {
        member: field_of(f"{name}.{member}", one, required=one.needed is not Needed.NEVER, in_row=True)
        for member, one in detail.members.items()
    }
    return type(f"{name}_row", (Row,), {"missing": {one: _missing(field) for one, field in members.items()}, **members})


def fields(
    declared: Mapping[str, Detail], *, filing: bool, above: str = "", needed: bool = True
) -> Iterator[tuple[str, forms.Field]]:
    """Field names and fields of everything but lists. What only an application needs is optional in an estimate.

    A member of an object that may be left out is optional too: the law says when it was begun and not ended.
    """
    for name, detail in declared.items():
        path = f"{above}{name}"
        required = needed and detail.needed in ((Needed.ALWAYS, Needed.FILING) if filing else (Needed.ALWAYS,))
        if detail.kind is Kind.OBJECT:
            yield from fields(detail.members, filing=filing, above=f"{path}.", needed=required)
        elif detail.kind is not Kind.LIST:
            yield f"details__{path.replace('.', '__')}", field_of(path, detail, required=required)


def field_of(path: str, detail: Detail, *, required: bool, in_row: bool = False) -> forms.Field:
    said: dict[str, Any] = {"label": LABELS[path], "required": required}
    if path in HINTS:  # else the field's own, if it has one
        said["help_text"] = HINTS[path]
    if detail.kind in PLAIN:
        return PLAIN[detail.kind](**said)
    choices = [(one, CHOICE_NAMES[f"{path}.{one}"]) for one in detail.choices]
    if detail.kind is Kind.TEXTS:
        boxes = forms.CheckboxSelectMultiple(attrs={"class": "choices"})
        return forms.MultipleChoiceField(choices=choices, widget=boxes, **said)
    if in_row:
        return forms.ChoiceField(choices=[("", _("Choose")), *choices], **said)
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect(attrs={"class": "choices"}), **said)


def _missing(field: forms.Field) -> Any:
    """What to say of an empty field: the summary of errors stands apart from the fields and has to name them."""
    return format_lazy("{tell} {label}", tell=_("Answer this:"), label=field.label)
