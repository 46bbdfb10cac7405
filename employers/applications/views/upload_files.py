"""Files to take along: a template with an example for each benefit, and the rows of a file that were wrong."""

import csv
import io
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import override

from employers.applications.sheets import TYPE, Cell, workbook
from employers.applications.views.column_words import columns_of, explained, label, place_in_file
from employers.benefits.details import DETAILS, Detail, Kind
from employers.benefits.problems import Problem
from employers.intake.cells import is_formula
from employers.intake.spreadsheets import ERRORS
from employers.intake.words import sentence

LANGUAGES = {"fi": "Suomi", "sv": "Svenska", "en": "English"}
SAID: dict[str, Cell] = {
    "employer": "9000004-6",
    "employee.personal_identity_code": "070790-9180",  # nobody's: refused wherever people are real
    "employee.given_name": "Aino",
    "employee.family_name": "Esimerkki",
    "employment.start": date(2019, 5, 2),
    "pay_periods.1.amount": Decimal("900.00"),
    "pay_basis": "full",
    "certificate": "electronic",
    "insurer_case": "none",
    "details.weekly_hours_before": Decimal("37.5"),
    "details.weekly_hours_agreed": Decimal("18.75"),
    "details.daily_hours_before": Decimal("7.5"),
    "details.daily_hours_agreed": Decimal("4.0"),
}
Lines = Sequence[Sequence[Cell]]


def template(benefit: str, kind: str, *, on: date, with_employer: bool = False) -> HttpResponse:
    """Raises Http404 for another kind than csv or xlsx. `with_employer`: where the file itself has to name it."""
    header = [*(["employer"] if with_employer else []), *columns_of(benefit)]
    line = [example(column, benefit=benefit, on=on) for column in header]
    return _file(f"{benefit}.{kind}", kind, header=header, lines=[line], more=_explanations(benefit, header))


def wrong_rows(name: str, kind: str, *, content: dict[str, Any], found: list[dict[str, Any]]) -> HttpResponse:
    """The lines that cannot be sent as they came, with what to do about them in a column of its own. Raises Http404."""
    header, lines = content["header"], content["lines"]
    told = [[*_filled(lines[row["number"] - 1], len(header)), in_one_cell(row)] for row in found]
    return _file(name, kind, header=[*header, ERRORS], lines=told, more={})


def in_one_cell(row: dict[str, Any]) -> str:
    return " ".join(
        f"{problem['column']}: {problem['text']}" if problem["column"] else problem["text"]
        for problem in told(row["problems"], benefit=row["benefit"])
        if problem["severity"] == "error"
    )


def told(problems: list[dict[str, Any]], *, benefit: str) -> list[dict[str, str]]:
    """Problems as they were kept, in words, with the column they stand in and what it is called."""
    known = benefit if benefit in DETAILS else ""
    return [
        {
            "column": place_in_file(kept["field"]),
            "label": label(place_in_file(kept["field"]), benefit=known),
            "severity": kept["severity"],
            "text": sentence(Problem(kept["field"], kept["code"], kept["severity"], kept["params"])),
        }
        for kept in problems
    ]


def example(column: str, *, benefit: str, on: date) -> Cell:
    """An absence of four weeks that ended some days ago. What is rarely said is left empty."""
    first, last = on - timedelta(days=35), on - timedelta(days=8)
    days = {"absence.start": first, "absence.end": last, "pay_periods.1.start": first, "pay_periods.1.end": last}
    said: dict[str, Cell] = {"benefit": benefit, **SAID, **days}
    if column in said:
        return said[column]
    return _detail(column, benefit=benefit, on=first) if column.startswith("details.") else None


def _detail(column: str, *, benefit: str, on: date) -> Cell:
    members, found = DETAILS[benefit], None
    for part in column.split(".")[1:]:
        if not part.isdigit():
            found = members.get(part)
            members = found.members if found else {}
    return _of_kind(found, on) if found else None


def _of_kind(detail: Detail, on: date) -> Cell:
    match detail.kind:
        case Kind.DAY:
            return on
        case Kind.MONTH:
            return f"{on:%Y-%m}"
        case Kind.MONEY:
            return Decimal("1000.00")
        case Kind.NUMBER | Kind.COUNT:
            return 1
        case Kind.TRUTH:
            return "true"
    return detail.choices[0] if detail.choices else None


def _explanations(benefit: str, header: list[str]) -> dict[str, tuple[Sequence[str], Lines]]:
    """A sheet that nobody reads by machine: each column in three languages."""
    words = {}
    for language in LANGUAGES:
        with override(language):
            words[language] = [explained(column, benefit=benefit) for column in header]
    lines = [[column, *(words[language][place] for language in LANGUAGES)] for place, column in enumerate(header)]
    return {_("Columns"): (["", *LANGUAGES.values()], lines)}


def _filled(line: list[str], length: int) -> list[str]:
    return [*line, *[""] * (length - len(line))]


def _file(name: str, kind: str, *, header: list[str], lines: Lines, more: dict[str, Any]) -> HttpResponse:
    if kind == "xlsx":
        return _download(name, TYPE, workbook({_("Applications"): (header, lines), **more}))
    if kind == "csv":
        return _download(name, "text/csv; charset=utf-8", _as_csv(header, lines))
    raise Http404


def _download(name: str, content_type: str, content: bytes) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=content_type, headers=headers)


def _as_csv(header: list[str], lines: Lines) -> bytes:
    """Semicolons and a byte order mark: so a spreadsheet in Finland opens it right. No cell runs as a formula."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerow(header)
    for line in lines:
        writer.writerow([_plain(cell) for cell in line])
    return text.getvalue().encode("utf-8-sig")


def _plain(cell: Cell) -> str:
    text = "" if cell is None else cell.isoformat() if isinstance(cell, date) else str(cell)
    return f"'{text}" if is_formula(text) else text
