"""The doors a claim comes in by, each as its people use it: JSON, a spreadsheet's file, the pages of the web."""

import json
from datetime import date
from typing import Any

from django.utils.datastructures import MultiValueDict
from django.utils.translation import override

from employers.benefits.claim import Claim
from employers.intake.batch import CSV, decoded, rows
from employers.intake.forms.base import Step, reach
from employers.intake.forms.fields import CountField, DayField, MoneyField, MonthField, NumberField, TruthField
from employers.intake.forms.pages import pages_of
from employers.intake.serializers import read_claim
from employers.records import wire
from tests.intake.files import csv_file
from tests.intake.thirteen import cells

Body = dict[str, Any]


def by_json(body: Body) -> Claim:
    return read_claim(wire.loads(json.dumps(body).encode()), allow_temporary=True)


def by_csv(body: Body) -> Claim:
    """One line, as a Finnish spreadsheet writes days, decimals and truth."""
    line = {column: spreadsheet(cell) for column, cell in cells(body).items()}
    [row] = rows(decoded(csv_file(line)), content_type=CSV)
    assert row.problems == []
    return read_claim(row.body, allow_temporary=True)


def spreadsheet(cell: str) -> str:
    if len(cell) == 10 and cell[4] + cell[7] == "--":
        return in_finnish(cell)
    if cell.replace(".", "", 1).replace("-", "", 1).isdigit():
        return cell.replace(".", ",")
    return {"True": "TOSI", "False": "EPÄTOSI"}.get(cell, cell)


def by_web(body: Body) -> Claim:
    """Every page posted in its order; what no page asks nobody says."""
    made: Body = {}
    with override("fi"):
        for shape in pages_of(body["benefit"]).values():
            made = posted(shape, body).into(made)
    about = {name: body[name] for name in ("employer", "benefit", "reference")}
    return read_claim({**made, **about}, allow_temporary=True)


def posted(shape: type[Step], body: Body) -> Step:
    page = shape(MultiValueDict(answers(shape, body)))
    assert page.is_valid(), page.found_wrong()
    return page


def answers(shape: type[Step], body: Body) -> dict[str, list[str]]:
    """What a browser sends of the page: everything under the path of its place in the claim."""
    said = {"earlier": ["no"]}
    for name, field in shape.base_fields.items():
        path = name.replace("__", ".")
        said |= {path: typed(field, reach(body, path))} if path not in said else {}
    entries = (reach(body, shape.row_path) or []) if shape.row else []
    for number, entry in enumerate(entries):
        row = {f"{shape.row_path}.{number}.{name}": entry.get(name) for name in shape.row.base_fields}
        fields = shape.row.base_fields
        said |= {path: typed(fields[path.rpartition(".")[2]], value) for path, value in row.items()}
    return said


def typed(field: Any, value: Any) -> list[str]:
    """As people write it in Finland."""
    match field:
        case _ if value is None:
            return [""]
        case TruthField():
            return ["yes" if value else "no"]
        case DayField():
            return [in_finnish(value)]
        case MonthField():
            return [f"{int(value[5:])}/{value[:4]}"]
        case MoneyField() | NumberField():
            return [value.replace(".", ",")]
        case CountField():
            return [str(value)]
    return value if isinstance(value, list) else [value]


def in_finnish(day: str) -> str:
    told = date.fromisoformat(day)
    return f"{told.day}.{told.month}.{told.year}"


def asked(benefit: str) -> set[str]:
    """The members of a claim that some page of the web asks about."""
    pages = pages_of(benefit).values()
    return {name.partition("__")[0] for shape in pages for name in (*shape.base_fields, shape.row_path.split(".")[0])}
