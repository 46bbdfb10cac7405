"""What was said in an application, page by page, as people read it: words, days and amounts instead of codes."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.forms import ChoiceField, Field, MultipleChoiceField
from django.utils.translation import gettext_lazy as _

from employers.benefits.claim import Claim, to_json
from employers.intake.forms.base import Body, Step, reach
from employers.intake.forms.fields import (
    YES_OR_NO,
    CountField,
    DayField,
    IdentityCodeField,
    MoneyField,
    MonthField,
    NumberField,
    TruthField,
    month_words,
)
from employers.intake.forms.pages import pages_of
from employers.intake.forms.steps import CERTIFICATE_NAMES, CertificateStep, EarlierStep, InsurerStep
from employers.organisations.identifiers import masked

NOT_SENT = "annual_income"  # the estimate's own question
# A machine may tell these of any benefit.
ELSEWHERE: Mapping[str, type[Step]] = {"certificate": CertificateStep, "insurer": InsurerStep}
WRITTEN = {DayField: "day", MoneyField: "money", NumberField: "figure", CountField: "figure"}
SAYS_NOTHING: tuple[Any, ...] = (None, "", "none", [])


def claim(said: Claim | Body, *, benefit: str, earlier: str = "") -> list[dict[str, Any]]:
    """`earlier`: words for the application it continues."""
    body = to_json(said) if isinstance(said, Claim) else said
    pages = pages_of(benefit)
    asked = [_section(step, shape, body, earlier) for step, shape in pages.items()]
    others = [_section(step, shape, body, earlier) for step, shape in ELSEWHERE.items() if _tells(step, pages, body)]
    return asked + others


def employee_name(content: Body) -> str:
    employee = content.get("employee") or {}
    return f"{employee.get('given_name') or ''} {employee.get('family_name') or ''}".strip()


def _tells(step: str, pages: Mapping[str, type[Step]], body: Body) -> bool:
    """What another page of the benefit asks is told there."""
    names = [name for name in ELSEWHERE[step].base_fields if not any(name in one.base_fields for one in pages.values())]
    return any(body.get(name) not in SAYS_NOTHING for name in names)


def _section(step: str, shape: type[Step], body: Body, earlier: str) -> dict[str, Any]:
    return {"step": step, "name": shape.section, "answers": [*_answers(shape, body, earlier)]}


def _answers(shape: type[Step], body: Body, earlier: str) -> Iterable[dict[str, Any]]:
    if issubclass(shape, EarlierStep):
        yield from _earlier(shape, body, earlier)
        return
    said = shape.initial_from(body)
    for name, field in shape.base_fields.items():
        if said[name] not in (None, "", []) and name != NOT_SENT:
            yield {"label": field.label, **shown(field, said[name])}
    if shape.row:
        yield from entries(shape, reach(body, shape.row_path) or [])


def entries(shape: type[Step], given: list[Body]) -> Iterator[dict[str, Any]]:
    """An entry of days and one thing more says the days on the left; any other is numbered."""
    assert shape.row
    for number, entry in enumerate(given, start=1):
        parts = [
            {"label": field.label, **shown(field, entry[name])}
            for name, field in shape.row.base_fields.items()
            if entry.get(name) is not None and name not in ("start", "end")
        ]
        if entry.get("start") and entry.get("end") and parts:
            yield {"period": {"start": entry["start"], "end": entry["end"]}, **parts[0]}
        else:
            yield {"label": shape.row_name, "number": number, "parts": parts}


def shown(field: Field, value: Any) -> dict[str, Any]:
    """Days and numbers are written by the template, as the language writes them."""
    for shape, name in WRITTEN.items():
        if isinstance(field, shape):
            return {name: value}
    return {"text": _in_words(field, value)}


def _in_words(field: Field, value: Any) -> Any:
    match field:
        case MonthField():
            return month_words(value)
        case IdentityCodeField():
            return masked(value)
        case TruthField():
            return YES_OR_NO["yes" if value else "no"]
        case MultipleChoiceField():
            return ", ".join(_chosen(field, one) for one in value)
        case ChoiceField():
            return _chosen(field, value)
    return value


def _chosen(field: ChoiceField, value: str) -> str:
    """A value that the page does not offer is named all the same where it has a name."""
    offered = dict(field.choices)  # type: ignore[arg-type]
    return str(offered.get(value) or CERTIFICATE_NAMES.get(value, value))


def _earlier(shape: type[EarlierStep], body: Body, words: str) -> Iterable[dict[str, Any]]:
    if body.get("continues_application"):
        yield {"label": _("Continues"), "text": words or _("An earlier application")}
    elif body.get("previous_paid_day"):
        yield {"label": _("Last day for which the allowance was paid"), "day": body["previous_paid_day"]}
    else:
        yield {"label": shape.section, "text": shape.new_words}
