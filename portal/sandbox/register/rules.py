"""What the register checks of a record of earnings payment reports: its head, its payer, and each report by itself."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation

from lxml import etree

from employers.income_register.codes import income_types
from employers.organisations.identifiers import is_business_id, is_personal_identity_code
from portal.sandbox.register.absence_rules import BUSINESS_ID, IDENTITY_CODE, absence_errors
from portal.sandbox.register.clock import HELSINKI
from portal.sandbox.register.errors import Error

REFERENCE = re.compile(r"[0-9A-Za-z_-]{1,40}")
ID_TYPES = {"1", "2", "3", "4", "5", "6", "7", "9", "99"}
FIRST_PAYMENT, AHEAD = date(2019, 1, 1), timedelta(days=45)
MAY_BE_NEGATIVE = {402, 404, 412, 413, 414}
CONTENT = "1"  # ResponsibilityCode


def head_errors(delivery: etree._Element, *, at: datetime) -> Iterator[Error]:
    yield from party_errors(delivery)
    if delivery.findtext("FaultyControl") not in ("1", "2"):
        yield Error("REC-04", "FaultyControl")
    payer_ids = {one.text for one in delivery.iterfind("Payer/PayerIds/Id/Code")}
    if payer_ids and delivery.findtext("DeliveryDataOwner/Code") not in payer_ids:
        yield Error("REC-05", "DeliveryDataOwner")
    paid = delivery.findtext("PaymentPeriod/PaymentDate", "")
    latest = at.astimezone(HELSINKI).date() + AHEAD
    if not FIRST_PAYMENT.isoformat() <= paid <= latest.isoformat():
        yield Error("REC-07", "PaymentDate")
    if delivery.findtext("PaymentPeriod/EndDate", "") < delivery.findtext("PaymentPeriod/StartDate", ""):
        yield Error("REC-08", "PaymentPeriod")
    if next(delivery.iter("ReimbApp"), None) is not None and not _has_content_contact(delivery):
        yield Error("REC-09", "ContactPersons")


def party_errors(delivery: etree._Element) -> Iterator[Error]:
    """Common to every record."""
    if not REFERENCE.fullmatch(delivery.findtext("DeliveryId", "")):
        yield Error("REC-02", "DeliveryId")
    if delivery.findtext("DeliveryDataSender/Code") != delivery.findtext("DeliveryDataCreator/Code"):
        yield Error("REC-06", "DeliveryDataSender")


def payer_errors(delivery: etree._Element) -> Iterator[Error]:
    for one in delivery.iterfind("Payer/PayerIds/Id"):
        kind, code = one.findtext("Type", ""), one.findtext("Code", "")
        if kind not in ID_TYPES or (kind == BUSINESS_ID and not is_business_id(code)):
            yield Error("PAY-01", "PayerIds")


def report_errors(delivery: etree._Element, item: etree._Element) -> Iterator[Error]:
    yield from _earner_errors(delivery, item)
    yield from _income_errors(item)
    yield from absence_errors(delivery, item)


def _has_content_contact(delivery: etree._Element) -> bool:
    return any(
        one.findtext("ResponsibilityCode") == CONTENT and one.findtext("Email")
        for one in delivery.iterfind("ContactPersons/ContactPerson")
    )


def _earner_errors(delivery: etree._Element, item: etree._Element) -> Iterator[Error]:
    ids = [
        (one.findtext("Type", ""), one.findtext("Code", "")) for one in item.iterfind("IncomeEarner/IncomeEarnerIds/Id")
    ]
    if not ids and item.find("IncomeEarner/IncomeEarnerBasic/MissingId") is None:
        yield Error("ITM-09", "IncomeEarnerIds")
    for kind, code in ids:
        finnish = kind != IDENTITY_CODE or is_personal_identity_code(code, allow_temporary=True)
        if kind not in ID_TYPES or not finnish:
            yield Error("ITM-09", "IncomeEarnerIds")
    payers = {one.text for one in delivery.iterfind("Payer/PayerIds/Id/Code")}
    if payers & {code for _, code in ids}:
        yield Error("ITM-10", "IncomeEarnerIds")


def _income_errors(item: etree._Element) -> Iterator[Error]:
    amounts: dict[int, Decimal] = {}
    for one in item.iterfind("Transactions/Transaction/TransactionBasic"):
        code, amount = _number(one.findtext("TransactionCode")), _number(one.findtext("Amount") or "0")
        amounts[int(code)] = amounts.get(int(code), Decimal(0)) + amount
        if int(code) not in income_types():
            yield Error("ITM-11", "TransactionCode")
        if amount < 0 and int(code) not in MAY_BE_NEGATIVE:
            yield Error("ITM-14", "Amount")
    if {code // 100 for code in amounts} >= {1, 2}:
        yield Error("ITM-12", "TransactionCode")
    parts = {code for code in amounts if 102 <= code <= 106}
    total = amounts.get(101)
    if parts and (total is None or any(amounts[code] > total for code in parts)):
        yield Error("ITM-13", "Amount")
    if 103 in parts and len(parts) > 1:
        yield Error("ITM-13", "TransactionCode")


def _number(text: str | None) -> Decimal:
    try:
        return Decimal(text or "0")
    except InvalidOperation:
        return Decimal(0)
