"""A report from its octets, without a tree, where it is laid out as the register lays out all of its reports.

A payroll says the same things again and again: the payer, the period, and of each employee the employment and mostly
the pay. So a report is taken apart where its children end; a child whose octets were seen before is not read again, and
another one is read as a small document of its own. Nothing is guessed: the children must follow one upon another from
the report's start to its end, each must be well-formed by itself, and what is not read at all must be plain text.
Where anything else stands, the report is for the tree to judge.
"""

import re
from collections.abc import Callable
from typing import Any

from lxml import etree

from .content import Texts, Unreadable, texts_of
from .elements import OF_THE_EARNER, delivery, report_data
from .schema import Report

END = b"</Report>"
MOST_PIECES, LARGEST_PIECE = 20_000, 4096  # remembered; bytes
PLAIN = rb"[ -%'-;=?-~]*+"  # ASCII that is no markup
SPACE = rb"[ \t\r\n]*+"
LEAF = re.compile(r"<(\w+)>([^<]*)<")
FLAT = re.compile(rb"<ReportData>(?:%b<([A-Za-z]\w*+)>%b</\1>)++%b</ReportData>" % (SPACE, PLAIN, SPACE))
OPENING = re.compile(SPACE + rb"<Report>")
CHILD = re.compile(SPACE + rb"(<([A-Za-z]\w*+)>)")
CLOSING = re.compile(SPACE + END)
# Told anew in each delivery, and not read.
OWN_TO_DELIVERY = re.compile(rb"<DeliveryData>(?:%b<(Timestamp|IRDeliveryId|DeliveryId)>%b</\1>)*+" % (SPACE, PLAIN))
PARSER = etree.XMLParser(
    resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
)
Facts = dict[str, Any]
READERS: dict[bytes, Callable[[etree._Element], Facts]] = {
    b"DeliveryData": delivery,
    b"ReportData": lambda element: report_data(texts_of(element)),
    **{name.encode(): read for name, read in OF_THE_EARNER.items()},
}
CLOSINGS = {name: b"</%b>" % name for name in READERS}
NEEDED = {"report_id", "payment_date"}


class Octets:
    """Reads the reports of one document, which is in UTF-8, and remembers the pieces they share."""

    def __init__(self) -> None:
        self.seen: dict[bytes, Facts] = {}

    def report(self, octets: bytes) -> Report | None:
        """`octets` end with the first `</Report>`. None where a tree is needed to tell what they say."""
        opening = OPENING.match(octets)
        if opening is None:
            return None
        try:
            facts = self._facts(octets, opening.end())
        except (Unreadable, etree.XMLSyntaxError):
            return None
        return Report(**facts) if facts.keys() >= NEEDED else None

    def _facts(self, octets: bytes, at: int) -> Facts:
        facts: Facts = {}
        while child := CHILD.match(octets, at):
            tag, name = child.groups()
            closing = CLOSINGS.get(name) or b"</%b>" % name
            at = octets.find(closing, child.end()) + len(closing)
            if at < len(closing):
                return {}
            facts |= self._child(name, octets[child.end() - len(tag) : at])
        return facts if CLOSING.fullmatch(octets, at) else {}

    def _child(self, name: bytes, piece: bytes) -> Facts:
        if name == b"ReportData" and FLAT.fullmatch(piece):
            return report_data(_texts(piece))
        if name == b"DeliveryData" and (own := OWN_TO_DELIVERY.match(piece)):
            piece = b"<DeliveryData>" + piece[own.end() :]
        facts = self.seen.get(piece)
        return self._read(name, piece) if facts is None else facts

    def _read(self, name: bytes, piece: bytes) -> Facts:
        element = etree.fromstring(piece, PARSER)
        read = READERS.get(name)
        facts = {} if read is None else read(element)
        if len(self.seen) >= MOST_PIECES:
            self.seen.clear()
        if len(piece) <= LARGEST_PIECE:
            self.seen[piece] = facts
        return facts


def _texts(flat: bytes) -> Texts:
    return dict(LEAF.findall(flat.decode(), len("<ReportData>")))
