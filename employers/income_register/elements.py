"""One `Report` element of an extract, or of a payer's own message, as a Report.

Every element is visited once at most, from its parent: a large extract has ten million of them, and looking each up by
its path would visit them many times.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar

from lxml import etree

from . import values
from .schema import (
    BUSINESS_ID,
    INVALIDATED,
    VALID,
    Contact,
    EmploymentPeriod,
    Identifier,
    Inclusion,
    PaidAbsence,
    Reimbursement,
    Report,
    Transaction,
    UnpaidAbsence,
)

T = TypeVar("T")
Texts = dict[str, str | None]
Parts = dict[str, etree._Element]
NOTHING = etree.Element("nothing")
PAID = "Absence/PaidAbsence/PaidAbsencePeriods/PaidAbsencePeriod"
LONGEST_REPORT_ID = 40
MOST_PIECES, LARGEST_PIECE = 20_000, 4096  # remembered; bytes
LONGEST_REFERENCE, LONGEST_SPECIFIER = 50, 200


class Unreadable(ValueError):
    """An element that does not hold what it must; the text is its path, never its content."""


class Reader:
    """Reads the reports of one document, and remembers the pieces they share.

    A payroll says the same things again and again: the payer, the period, and of each employee the employment and
    mostly the pay. A piece whose octets were seen before is not read again.
    """

    def __init__(self) -> None:
        self.seen: dict[bytes, Any] = {}

    def report(self, element: etree._Element) -> Report:
        """Of an extract. Raises Unreadable for the first element that makes no sense."""
        parts = _parts(element)
        facts = _report_data(_texts(parts.get("ReportData", NOTHING)))
        facts |= self._delivery(parts.get("DeliveryData", NOTHING))
        return self._with_earner(parts, facts)

    def own_report(self, element: etree._Element, delivered: dict[str, Any], made_at: datetime) -> Report:
        """Of a payer's own message, whose delivery data stands above all its reports. Raises Unreadable."""
        parts = _parts(element)
        facts = _own_report_data(_texts(parts.get("ReportData", NOTHING)))
        return self._with_earner(parts, facts | delivered | {"received_at": made_at})

    def _delivery(self, element: etree._Element) -> dict[str, Any]:
        parts = _parts(element)
        facts: dict[str, Any] = {}
        for name, read in DELIVERY.items():
            facts |= self._recall(parts.get(name, NOTHING), read)
        return facts

    def _with_earner(self, parts: Parts, facts: dict[str, Any]) -> Report:
        for name, read in OF_THE_EARNER.items():
            if name in parts:
                facts |= self._recall(parts[name], read)
        return Report(**facts)

    def _recall(self, element: etree._Element, read: Callable[[etree._Element], dict[str, Any]]) -> dict[str, Any]:
        octets = etree.tostring(element, with_tail=False)
        facts: dict[str, Any] | None = self.seen.get(octets)
        if facts is None:
            if len(self.seen) >= MOST_PIECES:
                self.seen.clear()
            facts = read(element)
            if len(octets) <= LARGEST_PIECE:
                self.seen[octets] = facts
        return facts


def made_at(element: etree._Element) -> datetime:
    """When the payer made its message."""
    return _needed(_moment, _texts(element), "Timestamp", "DeliveryData")


def delivery(element: etree._Element) -> dict[str, Any]:
    parts = _parts(element)
    return {key: value for name, read in DELIVERY.items() for key, value in read(parts.get(name, NOTHING)).items()}


def _period(element: etree._Element) -> dict[str, Any]:
    texts, path = _texts(element), "DeliveryData/PaymentPeriod"
    return {
        "payment_date": _needed(_day, texts, "PaymentDate", path),
        "period_start": _needed(_day, texts, "StartDate", path),
        "period_end": _needed(_day, texts, "EndDate", path),
    }


def _payer(element: etree._Element) -> dict[str, Any]:
    parts = _parts(element)
    return {
        "payer_ids": _each(parts.get("PayerIds"), "Id", _identifier),
        "payer_name": _text(_texts(parts.get("PayerBasic", NOTHING)), "CompanyName"),
    }


def _contacts(element: etree._Element) -> dict[str, Any]:
    return {"contacts": _each(element, "ContactPerson", _contact)}


def named(element: etree._Element) -> tuple[str, str | None]:
    """The id and the payer's Business ID of a report that cannot be read."""
    report_id = (element.findtext("ReportData/IRReportId") or "").strip()[:LONGEST_REPORT_ID]
    for one in element.iterfind("DeliveryData/Payer/PayerIds/Id"):
        if (one.findtext("Type") or "").strip() == str(BUSINESS_ID):
            return report_id, (one.findtext("Code") or "").strip() or None
    return report_id, None


def _report_data(texts: Texts) -> dict[str, Any]:
    path = "ReportData"
    status = _needed(_whole, texts, "ReportStatus", path)
    if status not in (VALID, INVALIDATED):
        raise Unreadable(f"{path}/ReportStatus")
    version = _needed(_whole, texts, "ReportVersion", path)
    if version == 0:
        raise Unreadable(f"{path}/ReportVersion")
    return {
        "report_id": _needed(_report_id, texts, "IRReportId", path),
        "version": version,
        "status": status,
        "received_at": _received(texts),
        "payers_reference": _text(texts, "ReportId"),
    }


def _own_report_data(texts: Texts) -> dict[str, Any]:
    return {
        "report_id": _report_id(texts, "IRReportId", "ReportData") or "",
        "version": _whole(texts, "ReportVersion", "ReportData") or 0,
        "status": VALID,
        "action": _needed(_whole, texts, "ActionCode", "ReportData"),
        "payers_reference": _text(texts, "ReportId"),
    }


def _received(texts: Texts) -> datetime:
    """When this version came; `ReceivedTimestamp` is that of the first one."""
    version = _moment(texts, "VersionReceivedTimestamp", "ReportData")
    return version or _needed(_moment, texts, "ReceivedTimestamp", "ReportData")


def _earner(element: etree._Element) -> dict[str, Any]:
    parts = _parts(element)
    basic = _texts(parts.get("IncomeEarnerBasic", NOTHING))
    employment = _parts(parts.get("Employment", NOTHING))
    return {
        "earner_ids": _each(parts.get("IncomeEarnerIds"), "Id", _identifier),
        "given_name": _text(basic, "FirstName"),
        "family_name": _text(basic, "LastName"),
        "employment_code": _own_whole(employment.get("EmploymentCode")),
        "pay_forms": _each(employment.get("PaymentTypes"), "PaymentType", _pay_form),
        "employment_periods": _each(employment.get("EmploymentPeriods"), "Period", _employment_period),
    }


def _transactions(element: etree._Element) -> dict[str, Any]:
    return {"transactions": _each(element, "Transaction", _transaction)}


def _absence(element: etree._Element) -> dict[str, Any]:
    parts = _parts(element)
    texts = _texts(element)
    paid, unpaid = (_parts(parts.get(name, NOTHING)) for name in ("PaidAbsence", "UnpaidAbsence"))
    return {
        "absences_told": True,
        "absence_known_from": _day(texts, "AbsenceRepStartDate", "Absence"),
        "absence_known_until": _day(texts, "AbsenceRepEndDate", "Absence"),
        "paid_absences": _each(paid.get("PaidAbsencePeriods"), "PaidAbsencePeriod", _paid_absence),
        "unpaid_absences": _each(unpaid.get("UnpaidAbsencePeriods"), "UnpaidAbsencePeriod", _unpaid_absence),
    }


def _identifier(element: etree._Element) -> Identifier:
    texts = _texts(element)
    return Identifier(type=_whole(texts, "Type"), code=_text(texts, "Code"), country=_text(texts, "CountryCode"))


def _contact(element: etree._Element) -> Contact:
    texts = _texts(element)
    return Contact(
        name=_text(texts, "Name"),
        telephone=_text(texts, "Telephone"),
        email=_text(texts, "Email"),
        responsibility=_whole(texts, "ResponsibilityCode"),
    )


def _pay_form(element: etree._Element) -> int:
    code = _own_whole(element)
    if code is None:
        raise Unreadable("PaymentType")
    return code


def _employment_period(element: etree._Element) -> EmploymentPeriod:
    texts = _texts(element)
    return EmploymentPeriod(start=_day(texts, "StartDate"), end=_day(texts, "EndDate"))


def _transaction(element: etree._Element) -> Transaction:
    parts = _parts(element)
    texts, path = _texts(parts.get("TransactionBasic", NOTHING)), "TransactionBasic"
    return Transaction(
        code=_whole(texts, "TransactionCode", path),
        amount=_typed(texts, "Amount", path, values.amount),
        unjust_enrichment=_typed(texts, "UnjustEnrichment", path, values.flag) is True,
        recovery=_typed(texts, "Recovery", path, values.flag) is True,
        inclusions=_each(parts.get("InsuranceData"), "TransactionInclusion", _inclusion),
    )


def _inclusion(element: etree._Element) -> Inclusion:
    texts = _texts(element)
    return Inclusion(
        insurance=_whole(texts, "InsuranceCode"), included=_typed(texts, "Included", "InsuranceData", values.flag)
    )


def _paid_absence(element: etree._Element) -> PaidAbsence:
    texts, claim = _texts(element), element.find("ReimbApp")
    start, end = _day(texts, "StartDate", PAID), _day(texts, "EndDate", PAID)
    if start and end and end < start:
        raise Unreadable(f"{PAID}/EndDate")
    return PaidAbsence(
        start=start,
        end=end,
        until=_day(texts, "AbsenceUntil", PAID),
        days=_whole(texts, "AbsenceDays", PAID),
        cause_code=_whole(texts, "CauseCode", PAID),
        amount=_typed(texts, "Amount", PAID, values.amount),
        reimbursements=_each(claim, "ReimbPayment", _reimbursement),
        info=_text(texts, "PaidAbsencePeriodInfo"),
    )


def _reimbursement(element: etree._Element) -> Reimbursement:
    texts = _texts(element)
    return Reimbursement(
        payment_type=_whole(texts, "PaymentType"),
        reference=_short(texts, "PaymentRef", "ReimbPayment", LONGEST_REFERENCE),
        specifier=_short(texts, "PaymentSpecifier", "ReimbPayment", LONGEST_SPECIFIER),
    )


def _unpaid_absence(element: etree._Element) -> UnpaidAbsence:
    texts = _texts(element)
    return UnpaidAbsence(
        start=_day(texts, "StartDate"),
        end=_day(texts, "EndDate"),
        days=_whole(texts, "AbsenceDays"),
        cause_code=_whole(texts, "CauseCode"),
    )


DELIVERY = {"PaymentPeriod": _period, "Payer": _payer, "ContactPersons": _contacts}
OF_THE_EARNER = {"IncomeEarner": _earner, "Transactions": _transactions, "Absence": _absence}


def _texts(element: etree._Element) -> Texts:
    return {child.tag: child.text for child in element}  # type: ignore[misc]  # comments are gone: all tags are texts


def _parts(element: etree._Element) -> Parts:
    return {child.tag: child for child in element}  # type: ignore[misc]


def _each(group: etree._Element | None, tag: str, read: Callable[[etree._Element], T]) -> tuple[T, ...]:
    return () if group is None else tuple([read(one) for one in group if one.tag == tag])


def _needed(read: Callable[[Texts, str, str], T | None], texts: Texts, name: str, path: str) -> T:
    value = read(texts, name, path)
    if value is None:
        raise Unreadable(f"{path}/{name}")
    return value


def _text(texts: Texts, name: str) -> str | None:
    return (texts.get(name) or "").strip() or None


def _short(texts: Texts, name: str, path: str, longest: int) -> str | None:
    text = _text(texts, name)
    if text is not None and len(text) > longest:
        raise Unreadable(f"{path}/{name}")
    return text


def _report_id(texts: Texts, name: str, path: str) -> str | None:
    return _short(texts, name, path, LONGEST_REPORT_ID)


def _typed(texts: Texts, name: str, path: str, read: Callable[[str], T]) -> T | None:
    text = texts.get(name)
    if text is None:
        return None
    try:
        text = text.strip()
        return read(text) if text else None
    except ValueError:
        raise Unreadable(f"{path}/{name}" if path else name) from None


def _whole(texts: Texts, name: str, path: str = "") -> int | None:
    return _typed(texts, name, path, values.whole)


def _own_whole(element: etree._Element | None) -> int | None:
    return None if element is None else _whole({str(element.tag): element.text}, str(element.tag))


def _day(texts: Texts, name: str, path: str = "") -> date | None:
    return _typed(texts, name, path, values.day)


def _moment(texts: Texts, name: str, path: str = "") -> datetime | None:
    return _typed(texts, name, path, values.moment)
