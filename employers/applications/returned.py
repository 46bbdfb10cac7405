"""A batch file as it came, with what came of each row beside it: the file that people correct and send again.

CSV keeps its separator and its byte order mark, a workbook stays one, JSON lines get members. No cell runs as a
formula. What we tell stands in columns, or members, that a file may bring back: they are no part of a claim.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from employers.applications.sheets import workbook
from employers.benefits.problems import Problem
from employers.intake import batch, words
from employers.intake.batch import CSV, OURS, XLSX
from employers.intake.cells import is_formula
from employers.intake.models import Batch, BatchRow
from employers.intake.received import sheet, trimmed
from employers.records import wire

TOLD = ("status", "application", "errors")
WAITING = "waiting"  # of a row that nobody came to yet
BOM = b"\xef\xbb\xbf"
Results = Mapping[int, BatchRow]  # by the number of the row


def returned(found: Batch, results: Results) -> bytes:
    if found.content_type == XLSX:
        header, lines = sheet(found.body)
        return workbook({"1": _table(header, [line for _place, line in lines], results)})
    text = batch.decoded(found.body)
    if found.content_type == CSV:
        header, rows = batch.csv_lines(text)
        made = _csv(*_table(header, rows, results), separator=batch.separator(text))
        return (BOM if found.body.startswith(BOM) else b"") + made
    return b"".join(_json_lines(text, results))


def _table(header: list[str], lines: Any, results: Results) -> tuple[list[str], Iterator[list[str]]]:
    kept = [place for place, name in enumerate(header) if name not in OURS]
    width = len(header)

    def rows() -> Iterator[list[str]]:
        for number, line in enumerate(lines, start=1):
            cells = [*trimmed(line, width), *[""] * (width - len(line))]
            beyond = cells[width:]  # more cells than there are columns: that is what is wrong with the row
            yield [*(cells[place] for place in kept), *_told(results.get(number)), *beyond]

    return [*(header[place] for place in kept), *TOLD], rows()


def _told(result: BatchRow | None) -> list[str]:
    if result is None:
        return [WAITING, "", ""]
    errors = " ".join(_in_words(problem) for problem in _problems(result))
    return [result.status, str(result.application or ""), errors]


def _in_words(problem: Problem) -> str:
    """A column is named as the file has it: its lists count from 1."""
    place = ".".join(str(int(part) + 1) if part.isdigit() else part for part in problem.field.split("."))
    return f"{place}: {words.sentence(problem)}" if place else words.sentence(problem)


def _problems(result: BatchRow) -> list[Problem]:
    return [Problem(kept["field"], kept["code"], kept["severity"], kept["params"]) for kept in result.problems]


def _csv(header: Sequence[str], rows: Iterator[list[str]], *, separator: str) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=separator)
    writer.writerow(header)
    writer.writerows([f"'{cell}" if is_formula(cell) else cell for cell in row] for row in rows)
    return text.getvalue().encode()


def _json_lines(text: str, results: Results) -> Iterator[bytes]:
    for number, line in enumerate(batch.json_lines(text), start=1):
        yield wire.dumps(_with_result(line, results.get(number))) + b"\n"


def _with_result(line: str, result: BatchRow | None) -> dict[str, Any]:
    """A line that is no object comes back whole, as text."""
    try:
        said = wire.loads(line.encode())
    except wire.Unparseable:
        said = None
    told: dict[str, Any] = {"status": WAITING, "application": None, "errors": []}
    if result is not None:
        errors = [words.described(problem) for problem in _problems(result)]
        told = {"status": result.status, "application": result.application, "errors": errors}
    return {**(said if isinstance(said, dict) else {"line": line.rstrip("\r\n")}), **told}
