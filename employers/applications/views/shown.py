"""Estimates as a page shows them: words, days and amounts instead of codes."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from employers.benefits.deadlines import moved
from employers.benefits.law import files
from employers.benefits.problems import Problem
from employers.intake.words import line_text, sentence
from employers.law import words as law_words

ESTIMATE_STATUS = {
    "official": _("The estimate was made with official figures."),
    "derived": _("The estimate was made with figures derived from official ones."),
    "secondary": _("The estimate was made with figures that we know from a second source."),
    "estimate": _("The estimate was made with figures that are estimates themselves."),
    "unverified": _("The estimate was made with figures that have not been verified."),
}
ASKS_FOR_INCOME = "income_unknown"  # the pages have words of their own where there is no amount


def estimate(stored: Mapping[str, Any], *, on: date) -> dict[str, Any]:
    """From the estimate's JSON shape, as it is stored with an application."""
    last_day = moved(date.fromisoformat(stored["deadline"])) if stored["deadline"] else None
    return {
        **stored,
        "known": stored["to_employer"] is not None,
        "needs_income": any(one["code"] == ASKS_FOR_INCOME for one in stored["problems"]),
        "between": _between(stored.get("range")),
        "lines": [
            {**line, "text": line_text(line["code"], month=line.get("month", "")), "how_many": _how_many(line)}
            for line in stored["lines"]
        ],
        "parameters": [_parameter(use) for use in stored["parameters"]],
        "status": ESTIMATE_STATUS[stored["estimate_status"]],
        "last_day": last_day,
        "days_left": (last_day - on).days if last_day else None,
    }


def _between(found: Mapping[str, Any] | None) -> Mapping[str, str] | None:
    """Low and high of what comes to the employer, where they differ."""
    bounds: Mapping[str, str] | None = found["to_employer"] if found else None
    return bounds if bounds and bounds["low"] != bounds["high"] else None


def _how_many(line: Mapping[str, str]) -> str:
    """Weekdays and months are whole; a sum is there once."""
    match line.get("unit", "weekday"):
        case "weekday":
            count = int(Decimal(line["quantity"]))
            return ngettext("%(count)s weekday", "%(count)s weekdays", count) % {"count": count}
        case "month":
            count = int(Decimal(line["quantity"]))
            return ngettext("%(count)s month", "%(count)s months", count) % {"count": count}
    return line["quantity"]


def sentences(problems: Iterable[Problem]) -> list[str]:
    """Each sentence once."""
    return list(dict.fromkeys(sentence(problem) for problem in problems))


def stored_sentences(kept: Iterable[Mapping[str, Any]]) -> list[str]:
    known = (Problem(one["field"], one["code"], one["severity"], one.get("params", {})) for one in kept)
    return sentences(problem for problem in known if problem.code != ASKS_FOR_INCOME)


def _parameter(use: Mapping[str, str]) -> dict[str, Any]:
    unit = files()[use["name"]].unit if use["name"] in files() else ""
    return {
        **use,
        "text": law_words.title(use["name"]),
        "unit": unit,
        "unit_text": law_words.UNITS.get(unit, ""),
        "status_text": law_words.STATUSES[use["status"]],
        **law_words.source(use["reference"]),
    }
