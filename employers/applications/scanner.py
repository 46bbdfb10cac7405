"""A small client of clamd: a document goes in by INSTREAM, the name of what was found in it comes back.

Protocol: clamd(8), commands with the prefix `z` end with NUL; the stream is chunks with their length before them as
four bytes in network order, and a length of nought ends it.
"""

import socket
import struct
from collections.abc import Iterator
from urllib.parse import urlsplit

CONNECTS_WITHIN = 3  # seconds
ANSWERS_WITHIN = 60  # seconds of silence
CHUNK = 64 * 1024  # bytes
LONGEST_ANSWER = 4096  # bytes
CLEAN, FOUND = "OK", " FOUND"


class NoAnswer(Exception):
    """No verdict: the scanner is down, silent, or answers something else. Nothing is known of the document."""


def scan(content: bytes, *, url: str) -> str:
    """The name of what was found; empty when nothing was. `url`: tcp://host:port or unix:///path/to/socket."""
    try:
        with _connected(url) as connection:
            connection.sendall(b"zINSTREAM\0")
            for piece in _pieces(content):
                connection.sendall(piece)
            return _verdict(_answer(connection))
    except (OSError, ValueError) as error:
        raise NoAnswer(type(error).__name__) from error


def _connected(url: str) -> socket.socket:
    parts = urlsplit(url)
    if parts.scheme == "unix":
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(CONNECTS_WITHIN)
        connection.connect(parts.path)
    else:
        connection = socket.create_connection((parts.hostname, parts.port), timeout=CONNECTS_WITHIN)
    connection.settimeout(ANSWERS_WITHIN)
    return connection


def _pieces(content: bytes) -> Iterator[bytes]:
    for start in range(0, len(content), CHUNK):
        piece = content[start : start + CHUNK]
        yield struct.pack("!I", len(piece)) + piece
    yield struct.pack("!I", 0)


def _answer(connection: socket.socket) -> str:
    said = b""
    while not said.endswith(b"\0") and len(said) < LONGEST_ANSWER:
        more = connection.recv(LONGEST_ANSWER)
        if not more:
            break
        said += more
    return said.rstrip(b"\0\n").decode("utf-8", "replace")


def _verdict(said: str) -> str:
    """`stream: OK`, `stream: Win.Test.EICAR_HDB-1 FOUND`, or an error, which is no verdict."""
    verdict = said.partition(": ")[2]
    if verdict == CLEAN:
        return ""
    if verdict.endswith(FOUND):
        return verdict.removesuffix(FOUND)
    raise NoAnswer("error")
