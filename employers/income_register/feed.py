"""Give a document to the tree piece by piece, and spare the tree the reports whose octets alone tell what they say.

Only where it is certain that the tree stands between two reports of an extract may the next one be passed over: what is
left of the document is as well-formed, or as little, as with it.
"""

from collections.abc import Iterator
from typing import IO

from lxml import etree

from .octets import END, Octets
from .schema import Report
from .wire import MalformedXml

EXTRACT = "{http://www.tulorekisteri.fi/2017/1/WageReportsFromIR}WageReportsFromIR"
HEAD = ("Subscription", "Query", "Summary")
ERRORS = ("MessageErrors", "DeliveryErrors")
MAX_REPORT_BYTES = 1_000_000  # a report is about 2 kB
SIZE = 1 << 17  # bytes read at once


class Feed:
    """Yields the elements named above, and reports: as Report where no tree was needed, else as elements."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._octets = Octets()
        self._since_report = 0  # bytes
        self._fed = self._ended = 0  # ends of reports, in the octets and in the tree
        self._between = False  # two reports, for certain
        self._parser = etree.XMLPullParser(
            events=("end",),
            tag=("Report", *HEAD, *ERRORS),
            resolve_entities=False,
            no_network=True,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )

    def __iter__(self) -> Iterator[etree._Element | Report]:
        for octets in _pieces(self._file):
            report = self._octets.report(octets) if self._between else None
            if report is None:
                yield from self._grown(octets)
            else:
                yield report
        self._parser.close()

    def _grown(self, octets: bytes) -> list[etree._Element]:
        self._since_report += len(octets)
        if self._since_report > MAX_REPORT_BYTES:
            raise MalformedXml("a report is too large")
        self._parser.feed(octets)
        elements = [element for _, element in self._parser.read_events()]
        reports = sum(element.tag == "Report" for element in elements)
        self._since_report = 0 if reports else self._since_report
        self._fed, self._ended = self._fed + octets.endswith(END), self._ended + reports
        self._between = reports == len(elements) == 1 and self._fed == self._ended and _is_plain(octets, elements[0])
        return elements


def _is_plain(octets: bytes, report: etree._Element) -> bool:
    """Whether the octets end with this report of an extract in UTF-8, and not within a comment or the like."""
    if not octets.endswith(END) or b"<!" in octets or b"<?" in octets:
        return False
    above = [ancestor.tag for ancestor in report.iterancestors()]
    return above == ["Reports", EXTRACT] and report.getroottree().docinfo.encoding in (None, "UTF-8", "utf-8")


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    """Up to the end of each report; what is too large to be one comes in pieces."""
    left = b""
    while chunk := file.read(SIZE):
        *reports, left = (left + chunk).split(END)
        for one in reports:
            yield one + END
        if len(left) > MAX_REPORT_BYTES:
            yield left
            left = b""
    if left:
        yield left
