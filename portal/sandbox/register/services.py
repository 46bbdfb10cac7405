"""The register's services: which message belongs to which operation, and who answers it."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import IO

from lxml import etree

from employers.income_register.wire import HEAD, TAIL, MalformedXml, SoapFault, copy_body, refuse_doctype
from portal.sandbox.register import queries
from portal.sandbox.register.answers import write_message
from portal.sandbox.register.errors import Error
from portal.sandbox.register.invalidating import INVALIDATIONS
from portal.sandbox.register.office import Office
from portal.sandbox.register.receiving import WAGE_REPORTS
from portal.sandbox.register.records import REFUSED as REFUSED_STATUS
from portal.sandbox.register.records import SFTP, WS_DEFERRED, WS_REAL_TIME, Arrival, Kind, deliver, feedback, status_of
from portal.sandbox.register.schema import follows
from portal.sandbox.register.signatures import BadRequestSignature
from portal.sandbox.register.subscriptions import SUBSCRIPTIONS
from portal.sandbox.register.xml import group, without_blanks

SIGNATURE = "{http://www.w3.org/2000/09/xmldsig#}Signature"


class Refused(Exception):
    """A SOAP fault of the asker's; the text goes into the answer and quotes nothing of the request."""


@dataclass(frozen=True, slots=True)
class Record:
    root: str
    kind: Kind
    channel: str


@dataclass(frozen=True, slots=True)
class Question:
    """Needs a good signature; whoever has none gets a fault."""

    root: str
    answer: Callable[[Office, etree._Element, IO[bytes], str], None]


def _status(office: Office, root: etree._Element, file: IO[bytes], fault: str) -> None:
    file.write(status_of(office, root))


def _echo(office: Office, root: etree._Element, file: IO[bytes], fault: str) -> None:
    file.write(write_message("Echo", group("", Data=root.findtext("Data")), signer=office.signer))


def _reports(office: Office, root: etree._Element, file: IO[bytes], fault: str) -> None:
    queries.answer(office, root, file, fault=fault)


OPERATIONS: dict[tuple[str, str], Record | Question] = {
    ("EchoService", "SendEcho"): Question("Echo", _echo),
    ("StatusService", "GetDeliveryDataStatus"): Question("StatusRequestToIR", _status),
    **{
        ("WageReportQueryService", f"GetWageReports{who}"): Question(f"WageReports{who}RequestToIR", _reports)
        for who in ("OneIncomeEarner", "OnePayer", "OnePayerOneIncomeEarner")
    },
    ("WageReportService", "SendWageReport"): Record("WageReportRequestToIR", WAGE_REPORTS, WS_REAL_TIME),
    ("WageReportService", "SendWageReports"): Record("WageReportsRequestToIR", WAGE_REPORTS, WS_DEFERRED),
    ("InvalidationService", "SendInvalidation"): Record("InvalidationRequestToIR", INVALIDATIONS, WS_REAL_TIME),
    ("InvalidationService", "SendInvalidations"): Record("InvalidationsRequestToIR", INVALIDATIONS, WS_DEFERRED),
    ("SubscriptionService", "ProcessSubscription"): Record("SubscriptionsRequestToIR", SUBSCRIPTIONS, WS_REAL_TIME),
    ("SubscriptionService", "SendSubscription"): Record("SubscriptionsRequestToIRAsync", SUBSCRIPTIONS, WS_DEFERRED),
}
BY_ROOT = {one.root: one.kind for one in OPERATIONS.values() if isinstance(one, Record)}


def serve(office: Office, message: bytes, *, service: str, action: str, file: IO[bytes], fault: str) -> None:
    """Write the whole envelope of the answer. Raises Refused."""
    operation = OPERATIONS.get((service, action))
    if operation is None:
        raise Refused("unknown operation")
    document = _body(message)
    root = _read(document)
    if etree.QName(root).localname != operation.root:
        raise Refused("the request does not belong to the operation")
    if not follows(root):
        raise Refused("the request does not follow the schema")
    file.write(HEAD)
    if isinstance(operation, Record):
        file.write(deliver(office, operation.kind, _arrival(office, document, root, operation.channel)))
    else:
        operation.answer(office, _believed(office, document), file, fault)
    file.write(TAIL)


def receive_file(office: Office, document: bytes) -> bytes:
    """The feedback on a record that came by SFTP: what no schema knows is status 4 there, not a fault."""
    try:
        refuse_doctype(BytesIO(document))
        root = _read(document)
        kind = BY_ROOT.get(etree.QName(root).localname)
    except (MalformedXml, Refused):
        root, kind = None, None
    if root is None or kind is None or not follows(root):
        return feedback(office, "", REFUSED_STATUS, f"<MessageErrors>{Error('MSG-03')}</MessageErrors>")
    return deliver(office, kind, _arrival(office, document, root, SFTP))


def _body(message: bytes) -> bytes:
    body = BytesIO()
    try:
        copy_body(BytesIO(message), body)
    except (MalformedXml, SoapFault) as error:
        raise Refused(str(error)) from None
    return body.getvalue()


def _read(document: bytes) -> etree._Element:
    try:
        return etree.fromstring(document, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        raise Refused("the request is not well-formed") from None


def _arrival(office: Office, document: bytes, root: etree._Element, channel: str) -> Arrival:
    """A record may come unsigned, as an upload does; a signature that is there must be good."""
    signer, at = None, office.now()
    faults: tuple[Error, ...] = ()
    if root.find(SIGNATURE) is not None:
        try:
            root, signer = office.trust.believed(document, at=at)
        except BadRequestSignature:
            faults = (Error("MSG-01", "Signature"),)
    return Arrival(root=without_blanks(root), signer=signer, at=at, channel=channel, faults=faults)


def _believed(office: Office, document: bytes) -> etree._Element:
    try:
        return office.trust.believed(document, at=office.now())[0]
    except BadRequestSignature as error:
        raise Refused(str(error)) from None
