"""Extracts as the register writes them, small enough to read."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

from employers.income_register.schema import Contact, Identifier, PaidAbsence, Reimbursement, Report, Transaction

NAMESPACE = "http://www.tulorekisteri.fi/2017/1/WageReportsFromIR"
PAYER = "9000004-6"
AINO, BO = "010190-9123", "150275-903S"


def extract(*reports: str, promised: int | None = None, head: str = "") -> BytesIO:
    count = len(reports) if promised is None else promised
    inside = f"<Reports>{''.join(reports)}</Reports>" if reports else ""
    return BytesIO(
        f'{head}<w:WageReportsFromIR xmlns:w="{NAMESPACE}">'
        "<Subscription><QueryDataType>401</QueryDataType><ProductionEnvironment>false</ProductionEnvironment>"
        f"</Subscription><Summary><NrOfReports>{count}</NrOfReports></Summary>{inside}</w:WageReportsFromIR>".encode()
    )


def minimal(*, report_id: str = "a" * 32, version: str = "1", paid: str = "2026-10-28", more: str = "") -> str:
    """A report of which the reader's profile masks all that can be masked."""
    return (
        "<Report><DeliveryData><Timestamp>2026-10-28T08:00:00+02:00</Timestamp><IRDeliveryId>0</IRDeliveryId>"
        f"<PaymentPeriod><PaymentDate>{paid}</PaymentDate><StartDate>2026-10-01</StartDate>"
        "<EndDate>2026-10-31</EndDate></PaymentPeriod></DeliveryData>"
        f"<ReportData><IRReportId>{report_id}</IRReportId><ReportStatus>1</ReportStatus>"
        f"<ReportVersion>{version}</ReportVersion><ReceivedTimestamp>2026-10-28T08:00:01+02:00</ReceivedTimestamp>"
        f"</ReportData>{more}</Report>"
    )


def make_report(report_id: str = "r1", version: int = 1, **changes: Any) -> Report:
    """A month's pay of Aino's with a sick leave, as the parser would yield it."""
    facts: dict[str, Any] = {
        "status": 1,
        "received_at": datetime(2026, 10, 28, 6, version, tzinfo=UTC),
        "payment_date": date(2026, 10, 28),
        "period_start": date(2026, 10, 1),
        "period_end": date(2026, 10, 31),
        "payer_ids": (Identifier(type=1, code=PAYER),),
        "earner_ids": (Identifier(type=2, code=AINO),),
        "given_name": "Aino",
        "family_name": "Esimerkki",
        "contacts": (Contact(name="Palkat", telephone="029", email="palkat@example.fi", responsibility=1),),
        "transactions": (Transaction(code=201, amount=Decimal(3000)),),
        "absences_told": True,
        "paid_absences": (make_absence(),),
    }
    return Report(report_id=report_id, version=version, **facts | changes)


def make_absence(**changes: Any) -> PaidAbsence:
    facts: dict[str, Any] = {
        "start": date(2026, 10, 5),
        "end": date(2026, 10, 23),
        "cause_code": 1,
        "amount": Decimal("1800.00"),
        "reimbursements": (Reimbursement(payment_type=1, reference="SV1"),),
    }
    return PaidAbsence(**facts | changes)
