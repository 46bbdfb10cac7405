"""Batch files as they were received: bytes of one of three types, to rows.

CSV and JSON lines are read by `batch`, workbooks by `spreadsheets`. A row of a workbook with a cell that a formula
reckons is refused as one of a CSV file is: nobody typed what it says.
"""

from collections.abc import Iterator
from itertools import islice

from employers.benefits.problems import Problem
from employers.intake import batch, spreadsheets
from employers.intake.batch import XLSX, Row, Unreadable

Lines = list[tuple[int, list[str]]]  # with their places in the sheet, from 1


def counted(content: bytes, *, content_type: str, most: int) -> int:
    """How many rows there are, having read no more of them than allowed. Raises Unreadable."""
    if content_type != XLSX:
        return batch.counted(batch.decoded(content), content_type=content_type, most=most)
    header, lines = sheet(content)
    batch.check_header(header)
    batch.check_count(len(lines), most=most)
    return len(lines)


def rows(content: bytes, *, content_type: str, after: int = 0) -> Iterator[Row]:
    """Those after so many, numbered from 1 of the whole file. Raises Unreadable on the way."""
    if content_type != XLSX:
        return batch.rows(batch.decoded(content), content_type=content_type, after=after)
    return _rows_of_sheet(content, after=after)


def sheet(content: bytes) -> tuple[list[str], Lines]:
    """The header of the first sheet, and its lines that say something. Raises Unreadable."""
    try:
        header, *lines = spreadsheets.lines(content, name=".xlsx") or [[]]
    except spreadsheets.Unfit:
        raise Unreadable(Problem("", "unparseable")) from None
    names = [cell.strip() for cell in header]
    while names and not names[-1]:
        names.pop()
    filled = [(place, line) for place, line in enumerate(lines, start=2) if any(cell.strip() for cell in line)]
    return names, filled


def _rows_of_sheet(content: bytes, *, after: int) -> Iterator[Row]:
    header, lines = sheet(content)
    reckoned = spreadsheets.formula_lines(content)
    for number, (place, line) in enumerate(islice(lines, after, None), start=after + 1):
        row = batch.row_of(number, header, trimmed(line, len(header)))
        if place in reckoned:
            row.problems.append(Problem("", "formula"))
        yield row


def trimmed(line: list[str], length: int) -> list[str]:
    """Without the empty cells at the end that are a spreadsheet's habit."""
    return line if any(line[length:]) else line[:length]
