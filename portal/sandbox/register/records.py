"""What becomes of a record: checked by level, kept, answered. The same for reports, invalidations and subscriptions.

Any error of the message or of the head ends it with status 4, and nothing is kept. Then come the items.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import uuid4

from lxml import etree

from portal.sandbox.register.answers import write_message
from portal.sandbox.register.errors import Error, errors
from portal.sandbox.register.office import Office
from portal.sandbox.register.rules import party_errors
from portal.sandbox.register.xml import element, group, moment

UNKNOWN, IN_PROCESS, STORED, REFUSED, REJECTED, INVALIDATED = 0, 2, 3, 4, 5, 6  # DeliveryDataStatus
WS_DEFERRED, WS_REAL_TIME, SFTP = "1", "2", "3"  # DeliveryToIRChannelCode
HEAD = ("Timestamp", "Source", "DeliveryDataType", "DeliveryId", "FaultyControl", "ProductionEnvironment")
PARTIES = ("DeliveryDataOwner", "DeliveryDataCreator", "DeliveryDataSender")


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A record that has come, with what is known of its signature."""

    root: etree._Element
    signer: str | None  # Business ID in the certificate; None: the portal's own, or nobody signed
    at: datetime
    channel: str
    faults: tuple[Error, ...] = ()  # of the message, seen before
    identity: str = field(default_factory=lambda: uuid4().hex)  # IRDeliveryId

    @property
    def delivery(self) -> etree._Element:
        found = self.root.find("DeliveryData")
        assert found is not None  # the schema was checked
        return found

    def text(self, path: str) -> str:
        return self.delivery.findtext(path, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How the items fared."""

    status: int
    valid: tuple[str, ...] = ()
    invalid: tuple[str, ...] = ()
    delivery_errors: tuple[Error, ...] = ()

    def __str__(self) -> str:
        valid, invalid = "".join(self.valid), "".join(self.invalid)
        return (
            (element("ValidItems", valid) if valid else "")
            + (element("InvalidItems", invalid) if invalid else "")
            + errors("DeliveryErrors", self.delivery_errors)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What is special of one kind of record."""

    types: frozenset[str]  # DeliveryDataType
    items: str  # path of what may be there once in real time
    head_errors: Callable[[Office, Arrival], Iterable[Error]]
    process: Callable[[Office, Arrival], Outcome]


def deliver(office: Office, kind: Kind, arrival: Arrival) -> bytes:
    """The answer: an acknowledgement of what waits, the whole feedback of what does not."""
    message_errors = list(_message_errors(kind, arrival))
    if message_errors:
        return _refused(office, arrival, errors("MessageErrors", message_errors))
    with office.memory.transaction():
        head_errors = list(_head_errors(office, kind, arrival))
        if head_errors:
            return _refused(office, arrival, errors("DeliveryErrors", head_errors))
        outcome = kind.process(office, arrival)
        _keep(office, arrival, outcome)
    if arrival.channel == WS_DEFERRED:
        return acknowledgement(office, arrival, IN_PROCESS, identity=arrival.identity)
    return feedback(office, echo(arrival.delivery), outcome.status, f"{outcome}", identity=arrival.identity)


def _message_errors(kind: Kind, arrival: Arrival) -> Iterable[Error]:
    yield from arrival.faults
    if arrival.signer not in (None, arrival.text("DeliveryDataCreator/Code")):
        yield Error("MSG-02", "DeliveryDataCreator")
    if arrival.text("ProductionEnvironment") != "false":
        yield Error("MSG-05", "ProductionEnvironment")
    if arrival.channel == WS_REAL_TIME and len(arrival.delivery.findall(kind.items)) > 1:
        yield Error("MSG-04", kind.items)


def _head_errors(office: Office, kind: Kind, arrival: Arrival) -> Iterable[Error]:
    if arrival.text("DeliveryDataType") not in kind.types:
        yield Error("REC-01", "DeliveryDataType")
    yield from party_errors(arrival.delivery)
    yield from kind.head_errors(office, arrival)
    same = (arrival.text("DeliveryDataOwner/Code"), arrival.text("DeliveryDataType"), arrival.text("DeliveryId"))
    if office.memory.row("SELECT id FROM record WHERE owner = ? AND kind = ? AND reference = ?", *same):
        yield Error("REC-03", "DeliveryId")


def _keep(office: Office, arrival: Arrival, outcome: Outcome) -> None:
    delay = office.delay if arrival.channel == WS_DEFERRED else type(office.delay)()
    office.memory.insert(
        "record",
        id=arrival.identity,
        owner=arrival.text("DeliveryDataOwner/Code"),
        kind=arrival.text("DeliveryDataType"),
        reference=arrival.text("DeliveryId"),
        header=echo(arrival.delivery),
        status=outcome.status,
        result=str(outcome),
        ready_at=moment(arrival.at + delay),
    )


def _refused(office: Office, arrival: Arrival, found: str) -> bytes:
    if arrival.channel == WS_DEFERRED:
        return acknowledgement(office, arrival, REFUSED, found)
    return feedback(office, echo(arrival.delivery), REFUSED, found)


def acknowledgement(
    office: Office, arrival: Arrival, status: int, found: str = "", *, identity: str | None = None
) -> bytes:
    data = element("AckData", _response(office, status, identity) + found)
    return write_message("AckFromIR", echo(arrival.delivery) + data, signer=office.signer)


def feedback(office: Office, header: str, status: int, found: str = "", *, identity: str | None = None) -> bytes:
    data = element("StatusResponse", _response(office, status, identity) + found)
    return write_message("StatusResponseFromIR", header + data, signer=office.signer)


def _response(office: Office, status: int, identity: str | None) -> str:
    return group(
        "",
        IRResponseId=uuid4().hex,
        IRResponseTimestamp=moment(office.now()),
        DeliveryDataStatus=str(status),
        IRDeliveryId=identity,
    )


def echo(delivery: etree._Element) -> str:
    """The sender's own head of the record, as it was."""
    parts = [group("", **{name: delivery.findtext(name)}) for name in HEAD]
    for name in PARTIES:
        party = delivery.find(name)
        ids = {} if party is None else {str(one.tag): one.text for one in party}
        parts.append(group(name, **ids))
    return element("DeliveryData", "".join(parts))


def item(*, reference: str | None, identity: str | None, version: int | None, found: Iterable[Error] = ()) -> str:
    """How one item of a record fared."""
    texts = group("", ItemId=reference, IRItemId=identity, ItemVersion=str(version) if version else None)
    return element("Item", texts + errors("ItemErrors", found))


def status_of(office: Office, root: etree._Element) -> bytes:
    """Answer to a status request: either reference, or both."""
    query = "SELECT * FROM record WHERE owner = ? AND kind = ?"
    values = [root.findtext("DeliveryDataOwner/Code", ""), root.findtext("DeliveryDataType", "")]
    for column, name in (("reference", "DeliveryId"), ("id", "IRDeliveryId")):
        if told := root.findtext(name):
            query += f" AND {column} = ?"
            values.append(told)
    found = office.memory.row(query, *values) if len(values) > 2 else None
    if found is None:
        return feedback(office, "", UNKNOWN)
    if found["ready_at"] > moment(office.now()):
        return feedback(office, found["header"], IN_PROCESS, identity=found["id"])
    return feedback(office, found["header"], found["status"], found["result"], identity=found["id"])
