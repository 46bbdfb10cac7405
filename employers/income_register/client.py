"""What we ask of the Incomes Register and tell it: extracts come as files of signed octets, other answers as values.

Of every answer only what the pinned register signed is read.
"""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import IO

from lxml import etree

from . import messages
from .messages import SUBSCRIPTION, SUBSCRIPTION_RECORD, Message
from .orders import Order, Unsendable
from .replies import Reply, Status, UnusableReply, read_echo, read_reply
from .transport import (
    CertificateRefused,
    Register,
    RegisterNotTrusted,
    RegisterRefused,
    RegisterUnavailable,
    RegisterUncertain,
    UnusableAnswer,
    ask,
    tell,
)
from .verifying import BadSignature, copy_verified, verify
from .wire import MalformedXml, SoapFault, copy_body

__all__ = [
    "BadSignature",
    "CertificateRefused",
    "Order",
    "Register",
    "RegisterNotTrusted",
    "RegisterRefused",
    "RegisterUnavailable",
    "RegisterUncertain",
    "Reply",
    "Status",
    "Unsendable",
    "UnusableAnswer",
    "echo",
    "end_subscription",
    "subscribe",
    "subscription_status",
    "wage_reports",
]

PATH = messages.QUERIES[messages.ONE_PAYER].path
LARGEST_REPLY = 1024 * 1024  # bytes: one order has few items


@contextmanager
def wage_reports(
    register: Register, message: Message, *, at: datetime, progress: Callable[[], None] = lambda: None
) -> Iterator[IO[bytes]]:
    """A temporary file with the verified extract that answers one of messages.wage_reports.

    `progress` is called with every chunk that comes. Raises RegisterUnavailable, RegisterRefused, one of their kinds,
    or BadSignature.
    """
    with tempfile.TemporaryFile() as signed:
        with tempfile.TemporaryFile() as answer, tempfile.TemporaryFile() as body:
            ask(register, message, answer=answer, progress=progress)
            _cut_out(answer, body)
            copy_verified(body, signed, certificate=register.folder / "register.crt", at=at)
        yield signed


def subscribe(register: Register, order: Order, *, at: datetime) -> Reply:
    """Order a subscription.

    Raises RegisterUncertain when nobody knows whether it arrived: then ask its status, and order again, with the same
    reference, only when that is UNKNOWN. Raises RegisterUnavailable when it surely did not arrive, or RegisterRefused.
    """
    return _told(register, messages.subscription(register.user, order, at=at), about=order.reference, at=at)


def subscription_status(
    register: Register, *, delivery_id: str = "", register_id: str = "", kind: str = SUBSCRIPTION_RECORD, at: datetime
) -> Reply:
    """What became of an order; with the kind of an invalidation, of that.

    Raises RegisterUnavailable, RegisterRefused, one of their kinds, or BadSignature.
    """
    message = messages.status(register.user, delivery_id=delivery_id, register_id=register_id, kind=kind, at=at)
    with tempfile.TemporaryFile() as answer:
        ask(register, message, answer=answer, progress=lambda: None)
        return _reply(register, answer, about=delivery_id, at=at)


def end_subscription(
    register: Register,
    *,
    delivery_id: str,
    reference: str = "",
    register_id: str = "",
    kind: str = SUBSCRIPTION,
    at: datetime,
) -> Reply:
    """Invalidate a subscription; one that was extracted from already ends today.

    `delivery_id` is this message's own reference, never used before. Raises as `subscribe`.
    """
    message = messages.invalidation(
        register.user, delivery_id=delivery_id, reference=reference, register_id=register_id, kind=kind, at=at
    )
    return _told(register, message, about=delivery_id, at=at)


def echo(register: Register, *, text: str, at: datetime) -> bool:
    """Whether the register answers with what it was told, signed. Raises as `subscription_status`."""
    with tempfile.TemporaryFile() as answer:
        ask(register, messages.echo(text), answer=answer, progress=lambda: None)
        return read_echo(_verified(register, answer, at=at)) == text


def _told(register: Register, message: Message, *, about: str, at: datetime) -> Reply:
    """An answer that cannot be believed or read says nothing of what became of the message."""
    with tempfile.TemporaryFile() as answer:
        try:
            tell(register, message, answer=answer)
            return _reply(register, answer, about=about, at=at)
        except (UnusableAnswer, BadSignature) as error:
            raise RegisterUncertain(f"{type(error).__name__}: {error}") from None


def _reply(register: Register, answer: IO[bytes], *, about: str, at: datetime) -> Reply:
    """About our record and our environment: a signed answer to another question is none to this one."""
    try:
        reply = read_reply(_verified(register, answer, at=at))
    except UnusableReply as error:
        raise UnusableAnswer(str(error)) from None
    if about and reply.delivery_id not in ("", about):
        raise UnusableAnswer("the answer is about another record")
    if reply.production not in (None, register.production):
        raise UnusableAnswer("the answer is from another environment")
    return reply


def _verified(register: Register, answer: IO[bytes], *, at: datetime) -> etree._Element:
    with tempfile.TemporaryFile() as body:
        _cut_out(answer, body)
        octets = body.read(LARGEST_REPLY + 1)
    if len(octets) > LARGEST_REPLY:
        raise UnusableAnswer("the answer is too large")
    return verify(octets, certificate=register.folder / "register.crt", at=at)


def _cut_out(answer: IO[bytes], body: IO[bytes]) -> None:
    try:
        copy_body(answer, body)
    except (MalformedXml, SoapFault) as error:
        raise UnusableAnswer(str(error)) from None
