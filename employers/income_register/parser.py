"""Read a `WageReportsFromIR` extract as a stream: constant memory however many reports it holds.

Only the root is in the register's namespace, every descendant is in none. Unknown elements are passed over: the
register adds optional ones yearly. A report that cannot be read becomes a Poison and the rest goes on; an extract that
is cut, hostile or short of the reports it promises raises MalformedExtract, at the end at the latest, so nothing may be
kept before the iteration has ended.
"""

from collections.abc import Iterator
from typing import IO

from lxml import etree

from .elements import Unreadable, report
from .schema import Poison, Report
from .wire import MalformedXml, refuse_doctype

ROOT = "{http://www.tulorekisteri.fi/2017/1/WageReportsFromIR}WageReportsFromIR"
MAX_REPORT_BYTES = 1_000_000  # a report is about 2 kB
TOLD_APART = ("Report", "NrOfReports", "MessageErrors", "DeliveryErrors")


class MalformedExtract(ValueError):
    """The extract as a whole is not to be believed. The text never quotes its content."""


class RefusedExtract(MalformedExtract):
    """The register answered with message or delivery errors; the text holds their codes."""


def reports_in(file: IO[bytes]) -> Iterator[Report | Poison]:
    """Every report of the extract in its order; raises MalformedExtract."""
    try:
        refuse_doctype(file)
        yield from _stream(_Meter(file))
    except MalformedXml as error:
        raise MalformedExtract(str(error)) from None
    except etree.XMLSyntaxError as error:
        line, column = error.position  # the message itself may quote the file
        raise MalformedExtract(f"not well-formed at line {line}, column {column}") from None


def _stream(source: "_Meter") -> Iterator[Report | Poison]:
    promised, read = None, 0
    events = etree.iterparse(
        source,
        events=("end",),
        tag=TOLD_APART,
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
    )
    for _, element in events:
        if element.tag == "Report":
            read += 1
            yield _report_or_poison(element)
            source.since_report = 0
            _forget(element)
        elif element.tag == "NrOfReports":
            promised = element.text
        else:
            _refuse_errors(element)
    if events.root is None or events.root.tag != ROOT:
        raise MalformedExtract("not a WageReportsFromIR")
    if promised != str(read):
        raise MalformedExtract(f"{read} reports, which is not the number promised")


class _Meter:
    """A file that stops giving when one report grows beyond all reason."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.since_report = file, 0

    def read(self, size: int = -1) -> bytes:
        if self.since_report > MAX_REPORT_BYTES:
            raise MalformedXml("a report is too large")
        chunk = self.file.read(size)
        self.since_report += len(chunk)
        return chunk


def _report_or_poison(element: etree._Element) -> Report | Poison:
    try:
        return report(element)
    except Unreadable as error:
        report_id = (element.findtext("ReportData/IRReportId") or "").strip()[:40]
        return Poison(report_id=report_id, reason=str(error))


def _forget(element: etree._Element) -> None:
    """Clearing alone leaves the empty elements behind, and a million of them are no longer small."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _refuse_errors(element: etree._Element) -> None:
    codes = [code.text[:20] for code in element.iterfind("ErrorInfo/ErrorCode") if code.text]
    raise RefusedExtract(", ".join(codes) or "no code")
