"""Whatever happens to a document on its way, octets and tree agree on whether it can be read, and on what it says."""

from io import BytesIO

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from employers.income_register.octets import Octets
from employers.income_register.parser import MalformedExtract, reports_in
from tests.income_register.extracts import extract, minimal
from tests.income_register.test_parser import FULL

SOUND = extract(*(minimal(report_id=one * 32, more=FULL) for one in "abc")).getvalue()
PIECES = [
    b"<", b">", b"&", b"/", b":", b'="', b"\x00", b"\xff", b"\n", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<?x", b"?>",
    b"&amp;", b"&#38;", b"xmlns='a'", b"<a/>", b"<Report>", b"</Report>", b"<ReportData>", b"</ReportData>",
    b"<Absence>", b"</Absence>",
]  # fmt: skip
blows = st.tuples(st.integers(0, len(SOUND)), st.integers(0, 40), st.sampled_from([b"", *PIECES]))


@given(st.lists(blows, min_size=1, max_size=3))
@example([(SOUND.index(b"</Report>"), 9, b"")])
@example([(SOUND.rindex(b"<ReportData>"), 0, b"<!--")])
@settings(max_examples=200, deadline=None)
def test_octets_and_tree_agree(found) -> None:
    document = SOUND
    for at, gone, put in found:
        document = document[:at] + put + document[at + gone :]
    by_octets = told(document)
    with pytest.MonkeyPatch.context() as changed:
        changed.setattr(Octets, "report", lambda self, octets: None)  # so that the tree judges every report
        assert told(document) == by_octets


def told(document: bytes) -> object:
    try:
        return list(reports_in(BytesIO(document)))
    except MalformedExtract:
        return "malformed"
