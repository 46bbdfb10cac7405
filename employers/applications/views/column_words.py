"""The columns of a file in words: the labels and hints of the web form, so that both ask the same."""

from collections.abc import Iterator
from typing import Any

from django.forms import ChoiceField, Field
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from employers.intake import columns
from employers.intake.forms.base import Step
from employers.intake.forms.fields import TruthField
from employers.intake.forms.pages import pages_of
from employers.intake.words import benefit_name

OWN: dict[str, tuple[str | Promise, str | Promise]] = {
    "benefit": (gettext_lazy("Benefit"), gettext_lazy("As it stands in the example.")),
    "reference": (
        gettext_lazy("Your own number of the application"),
        gettext_lazy("Leave it empty, and we give one. Letters a-z, digits, full stops, hyphens and underscores."),
    ),
    "employer": (gettext_lazy("Business ID"), gettext_lazy("Leave it empty: it is known.")),
    "continues_application": (
        gettext_lazy("Application that this absence continues"),
        gettext_lazy("The id of an application that you sent before. Leave it empty for a new absence."),
    ),
}
KINDS = {
    "day": gettext_lazy("A day, for example 2.3.2026."),
    "month": gettext_lazy("A month, for example 3/2026."),
    "money": gettext_lazy("Euros, for example 1234,50."),
    "number": gettext_lazy("A number, for example 7,5."),
    "count": gettext_lazy("A whole number, for example 12."),
    "truth": gettext_lazy("Yes or no."),
}


def columns_of(benefit: str) -> list[str]:
    """What an application can say, in the order of the pages; of a list the first entry. The employer is known."""
    asked = [column for shape in pages_of(benefit).values() for column, _field in _asked(shape)]
    known = columns.kinds()
    return ["benefit", "reference", *dict.fromkeys(column for column in asked if column in known)]


def place_in_file(path: str) -> str:
    """`pay_periods.0.start` of a claim is the column `pay_periods.1.start`."""
    return ".".join(str(int(part) + 1) if part.isdigit() else part for part in path.split("."))


def label(column: str, *, benefit: str) -> str:
    """Empty where no page asks for it."""
    if column in OWN:
        return str(OWN[column][0])
    field = _field_of(column, benefit)
    if field is None:
        return ""
    return str(field.label)


def explained(column: str, *, benefit: str) -> str:
    """The label, and how a cell has to look."""
    if column == "benefit":
        return f"{OWN[column][0]}. {benefit} = {benefit_name(benefit)}."
    if column in OWN:
        return f"{OWN[column][0]}. {OWN[column][1]}"
    field, kind = _field_of(column, benefit), columns.kinds()[column]
    parts = [str(field.label) if field else column, *_choices(field)]
    if kind in KINDS:
        parts.append(str(KINDS[kind]))
    if field and not field.required:
        parts.append(_("May be left empty."))
    return " ".join(part if part.endswith((".", "?")) else f"{part}." for part in parts if part)


def _choices(field: Field | None) -> list[str]:
    if not isinstance(field, ChoiceField) or isinstance(field, TruthField):
        return []
    offered: Any = field.choices
    said = [f"{code} = {words}" for code, words in offered if code]
    return ["; ".join(said)] if said else []


def _field_of(column: str, benefit: str) -> Field | None:
    """Of a list every entry asks as the first one does."""
    first = ".".join("1" if part.isdigit() else part for part in column.split("."))
    pages = pages_of(benefit) if benefit else {}
    return next((field for shape in pages.values() for name, field in _asked(shape) if name == first), None)


def _asked(shape: type[Step]) -> Iterator[tuple[str, Any]]:
    for name, field in shape.base_fields.items():
        yield ("continues_application" if name == "earlier" else name.replace("__", ".")), field
    if shape.row:
        for name, field in shape.row.base_fields.items():
            yield f"{shape.row_path}.1.{name}", field
