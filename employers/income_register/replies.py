"""What the register says of a record: the answers `AckFromIR` and `StatusResponseFromIR`, and the echo.

Codes only: the register's words may quote what was sent, so they are never kept. Read what was verified, nothing else.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from lxml import etree

from .messages import ECHO, NAMESPACES

ACK, STATUS_RESPONSE = (f"{{{NAMESPACES}{name}}}{name}" for name in ("AckFromIR", "StatusResponseFromIR"))
BODIES = {ACK: "AckData", STATUS_RESPONSE: "StatusResponse"}


class UnusableReply(ValueError):
    """Signed by the register, and still no answer that we know."""


class Status(IntEnum):
    """DeliveryDataStatus."""

    UNKNOWN = 0  # not received, not found, or the query failed
    PROCESSING = 2
    VALID = 3  # stored, possibly with refused items
    REFUSED = 4  # at reception: by message or record
    REJECTED = 5  # in processing: by items
    INVALIDATED = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    reference: str = ""
    register_id: str = ""
    version: int | None = None
    errors: tuple[str, ...] = ()  # codes


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The register's answer about one record. References are empty where the register named none."""

    status: Status
    response_id: str
    answered_at: datetime
    delivery_id: str = ""
    register_id: str = ""  # IRDeliveryId
    production: bool | None = None
    valid: tuple[Item, ...] = ()
    invalid: tuple[Item, ...] = ()
    message_errors: tuple[str, ...] = ()
    delivery_errors: tuple[str, ...] = ()

    @property
    def stored(self) -> bool:
        return self.status is Status.VALID and not self.invalid

    @property
    def pending(self) -> bool:
        return self.status is Status.PROCESSING

    @property
    def errors(self) -> list[str]:
        """Every code once, in the order of checking."""
        of_items = (code for item in self.invalid for code in item.errors)
        return list(dict.fromkeys([*self.message_errors, *self.delivery_errors, *of_items]))


def read_reply(root: etree._Element) -> Reply:
    """Raises UnusableReply."""
    body = root.find(BODIES[root.tag]) if root.tag in BODIES else None
    if body is None:
        raise UnusableReply("neither an acknowledgement nor a status")
    production = root.findtext("DeliveryData/ProductionEnvironment")
    try:
        return Reply(
            status=Status(int(_text(body, "DeliveryDataStatus"))),
            response_id=_text(body, "IRResponseId"),
            answered_at=_moment(_text(body, "IRResponseTimestamp")),
            delivery_id=_text(root, "DeliveryData/DeliveryId"),
            register_id=_text(body, "IRDeliveryId"),
            production=None if production is None else production.strip() == "true",
            valid=_items(body.iterfind("ValidItems/Item")),
            invalid=_items(body.iterfind("InvalidItems/Item")),
            message_errors=_codes(body, "MessageErrors"),
            delivery_errors=_codes(body, "DeliveryErrors"),
        )
    except ValueError:
        raise UnusableReply("a number or a moment cannot be read") from None


def read_echo(root: etree._Element) -> str:
    """Raises UnusableReply."""
    if root.tag != f"{{{ECHO.namespace}}}{ECHO.root}":
        raise UnusableReply("no echo")
    return _text(root, "Data")


def _items(elements: Iterable[etree._Element]) -> tuple[Item, ...]:
    return tuple(
        Item(
            reference=_text(one, "ItemId"),
            register_id=_text(one, "IRItemId"),
            version=int(_text(one, "ItemVersion")) if one.find("ItemVersion") is not None else None,
            errors=_codes(one, "ItemErrors"),
        )
        for one in elements
    )


def _codes(parent: etree._Element, name: str) -> tuple[str, ...]:
    return tuple(_text(one, "ErrorCode") for one in parent.iterfind(f"{name}/ErrorInfo"))


def _text(parent: etree._Element, path: str) -> str:
    return (parent.findtext(path) or "").strip()


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("without a zone")
    return moment
