"""Invalidations: the next version with the same content and status 2. They cannot be taken back.

A subscription whose windows have begun to roll is not invalidated but ended: nothing more is extracted.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from sqlite3 import Row

from lxml import etree

from portal.sandbox.register.errors import Error
from portal.sandbox.register.memory import Version
from portal.sandbox.register.office import Office
from portal.sandbox.register.records import INVALIDATED, REJECTED, STORED, Arrival, Kind, Outcome, item
from portal.sandbox.register.versions import VALID, invalidated

REPORT, SUBSCRIPTION, REPORT_RECORD, SUBSCRIPTION_RECORD = "105", "108", "109", "112"
ENDED_BEFORE_ANY, ENDED = 1, 2  # of a subscription
ONLY_FAULTY = "1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """An item of the record: the sender's reference, the register's, or both."""

    reference: str | None
    identity: str | None
    version: str | None

    @classmethod
    def read(cls, node: etree._Element) -> "Wanted":
        return cls(
            reference=node.findtext("ItemId"), identity=node.findtext("IRItemId"), version=node.findtext("ItemVersion")
        )

    def refused(self, error: Error) -> str:
        version = int(self.version) if self.version else None
        return item(reference=self.reference, identity=self.identity, version=version, found=[error])


class _Faulty(Exception):
    def __init__(self, code: str) -> None:
        self.error = Error(code, "Item")


class _Undone(Exception):
    """One faulty item spoils the record."""


def process(office: Office, arrival: Arrival) -> Outcome:
    valid: list[str] = []
    faulty: list[str] = []
    only_faulty = arrival.text("FaultyControl") == ONLY_FAULTY
    try:
        with office.memory.transaction():
            for node in arrival.delivery.iterfind("Items/Item"):
                wanted = Wanted.read(node)
                try:
                    valid += _end(office, arrival, wanted)
                except _Faulty as fault:
                    faulty.append(wanted.refused(fault.error))
            if faulty and not (only_faulty and valid):
                raise _Undone
    except _Undone:
        return Outcome(status=REJECTED, invalid=tuple(faulty))
    return Outcome(status=STORED, valid=tuple(valid), invalid=tuple(faulty))


def _end(office: Office, arrival: Arrival, wanted: Wanted) -> list[str]:
    verbs = {REPORT: _report, SUBSCRIPTION: _subscription, REPORT_RECORD: _reports_of, SUBSCRIPTION_RECORD: _ordered_by}
    return list(verbs[arrival.text("DeliveryDataType")](office, arrival, wanted))


def _report(office: Office, arrival: Arrival, wanted: Wanted) -> Iterator[str]:
    owner = arrival.text("DeliveryDataOwner/Code")
    found = office.knowledge.newest(identity=wanted.identity, payer=owner, reference=wanted.reference, at=arrival.at)
    if found is None or found.payer != owner:
        raise _Faulty("INV-01")
    if found.status != VALID:
        raise _Faulty("ITM-04")
    if wanted.version not in (None, str(found.number)):
        raise _Faulty("ITM-05")
    yield _keep(office, arrival, found)


def _keep(office: Office, arrival: Arrival, found: Version) -> str:
    version = invalidated(found, at=arrival.at)
    office.memory.keep(version)
    return item(reference=version.reference, identity=version.report, version=version.number)


def _reports_of(office: Office, arrival: Arrival, wanted: Wanted) -> Iterator[str]:
    """A whole record: what of it is still valid, in its latest version."""
    record = _record(office, arrival, wanted, kind="100")
    rows = office.memory.rows("SELECT DISTINCT report FROM version WHERE record = ?", record["id"])
    for row in rows:
        found = office.memory.newest(row["report"])
        if found is not None and found.status == VALID:
            yield _keep(office, arrival, found)
    office.memory.rows("UPDATE record SET status = ? WHERE id = ?", INVALIDATED, record["id"])


def _record(office: Office, arrival: Arrival, wanted: Wanted, *, kind: str) -> Row:
    query = "SELECT * FROM record WHERE owner = ? AND kind = ? AND coalesce(?, reference) = reference"
    owner = arrival.text("DeliveryDataOwner/Code")
    found = office.memory.row(f"{query} AND coalesce(?, id) = id", owner, kind, wanted.reference, wanted.identity)
    if found is None or not (wanted.reference or wanted.identity):
        raise _Faulty("INV-01")
    if found["status"] != STORED:
        raise _Faulty("ITM-04")
    return found


def _ordered_by(office: Office, arrival: Arrival, wanted: Wanted) -> Iterator[str]:
    record = _record(office, arrival, wanted, kind="103")
    found = office.memory.row("SELECT * FROM subscription WHERE record = ?", record["id"])
    yield from _end_subscription(office, found)


def _subscription(office: Office, arrival: Arrival, wanted: Wanted) -> Iterator[str]:
    if not (wanted.reference or wanted.identity):
        raise _Faulty("INV-01")
    query = "SELECT * FROM subscription WHERE owner = ? AND coalesce(?, reference) = reference AND coalesce(?, id) = id"
    owner = arrival.text("DeliveryDataOwner/Code")
    yield from _end_subscription(office, office.memory.row(query, owner, wanted.reference, wanted.identity))


def _end_subscription(office: Office, found: Row | None) -> Iterator[str]:
    if found is None:
        raise _Faulty("INV-01")
    if found["ended"]:
        raise _Faulty("ITM-04")
    ended = ENDED if found["last_at"] else ENDED_BEFORE_ANY
    office.memory.rows("UPDATE subscription SET ended = ?, version = version + 1 WHERE id = ?", ended, found["id"])
    if ended == ENDED_BEFORE_ANY:
        office.memory.rows("UPDATE record SET status = ? WHERE id = ?", INVALIDATED, found["record"])
    yield item(reference=found["reference"], identity=found["id"], version=found["version"] + 1)


INVALIDATIONS = Kind(
    types=frozenset((REPORT, SUBSCRIPTION, REPORT_RECORD, SUBSCRIPTION_RECORD)),
    items="Items/Item",
    head_errors=lambda office, arrival: (),
    process=process,
)
