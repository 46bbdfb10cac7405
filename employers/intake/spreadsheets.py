"""From a file that a person made to a table of texts: CSV in the encodings of spreadsheets, or the first sheet of XLSX.

A workbook is unpacked and walked once before the reader gets it: the reader makes a dense table of whatever cells it
finds, so that two cells far apart would take all the memory there is.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import IO, Any
from xml.parsers.expat import ExpatError

from python_calamine import CalamineError, CalamineWorkbook

from employers.intake import batch
from employers.intake.cells_counted import MOST_LINES, Cells, TooMuch

LARGEST_INSIDE = 64 * 1024 * 1024  # bytes of everything in a workbook, unpacked
MOST_PARTS = 2_000
MOST_TAGS = 5_000_000  # of one part
PIECE = 65_536  # bytes
ERRORS = "errors"  # the column of what was wrong: ours, and no part of a claim
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
RUNS = ("vbaproject", "xl/macrosheets/", "xl/activex/", "xl/embeddings/", "xl/ctrlprops/")
WORKBOOK = re.compile(rb"spreadsheetml|oclc\.org/ooxml")
BROKEN = (
    zipfile.BadZipFile, ExpatError, CalamineError, KeyError, NotImplementedError, RuntimeError, zlib.error,
    OSError, EOFError, ValueError, IndexError,
)  # fmt: skip


class Unfit(Exception):
    """The file as a whole cannot be taken; the code says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Table:
    """Texts as they are typed in a CSV file; lines without any are left out."""

    header: list[str]
    lines: list[list[str]]


def read(content: bytes, *, name: str, most: int) -> Table:
    """`most`: lines. Raises Unfit, or batch.Unreadable where the header or the number of lines is wrong."""
    header, *rest = lines(content, name=name) or [[]]
    header, rest = _without_errors([cell.strip() for cell in header], rest)
    batch.check_header(header)
    filled = [line for line in rest if any(cell.strip() for cell in line)]
    batch.check_count(len(filled), most=most)
    return Table(header, filled)


def lines(content: bytes, *, name: str) -> list[list[str]]:
    """Every line with its texts, the empty ones too. Raises Unfit, or batch.Unreadable of what is no CSV."""
    if not content:
        raise Unfit("file_empty")
    return [*(_of_workbook(content) if name.lower().endswith(".xlsx") else _of_text(content))]


def formula_lines(content: bytes) -> set[int]:
    """Numbers from 1 of the lines of a workbook, already read, in which a sheet reckons a cell by a formula."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return _walk(archive)


def _without_errors(header: list[str], lines: list[list[str]]) -> tuple[list[str], list[list[str]]]:
    """A file that came from us comes back with our column; empty ones at the end are a spreadsheet's habit."""
    while header and not header[-1]:
        header = header[:-1]
    lines = [line[: len(header)] if not any(line[len(header) :]) else line for line in lines]
    if ERRORS not in header:
        return header, lines
    place = header.index(ERRORS)
    return [name for name in header if name != ERRORS], [line[:place] + line[place + 1 :] for line in lines]


def _of_text(content: bytes) -> Iterator[list[str]]:
    if content.startswith((OLE, b"PK\x03\x04", b"%PDF-")) or b"\0" in content:
        raise Unfit("file_not_what_it_says")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")  # as a spreadsheet in Finland saves it
    for number, line in enumerate(batch.table(text)):
        if number > MOST_LINES:
            raise Unfit("file_too_large_inside")
        yield line


def _of_workbook(content: bytes) -> list[list[str]]:
    if content.startswith(OLE):
        raise Unfit("file_locked")  # a workbook with a password, or of the time before 2007
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _walk(archive)
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        values = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
        return [[_text(value) for value in line] for line in values]
    except BROKEN:
        raise Unfit("file_not_what_it_says") from None


def _walk(archive: zipfile.ZipFile) -> set[int]:
    """Every part is unpacked, whatever size it says it has, and none is kept. The lines with formulas of all sheets."""
    parts = archive.infolist()
    names = [part.filename.lower() for part in parts]
    if len(parts) > MOST_PARTS or len(set(names)) < len(names):
        raise Unfit("file_too_large_inside")
    if any(place in name for name in names for place in RUNS):
        raise Unfit("file_can_run")
    _check_kind(archive)
    room, formulas = LARGEST_INSIDE, set[int]()
    for part in parts:
        with archive.open(part) as opened:
            used, found = _unpacked(opened, room)
        room, formulas = room - used, formulas | found
    return formulas


def _check_kind(archive: zipfile.ZipFile) -> None:
    with archive.open("[Content_Types].xml") as opened:
        kinds = opened.read(PIECE)
    if not WORKBOOK.search(kinds):
        raise Unfit("file_not_what_it_says")
    if b"macroenabled" in kinds.lower():
        raise Unfit("file_can_run")


def _unpacked(opened: IO[bytes], room: int) -> tuple[int, set[int]]:
    """How many bytes, and lines with formulas. Sheets may stand anywhere in the archive; other parts have no cells."""
    used = tags = 0
    cells: Cells | None = None
    try:
        while piece := opened.read(PIECE):
            cells = Cells() if not used and b"worksheet" in piece[:4096] else cells
            used, tags = used + len(piece), tags + piece.count(b"<")
            if used > room or tags > MOST_TAGS:
                raise TooMuch
            if cells:
                cells.feed(piece)
        if cells:
            cells.close()
    except TooMuch:
        raise Unfit("file_too_large_inside") from None
    return used, cells.formulas if cells else set()


def _text(value: Any) -> str:
    """As people mean it: a day without its midnight, an amount without what a computer adds to it."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case float() | int():
            return _plain(Decimal(repr(round(value, 9))))
    return str(value)


def _plain(number: Decimal) -> str:
    """Two decimals as an amount has them, unless there are none or more."""
    text = f"{number.normalize():f}"
    return f"{number:.2f}" if len(text.partition(".")[2]) == 1 else text
