"""Which documents are taken, and what hostile ones are told."""

import io
import zipfile
import zlib

import pytest
from openpyxl import load_workbook

from employers.applications.attach import WORDS
from employers.applications.formats import LARGEST, Unfit, cleaned, kind_of
from tests.applications import files


def refused(name: str, content: bytes) -> str:
    with pytest.raises(Unfit) as unfit:
        kind_of(name, content)
    assert unfit.value.code in WORDS
    return unfit.value.code


def test_every_kind_is_known_by_its_structure():
    found = [kind_of(name, make()) for name, make in files.TAKEN.items()]
    assert found == ["pdf", "jpeg", "jpeg", "png", "xlsx", "csv"]


def test_csv_of_an_older_program_is_taken():
    assert kind_of("palkat.csv", "työ;määrä\n".encode("cp1252")) == "csv"


HTML, SVG = b"<!doctype html><script>alert(1)</script>", b'<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>'


@pytest.mark.parametrize("name", files.TAKEN)
@pytest.mark.parametrize(
    "content", [HTML, SVG, b"MZ\x90\x00 program", b"\x7fELF\x02\x01"], ids=["html", "svg", "exe", "elf"]
)
def test_something_else_under_a_name_that_is_taken(name, content):
    assert refused(name, content) == "file_not_what_it_says"


@pytest.mark.parametrize("name", files.TAKEN)
def test_one_kind_under_the_name_of_another(name):
    kind = kind_of(name, files.TAKEN[name]())
    for other, make in files.TAKEN.items():
        if kind_of(other, make()) != kind:
            assert refused(name, make()) == "file_not_what_it_says", other


@pytest.mark.parametrize("name", ["a.pdf.exe", "a.svg", "a.html", "a.xlsm", "a.xls", "a.docx", "a.zip", "pdf"])
def test_other_extensions_are_not_taken(name):
    assert refused(name, files.pdf()) == "file_kind_not_taken"


def test_an_empty_file():
    assert refused("a.pdf", b"") == "file_empty"


def test_ten_megabytes_are_taken_and_a_byte_more_is_not():
    whole = files.pdf(body=b"%" + b"x" * (LARGEST - 200) + b"\n")
    whole += b"\n" * (LARGEST - len(whole))
    assert len(whole) == LARGEST
    assert kind_of("a.pdf", whole) == "pdf"
    assert refused("a.pdf", whole + b"\n") == "file_too_large"


@pytest.mark.parametrize(
    "content",
    [
        files.pdf()[:-30],  # cut
        b"\n" + files.pdf(),  # something before it
        files.pdf() + HTML,  # something behind it
        b"%PDF-1.7\n%%EOF\n",  # nothing in it
    ],
)
def test_a_pdf_is_whole_and_alone(content):
    assert refused("a.pdf", content) == "file_not_what_it_says"


@pytest.mark.parametrize("action", [b"/JS (alert())", b"/S /JavaScript", b"/S /Launch /F (cmd.exe)", b"/RichMedia"])
def test_a_pdf_that_runs_something(action):
    assert refused("a.pdf", files.pdf(body=b"1 0 obj\n<< %s >>\nendobj\n" % action)) == "file_can_run"


def test_the_same_letters_within_a_picture_of_a_pdf_run_nothing():
    body = b"1 0 obj\n<< /Length 20 >>\nstream\n\x00\x01/JS \x02/Launch \x03\nendstream\nendobj\n"
    assert kind_of("a.pdf", files.pdf(body=body)) == "pdf"


def test_a_pdf_of_beginnings_without_an_end_is_read_in_one_go():
    assert kind_of("a.pdf", files.pdf(body=b"stream\n" * 1_400_000)) == "pdf"


def archive(**parts: bytes) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as new:
        for name, content in parts.items():
            new.writestr(name, content)
    return kept.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_with_an_archive_behind_it(kind):
    name = f"a.{kind.lower()}"
    assert refused(name, files.picture(kind) + archive(evil=b"x")) == "file_not_what_it_says"


def test_a_pdf_with_an_archive_within_that_other_programs_would_open():
    inside = archive(evil=b"x")
    tail = b"\nstartxref\n9\n%%EOF\n"
    whole = b"%PDF-1.7\n" + inside[:-2] + len(tail).to_bytes(2, "little") + tail
    assert zipfile.is_zipfile(io.BytesIO(whole))
    assert refused("a.pdf", whole) == "file_not_what_it_says"


def test_a_pdf_head_within_a_picture():
    whole = files.picture("JPEG")
    comment = b"\xff\xfe" + (2 + 9).to_bytes(2, "big") + b"%PDF-1.7\n"
    assert refused("a.jpg", whole[:2] + comment + whole[2:]) == "file_not_what_it_says"


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_half_a_picture(kind):
    whole = files.picture(kind, size=(400, 300))
    assert refused(f"a.{kind.lower()}", whole[: len(whole) // 2]) == "file_not_what_it_says"


def test_a_picture_that_would_fill_the_memory():
    small = files.picture("PNG")
    size = (30_000).to_bytes(4, "big") * 2
    header = b"IHDR" + size + small[24:29]
    whole = small[:12] + header + zlib.crc32(header).to_bytes(4, "big") + small[33:]
    assert refused("a.png", whole) == "file_too_large_inside"


@pytest.mark.parametrize(
    "part",
    [
        "xl__vbaProject.bin",
        "xl__macrosheets__sheet1.xml",
        "xl__activeX__activeX1.xml",
        "xl__embeddings__ole.bin",
    ],
)
def test_a_workbook_that_runs_something(part):
    assert refused("a.xlsx", files.xlsx_with(**{part: b"x"})) == "file_can_run"


def test_a_workbook_with_macros_under_another_name():
    types = b'<Types><Override ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>'
    assert refused("a.xlsx", files.xlsx_with(**{"[Content_Types].xml": types})) == "file_can_run"


def test_a_zip_bomb():
    bomb = files.xlsx_with(xl__worksheets__sheet2=b"\0" * (61 * 1024 * 1024))
    assert len(bomb) < LARGEST
    assert refused("a.xlsx", bomb) == "file_too_large_inside"


def test_a_zip_bomb_that_lies_about_its_size():
    bomb = bytearray(files.xlsx_with(xl__worksheets__sheet2=b"\0" * (61 * 1024 * 1024)))
    true = (61 * 1024 * 1024).to_bytes(4, "little")
    while (place := bytes(bomb).find(true)) >= 0:
        bomb[place : place + 4] = (100).to_bytes(4, "little")
    assert refused("a.xlsx", bytes(bomb)) == "file_not_what_it_says"


def test_a_workbook_of_too_many_parts():
    parts = {f"xl__junk{number}.xml": b"x" for number in range(2_100)}
    assert refused("a.xlsx", files.xlsx_with(**parts)) == "file_too_large_inside"


@pytest.mark.parametrize(
    "content",
    [
        archive(**{"a.txt": b"x"}),
        files.xlsx_with(xl__workbook=b"x")[:-40],
        files.xlsx_with(**{"xl__workbook.xml": b"<html/>"}),
        files.xlsx_with(**{"xl__workbook.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}),
        files.xlsx_with(**{"xl__workbook.xml": b"not xml"}),
    ],
)
def test_a_zip_that_is_no_workbook(content):
    assert refused("a.xlsx", content) == "file_not_what_it_says"


def test_a_workbook_with_a_password():
    assert refused("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600) == "file_locked"


@pytest.mark.parametrize("content", [b"a;b\0c\n", "a;b".encode("utf-16"), b"a\x1bb;c\n", b"  <html>", b"a;\x81\n"])
def test_a_csv_is_text(content):
    assert refused("a.csv", content) == "file_not_what_it_says"


def test_a_workbook_that_is_taken_opens():
    assert load_workbook(io.BytesIO(files.xlsx())).active["B1"].value == 1200.5


def test_a_name_is_shown_without_what_turns_it_around():
    assert cleaned("C:\\fake\\..\\to\u202efdp.exe\r\n.pdf") == "tofdp.exe.pdf"
    assert cleaned("x" * 400 + ".pdf") == "x" * 150 + ".pdf"
