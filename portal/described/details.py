"""The shape of each benefit's own details, from their declaration."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from employers.benefits.details import DETAILS, Detail, Kind, Needed
from employers.intake import detail_words
from employers.intake.detail_values import LONGEST_TEXT
from employers.intake.words import benefit_name
from portal.described.shape import Shape

PLAIN: Mapping[Kind, Shape] = {
    Kind.DAY: {"type": "string", "format": "date"},
    Kind.MONTH: {"type": "string", "pattern": r"^[0-9]{4}-(0[1-9]|1[0-2])$"},
    Kind.MONEY: {"type": "string", "pattern": r"^-?[0-9]{1,12}\.[0-9]{2}$"},
    Kind.NUMBER: {"type": "string", "pattern": r"^[0-9]{1,9}(\.[0-9]{1,2})?$"},
    Kind.TRUTH: {"type": "boolean"},
    Kind.IBAN: {"type": "string", "maxLength": 42},
}

KINDS = {
    Kind.DAY: _("a day"),
    Kind.MONTH: _("a month"),
    Kind.MONEY: _("an amount in euros"),
    Kind.NUMBER: _("a number"),
    Kind.COUNT: _("a whole number"),
    Kind.TRUTH: _("true or false"),
    Kind.IBAN: _("a bank account"),
    Kind.CHOICE: _("one of those named"),
    Kind.TEXTS: _("a list of texts"),
    Kind.OBJECT: _("an object"),
    Kind.LIST: _("a list of objects"),
}

NEEDED = {Needed.ALWAYS: _("always needed"), Needed.FILING: _("needed to apply"), Needed.NEVER: ""}


def listed() -> list[dict[str, Any]]:
    """The same for a page to read, in the active language."""
    return [{"code": benefit, "name": benefit_name(benefit), "members": [*members(benefit)]} for benefit in DETAILS]


def members(benefit: str) -> Iterator[dict[str, Any]]:
    for name, detail in detail_words.every(benefit):
        needed, label = NEEDED[detail.needed], detail_words.label(name)
        yield {"name": name, "kind": KINDS[detail.kind], "needed": needed, "label": label, "choices": detail.choices}


def component(benefit: str) -> str:
    """`sickness_allowance` is `SicknessAllowanceDetails`: a name in generated programs."""
    return "".join(part.capitalize() for part in benefit.split("_")) + "Details"


def components() -> dict[str, Shape]:
    with translation.override("en"):
        return {component(benefit): of_benefit(benefit) for benefit in DETAILS}


def any_details() -> Shape:
    """Which of them is for `benefit` to say: those of several benefits may be empty."""
    return {"anyOf": [{"$ref": f"#/components/schemas/{component(benefit)}"} for benefit in DETAILS]}


def of_benefit(benefit: str) -> Shape:
    return {"description": f"`details` of `{benefit}`", **of_members(DETAILS[benefit], "")}


def of_members(declared: Mapping[str, Detail], above: str) -> Shape:
    required = [name for name, detail in declared.items() if detail.needed is Needed.ALWAYS]
    return {
        "type": "object",
        "properties": {name: described(detail, above + name) for name, detail in declared.items()},
        "additionalProperties": False,
        **({"required": required} if required else {}),
    }


def described(detail: Detail, name: str) -> Shape:
    """With its label; what is not always needed may be null, which is the same as absent."""
    text = " ".join(part for part in (detail_words.label(name), detail_words.hint(name)) if part)
    if detail.needed is Needed.FILING:
        text += " An application needs it, an estimate does not."
    shape = of_value(detail, name)
    return {"description": text, **(shape if detail.needed is Needed.ALWAYS else {"anyOf": [shape, {"type": "null"}]})}


def of_value(detail: Detail, name: str) -> Shape:
    match detail.kind:
        case Kind.CHOICE:
            return {"type": "string", "enum": list(detail.choices)}
        case Kind.COUNT:
            return {"type": "integer", "minimum": 0, "maximum": detail.most}
        case Kind.OBJECT:
            return of_members(detail.members, f"{name}.")
        case Kind.LIST:
            return {"type": "array", "maxItems": detail.most, "items": of_members(detail.members, f"{name}.")}
        case Kind.TEXTS:
            return of_texts(detail)
        case _:
            return PLAIN[detail.kind]


def of_texts(detail: Detail) -> Shape:
    """Others than those offered may be given."""
    text = {"type": "string", "minLength": 1, "maxLength": LONGEST_TEXT, "examples": list(detail.choices)}
    return {"type": "array", "maxItems": detail.most, "items": text}
