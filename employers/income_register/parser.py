"""Read wage reports as a stream: constant memory however many reports a document holds.

Two kinds of documents: the register's extracts (`WageReportsFromIR`), and payers' own messages on their way to it
(`WageReportRequestToIR`, `WageReportsRequestToIR`). Only the root is in the register's namespace, every descendant is
in none. Unknown elements are passed over: the register adds optional ones yearly. A report that cannot be read becomes
a Poison and the rest goes on; an extract that is cut, hostile or short of the reports it promises raises
MalformedExtract, at the end at the latest, so nothing may be kept before the iteration has ended.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import chain
from typing import IO, Any

from lxml import etree

from . import values
from .content import Unreadable
from .elements import Reader, delivery, made_at, named
from .schema import Header, Poison, Report
from .wire import MalformedXml, refuse_doctype

NAMESPACE = "{http://www.tulorekisteri.fi/2017/1/"
EXTRACT = f"{NAMESPACE}WageReportsFromIR}}WageReportsFromIR"
OWN = tuple(f"{NAMESPACE}WageReportsToIR}}{name}" for name in ("WageReportRequestToIR", "WageReportsRequestToIR"))
MAX_REPORT_BYTES = 1_000_000  # a report is about 2 kB
HEAD = ("Subscription", "Query", "Summary")
ERRORS = ("MessageErrors", "DeliveryErrors")
HEADER: dict[str, tuple[str, Callable[[str], Any]]] = {
    "kind": ("QueryDataType", values.whole),
    "query_id": ("IRQueryId", str),
    "queried_at": ("QueryTimestamp", values.moment),
    "window_start": ("QueryTimespanStart", values.moment),
    "window_end": ("QueryTimespanEnd", values.moment),
    "promised": ("NrOfReports", values.whole),
    "main_subscription": ("MainSubscriptionId", str),
    "subscription": ("SubscriptionId", str),
    "production": ("ProductionEnvironment", values.flag),
}


class MalformedExtract(ValueError):
    """The extract as a whole is not to be believed. The text never quotes its content."""


class RefusedExtract(MalformedExtract):
    """The register answered with message or delivery errors; the text holds their codes."""


class MiscountedExtract(MalformedExtract):
    """It was read to its end, and holds another number of reports than it promised."""


def read(file: IO[bytes]) -> "Extract":
    """An extract of the register: its header now, its reports as they are asked for. Raises MalformedExtract."""
    extract = Extract(file)
    if extract.root != EXTRACT:
        raise MalformedExtract("not a WageReportsFromIR")
    return extract


def reports_in(file: IO[bytes]) -> Iterator[Report | Poison]:
    """Every report of an extract, or of a payer's own message, in its order; raises MalformedExtract."""
    yield from Extract(file)


class Extract:
    """To be iterated once. `header` and `root` are known from the beginning."""

    def __init__(self, file: IO[bytes]) -> None:
        self._read = 0
        with _named_errors():
            refuse_doctype(file)
            self._source = _Meter(file)
            self._elements = _elements(self._source)
            self._first, head = self._until_first_report()
            self.header = _header(head)
        if self.root not in (EXTRACT, *OWN):
            raise MalformedExtract("not a WageReportsFromIR")

    def __iter__(self) -> Iterator[Report | Poison]:
        with _named_errors():
            yield from self._reports()
        if self.root == EXTRACT and self.header.promised != self._read:
            raise MiscountedExtract(f"{self._read} reports, which is not the number promised")

    def _until_first_report(self) -> tuple[etree._Element | None, dict[str, str]]:
        head: dict[str, str] = {}
        self.root = ""
        for element in self._elements:
            self.root = str(element.getroottree().getroot().tag)
            if element.tag == "Report":
                return element, head
            head |= {str(child.tag): (child.text or "").strip() for child in element}
        return None, head

    def _reports(self) -> Iterator[Report | Poison]:
        if self._first is None:
            return
        read = _reader(self._first, self.root)
        for element in chain([self._first], self._elements):
            if element.tag != "Report":
                continue
            self._read += 1
            self._source.since_report = 0
            yield _report_or_poison(element, read)
            _forget_those_before(element)


def _elements(source: "_Meter") -> Iterator[etree._Element]:
    """The reports, and what stands at the head of an extract; each where the schema has it and nowhere else."""
    events = etree.iterparse(
        source,
        events=("end",),
        tag=("Report", *HEAD, *ERRORS),
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    for _, element in events:
        parent = element.getparent()
        if parent is None:
            continue
        if element.tag == "Report":
            if parent.tag == "Reports":
                yield element
        elif parent.getparent() is None:
            if element.tag in ERRORS:
                _refuse_errors(element)
            yield element


def _header(head: dict[str, str]) -> Header:
    texts = {name: text for name, text in head.items() if text}
    try:
        found = {name: read(texts[element]) for name, (element, read) in HEADER.items() if element in texts}
    except ValueError:
        raise MalformedExtract("the head cannot be read") from None
    return Header(**found)


@contextmanager
def _named_errors() -> Iterator[None]:
    """Everything that can be wrong with a document as a whole, in words that quote nothing of it."""
    try:
        yield
    except MalformedXml as error:
        raise MalformedExtract(str(error)) from None
    except etree.XMLSyntaxError as error:
        line, column = error.position  # the message itself may quote the file
        raise MalformedExtract(f"not well-formed at line {line}, column {column}") from None


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


def _reader(first: etree._Element, root: str) -> Callable[[etree._Element], Report]:
    """How the reports of this document are read: in a payer's own message all of them share one delivery."""
    reader = Reader()
    if root == EXTRACT:
        return reader.report
    reports = first.getparent()
    above = None if reports is None else reports.getparent()
    if above is None or above.tag != "DeliveryData":
        raise MalformedExtract("no DeliveryData")
    try:
        delivered, moment = delivery(above), made_at(above)
    except Unreadable as error:
        raise MalformedExtract(str(error)) from None
    return lambda element: reader.own_report(element, delivered, moment)


def _report_or_poison(element: etree._Element, read: Callable[[etree._Element], Report]) -> Report | Poison:
    try:
        return read(element)
    except Unreadable as error:
        report_id, business_id = named(element)
        return Poison(report_id=report_id, reason=str(error), business_id=business_id)


def _forget_those_before(element: etree._Element) -> None:
    """Clearing alone leaves the empty elements behind, and a million of them are no longer small."""
    parent = element.getparent()
    while parent is not None and (before := element.getprevious()) is not None:
        parent.remove(before)


def _refuse_errors(element: etree._Element) -> None:
    codes = [code.text[:20] for code in element.iterfind("ErrorInfo/ErrorCode") if code.text]
    raise RefusedExtract(", ".join(codes) or "no code")
