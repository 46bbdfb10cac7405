"""The columns of a CSV file: dotted paths into a body.

Lists are numbered from 1, as people count: `pay_periods.1.start` to `pay_periods.12.amount`. What a benefit asks
beside the rest is `details.` and its own path, `details.contract.kind` or `details.costs.30.amount`.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from employers.benefits.details import DETAILS, Detail, Kind
from employers.benefits.problems import Problem
from employers.intake import cells

IN_A_LIST = 12  # entries of a list that a line has room for
IN_COSTS = 30  # of the costs of occupational health care, which have a class and a kind each

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
    for declared in DETAILS.values():
        known |= _columns(declared, "details.")
    return known


def _columns(declared: Mapping[str, Detail], above: str) -> Iterator[tuple[str, str]]:
    for name, detail in declared.items():
        column = above + name
        match detail.kind:
            case Kind.OBJECT:
                yield from _columns(detail.members, f"{column}.")
            case Kind.LIST | Kind.TEXTS:
                yield from _numbered(detail, column)
            case _:
                yield column, detail.kind


def _numbered(detail: Detail, column: str) -> Iterator[tuple[str, str]]:
    room = IN_COSTS if column == "details.costs" else IN_A_LIST
    for number in range(1, min(room, detail.most) + 1):
        if detail.members:
            yield from _columns(detail.members, f"{column}.{number}.")
        else:
            yield f"{column}.{number}", "text"


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


def body(row: Mapping[str, str]) -> dict[str, Any]:
    """The shape of a body. Empty cells are absent; entries of a list close up."""
    made: dict[Any, Any] = {}
    for name, cell in row.items():
        if cell.strip():
            _put(made, name.split("."), cells.read(cell.strip(), kind=kinds()[name]))
    return {name: _closed_up(value) for name, value in made.items()}


def path(column: str) -> str:
    """A column as a dotted field of a body: `pay_periods.1.start` is `pay_periods.0.start` there."""
    return ".".join(str(int(part) - 1) if part.isdigit() else part for part in column.split("."))


def _put(made: dict[Any, Any], parts: Iterable[str], value: Any) -> None:
    *parents, last = (int(part) if part.isdigit() else part for part in parts)
    for parent in parents:
        made = made.setdefault(parent, {})
    made[last] = value


def _closed_up(value: Any) -> Any:
    """Numbered members are a list: a column's parts are all numbers at one place, or none is."""
    if not isinstance(value, dict):
        return value
    closed = {name: _closed_up(item) for name, item in value.items()}
    return [item for _, item in sorted(closed.items())] if isinstance(next(iter(closed)), int) else closed
