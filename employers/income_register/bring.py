"""Put an extract into this session's temporary tables, outside any transaction, telling how far it is."""

import hashlib
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import IO
from uuid import UUID

from django.conf import settings

from .alarm import Kind
from .lease import Unusable, hold
from .models import RegisterSync
from .parser import Extract, MiscountedExtract
from .schema import Header
from .stage import stage

Timings = dict[str, float]  # seconds by phase


class Fetching:
    """Tells apart how long an answer came and how long it was verified: the last chunk lies between the two."""

    def __init__(self, renew: Callable[[], None]) -> None:
        self.renew = renew
        self.began = self.came = time.monotonic()

    def __call__(self) -> None:
        self.came = time.monotonic()
        self.renew()

    def timings(self) -> Timings:
        """To be asked when it is verified."""
        return {"fetch": self.came - self.began, "verify": time.monotonic() - self.came}


@contextmanager
def measured(timings: Timings, phase: str) -> Iterator[None]:
    began = time.monotonic()
    try:
        yield
    finally:
        timings[phase] = timings.get(phase, 0) + time.monotonic() - began


def digest_of(file: IO[bytes]) -> str:
    """SHA-256 of the signed octets. The same octets say the same again."""
    digest = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]  # any file that is read
    file.seek(0)
    return digest


def window_of(header: Header) -> tuple[datetime, datetime]:
    """Half-open. Raises Unusable when none is told, or one that ends before it begins."""
    start, end = header.window_start, header.window_end
    if start is None or end is None or end < start:
        raise Unusable("wrong_window", alarms=(Kind.WRONG_WINDOW,), facts={"told": [str(start), str(end)]})
    return start, end


def check_environment(header: Header) -> None:
    """A test's reports are of nobody, and production's of real people: neither belongs among the other's."""
    if header.production not in (None, settings.REGISTER_PRODUCTION):
        raise Unusable("wrong_environment")


def bring(extract: Extract, *, sync: RegisterSync, payers: Mapping[str, UUID], only: UUID | None) -> None:
    """Read it to its end. `only` is whose a report is that does not tell its payer.

    Raises Unusable, Superseded or MalformedExtract, after which nothing of it may be kept.
    """
    promised = extract.header.promised
    hold(sync, read=0, promised=promised)
    try:
        stage(extract, payers=payers, only=only, progress=lambda number: hold(sync, read=number))
    except MiscountedExtract as error:
        raise Unusable("count", alarms=(Kind.COUNT,), facts={"promised": promised, "told": str(error)}) from None
