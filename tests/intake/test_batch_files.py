"""Reading batch files: every dialect gives the same rows, every mistake its own words, nothing hostile takes long."""

import csv
import io
import json
import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from employers.intake import sentences
from employers.intake.batch import CSV, JSON_LINES, Unreadable, counted, decoded, rows
from employers.intake.cells import is_formula
from employers.intake.serializers import read_claim
from tests.intake.files import cells, claim, csv_file, json_lines

EXPECTED = read_claim({**claim(), "contact": None}, allow_temporary=True)


def read(file, kind=CSV):
    return list(rows(decoded(file), content_type=kind))


def refused(file, kind=CSV, most=1000):
    """Codes at places, or nothing."""
    try:
        counted(decoded(file), content_type=kind, most=most)
    except Unreadable as unreadable:
        return [(problem.field, problem.code) for problem in unreadable.problems]
    return []


FINNISH = {
    "employment.start": "2.5.2019", "absence.start": "2.3.2026", "absence.end": "10.4.2026",
    "pay_periods.1.start": "02.03.2026", "pay_periods.1.end": "10.04.2026", "pay_periods.1.amount": "3600,00",
}  # fmt: skip
DIALECTS = {
    "semicolons": csv_file(cells()),
    "commas": csv_file(cells(), separator=","),
    "a byte order mark": csv_file(cells(), encoding="utf-8-sig"),
    "lines of unix": csv_file(cells(), end="\n"),
    "no last line end": csv_file(cells()).rstrip(),
    "finnish days, decimal comma": csv_file(cells(**FINNISH)),
    "decimal comma between commas": csv_file(cells(**FINNISH), separator=","),
    "thousands apart": csv_file(cells(**{"pay_periods.1.amount": "3 600,0"})),
    "thousands apart by a hard space": csv_file(cells(**{"pay_periods.1.amount": "3\u00a0600"})),
    "empty lines": csv_file(cells()).replace(b"\r\n", b"\r\n;;;\r\n\r\n"),
    "spaces around names": csv_file(cells()).replace(b"employer;", b" employer ;", 1),
    "empty columns": csv_file(cells(**{"other_days.1.start": "", "pay_periods.12.amount": "", "contact.name": " "})),
    "a gap in a list": csv_file(
        {name.replace(".1.", ".3."): value for name, value in cells(**{"pay_periods.1.end": "2026-04-10"}).items()}
    ),
}


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_dialect_says_the_same(dialect):
    (row,) = read(DIALECTS[dialect])
    assert row.problems == []
    assert read_claim(row.body, allow_temporary=True) == EXPECTED


def test_json_lines_are_bodies():
    first, second = read(json_lines(claim(1), claim(2)), JSON_LINES)
    assert (first.number, first.body, first.reference) == (1, claim(1), "row-1")
    assert (second.number, second.body) == (2, claim(2))


def test_text_may_hold_separators_quotes_and_lines():
    said = 'he said; "no",\nthen = left'
    (row,) = read(csv_file(cells(additional_information=said)))
    assert row.body["additional_information"] == said


WRONG_FILES = {
    "an image": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), [("", "unparseable")]),
    "a spreadsheet": (b"PK\x03\x04" + b"\0" * 100, [("", "unparseable")]),
    "null bytes": (csv_file(cells()).replace(b"Aino", b"Ai\0no"), [("", "unparseable")]),
    "latin-1": (csv_file(cells(**{"employee.given_name": "Äiti"}), encoding="latin-1"), [("", "unparseable")]),
    "utf-16": (csv_file(cells(), encoding="utf-16"), [("", "unparseable")]),
    "an open quotation mark": (csv_file(cells()).replace(b"Aino", b'"Aino'), [("", "unparseable")]),
    "nothing": (b"", [("columns", "columns_invalid")]),
    "no header": (csv_file(cells()).partition(b"\r\n")[2], [("columns", "columns_invalid")]),
    "no rows": (csv_file(cells()).partition(b"\r\n")[0], [("", "no_rows")]),
    "a column twice": (csv_file(cells()).replace(b"certificate", b"benefit", 1), [("columns.13", "column_twice")]),
    "an unknown column": (csv_file(cells(nickname="A")), [("columns.14", "unknown_column")]),
    "the thirteenth period": (csv_file(cells(**{"pay_periods.13.amount": "1"})), [("columns.14", "unknown_column")]),
    "400 columns": (csv_file(cells() | {f"x{n}": "" for n in range(386)}), [("columns", "too_many_items")]),
    "a thousand and one rows": (csv_file(*[cells()] * 1001), [("", "too_many_rows")]),
}


@pytest.mark.parametrize("case", WRONG_FILES)
def test_a_file_that_cannot_be_taken_is_told_why(case):
    file, expected = WRONG_FILES[case]
    assert refused(file) == expected
    assert {code for _, code in expected} <= sentences.SENTENCES.keys()


def test_a_thousand_rows_are_taken():
    assert refused(csv_file(*[cells()] * 1000)) == []
    assert refused(json_lines(*[claim()] * 1000), JSON_LINES) == []
    assert refused(json_lines(*[claim()] * 1001), JSON_LINES) == [("", "too_many_rows")]


FORMULAS = ("=1+1", "@SUM(A1)", "+HYPERLINK(1)", "-cmd|' /C calc'!A0", "\t=1", " =1")
PLAIN = ("+358 40 000 0000", "-5.00", "a=b", "aino@example.org", "-")


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_is_refused_in_its_row(text):
    good, bad = read(csv_file(cells(1, **{"contact.phone": ""}), cells(2, **{"contact.phone": text})))
    assert good.problems == []
    assert [(problem.field, problem.code) for problem in bad.problems] == [("contact.phone", "formula")]


@pytest.mark.parametrize("text", PLAIN)
def test_what_only_begins_alike_is_no_formula(text):
    (row,) = read(csv_file(cells(**{"contact.phone": text})))
    assert (row.problems, row.body["contact"]["phone"]) == ([], text)


WRONG_LINES = {
    "no JSON": (b"{", "unparseable"),
    "not a number": (b'{"a": NaN}', "unparseable"),
    "a name twice": (b'{"a": 1, "a": 2}', "unparseable"),
    "deep": (b"[" * 20_000, "unparseable"),
    "a list": (b"[]", "invalid_type"),
    "half a character": (b'{"a": "\\ud800"}', "unparseable"),
    "a long line": (b'{"a": "' + b"x" * 300_000 + b'"}', "too_long"),
}


@pytest.mark.parametrize("case", WRONG_LINES)
def test_a_wrong_line_leaves_the_others_alone(case):
    line, code = WRONG_LINES[case]
    first, bad, last = read(json_lines(claim(1)) + line + b"\n" + json_lines(claim(2)), JSON_LINES)
    assert (first.problems, last.problems, last.number) == ([], [], 3)
    assert (bad.body, [problem.code for problem in bad.problems]) == (None, [code])


HOSTILE = {
    "20 MB of one cell": (b"employer\r\n" + b"x" * 20_000_000, CSV),
    "20 MB of separators": (b";" * 20_000_000, CSV),
    "20 MB of one row": (b"employer\r\n" + b'"a\n";' * 4_000_000, CSV),
    "20 MB of quotation marks": (b'employer\n"' + b'""' * 10_000_000, CSV),
    "20 MB of lines": (b"employer\n" + b"x\n" * 10_000_000, CSV),
    "20 MB of empty lines": (b"employer\n" + b"\n" * 20_000_000, CSV),
    "20 MB of lines of separators": (b"employer\n" + b";;;\n" * 5_000_000, CSV),
    "20 MB of lines without JSON": (b"\n" * 20_000_000, JSON_LINES),
    "20 MB of header": (b"employer;" * 2_200_000, CSV),
    "20 MB of brackets": (b"[" * 20_000_000, JSON_LINES),
    "20 MB of empty objects": (b"{}\n" * 6_600_000, JSON_LINES),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_files_are_refused_quickly(case):
    file, kind = HOSTILE[case]
    began = time.process_time()
    problems = refused(file, kind)
    assert time.process_time() - began < 1
    assert problems or kind == JSON_LINES  # one long line is one wrong row


days = st.dates().map(lambda day: (f"{day.day}.{day.month}.{day.year:04}", day.isoformat()))
money = st.decimals(0, 10**9, places=2).map(lambda sum_: (f"{sum_:.2f}".replace(".", ","), f"{sum_:.2f}"))
text = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), min_size=1, max_size=30)


@given(day=days, amount=money, said=text, separator=st.sampled_from(";,"))
def test_round_trip(day, amount, said, separator):
    """What a spreadsheet writes for a day, an amount, a text comes back as a body writes it."""
    written = csv_file({"absence.start": day[0], "pay_periods.2.amount": amount[0], "contact.name": said},
                       separator=separator)  # fmt: skip
    (row,) = read(written)
    assert row.body["absence"]["start"] == day[1]
    assert row.body["pay_periods"] == [{"amount": amount[1]}]
    assert Decimal(amount[1]) >= 0
    name = row.body.get("contact", {}).get("name", "")
    assert name == said.strip()
    assert bool(row.problems) == is_formula(said)


@given(said=st.text(max_size=300), head=st.sampled_from(("", "employer\n", "employer;reference\n")))
def test_no_text_is_too_strange(said, head):
    """Taken or refused with a reason; nothing else ever comes out."""
    for kind in (CSV, JSON_LINES):
        assert isinstance(refused((head + said).encode("utf-8", "surrogatepass"), kind), list)


def test_no_problem_repeats_a_value():
    secret = "020290-912J"
    file = csv_file(cells(**{"contact.phone": f"={secret}", "absence.start": secret}))
    (row,) = read(file)
    assert secret not in json.dumps([problem.as_dict() | dict(problem.params) for problem in row.problems])
    headless = io.StringIO(newline="")
    csv.writer(headless, delimiter=";").writerow(["employer", secret])
    assert refused(headless.getvalue().encode() + b"a;b") == [("columns.1", "unknown_column")]
