"""From a file to rows in the shape of a body: JSON lines as they are, CSV by its header of dotted columns.

What is wrong with the file as a whole is told at the door, before it is kept. What is wrong with one row is told with
that row, and the others go on. Nothing here repeats a value.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, TypeVar

from employers.benefits.problems import Problem
from employers.intake import columns
from employers.intake.cells import is_formula
from employers.intake.values import REFERENCE
from employers.records import wire

T = TypeVar("T")

CSV, JSON_LINES = "text/csv", "application/x-ndjson"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CONTENT_TYPES = (CSV, JSON_LINES, XLSX)
OURS = frozenset(("status", "application", "errors"))  # what we tell of a row in its file, sent back with it
MOST_EMPTY = 10_000  # lines without anything; a spreadsheet leaves some hundreds behind
LONGEST_LINE = 262_144  # characters of one row; a claim has a few thousand


class Unreadable(Exception):
    """The file cannot be taken; `problems` say why. Fields are places in the file, as `columns.3`."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(", ".join(problem.code for problem in problems))
        self.problems = list(problems)


@dataclass(frozen=True, slots=True)
class Row:
    """`body` is what a single application would have sent; None when `problems` say why there is none."""

    number: int
    body: dict[str, Any] | None
    problems: list[Problem] = field(default_factory=list)

    @property
    def reference(self) -> str:
        """Shown with the row's result, so only what can be one."""
        said = (self.body or {}).get("reference")
        return said if isinstance(said, str) and REFERENCE.fullmatch(said) else ""


def decoded(body: bytes) -> str:
    """UTF-8, with or without a byte order mark. Raises Unreadable."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable(Problem("", "unparseable")) from None
    if "\0" in text:
        raise Unreadable(Problem("", "unparseable"))
    return text


def counted(text: str, *, content_type: str, most: int) -> int:
    """How many rows there are, having read no more of them than allowed. Raises Unreadable."""
    if content_type == CSV:
        header, lines = csv_lines(text)
        check_header(header)
        count = sum(1 for _ in islice(lines, most + 1))
    else:
        count = sum(1 for _ in islice(json_lines(text), most + 1))
    check_count(count, most=most)
    return count


def check_count(count: int, *, most: int) -> None:
    """Raises Unreadable."""
    if count > most:
        raise Unreadable(Problem("", "too_many_rows", params={"most": most}))
    if not count:
        raise Unreadable(Problem("", "no_rows"))


def check_header(header: list[str]) -> None:
    """Raises Unreadable."""
    if problems := columns.check([name for name in header if name not in OURS]):
        raise Unreadable(*problems)


def rows(text: str, *, content_type: str, after: int = 0) -> Iterator[Row]:
    """Those after so many, numbered from 1 without the header and without empty lines. Raises Unreadable on the way."""
    return _csv_rows(text, after) if content_type == CSV else _json_rows(text, after)


def _filled(lines: Iterable[T], *, is_empty: Callable[[T], bool]) -> Iterator[T]:
    """Those that say something. Raises Unreadable when too many say nothing: counting millions of them takes long."""
    empty = 0
    for line in lines:
        if not is_empty(line):
            yield line
        elif (empty := empty + 1) > MOST_EMPTY:
            raise Unreadable(Problem("", "unparseable"))


def _json_rows(text: str, after: int) -> Iterator[Row]:
    for number, line in islice(enumerate(json_lines(text), start=1), after, None):
        yield _json_row(number, line)


def json_lines(text: str) -> Iterator[str]:
    return _filled(io.StringIO(text, newline="\n"), is_empty=lambda line: not line.strip())


def _json_row(number: int, line: str) -> Row:
    if len(line) > LONGEST_LINE:
        return Row(number, None, [Problem("", "too_long", params={"most": LONGEST_LINE})])
    try:
        body = wire.loads(line.encode())
    except wire.Unparseable:
        return Row(number, None, [Problem("", "unparseable")])
    if not isinstance(body, dict):
        return Row(number, None, [Problem("", "invalid_type")])
    return Row(number, {name: value for name, value in body.items() if name not in OURS})


def _csv_rows(text: str, after: int) -> Iterator[Row]:
    header, lines = csv_lines(text)
    check_header(header)
    for number, row in islice(enumerate(lines, start=1), after, None):
        yield row_of(number, header, row)


def csv_lines(text: str) -> tuple[list[str], Iterator[list[str]]]:
    """The header, and the lines that say something."""
    cells = table(text)
    header = [name.strip() for name in next(cells, [])]
    return header, _filled(cells, is_empty=lambda row: not any(cell.strip() for cell in row))


def row_of(number: int, header: list[str], row: list[str]) -> Row:
    if len(row) > len(header):
        return Row(number, None, [Problem("", "too_many_cells")])
    cells = {name: cell for name, cell in zip(header, row, strict=False) if name not in OURS}
    problems = [Problem(columns.path(name), "formula") for name, cell in cells.items() if is_formula(cell)]
    return Row(number, columns.body(cells), problems)


def table(text: str) -> Iterator[list[str]]:
    """The separator is the one of the header line. A quotation mark that never ends is no CSV."""
    lines = _Lines(text)
    reader = csv.reader(lines, delimiter=separator(text), strict=True)
    try:
        for row in reader:
            lines.since_row = 0
            yield row
    except csv.Error:
        raise Unreadable(Problem("", "unparseable")) from None


def separator(text: str) -> str:
    """The one of the header line."""
    return ";" if ";" in text[:LONGEST_LINE].partition("\n")[0] else ","


class _Lines:
    """The lines of a text, as long as no row takes more of them than any row could need."""

    def __init__(self, text: str) -> None:
        self.lines = io.StringIO(text, newline="")
        self.since_row = 0  # characters

    def __iter__(self) -> Iterator[str]:
        for line in self.lines:
            self.since_row += len(line)
            if self.since_row > LONGEST_LINE:
                raise Unreadable(Problem("", "unparseable"))
            yield line
