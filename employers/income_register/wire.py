"""What every XML from outside passes first, and the SOAP envelope around it.

expat walks the bytes before anything else sees them: a DOCTYPE is refused where it starts, so no entity is ever
declared. The body of an envelope is cut out byte for byte, because cutting it out of a tree would carry the
envelope's namespaces into it and break its signature.
"""

import os
import re
from contextlib import suppress
from typing import IO
from xml.parsers import expat

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
ENVELOPE, BODY, FAULT = f"{SOAP} Envelope", f"{SOAP} Body", f"{SOAP} Fault"
MAX_DEPTH = 40  # a wage report is 12 deep
CHUNK, COPIED = 1 << 16, 1 << 20  # bytes
LARGEST_WALK = 1 << 20  # bytes; every element of a message takes a call
CLOSING = re.compile(rb"</(?:[\w.-]+:)?Body\s*>\s*</(?:[\w.-]+:)?Envelope\s*>\s*\Z")

HEAD = f'<soapenv:Envelope xmlns:soapenv="{SOAP}"><soapenv:Body>'.encode()
TAIL = b"</soapenv:Body></soapenv:Envelope>"


class MalformedXml(ValueError):
    """Not the XML we read. The text says what is wrong and never quotes the content."""


class SoapFault(Exception):
    """The other side answered with a fault; the text is its fault code alone."""


class _Found(Exception):
    """The first element has started: no DOCTYPE can follow."""


def refuse_doctype(source: IO[bytes]) -> None:
    """Read up to the first element, then rewind; raises MalformedXml for a DOCTYPE or no XML at all."""
    parser = _parser()
    parser.StartElementHandler = _stop
    try:
        _feed(parser, source)
    except _Found:
        source.seek(0)
        return
    raise MalformedXml("no element")


def copy_body(source: IO[bytes], target: IO[bytes]) -> None:
    """Copy the one child of the SOAP body; raises SoapFault when that child is a fault.

    Of a large message only the beginning and the end are looked at: what lies between is checked by whoever checks its
    signature, and a second child would not be part of what was signed.
    """
    size = source.seek(0, os.SEEK_END)
    source.seek(0)
    start, end = _span_of_large(source, size) if size > LARGEST_WALK else _span(source)
    source.seek(start)
    left = end - start
    while left > 0 and (chunk := source.read(min(COPIED, left))):
        target.write(chunk)
        left -= len(chunk)
    target.seek(0)


def _span(source: IO[bytes]) -> tuple[int, int]:
    walk = _BodyWalk()
    _feed(walk.parser, source)
    if walk.start is None or walk.end is None:
        raise MalformedXml("no SOAP body")
    if walk.fault is not None:
        raise SoapFault(walk.fault.strip()[:40] or "unknown")
    return walk.start, walk.end


def _span_of_large(source: IO[bytes], size: int) -> tuple[int, int]:
    walk = _BodyWalk(stop=True)
    with suppress(_Found):
        _feed(walk.parser, source)
    source.seek(max(0, size - CHUNK))
    tail = source.read()
    closing = CLOSING.search(tail)
    if walk.start is None or closing is None:
        raise MalformedXml("no SOAP body")
    if walk.fault is not None:
        raise SoapFault("unknown")
    return walk.start, size - len(tail) + closing.start()


def _parser() -> expat.XMLParserType:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = _refuse
    return parser


def _refuse(*_: object) -> None:
    raise MalformedXml("a DOCTYPE is not allowed")


def _stop(*_: object) -> None:
    raise _Found


def _feed(parser: expat.XMLParserType, source: IO[bytes]) -> None:
    try:
        while chunk := source.read(CHUNK):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise MalformedXml(f"not well-formed: {expat.ErrorString(error.code)}") from None


class _BodyWalk:
    """Where the body's only child starts and ends, in bytes; and the code of a fault."""

    def __init__(self, *, stop: bool = False) -> None:
        self.stop = stop  # once it is known where the child starts
        self.parser = _parser()
        self.parser.StartElementHandler = self._enter
        self.parser.EndElementHandler = self._leave
        self.path: list[str] = []
        self.start: int | None = None
        self.end: int | None = None
        self.fault: str | None = None

    def _enter(self, name: str, _: dict[str, str]) -> None:
        self.path.append(name)
        if len(self.path) > MAX_DEPTH:
            raise MalformedXml("nested too deep")
        if len(self.path) == 3:
            self._enter_child(name)
        elif self.fault is not None and name == "faultcode":
            self.parser.CharacterDataHandler = self._hear

    def _enter_child(self, name: str) -> None:
        if self.path[:2] != [ENVELOPE, BODY]:
            return
        if self.start is not None:
            raise MalformedXml("more than one element in the SOAP body")
        self.start = self.parser.CurrentByteIndex
        self.fault = "" if name == FAULT else None
        if self.stop:
            raise _Found

    def _leave(self, name: str) -> None:
        self.parser.CharacterDataHandler = None
        if self.path == [ENVELOPE, BODY] and self.end is None:
            self.end = self.parser.CurrentByteIndex
        self.path.pop()

    def _hear(self, text: str) -> None:
        self.fault = (self.fault or "") + text
