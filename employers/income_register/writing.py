"""What every message to the register is made of.

Only the root is qualified: the register's schemas set no `elementFormDefault`. Nothing is empty, dates carry no zone,
times carry one, and `--`, `/*` and `&#` stand nowhere.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from lxml import etree

from .orders import Unsendable, check_reference, check_text

NAMESPACES = "http://www.tulorekisteri.fi/2017/1/"
MODIFIED, PAID, PAYER, EARNER = "2", "4", "6", "7"  # ParameterType
BUSINESS_ID, IDENTITY_CODE = "1", "2"  # Type of an Id


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


@dataclass(frozen=True, slots=True, kw_only=True)
class DataUser:
    """Whose data permit is used: owner, creator and sender of every message are one and the same."""

    business_id: str
    production: bool


@dataclass(frozen=True, slots=True)
class Message:
    operation: Operation
    element: etree._Element  # unsigned


def new_root(operation: Operation) -> etree._Element:
    return etree.Element(f"{{{operation.namespace}}}{operation.root}", nsmap={operation.prefix: operation.namespace})


def add_record(root: etree._Element, user: DataUser, *, kind: str, delivery_id: str, at: datetime) -> etree._Element:
    check_reference(delivery_id)
    data = etree.SubElement(root, "DeliveryData")
    add(data, "Timestamp", moment(at))
    add(data, "DeliveryDataType", kind)
    add(data, "DeliveryId", delivery_id)
    add_user(data, user)
    return data


def add_user(parent: etree._Element, user: DataUser) -> None:
    add(parent, "ProductionEnvironment", truth(user.production))
    for party in ("DeliveryDataOwner", "DeliveryDataCreator", "DeliveryDataSender"):
        fill(parent, party, Type=BUSINESS_ID, Code=user.business_id)


def add_spans(
    parent: etree._Element,
    *,
    paid: tuple[date, date] | None,
    modified: tuple[datetime, datetime] | None = None,
) -> None:
    """Payment dates first: the schema wants day spans before time spans."""
    if paid is not None:
        start, end = (day.isoformat() for day in paid)
        fill(parent, "TimespanParameter", ParameterType=PAID, StartDate=start, EndDate=end)
    if modified is not None:
        start, end = (moment(one) for one in modified)
        fill(parent, "TimespanTimeParameter", ParameterType=MODIFIED, StartDate=start, EndDate=end)


def fill(parent: etree._Element, name: str, **children: str) -> None:
    element = etree.SubElement(parent, name)
    for child, text in children.items():
        add(element, child, text)


def add_some(parent: etree._Element, **children: str) -> None:
    """Those that hold something: an empty element is forbidden."""
    for name, text in children.items():
        if text:
            add(parent, name, text)


def add(parent: etree._Element, name: str, text: str) -> None:
    check_text(text, longest=200)
    etree.SubElement(parent, name).text = text


def truth(value: bool) -> str:
    return "true" if value else "false"


def moment(at: datetime) -> str:
    """xs:dateTime with its zone."""
    if at.tzinfo is None:
        raise Unsendable("a moment has a time zone")
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
