"""The message that orders a subscription: `SubscriptionsRequestToIR` with one main subscription of one part.

A time of day must carry a zone, and one zone cannot be Finland's all year round. What is extracted again and again is
told in standard time: in winter at the time that was meant, in summer an hour later. With the zone of summer it would
come before its time all winter, and a schedule says "not earlier than".
"""

from collections.abc import Iterable
from datetime import date, datetime, time

from lxml import etree

from .orders import HELSINKI, Daily, Monthly, Once, Order, Schedule, Weekly
from .writing import (
    BUSINESS_ID,
    IDENTITY_CODE,
    NAMESPACES,
    DataUser,
    Message,
    Operation,
    add,
    add_record,
    add_some,
    add_spans,
    fill,
    moment,
    new_root,
    truth,
)

SUBSCRIBE = Operation(
    "SubscriptionService", "ProcessSubscription", "SubscriptionsRequestToIR", "SubscriptionsToIR", "stir"
)
SUBSCRIPTION_RECORD = "103"  # DeliveryDataType of an order
EXTRACT = NAMESPACES + "WageReportsFromIR"  # the schema of what we order
SFTP, ONE_OFF, RECURRING, DATA_USER = "1", "1", "2", "3"  # channel; SubscriptionType; PartyType
LIST_OF_EARNERS, LIST_OF_PAYERS = "1", "2"  # CodeListType
WINTER = "+02:00"  # Finland's standard time
WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def subscription(user: DataUser, order: Order, *, at: datetime) -> Message:
    root = new_root(SUBSCRIBE)
    data = add_record(root, user, kind=SUBSCRIPTION_RECORD, delivery_id=order.reference, at=at)
    main = etree.SubElement(data, "MainSubscription")
    add(main, "MainSubscriptionId", order.reference)
    add(main, "DeliveryChannelCode", SFTP)
    add(main, "SubscriptionType", RECURRING if order.recurring else ONE_OFF)
    add(main, "ValidFrom", order.valid_from.isoformat())
    add_some(
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
    add(part, "SubscriptionId", order.reference)
    add(part, "QueryDataType", order.kind)
    add_some(part, QueryProfile=order.profile)
    add(part, "IncludeAllVersions", truth(order.all_versions))
    add(part, "QueryDataSchemaVersion", EXTRACT)
    if order.paid is not None:
        add_spans(etree.SubElement(part, "SubscriptionParameters"), paid=order.paid)
    _add_list(part, LIST_OF_PAYERS, BUSINESS_ID, order.payers)
    _add_list(part, LIST_OF_EARNERS, IDENTITY_CODE, order.earners)


def _add_list(part: etree._Element, kind: str, id_type: str, codes: Iterable[str]) -> None:
    if not codes:
        return
    listed = etree.SubElement(part, "IdCodeList")
    add(listed, "CodeListType", kind)
    items = etree.SubElement(listed, "CodeItems")
    for code in codes:
        fill(items, "CodeItem", IdType=id_type, IdCode=code)


def _add_schedule(parent: etree._Element, schedule: Schedule, *, since: date) -> None:
    if isinstance(schedule, Once):
        fill(parent, "OnetimeDeliverySchedule", Time=clock_time(schedule.at, since))
        return
    recurring = etree.SubElement(parent, "RecurringDeliverySchedule")  # in summer an hour later, never before its time
    chosen = etree.SubElement(recurring, f"{type(schedule).__name__}Schedule")
    for one in schedule.times:
        fill(chosen, "QueryStartTime", Time=f"{one.isoformat()}{WINTER}")
    _add_days(chosen, schedule)


def _add_days(chosen: etree._Element, schedule: Daily | Weekly | Monthly) -> None:
    if isinstance(schedule, Weekly):
        for number, name in enumerate(WEEK):
            add(chosen, name, truth(number in schedule.days))
    elif isinstance(schedule, Monthly):
        for group, name, numbers in (("Days", "Day", schedule.days), ("Months", "Month", schedule.months)):
            parent = etree.SubElement(chosen, group)
            for number in sorted(numbers):
                add(parent, name, str(number))


def clock_time(at: time, day: date) -> str:
    """xs:time with the zone of Finland on that day."""
    return datetime.combine(day, at, HELSINKI).isoformat().partition("T")[2]
