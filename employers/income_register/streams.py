"""Octets that come and go in pieces, as the standard library's files."""

from collections.abc import Iterator
from typing import Protocol


class Writable(Protocol):
    def write(self, octets: bytes, /) -> int: ...


class Chunks:
    """Pieces that come, to be read."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self.chunks = chunks

    def read(self, _: int = -1) -> bytes:
        return next(self.chunks, b"")


class Encoded:
    """Text that goes on as UTF-8."""

    def __init__(self, target: Writable) -> None:
        self.target = target

    def write(self, text: str) -> None:
        self.target.write(text.encode())
