"""One `Report` element of an extract, or of a payer's own message, as a Report.

Every element is visited once at most, from its parent: a large extract has ten million of them, and looking each up by
its path would visit them many times.
"""

from datetime import datetime
from typing import Any

from lxml import etree

from . import values
from .content import (
    NOTHING,
    Parts,
    Texts,
    Unreadable,
    day,
    each,
    moment,
    needed,
    own_whole,
    parts_of,
    short,
    texts_of,
    typed,
    whole,
    words,
)
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

PAID = "Absence/PaidAbsence/PaidAbsencePeriods/PaidAbsencePeriod"
LONGEST_REPORT_ID = 40
LONGEST_REFERENCE, LONGEST_SPECIFIER = 50, 200


def report(element: etree._Element) -> Report:
    """Of an extract. Raises Unreadable for the first element that makes no sense."""
    parts = parts_of(element)
    facts = report_data(texts_of(parts.get("ReportData", NOTHING)))
    facts |= delivery(parts.get("DeliveryData", NOTHING))
    return _with_earner(parts, facts)


def own_report(element: etree._Element, delivered: dict[str, Any], made_at: datetime) -> Report:
    """Of a payer's own message, whose delivery data stands above all its reports. Raises Unreadable."""
    parts = parts_of(element)
    facts = _own_report_data(texts_of(parts.get("ReportData", NOTHING)))
    return _with_earner(parts, facts | delivered | {"received_at": made_at})


def _with_earner(parts: Parts, facts: dict[str, Any]) -> Report:
    for name, read in OF_THE_EARNER.items():
        if name in parts:
            facts |= read(parts[name])
    return Report(**facts)


def made_at(element: etree._Element) -> datetime:
    """When the payer made its message."""
    return needed(moment, texts_of(element), "Timestamp", "DeliveryData")


def delivery(element: etree._Element) -> dict[str, Any]:
    parts = parts_of(element)
    return {key: value for name, read in DELIVERY.items() for key, value in read(parts.get(name, NOTHING)).items()}


def _period(element: etree._Element) -> dict[str, Any]:
    texts, path = texts_of(element), "DeliveryData/PaymentPeriod"
    return {
        "payment_date": needed(day, texts, "PaymentDate", path),
        "period_start": needed(day, texts, "StartDate", path),
        "period_end": needed(day, texts, "EndDate", path),
    }


def _payer(element: etree._Element) -> dict[str, Any]:
    parts = parts_of(element)
    return {
        "payer_ids": each(parts.get("PayerIds"), "Id", _identifier),
        "payer_name": words(texts_of(parts.get("PayerBasic", NOTHING)), "CompanyName"),
    }


def _contacts(element: etree._Element) -> dict[str, Any]:
    return {"contacts": each(element, "ContactPerson", _contact)}


def named(element: etree._Element) -> tuple[str, str | None]:
    """The id and the payer's Business ID of a report that cannot be read."""
    report_id = (element.findtext("ReportData/IRReportId") or "").strip()[:LONGEST_REPORT_ID]
    for one in element.iterfind("DeliveryData/Payer/PayerIds/Id"):
        if (one.findtext("Type") or "").strip() == str(BUSINESS_ID):
            return report_id, (one.findtext("Code") or "").strip() or None
    return report_id, None


def report_data(texts: Texts) -> dict[str, Any]:
    path = "ReportData"
    status = needed(whole, texts, "ReportStatus", path)
    if status not in (VALID, INVALIDATED):
        raise Unreadable(f"{path}/ReportStatus")
    version = needed(whole, texts, "ReportVersion", path)
    if version == 0:
        raise Unreadable(f"{path}/ReportVersion")
    return {
        "report_id": needed(_report_id, texts, "IRReportId", path),
        "version": version,
        "status": status,
        "received_at": _received(texts),
        "payers_reference": words(texts, "ReportId"),
    }


def _own_report_data(texts: Texts) -> dict[str, Any]:
    return {
        "report_id": _report_id(texts, "IRReportId", "ReportData") or "",
        "version": whole(texts, "ReportVersion", "ReportData") or 0,
        "status": VALID,
        "action": needed(whole, texts, "ActionCode", "ReportData"),
        "payers_reference": words(texts, "ReportId"),
    }


def _received(texts: Texts) -> datetime:
    """When this version came; `ReceivedTimestamp` is that of the first one."""
    version = moment(texts, "VersionReceivedTimestamp", "ReportData")
    return version or needed(moment, texts, "ReceivedTimestamp", "ReportData")


def _earner(element: etree._Element) -> dict[str, Any]:
    parts = parts_of(element)
    basic = texts_of(parts.get("IncomeEarnerBasic", NOTHING))
    employment = parts_of(parts.get("Employment", NOTHING))
    return {
        "earner_ids": each(parts.get("IncomeEarnerIds"), "Id", _identifier),
        "given_name": words(basic, "FirstName"),
        "family_name": words(basic, "LastName"),
        "employment_code": own_whole(employment.get("EmploymentCode")),
        "pay_forms": each(employment.get("PaymentTypes"), "PaymentType", _pay_form),
        "employment_periods": each(employment.get("EmploymentPeriods"), "Period", _employment_period),
    }


def _transactions(element: etree._Element) -> dict[str, Any]:
    return {"transactions": each(element, "Transaction", _transaction)}


def _absence(element: etree._Element) -> dict[str, Any]:
    parts = parts_of(element)
    texts = texts_of(element)
    paid, unpaid = (parts_of(parts.get(name, NOTHING)) for name in ("PaidAbsence", "UnpaidAbsence"))
    return {
        "absences_told": True,
        "absence_known_from": day(texts, "AbsenceRepStartDate", "Absence"),
        "absence_known_until": day(texts, "AbsenceRepEndDate", "Absence"),
        "paid_absences": each(paid.get("PaidAbsencePeriods"), "PaidAbsencePeriod", _paid_absence),
        "unpaid_absences": each(unpaid.get("UnpaidAbsencePeriods"), "UnpaidAbsencePeriod", _unpaid_absence),
    }


def _identifier(element: etree._Element) -> Identifier:
    texts = texts_of(element)
    return Identifier(type=whole(texts, "Type"), code=words(texts, "Code"), country=words(texts, "CountryCode"))


def _contact(element: etree._Element) -> Contact:
    texts = texts_of(element)
    return Contact(
        name=words(texts, "Name"),
        telephone=words(texts, "Telephone"),
        email=words(texts, "Email"),
        responsibility=whole(texts, "ResponsibilityCode"),
    )


def _pay_form(element: etree._Element) -> int:
    code = own_whole(element)
    if code is None:
        raise Unreadable("PaymentType")
    return code


def _employment_period(element: etree._Element) -> EmploymentPeriod:
    texts = texts_of(element)
    return EmploymentPeriod(start=day(texts, "StartDate"), end=day(texts, "EndDate"))


def _transaction(element: etree._Element) -> Transaction:
    parts = parts_of(element)
    texts, path = texts_of(parts.get("TransactionBasic", NOTHING)), "TransactionBasic"
    return Transaction(
        code=whole(texts, "TransactionCode", path),
        amount=typed(texts, "Amount", path, values.amount),
        unjust_enrichment=typed(texts, "UnjustEnrichment", path, values.flag) is True,
        recovery=typed(texts, "Recovery", path, values.flag) is True,
        inclusions=each(parts.get("InsuranceData"), "TransactionInclusion", _inclusion),
    )


def _inclusion(element: etree._Element) -> Inclusion:
    texts = texts_of(element)
    return Inclusion(
        insurance=whole(texts, "InsuranceCode"), included=typed(texts, "Included", "InsuranceData", values.flag)
    )


def _paid_absence(element: etree._Element) -> PaidAbsence:
    texts, claim = texts_of(element), element.find("ReimbApp")
    start, end = day(texts, "StartDate", PAID), day(texts, "EndDate", PAID)
    if start and end and end < start:
        raise Unreadable(f"{PAID}/EndDate")
    return PaidAbsence(
        start=start,
        end=end,
        until=day(texts, "AbsenceUntil", PAID),
        days=whole(texts, "AbsenceDays", PAID),
        cause_code=whole(texts, "CauseCode", PAID),
        amount=typed(texts, "Amount", PAID, values.amount),
        reimbursements=each(claim, "ReimbPayment", _reimbursement),
        info=words(texts, "PaidAbsencePeriodInfo"),
    )


def _reimbursement(element: etree._Element) -> Reimbursement:
    texts = texts_of(element)
    return Reimbursement(
        payment_type=whole(texts, "PaymentType"),
        reference=short(texts, "PaymentRef", "ReimbPayment", LONGEST_REFERENCE),
        specifier=short(texts, "PaymentSpecifier", "ReimbPayment", LONGEST_SPECIFIER),
    )


def _unpaid_absence(element: etree._Element) -> UnpaidAbsence:
    texts = texts_of(element)
    return UnpaidAbsence(
        start=day(texts, "StartDate"),
        end=day(texts, "EndDate"),
        days=whole(texts, "AbsenceDays"),
        cause_code=whole(texts, "CauseCode"),
    )


def _report_id(texts: Texts, name: str, path: str) -> str | None:
    return short(texts, name, path, LONGEST_REPORT_ID)


DELIVERY = {"PaymentPeriod": _period, "Payer": _payer, "ContactPersons": _contacts}
OF_THE_EARNER = {"IncomeEarner": _earner, "Transactions": _transactions, "Absence": _absence}
