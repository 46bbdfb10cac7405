"""The simulated Incomes Register: its own process, SOAP over HTTP or mutual TLS, and SFTP, signed both ways.

    python -m portal.sandbox.register.server --port 8041 --folder var/run/register

Employers come from the sandbox's cast, or from `--payer BUSINESS_ID:EMPLOYEES`. `docs/incomes-register.md` tells how to
feed it, move its clock and make it misbehave.
"""

import argparse
import json
import re
import socket
import ssl
import struct
import tempfile
import threading
import time
from datetime import date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import IO, Any
from xml.sax.saxutils import escape

from employers.income_register.wire import HEAD, SOAP, TAIL
from portal.sandbox.cast import EMPLOYER, ORGANISATIONS
from portal.sandbox.register.clock import Clock
from portal.sandbox.register.data import Payer
from portal.sandbox.register.extraction import extract_due
from portal.sandbox.register.faults import REFUSING, SILENT, Faults, UnknownBehaviour, asked_for
from portal.sandbox.register.keys import make_keys, write_known_hosts
from portal.sandbox.register.knowledge import Knowledge
from portal.sandbox.register.memory import Memory
from portal.sandbox.register.office import Office
from portal.sandbox.register.services import Refused, serve
from portal.sandbox.register.sftp import SftpServer
from portal.sandbox.register.signatures import Signer, Trust

SERVICE = re.compile(r"/20170526/(\w+)\.svc")
LARGEST_REQUEST = 64 * 1024 * 1024  # bytes
PAUSE = 0.05  # seconds between the pieces of a slow answer
PIECE = {"drip": 1}  # bytes at a time
HANDSHAKE_WITHIN = 10  # seconds
LOOKS_EVERY = 1.0  # seconds between looks at what is due


class Register(ThreadingHTTPServer):
    """`folder` holds the keys; `memory` what was sent to it, by default in the same place."""

    daemon_threads = True

    def __init__(
        self,
        *,
        port: int,
        folder: Path,
        payers: dict[str, Payer],
        today: date,
        memory: Path | None = None,
        tls: bool = False,
        clock: Clock | None = None,
        delay: timedelta = timedelta(),
    ) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        own = memory or folder
        knowledge = Knowledge(payers=payers, memory=Memory(own), today=today)
        self.office = Office(
            knowledge=knowledge,
            signer=Signer(folder),
            trust=Trust(folder),
            folder=own,
            clock=clock or Clock(),
            delay=delay,
        )
        self.keys = folder
        self.tls = server_context(folder) if tls else None
        self.sftp: SftpServer | None = None
        self.looked = time.monotonic()

    @property
    def faults(self) -> Faults:
        return self.office.faults

    def behave(self, behaviour: str, times: int | None = None) -> None:
        """A new behaviour lets go of whoever hangs."""
        self.office.faults.behave(behaviour, times)

    def open_sftp(self, port: int = 0) -> int:
        """Serve the folders in a thread of its own; the port, and the key it is known by in `sftp_known_hosts`."""
        self.sftp = SftpServer(port=port, keys=self.keys, office=self.office)
        threading.Thread(target=self.sftp.serve_forever, daemon=True).start()
        opened = int(self.sftp.server_address[1])
        write_known_hosts(self.keys, opened)
        return opened

    def service_actions(self) -> None:
        if time.monotonic() - self.looked > LOOKS_EVERY and not self.office.extracting.locked():
            self.looked = time.monotonic()
            threading.Thread(target=extract_due, args=(self.office,), daemon=True).start()

    def finish_request(self, request: Any, client_address: Any) -> None:
        """The handshake happens in the connection's own thread: one who does not shake hands holds up nobody."""
        if self.tls is None:
            super().finish_request(request, client_address)
            return
        request.settimeout(HANDSHAKE_WITHIN)
        with self.tls.wrap_socket(request, server_side=True) as secured:
            secured.settimeout(None)
            super().finish_request(secured, client_address)

    def handle_error(self, *_: Any) -> None:
        """Whoever goes away in the middle is no news."""

    def server_close(self) -> None:
        if self.sftp is not None:
            self.sftp.shutdown()
            self.sftp.server_close()
        super().server_close()


def server_context(folder: Path) -> ssl.SSLContext:
    """Only those whom the data providers' authority knows."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(folder / "server.crt", folder / "server.key")
    context.load_verify_locations(folder / "providers.crt")
    context.verify_mode = ssl.CERT_REQUIRED
    return context


class Handler(BaseHTTPRequestHandler):
    server: Register
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer(200 if self.path == "/healthz" else 404, b"")

    def do_POST(self) -> None:
        body = self._body()
        controls = {"/sandbox/behaviour": self._behave, "/sandbox/clock": self._clock, "/sandbox/forget": self._forget}
        service = SERVICE.fullmatch(self.path)
        if self.path in controls:
            controls[self.path](body)
        elif service is None:
            self._answer(404, b"")
        else:
            self._soap(body, service[1], self.server.faults.take())

    def log_message(self, *_: Any) -> None:
        """Nothing: a request holds identity codes."""

    def _body(self) -> bytes:
        length = int(self.headers.get("Content-Length") or 0)
        if length > LARGEST_REQUEST:
            self.close_connection = True
            return b""
        return self.rfile.read(length)

    def _behave(self, body: bytes) -> None:
        try:
            self.server.behave(**asked_for(body))
        except UnknownBehaviour:
            self._answer(400, b"")
        else:
            self._answer(204, b"")

    def _clock(self, body: bytes) -> None:
        """`{"now": "2026-12-01T03:00:00+02:00"}`, or nothing for the real time. What is due then is extracted first."""
        try:
            told = json.loads(body or b"{}").get("now")
            moment = None if told is None else datetime.fromisoformat(told)
            if moment is not None and moment.tzinfo is None:
                raise ValueError
        except (ValueError, TypeError, AttributeError):
            self._answer(400, b"")
            return
        self.server.office.clock.move(moment)
        extract_due(self.server.office)
        self._answer(204, b"")

    def _forget(self, body: bytes) -> None:
        self.server.office.forget()
        self._answer(204, b"")

    def _soap(self, body: bytes, service: str, fault: str) -> None:
        if fault in REFUSING and self._refuses(fault):
            return
        action = (self.headers.get("SOAPAction") or "").strip('"')
        with tempfile.TemporaryFile() as answer:
            try:
                serve(self.server.office, body, service=service, action=action, file=answer, fault=fault)
            except Refused as refusal:
                self._answer(500, _fault(str(refusal)))
                return
            if fault in SILENT:
                self.server.faults.released.wait()
            self._stream(answer, fault)

    def _refuses(self, fault: str) -> bool:
        """Whether that was the answer; who hangs is answered once let go."""
        if fault == "hang":
            self.server.faults.released.wait()
            return False
        if fault == "reset":
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            socket.close(self.connection.detach())
            self.close_connection = True
        else:
            self._answer(403 if fault == "certificate_refused" else 503, b"")
        return True

    def _stream(self, answer: IO[bytes], fault: str) -> None:
        size, sent = answer.tell(), 0
        answer.seek(0)
        self.send_response(200)
        self.send_header("Content-Type", "text/xml; charset=utf-8")
        self.send_header("Content-Length", str(size))
        self.end_headers()
        released = self.server.faults.released
        while chunk := answer.read(PIECE.get(fault, 16384)):
            if fault == "cut" and sent >= size // 2:
                self.close_connection = True
                return
            if fault in ("slow", "drip"):
                released.wait(PAUSE)
            self.wfile.write(chunk[: max(size // 2 - sent, 1)] if fault == "cut" else chunk)
            sent += len(chunk)
        self.close_connection = self.close_connection or fault == "cut"

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "text/xml; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _fault(text: str) -> bytes:
    inside = f"<faultcode>soapenv:Client</faultcode><faultstring>{escape(text)}</faultstring>"
    return HEAD + f'<soapenv:Fault xmlns:soapenv="{SOAP}">{inside}</soapenv:Fault>'.encode() + TAIL


def reference_day(folder: Path) -> date:
    """The day the register was set up. It is kept, so that what was told once is told the same again."""
    kept = folder / "first-day"
    if not kept.exists():
        kept.write_text(Clock().now().date().isoformat())
    return date.fromisoformat(kept.read_text().strip())


def cast() -> dict[str, Payer]:
    """The sandbox's employers."""
    return {
        one.business_id: Payer(business_id=one.business_id, employees=one.employees, name=one.name, rich=True)
        for one in ORGANISATIONS
        if one.kind == EMPLOYER
    }


def _payer(text: str) -> Payer:
    """`BUSINESS_ID:EMPLOYEES`, with `:rich` for every kind of leave."""
    business_id, employees, *rich = text.split(":")
    return Payer(business_id=business_id, employees=int(employees), rich=rich == ["rich"])


def main() -> None:
    options = argparse.ArgumentParser(description="The simulated Incomes Register.")
    options.add_argument("--port", type=int, required=True)
    options.add_argument("--folder", type=Path, required=True)
    options.add_argument("--payer", type=_payer, action="append", metavar="BUSINESS_ID:EMPLOYEES[:rich]")
    options.add_argument("--today", type=date.fromisoformat, help="by default the day of the first start")
    options.add_argument("--tls", action="store_true", help="demand a certificate of the data providers' authority")
    options.add_argument("--sftp-port", type=int, help="by default no SFTP")
    options.add_argument("--delay", type=float, default=0, help="seconds until a deferred record is processed")
    chosen = options.parse_args()
    make_keys(chosen.folder)
    payers = {one.business_id: one for one in chosen.payer} if chosen.payer else cast()
    server = Register(
        port=chosen.port,
        folder=chosen.folder,
        payers=payers,
        today=chosen.today or reference_day(chosen.folder),
        tls=chosen.tls,
        delay=timedelta(seconds=chosen.delay),
    )
    if chosen.sftp_port is not None:
        server.open_sftp(chosen.sftp_port)
    server.serve_forever()


if __name__ == "__main__":
    main()
