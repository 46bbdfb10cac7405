"""The simulated Incomes Register: its own process, SOAP over HTTP, signed both ways.

    python -m portal.sandbox.register.server --port 8041 --folder var/run/register

Employers come from the sandbox's cast, or from `--payer BUSINESS_ID:EMPLOYEES`. `POST /sandbox/behaviour` with one of
`well`, `broken`, `slow`, `cut` or `hang` makes it misbehave until told otherwise.
"""

import argparse
import tempfile
import threading
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import IO, Any
from xml.sax.saxutils import escape

from employers.income_register.client import PATH
from employers.income_register.wire import HEAD, SOAP, TAIL
from portal.sandbox.cast import EMPLOYER, ORGANISATIONS
from portal.sandbox.register.answers import Signer, write_answer
from portal.sandbox.register.data import Payer, Payslip, first_month, payslips
from portal.sandbox.register.keys import make_keys
from portal.sandbox.register.requests import Query, Refused, read_query

LARGEST_REQUEST = 1_000_000  # bytes
BEHAVIOURS = ("well", "broken", "slow", "cut", "hang")
PAUSE = 0.05  # seconds between the drops of a slow answer


class Register(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, *, port: int, folder: Path, payers: dict[str, Payer], today: date) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.folder, self.payers, self.since = folder, payers, first_month(today)
        self.signer = Signer(folder)
        self.behaviour = "well"
        self.released = threading.Event()

    def behave(self, behaviour: str) -> None:
        """A new behaviour lets go of whoever hangs."""
        self.behaviour = behaviour
        self.released.set()
        self.released = threading.Event()


class Handler(BaseHTTPRequestHandler):
    server: Register
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer(200 if self.path == "/healthz" else 404, b"")

    def do_POST(self) -> None:
        body = self._body()
        if self.path == "/sandbox/behaviour":
            self._behave(body.decode(errors="replace").strip())
        elif self.path != PATH:
            self._answer(404, b"")
        elif not self._misbehaves():
            self._query(body)

    def log_message(self, *_: Any) -> None:
        """Nothing: a request holds identity codes."""

    def _body(self) -> bytes:
        length = int(self.headers.get("Content-Length") or 0)
        if length > LARGEST_REQUEST:
            self.close_connection = True
            return b""
        return self.rfile.read(length)

    def _behave(self, behaviour: str) -> None:
        if behaviour in BEHAVIOURS:
            self.server.behave(behaviour)
        self._answer(204 if behaviour in BEHAVIOURS else 400, b"")

    def _misbehaves(self) -> bool:
        if self.server.behaviour == "broken":
            self._answer(503, b"")
            return True
        if self.server.behaviour == "hang":
            self.server.released.wait()
        return False

    def _query(self, body: bytes) -> None:
        action = (self.headers.get("SOAPAction") or "").strip('"')
        try:
            query = read_query(body, action=action, certificate=self.server.folder / "portal.crt", at=_now())
        except Refused as refusal:
            self._answer(500, _fault(str(refusal)))
            return
        with tempfile.TemporaryFile() as answer:
            write_extract(answer, query, self.server)
            self._stream(answer)

    def _stream(self, answer: IO[bytes]) -> None:
        size = answer.tell()
        answer.seek(0)
        self.send_response(200)
        self.send_header("Content-Type", "text/xml; charset=utf-8")
        self.send_header("Content-Length", str(size))
        self.end_headers()
        sent = 0
        while chunk := answer.read(16384):
            if self.server.behaviour == "cut" and sent > size // 2:
                self.close_connection = True
                return
            if self.server.behaviour == "slow":
                self.server.released.wait(PAUSE)
            self.wfile.write(chunk)
            sent += len(chunk)

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "text/xml; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def write_extract(file: IO[bytes], query: Query, register: Register) -> None:
    count = sum(1 for _ in _found(query, register))
    file.write(HEAD)
    write_answer(
        file, _found(query, register), kind=query.kind, span=query.modified, count=count, signer=register.signer
    )
    file.write(TAIL)


def _found(query: Query, register: Register) -> Iterator[Payslip]:
    payer = register.payers.get(query.payer)
    if payer is None:
        return
    window = query.modified if query.modified[1].year < 9999 else (query.modified[0], _now())
    newest: Payslip | None = None
    for slip in payslips(payer, since=register.since, received=window):
        if not _wanted(slip, query):
            continue
        if query.all_versions:
            yield slip
        else:
            if newest is not None and (newest.number, newest.month) != (slip.number, slip.month):
                yield newest
            newest = slip
    if newest is not None:
        yield newest


def _wanted(slip: Payslip, query: Query) -> bool:
    paid_then = query.paid is None or query.paid[0] <= slip.payment_date <= query.paid[1]
    return paid_then and (query.earner is None or query.earner == slip.person.identity_code)


def _fault(text: str) -> bytes:
    inside = f"<faultcode>soapenv:Client</faultcode><faultstring>{escape(text)}</faultstring>"
    return HEAD + f'<soapenv:Fault xmlns:soapenv="{SOAP}">{inside}</soapenv:Fault>'.encode() + TAIL


def _now() -> datetime:
    return datetime.fromtimestamp(time.time(), UTC)


def reference_day(folder: Path) -> date:
    """The day the register was set up. It is kept, so that what was told once is told the same again."""
    kept = folder / "first-day"
    if not kept.exists():
        kept.write_text(_now().date().isoformat())
    return date.fromisoformat(kept.read_text().strip())


def cast() -> dict[str, Payer]:
    """The sandbox's employers."""
    return {
        one.business_id: Payer(business_id=one.business_id, employees=one.employees, name=one.name)
        for one in ORGANISATIONS
        if one.kind == EMPLOYER
    }


def _payer(text: str) -> Payer:
    business_id, _, employees = text.partition(":")
    return Payer(business_id=business_id, employees=int(employees))


def main() -> None:
    options = argparse.ArgumentParser(description="The simulated Incomes Register.")
    options.add_argument("--port", type=int, required=True)
    options.add_argument("--folder", type=Path, required=True)
    options.add_argument("--payer", type=_payer, action="append", metavar="BUSINESS_ID:EMPLOYEES")
    options.add_argument("--today", type=date.fromisoformat, help="by default the day of the first start")
    chosen = options.parse_args()
    make_keys(chosen.folder)
    payers = {one.business_id: one for one in chosen.payer} if chosen.payer else cast()
    today = chosen.today or reference_day(chosen.folder)
    Register(port=chosen.port, folder=chosen.folder, payers=payers, today=today).serve_forever()


if __name__ == "__main__":
    main()
