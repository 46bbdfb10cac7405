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
from typing import Any

from lxml import etree
from python_calamine import CalamineError, CalamineWorkbook

from employers.intake import batch

LARGEST_INSIDE = 64 * 1024 * 1024  # bytes of everything in a workbook, unpacked
MOST_PARTS = 2_000
MOST_COLUMNS = 600  # more than there are; the last is XFD
MOST_LINES = 20_000  # with the empty ones that a spreadsheet leaves behind
ERRORS = "errors"  # the column of what was wrong: ours, and no part of a claim
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
RUNS = ("vbaproject", "xl/macrosheets/", "xl/activex/", "xl/embeddings/", "xl/ctrlprops/")
WORKBOOK = re.compile(rb"spreadsheetml|oclc\.org/ooxml")
PLACE = re.compile(r"([A-Z]{0,4})([0-9]{1,8})", re.ASCII)
BROKEN = (
    zipfile.BadZipFile, etree.XMLSyntaxError, CalamineError, KeyError, NotImplementedError, RuntimeError, zlib.error,
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
    found: set[int] = set()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for part in archive.namelist():
            if part.lower().startswith("xl/worksheets/") and part.lower().endswith(".xml"):
                found |= _formulas(archive.read(part))
    return found


def _formulas(part: bytes) -> set[int]:
    cells = etree.iterparse(io.BytesIO(part), events=("end",), tag="{*}c", resolve_entities=False, no_network=True)
    places = (cell.get("r", "") for _event, cell in cells if cell.find("{*}f") is not None)
    return {int(match[2]) for place in places if (match := PLACE.fullmatch(place)) and match[2]}


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


def _walk(archive: zipfile.ZipFile) -> None:
    """Every part is unpacked, whatever size it says it has."""
    parts, room = archive.infolist(), LARGEST_INSIDE
    names = [part.filename.lower() for part in parts]
    if len(parts) > MOST_PARTS or len(set(names)) < len(names):
        raise Unfit("file_too_large_inside")
    if any(place in name for name in names for place in RUNS):
        raise Unfit("file_can_run")
    kinds = archive.read("[Content_Types].xml") if archive.getinfo("[Content_Types].xml").file_size < room else b""
    if not WORKBOOK.search(kinds):
        raise Unfit("file_not_what_it_says")
    if b"macroenabled" in kinds.lower():
        raise Unfit("file_can_run")
    for part in parts:
        with archive.open(part) as opened:
            found = opened.read(room + 1)
        room -= len(found)
        if room < 0:
            raise Unfit("file_too_large_inside")
        _look_for_far_cells(found)


def _look_for_far_cells(part: bytes) -> None:
    """Sheets may stand anywhere in the archive; other parts have no cells."""
    if b"worksheet" not in part[:4096]:
        return
    rows = 0
    options: dict[str, Any] = {"resolve_entities": False, "no_network": True, "load_dtd": False}
    for _event, element in etree.iterparse(io.BytesIO(part), events=("end",), **options):
        tag = etree.QName(element).localname if isinstance(element.tag, str) else ""
        if tag in ("row", "c"):
            rows += tag == "row"
            if rows > MOST_LINES or len(element) > MOST_COLUMNS or _is_far(element.get("r", "")):
                raise Unfit("file_too_large_inside")
        if tag == "row":
            element.clear()


def _is_far(place: str) -> bool:
    """`XFD1048576` of a cell, `1048576` of a row; what is no place at all is not ours to read."""
    if not place:
        return False
    found = PLACE.fullmatch(place)
    if not found:
        return True
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column > MOST_COLUMNS or int(found[2]) > MOST_LINES


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
