"""Files that people make: dates and amounts as they mean them, and what would hurt refused before it is read."""

import io
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import Workbook

from employers.intake import spreadsheets
from employers.intake.batch import Unreadable, row_of
from employers.intake.spreadsheets import Unfit, read
from tests.intake.files import cells, csv_file

HEADER = list(cells())
ASKED = {"absence": {"start": "2026-03-02", "end": "2026-04-10"}}


def workbook(*rows, header=HEADER, more=None) -> bytes:
    book = Workbook()
    sheet = book.active
    for row in (header, *rows):
        sheet.append(row)
    if more:
        more(book, sheet)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def body_of(content: bytes, name: str = "palkat.xlsx"):
    table = read(content, name=name, most=10)
    row = row_of(1, table.header, table.lines[0])
    assert row.problems == []
    return row.body


def as_typed(**changes):
    """Days as days and sums as numbers, as a spreadsheet keeps them."""
    typed = cells() | {
        "employment.start": date(2019, 5, 2),
        "absence.start": datetime(2026, 3, 2),
        "absence.end": "10.4.2026",
        "pay_periods.1.start": date(2026, 3, 2),
        "pay_periods.1.end": date(2026, 4, 10),
        "pay_periods.1.amount": 3600,
    }
    return list((typed | changes).values())


@pytest.mark.parametrize(("amount", "said"), [
    (3600, "3600.00"), (3600.5, "3600.50"), (1199.9, "1199.90"), (0.1 + 0.2, "0.30"), ("3 600,50", "3600.50"),
    (1e6, "1000000.00"), (-12.25, "-12.25"),
])  # fmt: skip
def test_days_and_amounts_are_read_as_people_mean_them(amount, said):
    body = body_of(workbook(as_typed(**{"pay_periods.1.amount": amount})))
    assert body["absence"] == ASKED["absence"]
    assert body["employment"]["start"] == "2019-05-02"
    assert body["pay_periods"] == [{"start": "2026-03-02", "end": "2026-04-10", "amount": said}]


def test_numbers_months_and_truths_in_cells():
    header = ["benefit", "reference", "details.months.1.month", "details.months.1.paid_days", "details.months.1.days",
              "details.other_work_offered"]  # fmt: skip
    body = body_of(workbook(["annual_leave_compensation", 17, date(2026, 3, 1), 25, 2.5, True], header=header))
    assert body["reference"] == "17"
    assert body["details"] == {
        "months": [{"month": "2026-03", "paid_days": 25, "days": "2.50"}],
        "other_work_offered": True,
    }


def test_what_a_formula_gives_is_what_counts_and_not_the_formula():
    """The value that the spreadsheet kept; a workbook that was never calculated has none."""
    table = read(workbook(as_typed(**{"pay_periods.1.amount": "=1800*2"})), name="palkat.xlsx", most=10)
    assert table.lines[0][HEADER.index("pay_periods.1.amount")] == ""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("separator", [";", ","])
def test_csv_in_the_encodings_of_spreadsheets(encoding, separator):
    content = csv_file(cells(1, **{"employee.family_name": "Hämäläinen"}), separator=separator, encoding=encoding)
    assert body_of(content, "palkat.csv")["employee"]["family_name"] == "Hämäläinen"


def test_empty_lines_and_empty_columns_at_the_end_say_nothing():
    blank = [None] * len(HEADER)
    table = read(workbook([*as_typed(), None], blank, as_typed(), header=[*HEADER, None]), name="a.xlsx", most=2)
    assert (table.header, len(table.lines)) == (HEADER, 2)


def test_the_column_of_errors_is_taken_out_again():
    row = {**cells(1), "errors": "absence.end: The end is before the start."}
    table = read(csv_file(row), name="palkat.csv", most=10)
    assert (table.header, table.lines) == (HEADER, [list(cells(1).values())])


def test_the_second_sheet_is_not_read():
    def explained(book, sheet):
        book.create_sheet("Columns").append(["anything", "at all"])

    assert len(read(workbook(as_typed(), more=explained), name="a.xlsx", most=10).lines) == 1


@pytest.mark.parametrize(("header", "lines", "code"), [
    (["benefit", "salary"], [["a", "b"]], "unknown_column"),
    (["benefit", "benefit"], [["a", "b"]], "column_twice"),
    (["010190-9123", "Aino"], [["a", "b"]], "columns_invalid"),
    (HEADER, [], "no_rows"),
    (HEADER, [["a"]] * 3, "too_many_rows"),
])  # fmt: skip
def test_a_header_or_a_number_of_rows_that_will_not_do(header, lines, code):
    with pytest.raises(Unreadable) as refused:
        read(workbook(*lines, header=header), name="a.xlsx", most=2)
    assert [problem.code for problem in refused.value.problems] == [code]


def changed(content: bytes, *, without=(), **parts: bytes) -> bytes:
    """The workbook with parts replaced or added; `__` stands for a slash and `_dot_` for a full stop."""
    made, named = io.BytesIO(), {name.replace("__", "/").replace("_dot_", "."): part for name, part in parts.items()}
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in named and name not in without:
                new.writestr(name, old.read(name))
        for name, part in named.items():
            new.writestr(name, part)
    return made.getvalue()


def far_cell(place: str, tag: str = "c") -> bytes:
    namespace = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    cell = f'<c r="{place}"><v>1</v></c>' if tag == "c" else ""
    row = f'<row r="{place}"/>' if tag == "row" else f"<row>{cell}</row>"
    return b"<worksheet " + namespace + b"><sheetData>" + row.encode() + b"</sheetData></worksheet>"


SHEET = "xl__worksheets__sheet1_dot_xml"
BOOK = workbook(as_typed())
HOSTILE = {
    "a cell at the far end": (changed(BOOK, **{SHEET: far_cell("XFD1048576")}), "file_too_large_inside"),
    "a row at the far end": (changed(BOOK, **{SHEET: far_cell("1048576", "row")}), "file_too_large_inside"),
    "a column at the far end": (changed(BOOK, **{SHEET: far_cell("ZZZZ1")}), "file_too_large_inside"),
    "macros": (changed(BOOK, xl__vbaProject_dot_bin=b"x"), "file_can_run"),
    "a sheet of macros": (changed(BOOK, xl__macrosheets__sheet1_dot_xml=b"<a/>"), "file_can_run"),
    "an old workbook or a locked one": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "file_locked"),
    "no workbook at all": (b"PK\x03\x04 nothing", "file_not_what_it_says"),
    "a document of another kind": (
        changed(BOOK, without=("[Content_Types].xml",), **{"[Content_Types]_dot_xml": b"<Types/>"}),
        "file_not_what_it_says",
    ),
    "a sheet that breaks off": (changed(BOOK, **{SHEET: far_cell("A1")[:-20]}), "file_not_what_it_says"),
    "nothing": (b"", "file_empty"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_what_would_hurt_is_refused(case):
    content, code = HOSTILE[case]
    with pytest.raises(Unfit) as refused:
        read(content, name="palkat.xlsx", most=10)
    assert refused.value.code == code


def test_a_bomb_is_refused_by_what_comes_out_of_it(monkeypatch):
    """Whatever its directory says: every part is unpacked, and no more of it than there is room for."""
    monkeypatch.setattr(spreadsheets, "LARGEST_INSIDE", 1_000_000)
    bomb = changed(BOOK, xl__media__image_dot_png=b"\0" * 2_000_000)
    assert len(bomb) < 50_000
    with pytest.raises(Unfit) as refused:
        read(bomb, name="palkat.xlsx", most=10)
    assert refused.value.code == "file_too_large_inside"


def test_many_empty_rows_are_refused():
    rows = b"<row/>" * (spreadsheets.MOST_LINES + 1)
    sheet = far_cell("A1").replace(b"</sheetData>", rows + b"</sheetData>")
    with pytest.raises(Unfit):
        read(changed(BOOK, **{SHEET: sheet}), name="palkat.xlsx", most=10)


def test_entities_are_not_followed():
    document = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
    sheet = document + far_cell("A1").replace(b"<v>1</v>", b"<v>&b;</v>")
    try:
        table = read(changed(BOOK, **{SHEET: sheet}), name="palkat.xlsx", most=10)
    except (Unfit, Unreadable):
        return
    assert "root" not in str(table)


@pytest.mark.parametrize("content", [b"a;b\0c\n", b"PK\x03\x04", b"%PDF-1.7", b'benefit\n"never ends'])
def test_what_is_no_csv_is_refused(content):
    with pytest.raises((Unfit, Unreadable)):
        read(content, name="palkat.csv", most=10)
