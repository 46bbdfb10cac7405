"""The simulated Incomes Register: its own process, SOAP over HTTP or mutual TLS, and SFTP, signed both ways.

    python -m portal.sandbox.register.server --port 8041 --folder var/run/register

Employers come from the sandbox's cast, or from `--payer BUSINESS_ID:EMPLOYEES`. `docs/incomes-register.md` tells how to
feed it, move its clock and make it misbehave.
"""

import argparse
import ssl
import threading
import time
from datetime import date, timedelta
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

from portal.sandbox.cast import EMPLOYER, ORGANISATIONS
from portal.sandbox.register.clock import Clock
from portal.sandbox.register.data import Payer
from portal.sandbox.register.extraction import extract_due
from portal.sandbox.register.faults import Faults
from portal.sandbox.register.handler import Handler
from portal.sandbox.register.keys import make_keys, write_known_hosts
from portal.sandbox.register.knowledge import Knowledge
from portal.sandbox.register.memory import Memory
from portal.sandbox.register.office import Office
from portal.sandbox.register.sftp import SftpServer
from portal.sandbox.register.signatures import Signer, Trust

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
