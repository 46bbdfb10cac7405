"""A provider's file of costs: what it says, in three languages, and everything that cannot be taken."""

import io
import zipfile
from decimal import Decimal

import pytest
from openpyxl import Workbook

from employers.applications.sheets import workbook
from employers.intake import costs
from employers.intake.costs import Refused, read, summed

HEAD = "class;kind;description;amount;visits\n"
SAME = [
    {"class": "I", "kind": "physician", "amount": "1334.50"},
    {"class": "II", "kind": "laboratory", "amount": "80.00"},
]
FILES = {
    "english": (
        "class,kind,description,amount,quantity\n"
        "I,physician,Visits,1234.50,12\n1,physician,,100,\nII,Laboratory,,80,3\n"
    ),
    "finnish": (
        "Luokka;Laji;Selite;Summa;Käynnit\n"
        "KL I;Lääkäri;Käynnit;1 234,50;12\nluokka 1;lääkäri;;100,00 €;\nKL II;Laboratorio;;80;3\n"
    ),
    "swedish": "Belopp;Klass;Slag\n1 234,50;I;läkare\n100;klass 1;PHYSICIAN\n80,00 EUR;2;laboratory\n",
}


def said(*rows: str) -> bytes:
    return (HEAD + "\n".join(rows)).encode()


def book(*rows: list[object]) -> bytes:
    made = Workbook()
    for row in (["Class", "Kind", "Description", "Amount", "Visits"], *rows):
        made.active.append(row)
    return stored(made)


def stored(made: Workbook) -> bytes:
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


@pytest.mark.parametrize("name", FILES)
def test_the_same_costs_in_three_languages(name: str) -> None:
    found = read(FILES[name].encode(), name="costs.csv")
    assert [line.problems for line in found] == [(), (), ()]
    assert summed(line.cost for line in found) == SAME


def test_a_file_of_an_old_spreadsheet_is_read() -> None:
    assert len(read(FILES["finnish"].encode("cp1252"), name="costs.csv")) == 3


def test_a_workbook_says_the_same() -> None:
    found = read(book(["I", "physician", "Visits", 1234.5, 12], ["I", "physician", None, 100, None],
                      ["II", "laboratory", None, 80.0, 3]), name="costs.xlsx")  # fmt: skip
    assert summed(line.cost for line in found) == SAME
    assert [line.quantity for line in found] == [12, None, 3]


def test_the_template_is_read_back_once_it_is_filled_in() -> None:
    headings, rows = costs.template()
    filled = workbook({"Costs": (headings, [[*row[:3], Decimal("10.00"), 1] for row in rows])})
    found = read(filled, name="costs.xlsx")
    assert [line.problems for line in found] == [()] * len(rows)
    assert len(summed(line.cost for line in found)) == len(rows)


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("III;physician;;10;1", "class_unknown"),
        ("I;magician;;10;1", "kind_unknown"),
        ("I;physician;;;1", "amount_missing"),
        ("I;physician;;ten;1", "amount_format"),
        ("I;physician;;NaN;1", "amount_format"),
        ("I;physician;;1e5;1", "amount_format"),
        ("I;physician;;10,123;1", "amount_format"),
        ("I;physician;;-10;1", "amount_negative"),
        ("I;physician;;99999999999;1", "amount_too_large"),
        ("I;physician;;10;1,5", "quantity_format"),
        ("I;physician;=A1;10;1", "formula"),
        ("I;physician;;=1+1;1", "formula"),
        ("I;physician;;10;1;more", "too_many_cells"),
    ],
)
def test_a_line_is_told_what_is_wrong_and_the_others_go_on(row: str, problem: str) -> None:
    bad, good = read(said(row, "I;nurse;;5;1"), name="costs.csv")
    assert (bad.cost, bad.problems, bad.number) == (None, (problem,), 2)
    assert good.cost == {"class": "I", "kind": "nurse", "amount": Decimal("5.00")}
    assert str(costs.WORDS[problem])


def test_a_formula_in_a_workbook_is_no_amount() -> None:
    found = read(book(["I", "physician", "", 10, 1], ["I", "nurse", "Sum", "=D2*2", 1]), name="costs.xlsx")
    assert [line.problems for line in found] == [(), ("formula",)]


def bomb() -> bytes:
    written = io.BytesIO(book(["I", "physician", "", 10, 1]))
    with zipfile.ZipFile(written, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/large.xml", b" " * (65 * 1024 * 1024))
    return written.getvalue()


def far() -> bytes:
    made = Workbook()
    made.active["A1"] = "class"
    made.active["XFD1048576"] = "far"
    return stored(made)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b" " * (costs.LARGEST + 1), "file_too_large"),
        (b"%PDF-1.7", "file_not_what_it_says"),
        (b"PK\x03\x04 and no more", "file_not_what_it_says"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b" " * 600, "file_not_what_it_says"),
        (HEAD.encode(), "no_rows"),
        (b"class;amount\nI;10\n", "columns_missing"),
        (b"class;kind;amount;belopp\nI;nurse;1;1\n", "columns_twice"),
        (b'class;kind;amount\nI;"nurse;1\n', "file_not_what_it_says"),
        (HEAD.encode() + b"I;nurse;;1;1\n" * 5_001, "too_many_rows"),
    ],
)
def test_a_file_that_cannot_be_taken_is_told_why(content: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        read(content, name="costs.csv")
    assert refused.value.code == code
    assert str(costs.WORDS[code])


@pytest.mark.parametrize("make", [bomb, far])
def test_a_workbook_that_would_take_all_the_memory_is_refused(make) -> None:
    with pytest.raises(Refused) as refused:
        read(make(), name="costs.xlsx")
    assert refused.value.code == "file_too_large_inside"
