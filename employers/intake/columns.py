"""The columns of a CSV file: dotted paths into a body, with cells as spreadsheets write them.

Lists are numbered from 1, as people count: `pay_periods.1.start` to `pay_periods.12.amount`.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from employers.benefits.problems import Problem

IN_A_LIST = 12  # entries of a list that a line has room for
DAY_FIRST = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", re.ASCII)
MONEY = re.compile(r"(-?\d{1,3}(?:[ \u00a0\u202f]\d{3})+|-?\d{1,12})(?:[.,](\d{1,2}))?", re.ASCII)
PHONE_OR_NUMBER = re.compile(r"[+-][\d ().,-]*", re.ASCII)

TEXTS = (
    "employer", "benefit", "reference",
    "employee.personal_identity_code", "employee.given_name", "employee.family_name",
    "continues_application", "pay_basis", "certificate", "insurer_case",
    "contact.name", "contact.phone", "contact.email",
    "payment_reference", "payment_specifier", "additional_information",
)  # fmt: skip
DAYS = (
    "employment.start", "employment.end", "absence.start", "absence.end", "previous_paid_day", "pay_continues_from",
)  # fmt: skip
LISTS = {
    "pay_periods": {"start": "day", "end": "day", "amount": "money"},
    "other_days": {"start": "day", "end": "day", "kind": "text"},
}


@cache
def kinds() -> dict[str, str]:
    """Every column there can be, with the kind of its cells."""
    known = dict.fromkeys(TEXTS, "text") | dict.fromkeys(DAYS, "day")
    for name, members in LISTS.items():
        for number in range(1, IN_A_LIST + 1):
            known |= {f"{name}.{number}.{member}": kind for member, kind in members.items()}
    return known


def check(header: list[str]) -> list[Problem]:
    """Columns are told by their place: a file without a header has people in its first line."""
    known = kinds()
    if not known.keys() & set(header):
        return [Problem("columns", "columns_invalid")]
    if len(header) > len(known):
        return [Problem("columns", "too_many_items", params={"most": len(known)})]
    unknown = [Problem(f"columns.{place}", "unknown_column") for place, name in enumerate(header) if name not in known]
    twice = [
        Problem(f"columns.{place}", "column_twice")
        for place, name in enumerate(header)
        if name in known and name in header[:place]
    ]
    return unknown + twice


def body(cells: Mapping[str, str]) -> dict[str, Any]:
    """The shape of a body. Empty cells are absent; entries of a list close up."""
    made: dict[Any, Any] = {}
    for name, cell in cells.items():
        if cell.strip():
            _put(made, name.split("."), _value(cell.strip(), kind=kinds()[name]))
    for name in LISTS:
        if name in made:
            made[name] = [entry for _, entry in sorted(made[name].items())]
    return made


def path(column: str) -> str:
    """A column as a dotted field of a body: `pay_periods.1.start` is `pay_periods.0.start` there."""
    return ".".join(str(int(part) - 1) if part.isdigit() else part for part in column.split("."))


def is_formula(cell: str) -> bool:
    """What a spreadsheet would run. Telephone numbers and amounts below zero begin alike and are none."""
    text = cell.lstrip(" ")
    if text.startswith(("=", "@", "\t", "\r")):
        return True
    return text.startswith(("+", "-")) and not PHONE_OR_NUMBER.fullmatch(text)


def _put(made: dict[Any, Any], parts: Iterable[str], value: str) -> None:
    *parents, last = (int(part) if part.isdigit() else part for part in parts)
    for parent in parents:
        made = made.setdefault(parent, {})
    made[last] = value


def _value(cell: str, *, kind: str) -> str:
    """As a body writes it where it can be understood; else as it is, for the reader of bodies to refuse."""
    if kind == "day" and (day := DAY_FIRST.fullmatch(cell)):
        return f"{day[3]}-{int(day[2]):02}-{int(day[1]):02}"
    if kind == "money" and (money := MONEY.fullmatch(cell)):
        whole = re.sub(r"\D", "", money[1])
        return f"{'-' if cell.startswith('-') else ''}{whole}.{(money[2] or ''):0<2}"
    return cell
