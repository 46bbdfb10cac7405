"""The messages we send, unsigned: each with the operation of the register's WSDL that takes it.

Only the root is qualified: the register's schemas set no `elementFormDefault`. Nothing is empty, dates carry no zone,
times carry one, and `--`, `/*` and `&#` stand nowhere.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from lxml import etree

from .orders import (
    HELSINKI,
    Daily,
    Monthly,
    Once,
    Order,
    Schedule,
    Unsendable,
    Weekly,
    check_reference,
    check_text,
)

NAMESPACES = "http://www.tulorekisteri.fi/2017/1/"
EXTRACT = NAMESPACES + "WageReportsFromIR"  # the schema of what we order
ONE_EARNER, ONE_PAYER, ONE_PAYER_ONE_EARNER = "400", "401", "406"  # QueryDataType
MODIFIED, PAID, PAYER, EARNER = "2", "4", "6", "7"  # ParameterType
BUSINESS_ID, IDENTITY_CODE = "1", "2"  # Type of an Id
SUBSCRIPTION_RECORD = "103"  # DeliveryDataType of an order
SUBSCRIPTION, RECORD_OF_SUBSCRIPTION = "108", "112"  # DeliveryDataType of an invalidation
SFTP, ONE_OFF, RECURRING, DATA_USER = "1", "1", "2", "3"  # channel; SubscriptionType; PartyType
LIST_OF_EARNERS, LIST_OF_PAYERS = "1", "2"  # CodeListType
WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation of the WSDL. Its name is its SOAPAction."""

    service: str
    name: str
    root: str
    schema: str  # tail of the root's namespace
    prefix: str

    @property
    def path(self) -> str:
        return f"/20170526/{self.service}.svc"

    @property
    def namespace(self) -> str:
        return NAMESPACES + self.schema


def _query(name: str) -> Operation:
    return Operation("WageReportQueryService", f"Get{name}", f"{name}RequestToIR", "DataRequestToIR", "drtir")


QUERIES = {
    ONE_EARNER: _query("WageReportsOneIncomeEarner"),
    ONE_PAYER: _query("WageReportsOnePayer"),
    ONE_PAYER_ONE_EARNER: _query("WageReportsOnePayerOneIncomeEarner"),
}
SUBSCRIBE = Operation(
    "SubscriptionService", "ProcessSubscription", "SubscriptionsRequestToIR", "SubscriptionsToIR", "stir"
)
STATUS = Operation("StatusService", "GetDeliveryDataStatus", "StatusRequestToIR", "StatusRequestToIR", "srtir")
INVALIDATE = Operation(
    "InvalidationService", "SendInvalidation", "InvalidationRequestToIR", "InvalidationsToIR", "itir"
)
ECHO = Operation("EchoService", "SendEcho", "Echo", "Echo", "ire")


@dataclass(frozen=True, slots=True, kw_only=True)
class DataUser:
    """Whose data permit is used: owner, creator and sender of every message are one and the same."""

    business_id: str
    production: bool


@dataclass(frozen=True, slots=True)
class Message:
    operation: Operation
    element: etree._Element  # unsigned


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
    root = _root(operation)
    _add(root, "Timestamp", moment(at))
    _add(root, "QueryDataType", _kind(payer, earner))
    _add_some(root, QueryProfile=profile)
    _add(root, "IncludeAllVersions", _truth(all_versions))
    _add_user(root, user)
    parameters = etree.SubElement(root, "DataRequestParameters")
    _add_spans(parameters, paid=paid, modified=modified)
    for parameter, kind, code in ((PAYER, BUSINESS_ID, payer), (EARNER, IDENTITY_CODE, earner)):
        if code is not None:
            _fill(parameters, "IdCodeParameter", ParameterType=parameter, IdType=kind, IdCode=code)
    return Message(operation, root)


def _kind(payer: str | None, earner: str | None) -> str:
    if payer is None and earner is None:
        raise Unsendable("a query names a payer or an income earner")
    if payer is None:
        return ONE_EARNER
    return ONE_PAYER if earner is None else ONE_PAYER_ONE_EARNER


def subscription(user: DataUser, order: Order, *, at: datetime) -> Message:
    root = _root(SUBSCRIBE)
    data = _add_record(root, user, kind=SUBSCRIPTION_RECORD, delivery_id=order.reference, at=at)
    main = etree.SubElement(data, "MainSubscription")
    _add(main, "MainSubscriptionId", order.reference)
    _add(main, "DeliveryChannelCode", SFTP)
    _add(main, "SubscriptionType", RECURRING if order.recurring else ONE_OFF)
    _add(main, "ValidFrom", order.valid_from.isoformat())
    _add_some(
        main,
        ValidUntil=order.valid_until.isoformat() if order.valid_until else "",
        ModifiedTimespanStart=moment(order.modified_from) if order.modified_from else "",
        ModifiedTimespanEnd=moment(order.modified_until) if order.modified_until else "",
        PartyType=DATA_USER,
    )
    _add_part(etree.SubElement(main, "Subscriptions"), order)
    _add_schedule(etree.SubElement(main, "Schedule"), order.schedule, since=order.valid_from)
    return Message(SUBSCRIBE, root)


def _add_part(parent: etree._Element, order: Order) -> None:
    part = etree.SubElement(parent, "Subscription")
    _add(part, "SubscriptionId", order.reference)
    _add(part, "QueryDataType", order.kind)
    _add_some(part, QueryProfile=order.profile)
    _add(part, "IncludeAllVersions", _truth(order.all_versions))
    _add(part, "QueryDataSchemaVersion", EXTRACT)
    if order.paid is not None:
        _add_spans(etree.SubElement(part, "SubscriptionParameters"), paid=order.paid)
    _add_list(part, LIST_OF_PAYERS, BUSINESS_ID, order.payers)
    _add_list(part, LIST_OF_EARNERS, IDENTITY_CODE, order.earners)


def _add_list(part: etree._Element, kind: str, id_type: str, codes: Iterable[str]) -> None:
    if not codes:
        return
    listed = etree.SubElement(part, "IdCodeList")
    _add(listed, "CodeListType", kind)
    items = etree.SubElement(listed, "CodeItems")
    for code in codes:
        _fill(items, "CodeItem", IdType=id_type, IdCode=code)


def _add_schedule(parent: etree._Element, schedule: Schedule, *, since: date) -> None:
    if isinstance(schedule, Once):
        _fill(parent, "OnetimeDeliverySchedule", Time=clock_time(schedule.at, since))
        return
    recurring = etree.SubElement(parent, "RecurringDeliverySchedule")
    chosen = etree.SubElement(recurring, f"{type(schedule).__name__}Schedule")
    for one in schedule.times:
        _fill(chosen, "QueryStartTime", Time=clock_time(one, since))
    _add_days(chosen, schedule)


def _add_days(chosen: etree._Element, schedule: Daily | Weekly | Monthly) -> None:
    if isinstance(schedule, Weekly):
        for number, name in enumerate(WEEK):
            _add(chosen, name, _truth(number in schedule.days))
    elif isinstance(schedule, Monthly):
        for group, name, numbers in (("Days", "Day", schedule.days), ("Months", "Month", schedule.months)):
            parent = etree.SubElement(chosen, group)
            for number in sorted(numbers):
                _add(parent, name, str(number))


def status(
    user: DataUser, *, at: datetime, delivery_id: str = "", register_id: str = "", kind: str = SUBSCRIPTION_RECORD
) -> Message:
    """What became of a record, by our reference, the register's, or both. `kind` is the record's DeliveryDataType."""
    _check_named(delivery_id, register_id)
    root = _root(STATUS)
    _add(root, "Timestamp", moment(at))
    _add(root, "DeliveryDataType", kind)
    _add_some(root, DeliveryId=delivery_id, IRDeliveryId=register_id)
    _add_user(root, user)
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
    root = _root(INVALIDATE)
    data = _add_record(root, user, kind=kind, delivery_id=delivery_id, at=at)
    item = etree.SubElement(etree.SubElement(data, "Items"), "Item")
    _add_some(item, IRItemId=register_id, ItemId=reference)
    return Message(INVALIDATE, root)


def echo(data: str) -> Message:
    """At most ten characters, which come back."""
    root = _root(ECHO)
    check_text(data, longest=10)
    _add(root, "Data", data)
    return Message(ECHO, root)


def moment(at: datetime) -> str:
    """xs:dateTime with its zone."""
    if at.tzinfo is None:
        raise Unsendable("a moment has a time zone")
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def clock_time(at: time, day: date) -> str:
    """xs:time with the zone of Finland on that day. In the other half of the year it comes an hour off."""
    return datetime.combine(day, at, HELSINKI).isoformat().partition("T")[2]


def _check_named(ours: str, theirs: str) -> None:
    if not ours and not theirs:
        raise Unsendable("a record is named by a reference")
    if ours:
        check_reference(ours)
    if theirs and not re.fullmatch("[0-9a-fA-F]{32}", theirs):
        raise Unsendable("the register's references have 32 hexadecimal digits")


def _root(operation: Operation) -> etree._Element:
    return etree.Element(f"{{{operation.namespace}}}{operation.root}", nsmap={operation.prefix: operation.namespace})


def _add_record(root: etree._Element, user: DataUser, *, kind: str, delivery_id: str, at: datetime) -> etree._Element:
    check_reference(delivery_id)
    data = etree.SubElement(root, "DeliveryData")
    _add(data, "Timestamp", moment(at))
    _add(data, "DeliveryDataType", kind)
    _add(data, "DeliveryId", delivery_id)
    _add_user(data, user)
    return data


def _add_user(parent: etree._Element, user: DataUser) -> None:
    _add(parent, "ProductionEnvironment", _truth(user.production))
    for party in ("DeliveryDataOwner", "DeliveryDataCreator", "DeliveryDataSender"):
        _fill(parent, party, Type=BUSINESS_ID, Code=user.business_id)


def _add_spans(
    parent: etree._Element,
    *,
    paid: tuple[date, date] | None,
    modified: tuple[datetime, datetime] | None = None,
) -> None:
    """Payment dates first: the schema wants day spans before time spans."""
    if paid is not None:
        start, end = (day.isoformat() for day in paid)
        _fill(parent, "TimespanParameter", ParameterType=PAID, StartDate=start, EndDate=end)
    if modified is not None:
        start, end = (moment(one) for one in modified)
        _fill(parent, "TimespanTimeParameter", ParameterType=MODIFIED, StartDate=start, EndDate=end)


def _fill(parent: etree._Element, name: str, **children: str) -> None:
    element = etree.SubElement(parent, name)
    for child, text in children.items():
        _add(element, child, text)


def _add_some(parent: etree._Element, **children: str) -> None:
    """Those that hold something: an empty element is forbidden."""
    for name, text in children.items():
        if text:
            _add(parent, name, text)


def _add(parent: etree._Element, name: str, text: str) -> None:
    check_text(text, longest=200)
    etree.SubElement(parent, name).text = text


def _truth(value: bool) -> str:
    return "true" if value else "false"
