"""One `Report` element of an extract, or of a record on its way in, as a Report."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from lxml import etree

from .schema import (
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
PAID = "Absence/PaidAbsence/PaidAbsencePeriods/PaidAbsencePeriod"
UNPAID = "Absence/UnpaidAbsence/UnpaidAbsencePeriods/UnpaidAbsencePeriod"
PAYER = "DeliveryData/Payer"
EARNER = "IncomeEarner/IncomeEarnerBasic"


class Unreadable(ValueError):
    """An element that does not hold what it must; the text is its path, never its content."""


def report(element: etree._Element) -> Report:
    """Raises Unreadable for the first element that makes no sense."""
    status = _needed(_whole, element, "ReportData/ReportStatus")
    if status not in (VALID, INVALIDATED):
        raise Unreadable("ReportData/ReportStatus")
    return Report(
        report_id=_needed(_text, element, "ReportData/IRReportId"),
        version=_version(element),
        status=status,
        received_at=_received(element),
        payers_reference=_text(element, "ReportData/ReportId"),
        **_delivery(element),
        **_earner(element),
        **_absence(element),
        transactions=_each(element, "Transactions/Transaction", _transaction),
    )


def _version(element: etree._Element) -> int:
    version = _needed(_whole, element, "ReportData/ReportVersion")
    if not 0 < version < 2**31:
        raise Unreadable("ReportData/ReportVersion")
    return version


def _received(element: etree._Element) -> datetime:
    """When this version came; `ReceivedTimestamp` is that of the first one."""
    path = "ReportData/VersionReceivedTimestamp"
    return _moment(element, path) or _needed(_moment, element, "ReportData/ReceivedTimestamp")


def _delivery(element: etree._Element) -> dict[str, Any]:
    period = "DeliveryData/PaymentPeriod"
    return {
        "payment_date": _needed(_day, element, f"{period}/PaymentDate"),
        "period_start": _needed(_day, element, f"{period}/StartDate"),
        "period_end": _needed(_day, element, f"{period}/EndDate"),
        "payer_ids": _each(element, f"{PAYER}/PayerIds/Id", _identifier),
        "payer_name": _text(element, f"{PAYER}/PayerBasic/CompanyName"),
        "contacts": _each(element, "DeliveryData/ContactPersons/ContactPerson", _contact),
    }


def _earner(element: etree._Element) -> dict[str, Any]:
    employment = "IncomeEarner/Employment"
    return {
        "earner_ids": _each(element, "IncomeEarner/IncomeEarnerIds/Id", _identifier),
        "given_name": _text(element, f"{EARNER}/FirstName"),
        "family_name": _text(element, f"{EARNER}/LastName"),
        "employment_code": _whole(element, f"{employment}/EmploymentCode"),
        "pay_forms": _each(element, f"{employment}/PaymentTypes/PaymentType", _own_whole),
        "employment_periods": _each(element, f"{employment}/EmploymentPeriods/Period", _employment_period),
    }


def _absence(element: etree._Element) -> dict[str, Any]:
    return {
        "absences_told": _find(element, "Absence") is not None,
        "absence_known_from": _day(element, "Absence/AbsenceRepStartDate"),
        "absence_known_until": _day(element, "Absence/AbsenceRepEndDate"),
        "paid_absences": _each(element, PAID, _paid_absence),
        "unpaid_absences": _each(element, UNPAID, _unpaid_absence),
    }


def _identifier(element: etree._Element) -> Identifier:
    return Identifier(type=_whole(element, "Type"), code=_text(element, "Code"), country=_text(element, "CountryCode"))


def _contact(element: etree._Element) -> Contact:
    return Contact(
        name=_text(element, "Name"),
        telephone=_text(element, "Telephone"),
        email=_text(element, "Email"),
        responsibility=_whole(element, "ResponsibilityCode"),
    )


def _employment_period(element: etree._Element) -> EmploymentPeriod:
    return EmploymentPeriod(start=_day(element, "StartDate"), end=_day(element, "EndDate"))


def _transaction(element: etree._Element) -> Transaction:
    return Transaction(
        code=_whole(element, "TransactionBasic/TransactionCode"),
        amount=_amount(element, "TransactionBasic/Amount"),
        unjust_enrichment=_flag(element, "TransactionBasic/UnjustEnrichment") is True,
        recovery=_flag(element, "TransactionBasic/Recovery") is True,
        inclusions=_each(element, "InsuranceData/TransactionInclusion", _inclusion),
    )


def _inclusion(element: etree._Element) -> Inclusion:
    return Inclusion(insurance=_whole(element, "InsuranceCode"), included=_flag(element, "Included"))


def _paid_absence(element: etree._Element) -> PaidAbsence:
    start, end = _day(element, "StartDate"), _day(element, "EndDate")
    if start and end and end < start:
        raise Unreadable(f"{PAID}/EndDate")
    return PaidAbsence(
        start=start,
        end=end,
        until=_day(element, "AbsenceUntil"),
        days=_whole(element, "AbsenceDays"),
        cause_code=_whole(element, "CauseCode"),
        amount=_amount(element, "Amount"),
        reimbursements=_each(element, "ReimbApp/ReimbPayment", _reimbursement),
        info=_text(element, "PaidAbsencePeriodInfo"),
    )


def _reimbursement(element: etree._Element) -> Reimbursement:
    return Reimbursement(
        payment_type=_whole(element, "PaymentType"),
        reference=_text(element, "PaymentRef"),
        specifier=_text(element, "PaymentSpecifier"),
    )


def _unpaid_absence(element: etree._Element) -> UnpaidAbsence:
    return UnpaidAbsence(
        start=_day(element, "StartDate"),
        end=_day(element, "EndDate"),
        days=_whole(element, "AbsenceDays"),
        cause_code=_whole(element, "CauseCode"),
    )


def _each(element: etree._Element, path: str, read: Callable[[etree._Element], T]) -> tuple[T, ...]:
    group, _, tag = path.rpartition("/")
    parent = _find(element, group) if group else element
    return () if parent is None else tuple(read(one) for one in parent.iterchildren(tag))


def _find(element: etree._Element, path: str) -> etree._Element | None:
    """As `element.find`, five times as fast: a large extract has a million of these."""
    found: etree._Element | None = element
    for tag in path.split("/"):
        if found is None:
            return None
        found = next(found.iterchildren(tag), None)
    return found


def _needed(read: Callable[[etree._Element, str], T | None], element: etree._Element, path: str) -> T:
    value = read(element, path)
    if value is None:
        raise Unreadable(path)
    return value


def _text(element: etree._Element, path: str) -> str | None:
    found = _find(element, path)
    return None if found is None else (found.text or "").strip() or None


def _typed(element: etree._Element, path: str, read: Callable[[str], T]) -> T | None:
    text = _text(element, path)
    if text is None:
        return None
    try:
        return read(text)
    except (ValueError, ArithmeticError):
        raise Unreadable(path) from None


def _whole(element: etree._Element, path: str) -> int | None:
    return _typed(element, path, _int)


def _own_whole(element: etree._Element) -> int:
    try:
        return _int((element.text or "").strip())
    except ValueError:
        raise Unreadable(str(element.tag)) from None


def _day(element: etree._Element, path: str) -> date | None:
    return _typed(element, path, date.fromisoformat)


def _moment(element: etree._Element, path: str) -> datetime | None:
    return _typed(element, path, _zoned)


def _amount(element: etree._Element, path: str) -> Decimal | None:
    return _typed(element, path, _decimal2)


def _flag(element: etree._Element, path: str) -> bool | None:
    return _typed(element, path, {"true": True, "false": False}.__getitem__)


def _int(text: str) -> int:
    if len(text) > 12:
        raise ValueError
    return int(text)


def _zoned(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError
    return moment


def _decimal2(text: str) -> Decimal:
    """The register's `decimal2`: up to 13 digits and two decimals, no exponent, no NaN."""
    digits, _, decimals = text.lstrip("+-").partition(".")
    if not (digits + decimals).isascii() or not (digits + decimals).isdigit() or len(digits) > 13 or len(decimals) > 2:
        raise ValueError
    return Decimal(text)
