"""Tables as a workbook. Plain rows in, bytes out; a text that looks like a formula stays a text."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

Cell = str | int | date | Decimal | None
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_NAME = 31  # of a sheet, as spreadsheets have it
WIDE = 22


def workbook(tables: Mapping[str, tuple[Sequence[str], Iterable[Sequence[Cell]]]]) -> bytes:
    """A sheet a table, by its name: the names of its columns, then its rows."""
    book = Workbook(write_only=True)
    for name, (columns, rows) in tables.items():
        sheet = book.create_sheet(name[:LONGEST_NAME])
        sheet.freeze_panes = "A2"
        for number in range(len(columns)):
            sheet.column_dimensions[get_column_letter(number + 1)].width = WIDE
        sheet.append([_head(sheet, column) for column in columns])
        for row in rows:
            sheet.append([_cell(sheet, value) for value in row])
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _head(sheet: Any, text: str) -> WriteOnlyCell:
    cell = _text(sheet, text)
    cell.font = Font(bold=True)
    return cell


def _cell(sheet: Any, value: Cell) -> Any:
    return _text(sheet, value) if isinstance(value, str) else value


def _text(sheet: Any, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"
    return cell
