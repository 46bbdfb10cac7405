"""The messages that ask and the one that ends a subscription, each with the operation of the WSDL that takes it."""

import re
from datetime import date, datetime

from lxml import etree

from .ordering import SUBSCRIBE, SUBSCRIPTION_RECORD, subscription
from .orders import Unsendable, check_reference, check_text
from .writing import (
    BUSINESS_ID,
    EARNER,
    IDENTITY_CODE,
    NAMESPACES,
    PAYER,
    DataUser,
    Message,
    Operation,
    add,
    add_record,
    add_some,
    add_spans,
    add_user,
    fill,
    moment,
    new_root,
    truth,
)

__all__ = [
    "ECHO",
    "INVALIDATE",
    "NAMESPACES",
    "QUERIES",
    "RECORD_OF_SUBSCRIPTION",
    "STATUS",
    "SUBSCRIBE",
    "SUBSCRIPTION",
    "SUBSCRIPTION_RECORD",
    "DataUser",
    "Message",
    "Operation",
    "echo",
    "invalidation",
    "status",
    "subscription",
    "wage_reports",
]
ONE_EARNER, ONE_PAYER, ONE_PAYER_ONE_EARNER = "400", "401", "406"  # QueryDataType
SUBSCRIPTION, RECORD_OF_SUBSCRIPTION = "108", "112"  # DeliveryDataType of an invalidation


def _query(name: str) -> Operation:
    return Operation("WageReportQueryService", f"Get{name}", f"{name}RequestToIR", "DataRequestToIR", "drtir")


QUERIES = {
    ONE_EARNER: _query("WageReportsOneIncomeEarner"),
    ONE_PAYER: _query("WageReportsOnePayer"),
    ONE_PAYER_ONE_EARNER: _query("WageReportsOnePayerOneIncomeEarner"),
}
STATUS = Operation("StatusService", "GetDeliveryDataStatus", "StatusRequestToIR", "StatusRequestToIR", "srtir")
INVALIDATE = Operation(
    "InvalidationService", "SendInvalidation", "InvalidationRequestToIR", "InvalidationsToIR", "itir"
)
ECHO = Operation("EchoService", "SendEcho", "Echo", "Echo", "ire")


def wage_reports(
    user: DataUser,
    *,
    at: datetime,
    payer: str | None = None,
    earner: str | None = None,
    modified: tuple[datetime, datetime] | None = None,
    paid: tuple[date, date] | None = None,
    all_versions: bool = True,
    profile: str = "",
) -> Message:
    """A real-time query: of one payer, of one income earner, or of both. Raises Unsendable without either.

    `modified` is half-open, `paid` holds both its days.
    """
    operation = QUERIES[_kind(payer, earner)]
    root = new_root(operation)
    add(root, "Timestamp", moment(at))
    add(root, "QueryDataType", _kind(payer, earner))
    add_some(root, QueryProfile=profile)
    add(root, "IncludeAllVersions", truth(all_versions))
    add_user(root, user)
    parameters = etree.SubElement(root, "DataRequestParameters")
    add_spans(parameters, paid=paid, modified=modified)
    for parameter, kind, code in ((PAYER, BUSINESS_ID, payer), (EARNER, IDENTITY_CODE, earner)):
        if code is not None:
            fill(parameters, "IdCodeParameter", ParameterType=parameter, IdType=kind, IdCode=code)
    return Message(operation, root)


def _kind(payer: str | None, earner: str | None) -> str:
    if payer is None and earner is None:
        raise Unsendable("a query names a payer or an income earner")
    if payer is None:
        return ONE_EARNER
    return ONE_PAYER if earner is None else ONE_PAYER_ONE_EARNER


def status(
    user: DataUser, *, at: datetime, delivery_id: str = "", register_id: str = "", kind: str = SUBSCRIPTION_RECORD
) -> Message:
    """What became of a record, by our reference, the register's, or both. `kind` is the record's DeliveryDataType."""
    _check_named(delivery_id, register_id)
    root = new_root(STATUS)
    add(root, "Timestamp", moment(at))
    add(root, "DeliveryDataType", kind)
    add_some(root, DeliveryId=delivery_id, IRDeliveryId=register_id)
    add_user(root, user)
    return Message(STATUS, root)


def invalidation(
    user: DataUser,
    *,
    at: datetime,
    delivery_id: str,
    reference: str = "",
    register_id: str = "",
    kind: str = SUBSCRIPTION,
) -> Message:
    """End a subscription, named by our reference, the register's, or both.

    With `kind` 112 the references are those of the record that held the order.
    """
    _check_named(reference, register_id)
    root = new_root(INVALIDATE)
    data = add_record(root, user, kind=kind, delivery_id=delivery_id, at=at)
    item = etree.SubElement(etree.SubElement(data, "Items"), "Item")
    add_some(item, IRItemId=register_id, ItemId=reference)
    return Message(INVALIDATE, root)


def echo(data: str) -> Message:
    """At most ten characters, which come back."""
    root = new_root(ECHO)
    check_text(data, longest=10)
    add(root, "Data", data)
    return Message(ECHO, root)


def _check_named(ours: str, theirs: str) -> None:
    if not ours and not theirs:
        raise Unsendable("a record is named by a reference")
    if ours:
        check_reference(ours)
    if theirs and not re.fullmatch("[0-9a-fA-F]{32}", theirs):
        raise Unsendable("the register's references have 32 hexadecimal digits")
