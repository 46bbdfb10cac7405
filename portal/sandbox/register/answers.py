"""Payslips as a signed `WageReportsFromIR`, written as a stream.

What is written is canonical already (exclusive C14N: no blanks between elements, no empty-element tags, one namespace
on the root), so the digest is taken while writing and an answer of any size needs no tree.
"""

import hashlib
from base64 import b64encode
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import IO
from uuid import uuid4
from xml.sax.saxutils import escape

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from employers.income_register.signing import DS, ENVELOPED, EXCLUSIVE, RSA_SHA256, SHA_256
from portal.sandbox.register.data import Payslip, SickLeave

NAMESPACE = "http://www.tulorekisteri.fi/2017/1/WageReportsFromIR"
ROOT = "wrfir:WageReportsFromIR"
ILLNESS, DAILY_ALLOWANCE = "1", "1"


class Signer:
    """The register's key and certificate, read once."""

    def __init__(self, folder: Path) -> None:
        key = serialization.load_pem_private_key((folder / "register.key").read_bytes(), password=None)
        assert isinstance(key, rsa.RSAPrivateKey)
        self.key = key
        lines = (folder / "register.crt").read_text().splitlines()
        self.certificate = "".join(line for line in lines if not line.startswith("-----"))

    def signature(self, digest: bytes) -> str:
        info = _signed_info(b64encode(digest).decode())
        value = self.key.sign(info.encode(), padding.PKCS1v15(), hashes.SHA256())
        certificate = element("ds:X509Data", element("ds:X509Certificate", self.certificate))
        parts = [info.replace(f' xmlns:ds="{DS}"', "", 1), element("ds:SignatureValue", b64encode(value).decode())]
        return f'<ds:Signature xmlns:ds="{DS}">{"".join(parts)}{element("ds:KeyInfo", certificate)}</ds:Signature>'


def _signed_info(digest: str) -> str:
    """Canonical by itself: the digital signature's namespace stands where it is first used."""
    transforms = "".join(_algorithm("Transform", one) for one in (ENVELOPED, EXCLUSIVE))
    reference = (
        f'<ds:Reference URI="">{element("ds:Transforms", transforms)}'
        f"{_algorithm('DigestMethod', SHA_256)}{element('ds:DigestValue', digest)}</ds:Reference>"
    )
    methods = _algorithm("CanonicalizationMethod", EXCLUSIVE) + _algorithm("SignatureMethod", RSA_SHA256)
    return f'<ds:SignedInfo xmlns:ds="{DS}">{methods}{reference}</ds:SignedInfo>'


def _algorithm(name: str, uri: str) -> str:
    return f'<ds:{name} Algorithm="{uri}"></ds:{name}>'


def write_answer(
    file: IO[bytes], slips: Iterable[Payslip], *, kind: str, span: tuple[datetime, datetime], count: int, signer: Signer
) -> None:
    """`count` is told before the reports are; it must be how many `slips` there are."""
    digest = hashlib.sha256()

    def write(text: str) -> None:
        octets = text.encode()
        digest.update(octets)
        file.write(octets)

    write(f'<{ROOT} xmlns:wrfir="{NAMESPACE}">{_head(kind, span, count)}')
    if count:
        write("<Reports>")
        for slip in slips:
            write(report(slip))
        write("</Reports>")
    digest.update(f"</{ROOT}>".encode())
    file.write(f"{signer.signature(digest.digest())}</{ROOT}>".encode())


def _head(kind: str, span: tuple[datetime, datetime], count: int) -> str:
    start, end = span
    return (
        group("Subscription", QueryDataType=kind, ProductionEnvironment="false")
        + group(
            "Query",
            IRQueryId=uuid4().hex,
            QueryTimestamp=_moment(end),
            QueryTimespanStart=_moment(start),
            QueryTimespanEnd=_moment(end),
        )
        + group("Summary", NrOfReports=str(count))
    )


def report(slip: Payslip) -> str:
    parts = [_delivery(slip), _report_data(slip), _earner(slip), _transactions(slip), _absence(slip)]
    return element("Report", "".join(parts))


def _delivery(slip: Payslip) -> str:
    sent = slip.received_at - timedelta(minutes=5)
    period = group(
        "PaymentPeriod",
        PaymentDate=slip.payment_date.isoformat(),
        StartDate=slip.month.isoformat(),
        EndDate=slip.month_end.isoformat(),
    )
    contact = group(
        "ContactPerson",
        Name="Palkanlaskenta",
        Telephone="0290000000",
        Email="palkat@example.fi",
        ResponsibilityCode="1",
    )
    payer = element("PayerIds", _id("1", slip.payer.business_id)) + group("PayerBasic", CompanyName=slip.payer.name)
    parts = [
        group("", Timestamp=_moment(sent), IRDeliveryId=slip.report_id[::-1], DeliveryToIRChannelCode="1"),
        period,
        element("ContactPersons", contact),
        element("Payer", payer),
    ]
    return element("DeliveryData", "".join(parts))


def _report_data(slip: Payslip) -> str:
    return group(
        "ReportData",
        IRReportId=slip.report_id,
        ReportId=f"{slip.month:%Y%m}-{slip.number}",
        ReportStatus="2" if slip.invalidated else "1",
        ReportVersion=str(slip.version),
        ReceivedTimestamp=_moment(slip.received_at),
        VersionReceivedTimestamp=_moment(slip.received_at),
    )


def _earner(slip: Payslip) -> str:
    person = slip.person
    employment = (
        group("", Employed="true", EmploymentCode="1", TermCode="1")
        + group("PaymentTypes", PaymentType="1")
        + element("EmploymentPeriods", group("Period", StartDate=person.employed_from.isoformat()))
    )
    parts = [
        element("IncomeEarnerIds", _id("2", person.identity_code)),
        group("IncomeEarnerBasic", LastName=person.family_name, FirstName=person.given_name),
        element("Employment", employment),
    ]
    return element("IncomeEarner", "".join(parts))


def _transactions(slip: Payslip) -> str:
    pay = Decimal(slip.person.monthly_pay)
    gross = pay + slip.bonus
    shares = {402: "0.2150", 413: "0.0730", 414: "0.0089"}  # withholding and the employee's contributions
    rows = {201: pay, **({203: Decimal(slip.bonus)} if slip.bonus else {})}
    rows |= {code: (gross * Decimal(share)).quantize(Decimal("0.01")) for code, share in shares.items()}
    basics = (group("TransactionBasic", TransactionCode=str(code), Amount=f"{sum:.2f}") for code, sum in rows.items())
    return element("Transactions", "".join(element("Transaction", basic) for basic in basics))


def _absence(slip: Payslip) -> str:
    known = group("", AbsenceRepStartDate=slip.month.isoformat(), AbsenceRepEndDate=slip.payment_date.isoformat())
    if slip.sick is None:
        return element("Absence", known)
    period = element("PaidAbsencePeriod", _sick_leave(slip, slip.sick))
    return element("Absence", known + element("PaidAbsence", element("PaidAbsencePeriods", period)))


def _sick_leave(slip: Payslip, sick: SickLeave) -> str:
    days = _weekdays(sick.start, sick.end)
    pay = (Decimal(slip.person.monthly_pay) * days / 25).quantize(Decimal("0.01"))
    facts = group(
        "",
        StartDate=sick.start.isoformat(),
        EndDate=sick.end.isoformat(),
        AbsenceDays=str(days),
        CauseCode=ILLNESS,
        Amount=f"{pay:.2f}",
    )
    if not sick.claimed:
        return facts
    reference = f"SV{slip.month:%Y%m}{slip.number}"
    return facts + element("ReimbApp", group("ReimbPayment", PaymentType=DAILY_ALLOWANCE, PaymentRef=reference))


def _weekdays(start: date, end: date) -> int:
    """Monday to Saturday."""
    return sum((start + timedelta(days=offset)).weekday() < 6 for offset in range((end - start).days + 1))


def _id(kind: str, code: str) -> str:
    return group("Id", Type=kind, Code=code)


def group(name: str, **children: str) -> str:
    """An element of plain text children; without a name the children alone."""
    inner = "".join(f"<{child}>{escape(text)}</{child}>" for child, text in children.items())
    return element(name, inner) if name else inner


def element(name: str, inner: str) -> str:
    return f"<{name}>{inner}</{name}>"


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
