"""Read wage reports as a stream: constant memory however many reports a document holds.

Two kinds of documents: the register's extracts (`WageReportsFromIR`), and payers' own messages on their way to it
(`WageReportRequestToIR`, `WageReportsRequestToIR`). Only the root is in the register's namespace, every descendant is
in none. Unknown elements are passed over: the register adds optional ones yearly. A report that cannot be read becomes
a Poison and the rest goes on; an extract that is cut, hostile or short of the reports it promises raises
MalformedExtract, at the end at the latest, so nothing may be kept before the iteration has ended.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from typing import IO, Any

from lxml import etree

from . import values
from .content import Unreadable
from .elements import delivery, made_at, named, own_report, report
from .feed import ERRORS, EXTRACT, Feed
from .schema import Header, Poison, Report
from .wire import MalformedXml, refuse_doctype

NAMESPACE = "{http://www.tulorekisteri.fi/2017/1/"
OWN = tuple(f"{NAMESPACE}WageReportsToIR}}{name}" for name in ("WageReportRequestToIR", "WageReportsRequestToIR"))
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
        with self._named_errors():
            refuse_doctype(file)
            self._elements = _in_place(Feed(file))
            self._first, head = self._until_first_report()
            self.header = _header(head)
        if self.root not in (EXTRACT, *OWN):
            raise MalformedExtract("not a WageReportsFromIR")

    def __iter__(self) -> Iterator[Report | Poison]:
        with self._named_errors():
            yield from self._reports()
        if self.root == EXTRACT and self.header.promised != self._read:
            raise MiscountedExtract(f"{self._read} reports, which is not the number promised")

    def _until_first_report(self) -> tuple[etree._Element | None, dict[str, str]]:
        head: dict[str, str] = {}
        self.root = ""
        for element in self._elements:
            if isinstance(element, Report):
                continue
            self.root = str(element.getroottree().getroot().tag)
            if element.tag == "Report":
                return element, head
            head |= {str(child.tag): (child.text or "").strip() for child in element}
        return None, head

    def _reports(self) -> Iterator[Report | Poison]:
        if self._first is None:
            return
        read = _reader(self._first, self.root)
        for one in chain([self._first], self._elements):
            if isinstance(one, Report):
                self._read += 1
                yield one
            elif one.tag == "Report":
                self._read += 1
                yield _report_or_poison(one, read)
                _forget_those_before(one)

    @contextmanager
    def _named_errors(self) -> Iterator[None]:
        """Everything that can be wrong with a document as a whole, in words that quote nothing of it."""
        try:
            yield
        except MalformedXml as error:
            raise MalformedExtract(str(error)) from None
        except etree.XMLSyntaxError:  # the message itself may quote the file
            raise MalformedExtract(f"not well-formed after {self._read} reports") from None


def _in_place(found: Iterable[etree._Element | Report]) -> Iterator[etree._Element | Report]:
    """The reports, and what stands at the head of an extract; each where the schema has it and nowhere else."""
    for element in found:
        if isinstance(element, Report):
            yield element
            continue
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


def _reader(first: etree._Element, root: str) -> Callable[[etree._Element], Report]:
    """How the reports of this document are read: in a payer's own message all of them share one delivery."""
    if root == EXTRACT:
        return report
    reports = first.getparent()
    above = None if reports is None else reports.getparent()
    if above is None or above.tag != "DeliveryData":
        raise MalformedExtract("no DeliveryData")
    try:
        delivered, moment = delivery(above), made_at(above)
    except Unreadable as error:
        raise MalformedExtract(str(error)) from None
    return lambda element: own_report(element, delivered, moment)


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
