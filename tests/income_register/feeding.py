"""Payers' own messages, and a desk of the simulated register to hand them in at, without a network."""

from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from lxml import etree
from signxml.algorithms import CanonicalizationMethod, SignatureConstructionMethod
from signxml.signer import XMLSigner

from employers.income_register.messages import DataUser, Message
from employers.income_register.parser import read
from employers.income_register.schema import Header, Poison, Report
from employers.income_register.wire import HEAD, TAIL
from portal.sandbox.register.office import Office
from portal.sandbox.register.services import serve
from tests.income_register.schemas import SCHEMAS, schema

BASE = "http://www.tulorekisteri.fi/2017/1"
PAYER, CODE, OTHER = "9000004-6", "010190-901R", "150275-903S"
PORTAL = DataUser(business_id="9000000-3", production=False)
CLAIM = "<ReimbApp><ReimbPayment><PaymentType>1</PaymentType></ReimbPayment></ReimbApp>"
CONTACT = (
    "<ContactPerson><Name>Palkat</Name><Telephone>029</Telephone><Email>palkat@example.fi</Email>"
    "<ResponsibilityCode>1</ResponsibilityCode></ContactPerson>"
)
EMPLOYMENT = (
    "<Employment><EmploymentCode>1</EmploymentCode><PaymentTypes><PaymentType>1</PaymentType></PaymentTypes>"
    "<EmploymentPeriods><Period><StartDate>2020-01-01</StartDate></Period></EmploymentPeriods></Employment>"
)


def party(name: str, code: str) -> str:
    return f"<{name}><Type>1</Type><Code>{code}</Code></{name}>"


def head(kind: str, reference: str, *, owner: str = PAYER, faulty: str = "2", production: str = "false") -> str:
    control = f"<FaultyControl>{faulty}</FaultyControl>" if faulty else ""
    parties = "".join(party(f"DeliveryData{one}", owner) for one in ("Owner", "Creator", "Sender"))
    return (
        f"<Timestamp>2026-10-27T12:00:00+02:00</Timestamp><Source>Palkat 1.0</Source>"
        f"<DeliveryDataType>{kind}</DeliveryDataType><DeliveryId>{reference}</DeliveryId>{control}"
        f"<ProductionEnvironment>{production}</ProductionEnvironment>{parties}"
    )


def record(
    *reports: str, reference: str = "record-1", paid: str = "2026-10-28", payer: str = PAYER, kind: str = "100",
    contact: str = CONTACT, several: bool = True, **more: str,
) -> str:  # fmt: skip
    period = f"<PaymentDate>{paid}</PaymentDate><StartDate>2026-10-01</StartDate><EndDate>2026-10-31</EndDate>"
    root = "WageReportsRequestToIR" if several else "WageReportRequestToIR"
    return (
        f'<w:{root} xmlns:w="{BASE}/WageReportsToIR"><DeliveryData>{head(kind, reference, **more)}'
        f"<PaymentPeriod>{period}</PaymentPeriod><ContactPersons>{contact}</ContactPersons><Payer><PayerIds>"
        f"{party('Id', payer)}</PayerIds></Payer><Reports>{''.join(reports)}</Reports></DeliveryData></w:{root}>"
    )


def report(
    reference: str | None = "report-1", *, action: str = "1", identity: str = "", version: str = "", code: str = CODE,
    incomes: dict[int, str] | None = None, absence: str = "", earner: str = EMPLOYMENT,
) -> str:  # fmt: skip
    told = (("ActionCode", action), ("IRReportId", identity), ("ReportId", reference), ("ReportVersion", version))
    data = "".join(f"<{name}>{text}</{name}>" for name, text in told if text)
    basics = "".join(
        f"<Transaction><TransactionBasic><TransactionCode>{income}</TransactionCode><Amount>{amount}</Amount>"
        "</TransactionBasic></Transaction>"
        for income, amount in (incomes or {201: "3000.00"}).items()
    )
    return (
        f"<Report><ReportData>{data}</ReportData><IncomeEarner><IncomeEarnerIds><Id><Type>2</Type><Code>{code}</Code>"
        f"</Id></IncomeEarnerIds>{earner}</IncomeEarner><Transactions>{basics}</Transactions>{absence}</Report>"
    )


def absence(*periods: str, window: str = "") -> str:
    paid = f"<PaidAbsence><PaidAbsencePeriods>{''.join(periods)}</PaidAbsencePeriods></PaidAbsence>"
    return f"<Absence>{window}{paid}</Absence>"


def period(
    start: str = "2026-10-05", end: str = "2026-10-23", *, cause: int = 1, more: str = "", amount: str = "1"
) -> str:
    ends = f"<EndDate>{end}</EndDate>" if end else ""
    return (
        f"<PaidAbsencePeriod><StartDate>{start}</StartDate>{ends}<CauseCode>{cause}</CauseCode><Amount>{amount}</Amount>"
        f"{more}</PaidAbsencePeriod>"
    )


def invalidation(
    kind: str, reference: str, *items: str, owner: str = PAYER, several: bool = True, faulty: str = ""
) -> str:
    root = "InvalidationsRequestToIR" if several else "InvalidationRequestToIR"
    inside = f"{head(kind, reference, owner=owner, faulty=faulty)}<Items>{''.join(items)}</Items>"
    return f'<i:{root} xmlns:i="{BASE}/InvalidationsToIR"><DeliveryData>{inside}</DeliveryData></i:{root}>'


def item(reference: str = "", identity: str = "", version: str = "") -> str:
    told = (("IRItemId", identity), ("ItemId", reference), ("ItemVersion", version))
    return f"<Item>{''.join(f'<{name}>{text}</{name}>' for name, text in told if text)}</Item>"


def signed(root: etree._Element, keys: Path, name: str = "portal", *, exclusive: bool = True) -> bytes:
    """Both styles: the exclusive transform declared, or enveloped alone with an inclusive digest."""
    method = CanonicalizationMethod.EXCLUSIVE_XML_CANONICALIZATION_1_0
    signer = XMLSigner(method=SignatureConstructionMethod.enveloped, c14n_algorithm=method)
    if not exclusive:
        signer = XMLSigner(c14n_algorithm=CanonicalizationMethod.CANONICAL_XML_1_0)
    certificate = (keys / f"{name}.crt").read_text()
    return etree.tostring(signer.sign(root, key=_key((keys / f"{name}.key").read_bytes()), cert=certificate))


@cache
def _key(pem: bytes) -> rsa.RSAPrivateKey:
    """Loading checks the key's numbers, which takes longer than signing."""
    key = load_pem_private_key(pem, password=None)
    assert isinstance(key, rsa.RSAPrivateKey)
    return key


@dataclass
class Desk:
    """Hands in messages and reads answers; every one of them is checked against the schemas where these are."""

    office: Office
    keys: Path

    def send(self, service: str, action: str, message: str | bytes, fault: str = "well") -> etree._Element:
        document = message.encode() if isinstance(message, str) else message
        answer = BytesIO()
        serve(self.office, HEAD + document + TAIL, service=service, action=action, file=answer, fault=fault)
        envelope = answer.getvalue()
        root = etree.fromstring(envelope[len(HEAD) : -len(TAIL)])
        if SCHEMAS and fault == "well":
            schema(f"{etree.QName(root).localname}.xsd").assertValid(etree.ElementTree(root))
        return root

    def reports(self, message: str, *, at_once: bool = True) -> etree._Element:
        """What became of a payer's record; with `at_once` off as the acknowledgement and a status later say it."""
        if at_once:
            return self.send("WageReportService", "SendWageReport", message)
        ack = self.send("WageReportService", "SendWageReports", message)
        identity = ack.findtext("AckData/IRDeliveryId")
        return self.status("100", identity=identity) if identity else ack

    def status(self, kind: str, *, identity: str | None = None, reference: str | None = None, owner: str = PAYER):
        parties = "".join(party(f"DeliveryData{one}", owner) for one in ("Owner", "Creator", "Sender"))
        named = f"<DeliveryId>{reference}</DeliveryId>" if reference else ""
        named += f"<IRDeliveryId>{identity}</IRDeliveryId>" if identity else ""
        root = etree.fromstring(
            f'<s:StatusRequestToIR xmlns:s="{BASE}/StatusRequestToIR"><Timestamp>2026-10-27T12:00:00Z</Timestamp>'
            f"<DeliveryDataType>{kind}</DeliveryDataType>{named}<ProductionEnvironment>false</ProductionEnvironment>"
            f"{parties}</s:StatusRequestToIR>"
        )
        return self.send("StatusService", "GetDeliveryDataStatus", signed(root, self.keys))

    def ask(self, message: Message, fault: str = "well") -> etree._Element:
        document = signed(message.element, self.keys)
        return self.send(message.operation.service, message.operation.name, document, fault)

    def extract(self, message: Message, fault: str = "well") -> tuple[Header, list[Report | Poison]]:
        told = read(BytesIO(etree.tostring(self.ask(message, fault))))
        return told.header, list(told)


def outcome(answer: etree._Element) -> tuple[str, dict[str, list[str]]]:
    """The status, and error codes by where they stand."""
    codes: dict[str, list[str]] = {}
    for one in answer.iter("ErrorInfo"):
        codes.setdefault(str(one.getparent().tag), []).append(one.findtext("ErrorCode"))
    return next(answer.iter("DeliveryDataStatus")).text, codes


def items(answer: etree._Element, name: str = "ValidItems") -> list[tuple[str | None, str | None]]:
    """References and versions."""
    return [(one.findtext("ItemId"), one.findtext("ItemVersion")) for one in answer.iterfind(f".//{name}/Item")]
