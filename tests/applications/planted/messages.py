"""The planted reports as their payers would send them to the register: new reports, replacements, invalidations.

The register numbers versions and masks what its readers may not see; a payer can do neither. So a case that hangs on
masked data, on versions out of order or on what came and went within a day cannot be sent: `sendable` says which can.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from lxml import etree

from employers.income_register.schema import INVALIDATED, EmploymentPeriod, PaidAbsence, Report, UnpaidAbsence

from .shape import Case, Told

BASE = "http://www.tulorekisteri.fi/2017/1"
REPORTS, INVALIDATIONS = 100, 105  # DeliveryDataType
NEW, REPLACEMENT = 1, 2
UNSENDABLE = {
    "masked wages", "masked later", "person shown later", "new before old", "cancelled before told",
    "cancelled at once", "corrected at once", "absences masked", "earner masked", "pay masked",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A document without its signature, and the day on which its payer sends it."""

    on: date
    payer: str
    root: etree._Element


def sendable(cases: Iterable[Case]) -> list[Case]:
    return [case for case in cases if case.label not in UNSENDABLE]


def messages(cases: Iterable[Case]) -> Iterator[Message]:
    """In the order of sending; of a day reports before invalidations, as a replaced payment date asks for both."""
    days: dict[date, list[Told]] = defaultdict(list)
    for case in cases:
        for told in case.told:
            days[told.on].append(told)
    for day in sorted(days):
        records: dict[tuple[Any, ...], list[Told]] = defaultdict(list)
        for told in days[day]:
            records[_record(told)].append(told)
        for number, key in enumerate(sorted(records)):
            yield Message(on=day, payer=key[1], root=_message(records[key], f"{day:%Y%m%d}-{number}"))


def _record(told: Told) -> tuple[Any, ...]:
    """What one message shares: the payer, the payment date and the time paid for. A report is in it once."""
    report = told.report
    if report.status == INVALIDATED:
        return (1, told.payer, told.on, told.on, told.on, 0)
    return (0, told.payer, report.payment_date, report.period_start, report.period_end, report.version)


def _message(reports: Sequence[Told], number: str) -> etree._Element:
    if reports[0].report.status == INVALIDATED:
        return _invalidations(reports, number)
    return _wage_reports(reports, number)


def _wage_reports(reports: Sequence[Told], number: str) -> etree._Element:
    first = reports[0].report
    root = etree.Element(f"{{{BASE}/WageReportsToIR}}WageReportsRequestToIR", nsmap={"w": f"{BASE}/WageReportsToIR"})
    period = {"PaymentDate": first.payment_date, "StartDate": first.period_start, "EndDate": first.period_end}
    [contact] = first.contacts
    person = {
        "Name": contact.name,
        "Telephone": contact.telephone,
        "Email": contact.email,
        "ResponsibilityCode": contact.responsibility,
    }
    content = _head(reports[0], number, REPORTS) | {
        "PaymentPeriod": period,
        "ContactPersons": {"ContactPerson": person},
        "Payer": {"PayerIds": {"Id": _id(1, reports[0].payer)}},
        "Reports": {"Report": [_report(told.report) for told in reports]},
    }
    _fill(root, {"DeliveryData": content})
    return root


def _invalidations(reports: Sequence[Told], number: str) -> etree._Element:
    name = f"{{{BASE}/InvalidationsToIR}}InvalidationsRequestToIR"
    root = etree.Element(name, nsmap={"i": f"{BASE}/InvalidationsToIR"})
    items = {"Items": {"Item": [{"ItemId": told.report.report_id} for told in reports]}}
    _fill(root, {"DeliveryData": _head(reports[0], number, INVALIDATIONS) | items})
    return root


def _head(told: Told, number: str, kind: int) -> dict[str, Any]:
    head = {
        "Timestamp": f"{told.on.isoformat()}T06:00:00Z",
        "Source": "Palkat 1.0",
        "DeliveryDataType": kind,
        "DeliveryId": f"{told.payer[3:7]}-{kind}-{number}",
        "FaultyControl": 1,
        "ProductionEnvironment": "false",
    }
    parties = ("DeliveryDataOwner", "DeliveryDataCreator", "DeliveryDataSender")
    return head | {party: _id(1, told.payer) for party in parties}


def _report(report: Report) -> dict[str, Any]:
    return {
        "ReportData": {"ActionCode": NEW if report.version == 1 else REPLACEMENT, "ReportId": report.report_id},
        "IncomeEarner": {
            "IncomeEarnerIds": {"Id": _id(2, report.identity_code or "")},
            "IncomeEarnerBasic": {"LastName": report.family_name, "FirstName": report.given_name},
            "Employment": {
                "EmploymentCode": report.employment_code,
                "PaymentTypes": {"PaymentType": list(report.pay_forms)},
                "EmploymentPeriods": {"Period": [_period(one) for one in report.employment_periods]},
            },
        },
        "Transactions": {
            "Transaction": [
                {"TransactionBasic": {"TransactionCode": one.code, "Amount": one.amount}} for one in report.transactions
            ]
        },
        "Absence": {
            "UnpaidAbsence": {"UnpaidAbsencePeriods": {"UnpaidAbsencePeriod": _unpaid(report.unpaid_absences)}},
            "PaidAbsence": {
                "PaidAbsencePeriods": {"PaidAbsencePeriod": [_paid(one) for one in report.paid_absences]},
            },
        },
    }


def _unpaid(absences: Iterable[UnpaidAbsence]) -> list[dict[str, Any]]:
    return [{"StartDate": one.start, "EndDate": one.end, "CauseCode": one.cause_code} for one in absences]


def _paid(one: PaidAbsence) -> dict[str, Any]:
    claims = [{"PaymentType": each.payment_type, "PaymentRef": each.reference} for each in one.reimbursements]
    return {
        "StartDate": one.start,
        "EndDate": one.end,
        "CauseCode": one.cause_code,
        "Amount": one.amount,
        "ReimbApp": {"ReimbPayment": claims},
    }


def _period(one: EmploymentPeriod) -> dict[str, Any]:
    return {"StartDate": one.start, "EndDate": one.end}


def _id(kind: int, code: str) -> dict[str, Any]:
    return {"Type": kind, "Code": code}


def _fill(parent: etree._Element, content: Mapping[str, Any]) -> None:
    """Children in their order. What is empty is left out, whole: the register refuses empty elements."""
    for name, value in content.items():
        for each in value if isinstance(value, list) else [value]:
            child = etree.SubElement(parent, name)
            if isinstance(each, Mapping):
                _fill(child, each)
            elif each is not None:
                child.text = str(each)
            if not len(child) and not child.text:
                parent.remove(child)
