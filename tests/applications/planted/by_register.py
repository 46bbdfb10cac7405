"""The same passing of time, but for what brings the reports: payers send them to the simulated register, which is read.

Nothing but the register's own services is used: `SendWageReports`, `SendInvalidations`, and the query of a sync.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Thread

import httpx
from lxml import etree

from employers.applications import findings, review_register
from employers.income_register import sync as syncs
from employers.income_register.models import RegisterCursor
from employers.income_register.wire import HEAD, TAIL
from employers.organisations.models import Organisation
from portal.sandbox.register.data import Payer
from portal.sandbox.register.keys import make_keys
from portal.sandbox.register.server import Register
from tests import cast

from .messages import Message, messages
from .run import READERS, by_day, do, moment
from .shape import END, Case

FIRST = datetime(2020, 12, 31, tzinfo=UTC)  # before anything was told
SERVICES = {
    "WageReportsToIR": ("WageReportService", "SendWageReports"),
    "InvalidationsToIR": ("InvalidationService", "SendInvalidations"),
}


@dataclass
class Payers:
    """Send what they have to tell when its day comes."""

    register: Register
    waiting: deque[Message]
    refused: list[str] = field(default_factory=list)
    sent: int = 0

    def send(self, *, until: date) -> None:
        while self.waiting and self.waiting[0].on <= until:
            message = self.waiting.popleft()
            self.register.office.clock.move(datetime(message.on.year, message.on.month, message.on.day, 6, tzinfo=UTC))
            service, action = SERVICES[etree.QName(message.root).namespace.rpartition("/")[2]]
            answer = httpx.post(
                f"{url(self.register)}/20170526/{service}.svc",
                content=HEAD + etree.tostring(message.root) + TAIL,
                headers={"SOAPAction": action},
                trust_env=False,
            )
            self.sent += 1
            self.refused += [] if answer.status_code == 200 and b"Errors>" not in answer.content else [answer.text]


@contextmanager
def opened(folder: Path) -> Iterator[Register]:
    """A register that knows nothing but what it is told."""
    make_keys(folder)
    payers = {one: Payer(business_id=one, employees=0) for one in READERS}
    server = Register(port=0, folder=folder, payers=payers, today=END)
    Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def url(register: Register) -> str:
    return f"http://127.0.0.1:{register.server_address[1]}"


def run(cases: Iterable[Case], register: Register) -> Payers:
    """Day by day: what people do, what payers tell, then what a sync and a review make of it."""
    cases = list(cases)
    for employer in Organisation.objects.filter(business_id__in=READERS):
        RegisterCursor.objects.create(organisation=employer, synced_until=FIRST)
    Organisation.objects.filter(business_id__in=READERS).update(register_access=True)
    arrivals, acts = by_day(cases)
    payers = Payers(register, deque(messages(cases)))
    for day in sorted({*arrivals, *acts, END}):
        for step in acts.get(day, ()):
            do(step)
        payers.send(until=day)
        _look(arrivals.get(day, {}), register, day)
    return payers


def _look(arrived: Iterable[str], register: Register, day: date) -> None:
    at = moment(day)
    register.office.clock.move(at)
    for payer in arrived:
        sync = syncs.request_sync(organisation=cast.employer(payer), by=None, at=at)
        while syncs.sync_next(at=at):
            pass
        sync.refresh_from_db()
        assert (sync.status, sync.quarantined) == ("finished", 0), sync.error
    if arrived:
        review_register.review_register(at=at)
    findings.close(on=day)
