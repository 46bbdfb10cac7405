"""What the register answers, signed: extracts of any size written as a stream, and short messages.

What is written is canonical already, so the digest is taken while writing and an extract of any size needs no tree.
Reports wait in a temporary file until their number is known, because the number is told first.
"""

import hashlib
import re
import tempfile
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import IO
from uuid import uuid4

from portal.sandbox.register.data import Payslip
from portal.sandbox.register.reports import report
from portal.sandbox.register.signatures import Signer
from portal.sandbox.register.xml import BASE, element, group, moment

__all__ = ["Extract", "Signer", "Spool", "report", "write_answer", "write_extract", "write_message"]
NAMESPACE = f"{BASE}/WageReportsFromIR"
UNKNOWN = "<NewSinceThen>1</NewSinceThen>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """The head of an extract. The references are told for subscriptions alone."""

    kind: str
    span: tuple[datetime, datetime]  # half-open
    at: datetime
    profile: str | None = None
    references: tuple[str, str, str, str] | None = None  # main and sub, the register's; main and sub, the reader's
    errors: str = ""  # MessageErrors


class Spool:
    """Texts kept in a temporary file: counted, read as often as needed, and backwards."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self.file = tempfile.TemporaryFile()  # noqa: SIM115  lives as long as this does
        self.ends = array("Q", [0])
        for text in texts:
            octets = text.encode()
            self.file.write(octets)
            self.ends.append(self.ends[-1] + len(octets))

    def __len__(self) -> int:
        return len(self.ends) - 1

    def __iter__(self) -> Iterator[str]:
        self.file.seek(0)
        for number in range(len(self)):
            yield self.file.read(self.ends[number + 1] - self.ends[number]).decode()

    def __reversed__(self) -> Iterator[str]:
        for number in reversed(range(len(self))):
            self.file.seek(self.ends[number])
            yield self.file.read(self.ends[number + 1] - self.ends[number]).decode()


def write_answer(
    file: IO[bytes], slips: Iterable[Payslip], *, kind: str, span: tuple[datetime, datetime], count: int, signer: Signer
) -> None:
    """`count` is told before the reports are; it must be how many `slips` there are."""
    head = _head(Extract(kind=kind, span=span, at=span[1]), count)
    _write(file, head, (report(slip) for slip in slips) if count else (), signer=signer)


def write_extract(file: IO[bytes], told: Extract, reports: Spool, *, signer: Signer, fault: str = "well") -> None:
    count = len(reports) * (2 if fault == "duplicate" else 1) + (1 if fault == "wrong_count" else 0)
    if fault == "wrong_window":
        start, end = (moment - timedelta(hours=1) for moment in told.span)
        told = Extract(kind=told.kind, span=(start, end), at=told.at, profile=told.profile, references=told.references)
    signing = signer.stranger if fault == "other_signer" else signer
    head = _bent(_head(told, count), fault)
    _write(file, head, _spoiled(reports, fault), signer=signing, forged=fault == "bad_signature")


def write_message(name: str, inner: str, *, signer: Signer) -> bytes:
    """A short answer: the root alone is in a namespace, named like the root."""
    root = f'<ir:{name} xmlns:ir="{BASE}/{name}">{inner}'
    digest = hashlib.sha256(f"{root}</ir:{name}>".encode()).digest()
    return f"{root}{signer.signature(digest)}</ir:{name}>".encode()


def _write(file: IO[bytes], head: str, reports: Iterable[str], *, signer: Signer, forged: bool = False) -> None:
    digest = hashlib.sha256()

    def write(text: str) -> None:
        octets = text.encode()
        digest.update(octets)
        file.write(octets)

    write(f'<wrfir:WageReportsFromIR xmlns:wrfir="{NAMESPACE}">{head}')
    opened = False
    for one in reports:
        write(one if opened else f"<Reports>{one}")
        opened = True
    write("</Reports>" if opened else "")
    digest.update(b"</wrfir:WageReportsFromIR>" + (b"<!-- changed on the way -->" if forged else b""))
    file.write(f"{signer.signature(digest.digest())}</wrfir:WageReportsFromIR>".encode())


def _bent(head: str, fault: str) -> str:
    if fault == "no_window":
        return re.sub("<Query>.*</Query>", "", head)
    if fault == "other_environment":
        return head.replace("<ProductionEnvironment>false<", "<ProductionEnvironment>true<")
    return head


def _spoiled(reports: Spool, fault: str) -> Iterator[str]:
    if fault == "duplicate":
        for one in reports:
            yield from (one, one)
    elif fault == "old_before_new":
        yield from reversed(reports)
    elif fault == "unknown_element":
        yield from (one.replace("</Report>", f"{UNKNOWN}</Report>") for one in reports)
    elif fault == "poison":
        yield from (_unreadable(one) if not number else one for number, one in enumerate(reports))
    else:
        yield from reports


def _unreadable(report: str) -> str:
    before, _, after = report.partition("<PaymentDate>")
    return f"{before}<PaymentDate>tomorrow{after[after.index('<') :]}"


def _head(told: Extract, count: int) -> str:
    start, end = told.span
    names = ("IRMainSubscriptionId", "IRSubscriptionId", "MainSubscriptionId", "SubscriptionId")
    references = dict(zip(names, told.references or (), strict=False))
    kind = group("", QueryDataType=told.kind, QueryProfile=told.profile, ProductionEnvironment="false")
    return (
        element("Subscription", kind + group("", **references))
        + group(
            "Query",
            IRQueryId=uuid4().hex,
            QueryTimestamp=moment(told.at),
            QueryTimespanStart=moment(start),
            QueryTimespanEnd=moment(end),
        )
        + group("Summary", NrOfReports=str(count))
        + told.errors
    )
