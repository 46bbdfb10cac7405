"""The cells of a workbook's sheets, counted as they are unpacked, before anybody makes a table of them.

A reader of workbooks makes a dense table of whatever cells it finds, so that two cells far apart, or millions of empty
ones, would take all the time and memory there is. Here a part is read in pieces, nothing of it is kept, and too much is
refused as soon as it is too much. Documents with a type of their own, and so with entities, are no spreadsheet's.
"""

import re
from collections.abc import Mapping
from typing import NoReturn
from xml.parsers import expat

MOST_COLUMNS = 600  # more than there are; the last is XFD
MOST_LINES = 20_000  # with the empty ones that a spreadsheet leaves behind
MOST_CELLS = 1_000_000  # that stand in the file; 10 000 rows of 100 columns
MOST_AREA = 2_500_000  # cells of the dense table
SPARSE = 20  # times as many cells in the table as in the file, at most, once it is large
SMALL = 100_000
PLACE = re.compile(r"([A-Z]{0,4})([0-9]{1,8})", re.ASCII)


class TooMuch(Exception):
    """More than anybody sends, or something that no spreadsheet writes."""


class Cells:
    """One sheet: feed it all of its bytes, then `close`. Raises TooMuch, or expat.ExpatError of what is no XML."""

    def __init__(self) -> None:
        self.line = self.column = self.cells = self.columns = self.lines = 0
        self.formulas: set[int] = set()  # lines with a cell that a formula reckons
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._begin
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.buffer_text = True

    def feed(self, piece: bytes) -> None:
        self.parser.Parse(piece, False)

    def close(self) -> None:
        self.parser.Parse(b"", True)
        area = self.lines * self.columns
        if area > MOST_AREA or area > max(SMALL, SPARSE * self.cells):
            raise TooMuch

    def _begin(self, name: str, attributes: Mapping[str, str]) -> None:
        tag = name.rpartition(":")[2]
        if tag == "c":
            self._cell(attributes.get("r"))
        elif tag == "row":
            self._row(attributes.get("r"))
        elif tag == "f":
            self.formulas.add(self.line)

    def _row(self, place: str | None) -> None:
        self.line, self.column = _placed(place)[1] if place else self.line + 1, 0
        self.lines = max(self.lines, self.line)
        if self.line > MOST_LINES:
            raise TooMuch

    def _cell(self, place: str | None) -> None:
        column, line = _placed(place) if place else (self.column + 1, self.line)
        self.cells, self.column = self.cells + 1, column
        self.line, self.lines = line or self.line, max(self.lines, line)
        self.columns = max(self.columns, column)
        if self.cells > MOST_CELLS or column > MOST_COLUMNS or line > MOST_LINES:
            raise TooMuch

    def _refuse(self, *_said: object) -> NoReturn:
        raise TooMuch


def _placed(place: str) -> tuple[int, int]:
    """`C7` is column 3 of line 7. What is no place at all is not ours to read."""
    found = PLACE.fullmatch(place)
    if not found:
        raise TooMuch
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column, int(found[2])
