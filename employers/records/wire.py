"""Bytes in, bytes out. JSON is read strictly: what two readers could understand differently is refused."""

import json
from decimal import Decimal
from typing import Any, Protocol

import orjson

from employers.records.problem import Refusal

DEEPEST = 16  # levels; a claim has five
CHUNK = 65536


class Unparseable(ValueError):
    """Not one JSON document in UTF-8, or one with names that appear twice, NaN, or more levels than anybody needs."""


class Stream(Protocol):
    def read(self, size: int, /) -> bytes: ...


def loads(body: bytes) -> Any:
    """Numbers with a fraction are Decimal. Raises Unparseable."""
    try:
        value = json.loads(
            body.decode("utf-8"), object_pairs_hook=_once_each, parse_constant=_refused, parse_float=Decimal
        )
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise Unparseable(type(error).__name__) from None
    _inspect(value, depth=0)
    return value


def dumps(value: Any) -> bytes:
    """Times are written in UTC with `Z`."""
    return orjson.dumps(value, option=orjson.OPT_UTC_Z)


def read_body(stream: Stream, *, length: int, most: int) -> bytes:
    """Raises the 413. What is too large is read and thrown away: a peer still sending would not hear the answer.

    Raises the 400 of a line that was cut: half a body must not take the caller's key.
    """
    if length > most:
        drain(stream, most=4 * most)
        raise Refusal(413, "body-too-large")
    body = stream.read(length) if length else b""
    if len(body) != length:
        raise Refusal(400, "malformed-request")
    return body


def drain(stream: Stream, *, most: int) -> None:
    while most > 0 and (chunk := stream.read(min(CHUNK, most))):
        most -= len(chunk)


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Unparseable("duplicate name")
    return found


def _refused(name: str) -> None:
    raise Unparseable(name)


def _inspect(value: Any, *, depth: int) -> None:
    if depth > DEEPEST:
        raise Unparseable("too deep")
    if isinstance(value, str) and not value.isascii():
        _as_utf8(value)
    elif isinstance(value, dict):
        for name, item in value.items():
            _as_utf8(name)
            _inspect(item, depth=depth + 1)
    elif isinstance(value, list):
        for item in value:
            _inspect(item, depth=depth + 1)


def _as_utf8(text: str) -> None:
    """Half a surrogate pair is no character, and no database takes it."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise Unparseable("not text") from None
