"""What the register checks of absences, and of the claims made with them."""

from collections.abc import Iterator
from datetime import date

from lxml import etree

from portal.sandbox.register.errors import Error
from portal.sandbox.register.leaves import ANNUAL_COSTS, DAILY_ALLOWANCE, FAMILY_LEAVE_COMPENSATION

PAID_CAUSES = {*range(1, 9), 13, 14, *range(18, 24), 99}
UNPAID_CAUSES = {*range(1, 18), 99}
CAUSES_OF_CLAIM = {DAILY_ALLOWANCE: {1, 2, 3, 4, 5}, FAMILY_LEAVE_COMPENSATION: {3}}
MONTHLY, HOURLY = "1", "2"
BUSINESS_ID, IDENTITY_CODE = "1", "2"


def absence_errors(delivery: etree._Element, item: etree._Element) -> Iterator[Error]:
    absence = item.find("Absence")
    if absence is None:
        return
    if (absence.find("AbsenceRepStartDate") is None) != (absence.find("AbsenceRepEndDate") is None):
        yield Error("ITM-15", "AbsenceRepEndDate")
    paid, unpaid = list(absence.iter("PaidAbsencePeriod")), list(absence.iter("UnpaidAbsencePeriod"))
    if _overlap(paid, unpaid):
        yield Error("ITM-16", "PaidAbsencePeriod")
    for period in (*paid, *unpaid):
        known = PAID_CAUSES if period.tag == "PaidAbsencePeriod" else UNPAID_CAUSES
        yield from _period_errors(period, known)
    for period in paid:
        if period.find("ReimbApp") is not None:
            yield from _claim_errors(delivery, item, period)


def _overlap(paid: list[etree._Element], unpaid: list[etree._Element]) -> bool:
    """Paid ones overlap nothing, unpaid ones may overlap each other."""
    paid_days, unpaid_days = [_days(one) for one in paid], [_days(one) for one in unpaid]
    if any(end < start for start, end in (*paid_days, *unpaid_days)):
        return True
    for number, (start, end) in enumerate(paid_days):
        others = paid_days[number + 1 :] + unpaid_days
        if any(start <= other_end and other_start <= end for other_start, other_end in others):
            return True
    return False


def _days(period: etree._Element) -> tuple[str, str]:
    """ISO days compare as they are; without an end it goes on."""
    return period.findtext("StartDate", ""), period.findtext("EndDate") or date.max.isoformat()


def _period_errors(period: etree._Element, known: set[int]) -> Iterator[Error]:
    if period.findtext("Amount", "").startswith("-") or period.findtext("AbsenceDays", "").startswith("-"):
        yield Error("ITM-17", str(period.tag))
    if period.find("PaidAbsencePeriodInfo") is not None and period.find("ReimbApp") is None:
        yield Error("ITM-18", "PaidAbsencePeriodInfo")
    if _whole(period.findtext("CauseCode")) not in known:
        yield Error("ITM-19", "CauseCode")


def _claim_errors(delivery: etree._Element, item: etree._Element, period: etree._Element) -> Iterator[Error]:
    """What Kela's rules ask when the pay is to be reimbursed."""
    payer_types = {one.text for one in delivery.iterfind("Payer/PayerIds/Id/Type")}
    earner_types = {one.text for one in item.iterfind("IncomeEarner/IncomeEarnerIds/Id/Type")}
    if not payer_types & {BUSINESS_ID, IDENTITY_CODE} or IDENTITY_CODE not in earner_types:
        yield Error("ITM-20", "Id/Type")
    yield from _employment_errors(item, period)
    if period.find("EndDate") is None:
        yield Error("ITM-23", "EndDate")
    cause = _whole(period.findtext("CauseCode"))
    for payment in period.iterfind("ReimbApp/ReimbPayment"):
        # Which type asks for the costs of annual leave is not public: any does.
        if cause != ANNUAL_COSTS and cause not in CAUSES_OF_CLAIM.get(_whole(payment.findtext("PaymentType")), set()):
            yield Error("ITM-24", "CauseCode")
        if payment.find("PaymentRef") is not None and payment.find("PaymentSpecifier") is not None:
            yield Error("ITM-25", "PaymentSpecifier")


def _employment_errors(item: etree._Element, period: etree._Element) -> Iterator[Error]:
    employment = item.find("IncomeEarner/Employment")
    if employment is None:
        yield Error("ITM-21", "Employment")
        return
    forms = {one.text for one in employment.iterfind("PaymentTypes/PaymentType")}
    begun = [one.text or "" for one in employment.iterfind("EmploymentPeriods/Period/StartDate")]
    if not forms & {MONTHLY, HOURLY} or not begun:
        yield Error("ITM-21", "Employment")
    if begun and period.findtext("StartDate", "") < min(begun):
        yield Error("ITM-26", "StartDate")
    types = {one.text for one in period.iterfind("ReimbApp/ReimbPayment/PaymentType")}
    if str(FAMILY_LEAVE_COMPENSATION) in types and employment.find("EmploymentCode") is None:
        yield Error("ITM-22", "EmploymentCode")


def _whole(text: str | None) -> int:
    return int(text) if text and text.lstrip("-").isdigit() else 0
