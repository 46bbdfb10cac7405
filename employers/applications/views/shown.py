"""Claims and estimates as a page shows them: words, days and amounts instead of codes."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.forms import ChoiceField
from django.utils.translation import gettext_lazy as _

from employers.benefits.claim import Claim, to_json
from employers.benefits.deadlines import moved
from employers.benefits.law import files
from employers.benefits.problems import Problem
from employers.intake.forms.base import Body, reach
from employers.intake.forms.fields import DayField, IdentityCodeField, MoneyField
from employers.intake.forms.steps import STEPS, EarlierStep
from employers.intake.words import line_text, sentence
from employers.organisations.identifiers import masked

ESTIMATE_STATUS = {
    "official": _("The estimate was made with official figures."),
    "derived": _("The estimate was made with figures derived from official ones."),
    "secondary": _("The estimate was made with figures that we know from a second source."),
    "estimate": _("The estimate was made with figures that are estimates themselves."),
    "unverified": _("The estimate was made with figures that have not been verified."),
}
PARAMETER_STATUS = {
    "official": _("an official figure"),
    "derived": _("derived from official figures"),
    "secondary": _("from a second source"),
    "estimate": _("an estimate"),
    "unverified": _("not verified"),
}
PARAMETER_NAMES = {
    "income.deduction": _("Insurance contributions taken off the yearly pay"),
    "sickness.divisor": _("Weekdays by which the yearly pay is divided"),
    "sickness.income_limit": _("Yearly pay up to which the full percentage is paid"),
    "sickness.minimum": _("The least that is paid for a weekday"),
    "sickness.rate": _("Share of the yearly pay up to the limit"),
    "sickness.rate_above_limit": _("Share of the yearly pay above the limit"),
}
UNITS = {
    "EUR/year": _("a year"),
    "EUR/weekday": _("a weekday"),
    "weekdays/year": _("weekdays"),
}
# The sources are written in the law's own language: what a reader of any language needs is the provision and the page.
PROVISION = re.compile(r"Sairausvakuutuslaki (?P<number>1224/2004 \d+(:\d+)?(\.\d+)?)")
ADDRESS = re.compile(r"https://[^\s;]+")
SECTION_NAMES = {
    "employee": _("Employee"),
    "employment": _("Employment"),
    "absence": _("Absence"),
    "earlier": _("Earlier absence"),
    "other-days": _("Other days"),
    "pay": _("Pay for the absence"),
    "certificate": _("Medical certificate"),
    "insurer": _("Insurance company"),
    "payment": _("Payment and contact"),
}
ASKS_FOR_INCOME = "income_unknown"  # the pages have words of their own where there is no amount
NOT_SENT = "annual_income"  # the estimate's own question


def estimate(stored: Mapping[str, Any], *, on: date) -> dict[str, Any]:
    """From the estimate's JSON shape, as it is stored with an application."""
    last_day = moved(date.fromisoformat(stored["deadline"])) if stored["deadline"] else None
    return {
        **stored,
        "known": stored["to_employer"] is not None,
        "lines": [{**line, "text": line_text(line["code"])} for line in stored["lines"]],
        "parameters": [_parameter(use) for use in stored["parameters"]],
        "status": ESTIMATE_STATUS[stored["estimate_status"]],
        "last_day": last_day,
        "days_left": (last_day - on).days if last_day else None,
    }


def sentences(problems: Iterable[Problem]) -> list[str]:
    """Each sentence once."""
    return list(dict.fromkeys(sentence(problem) for problem in problems))


def stored_sentences(kept: Iterable[Mapping[str, Any]]) -> list[str]:
    known = (Problem(one["field"], one["code"], one["severity"], one.get("params", {})) for one in kept)
    return sentences(problem for problem in known if problem.code != ASKS_FOR_INCOME)


def claim(said: Claim | Body, *, earlier: str = "") -> list[dict[str, Any]]:
    """What was said, page by page. `earlier`: words for the application it continues."""
    body = to_json(said) if isinstance(said, Claim) else said
    return [{"step": step, "name": SECTION_NAMES[step], "answers": [*_answers(step, body, earlier)]} for step in STEPS]


def employee_name(content: Body) -> str:
    employee = content.get("employee") or {}
    return f"{employee.get('given_name') or ''} {employee.get('family_name') or ''}".strip()


def _parameter(use: Mapping[str, str]) -> dict[str, Any]:
    unit = files()[use["name"]].unit if use["name"] in files() else ""
    provision = PROVISION.match(use["reference"])
    address = ADDRESS.search(use["reference"])
    return {
        **use,
        "text": PARAMETER_NAMES.get(use["name"], use["name"]),
        "unit": unit,
        "unit_text": UNITS.get(unit, ""),
        "status_text": PARAMETER_STATUS[use["status"]],
        "provision": provision["number"] if provision else "",
        "address": address[0] if address else "",
    }


def _answers(step: str, body: Body, earlier: str) -> Iterable[dict[str, Any]]:
    shape = STEPS[step]
    if shape is EarlierStep:
        yield from _earlier(body, earlier)
        return
    for name, field in shape.base_fields.items():
        value = reach(body, name.replace("__", "."))
        if value and name != NOT_SENT:
            yield {"label": field.label, **_shown(field, value)}
    if shape.row:
        yield from _entries(shape.row.base_fields, body.get(shape.row_path) or [])


def _entries(fields: Mapping[str, Any], entries: list[Body]) -> Iterable[dict[str, Any]]:
    for entry in entries:
        value = next(_shown(fields[name], entry[name]) for name in entry if name not in ("start", "end"))
        yield {"period": {"start": entry["start"], "end": entry["end"]}, **value}


def _shown(field: Any, value: str) -> dict[str, Any]:
    if isinstance(field, DayField):
        return {"day": value}
    if isinstance(field, MoneyField):
        return {"money": value}
    if isinstance(field, IdentityCodeField):
        return {"text": masked(value)}
    if isinstance(field, ChoiceField):
        return {"text": dict(field.choices).get(value, value)}  # type: ignore[arg-type]
    return {"text": value}


def _earlier(body: Body, words: str) -> Iterable[dict[str, Any]]:
    if body.get("continues_application"):
        yield {"label": _("Continues"), "text": words or _("An earlier application")}
    elif body.get("previous_paid_day"):
        yield {"label": _("Last day for which the allowance was paid"), "day": body["previous_paid_day"]}
    else:
        yield {"label": _("Earlier absence"), "text": _("No, this is a new absence")}
