"""A report is the same report whether it is read from its octets or from a tree."""

from io import BytesIO

import pytest

from employers.income_register import feed
from employers.income_register.octets import Octets
from employers.income_register.parser import MalformedExtract, reports_in
from employers.income_register.schema import Poison
from tests.income_register.extracts import extract, minimal
from tests.income_register.test_parser import FULL, NONSENSE

PLAIN = minimal(more=FULL)
ODD = {
    "laid out": PLAIN.replace("><", ">\n  <"),
    "comment": PLAIN.replace("<Transactions>", "<!-- </Transactions></Report> --><Transactions>"),
    "comment inside": PLAIN.replace("<Transaction>", "<Transaction><!-- </Transactions></Report> -->", 1),
    "CDATA": PLAIN.replace(">Kiitos<", "><![CDATA[</Absence></Report>]]><"),
    "instruction": PLAIN.replace("<Absence>", "<?x </Report>?><Absence>"),
    "reference": PLAIN.replace(">Kiitos<", ">A &amp; B &#228;<"),
    "reference to a digit": PLAIN.replace("<ReportVersion>1<", "<ReportVersion>&#50;<"),
    "letters": PLAIN.replace("Aino", "Äinö"),
    "space in tags": PLAIN.replace("</Absence>", "</Absence >").replace("<ReportData>", "<ReportData\n>"),
    "attribute": PLAIN.replace("<Absence>", '<Absence a="/Absence>">'),
    "namespace": PLAIN.replace("<Absence>", '<w:Other/><Absence w:a="1">'),
    "nested": PLAIN.replace("<Transactions>", "<Transactions><Transactions><Transaction/></Transactions>"),
    "report in a report": PLAIN.replace("</Report>", "<New><Report><a/></Report></New></Report>"),
    "empty elements": PLAIN.replace("</Report>", "<IncomeEarner/></Report>"),
    "told twice": PLAIN.replace("</Report>", "<Absence></Absence></Report>"),
    "text between": PLAIN.replace("<Absence>", "text<Absence>"),
    "novelty": PLAIN.replace("<Absence>", "<Novelty><a>1</a></Novelty><Absence>"),
    "leaves of a delivery": minimal().replace("<DeliveryData>", "<DeliveryData><Timestamp>x</Timestamp>"),
    "no delivery": PLAIN.replace("DeliveryData>", "Other>"),
    "no data": PLAIN.replace("ReportData>", "Other>"),
    **{f"{wrong} for {right}": PLAIN.replace(right, wrong, 1) for right, wrong, _ in NONSENSE if wrong != "<Other>"},
}
BROKEN = {
    "crossed": PLAIN.replace("</Absence>\n</Report>", "</Report></Absence>"),
    "crossed inside": PLAIN.replace("</PaidAbsence></Absence>", "</Absence></PaidAbsence>"),
    "undeclared entity": PLAIN.replace("Kiitos", "&x;"),
    "bare ampersand": PLAIN.replace("<ReportVersion>1<", "<ReportVersion>1&<"),
    "section's end in text": PLAIN.replace("<ReportVersion>1<", "<ReportVersion>1]]><"),
    "control character": PLAIN.replace("Kiitos", "Kii\x01tos"),
    "form feed between": PLAIN.replace("<Absence>", "\x0c<Absence>"),
    "name from a digit": PLAIN.replace("<ReportData>", "<ReportData><1a>x</1a>"),
    "undeclared prefix": PLAIN.replace("<Absence>", "<v:New/><Absence>"),
    "not UTF-8": PLAIN.replace("Kiitos", "Kii\udce4tos"),
    "unclosed": PLAIN.replace("</Absence>", ""),
    "cut": PLAIN.removesuffix("</Report>"),
}


def _document(*reports: str) -> bytes:
    return extract(*("?" * len(reports))).getvalue().replace(b"?" * len(reports), _octets("".join(reports)))


def _octets(text: str) -> bytes:
    return text.encode(errors="surrogateescape")


def _by_tree(octets: bytes, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(Octets, "report", lambda self, octets: None)
        return list(reports_in(BytesIO(octets)))


@pytest.mark.parametrize("odd", ODD)
def test_octets_say_what_the_tree_says(odd, monkeypatch):
    """The register's usual reports before, between and after whatever else may stand in an extract."""
    document = _document(PLAIN, PLAIN, PLAIN, ODD[odd], ODD[odd], PLAIN, PLAIN, PLAIN, ODD[odd], PLAIN)
    assert list(reports_in(BytesIO(document))) == _by_tree(document, monkeypatch)


@pytest.mark.parametrize("broken", BROKEN)
@pytest.mark.parametrize("before", [0, 1, 3])
def test_what_a_tree_refuses_is_refused(broken, before, monkeypatch):
    document = _document(*[PLAIN] * before, BROKEN[broken], PLAIN)
    with pytest.raises(MalformedExtract):
        _by_tree(document, monkeypatch)
    with pytest.raises(MalformedExtract):
        list(reports_in(BytesIO(document)))


def test_most_reports_need_no_tree(monkeypatch):
    """The first tells where the reports begin, and one after it that nothing odd goes on."""
    grown = []
    monkeypatch.setattr(feed.Feed, "_grown", _noted(feed.Feed._grown, grown))
    found = list(reports_in(extract(*(minimal(report_id=f"{n:032}", more=FULL) for n in range(50)))))
    assert [one.report_id for one in found] == [f"{n:032}" for n in range(50)]
    assert len(grown) <= 4


def test_a_report_in_a_comment_is_none():
    comment = f"<!-- {PLAIN} {PLAIN} {PLAIN} --><Report/><!-- {PLAIN} --><Report />"
    document = _document(PLAIN, PLAIN, PLAIN, comment, PLAIN, PLAIN).replace(b"<NrOfReports>6<", b"<NrOfReports>7<")
    found = list(reports_in(BytesIO(document)))
    assert [isinstance(one, Poison) for one in found] == [False] * 3 + [True] * 2 + [False] * 2


def test_other_encodings_are_left_to_the_tree():
    """Where the same octets may be another text."""
    plain = _document(*[PLAIN.replace("Aino", "Ääinö")] * 5).decode()
    for encoding in ("utf-16", "iso-8859-1"):
        document = f'<?xml version="1.0" encoding="{encoding}"?>{plain}'.encode(encoding)
        assert [one.given_name for one in reports_in(BytesIO(document))] == ["Ääinö"] * 5


def _noted(method, calls):
    def noted(self, octets):
        calls.append(octets)
        return method(self, octets)

    return noted
