"""One message to the register and its answer: SOAP 1.1 over HTTP with mutual TLS. Bytes in, bytes out.

Bodies hold identity codes: none is ever logged, no redirect is followed with our certificate, nothing is unpacked.
The errors say what is known of the message: it never arrived, nobody knows, or it was refused.
"""

import socket
import ssl
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

import httpx
import stamina
from lxml import etree

from .certificates import pinned
from .messages import DataUser, Message, Operation
from .orders import FORBIDDEN, Unsendable
from .signing import sign
from .wire import HEAD, TAIL, MalformedXml, SoapFault, copy_body

LARGEST = 256 * 1024 * 1024  # bytes
NEVER_ARRIVED = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)
OUR_CERTIFICATE = ("CERTIFICATE", "UNKNOWN_CA", "ACCESS_DENIED", "HANDSHAKE_FAILURE")  # in the alert of the other side
LOOPBACK = ("localhost", "127.0.0.1", "::1")


class RegisterUnavailable(Exception):
    """The register did not answer, or said that it cannot now. Asking again later is right."""

    code = "unavailable"


class RegisterUncertain(RegisterUnavailable):
    """The message may have arrived. What changes something there is not sent again before its status was asked."""

    code = "uncertain"


class RegisterRefused(Exception):
    """The register understood and said no, or what it sent is no answer. Asking again does not help."""

    code = "refused"


class UnusableAnswer(RegisterRefused):
    """The message arrived, and what came back is no answer."""

    code = "unusable"


class CertificateRefused(RegisterRefused):
    """The register does not accept the certificate of our connection."""

    code = "certificate_refused"


class RegisterNotTrusted(RegisterRefused):
    """Whoever answers does not show a certificate that we trust. Nothing was sent."""

    code = "not_trusted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """Where the register is and who asks.

    `folder` holds portal.key and portal.crt (what we sign with), register.crt (the pinned signers of the answers) and,
    where the connection is mutual, connection.key, connection.crt and authority.crt (whom we trust).
    """

    url: str
    owner: str  # the data user's Business ID
    folder: Path
    production: bool = False
    attempts: int = 3
    patience: float = 30  # seconds without a byte
    longest: float = 300  # seconds for a whole answer: one that drips never ends by itself
    largest: int = LARGEST

    @property
    def user(self) -> DataUser:
        return DataUser(business_id=self.owner, production=self.production)


def ask(register: Register, message: Message, *, answer: IO[bytes], progress: Callable[[], None]) -> None:
    """Write the answer to `answer`, an empty file. What only asks may be sent again.

    Raises RegisterUnavailable, RegisterRefused, or one of their kinds.
    """
    _attempt(register, message, answer=answer, progress=progress, again=lambda _: True)


def tell(register: Register, message: Message, *, answer: IO[bytes]) -> None:
    """The same for what changes something there: it is sent again only when it surely never arrived."""
    _attempt(register, message, answer=answer, progress=lambda: None, again=_never_arrived)


def _never_arrived(error: Exception) -> bool:
    return not isinstance(error, RegisterUncertain)


def _attempt(
    register: Register,
    message: Message,
    *,
    answer: IO[bytes],
    progress: Callable[[], None],
    again: Callable[[Exception], bool],
) -> None:
    request = sealed(register, message)
    for attempt in stamina.retry_context(
        on=lambda error: isinstance(error, RegisterUnavailable) and again(error),
        attempts=register.attempts,
        wait_initial=0.5,
        wait_max=5,
        timeout=None,
    ):
        with attempt, _errors_told():
            answer.seek(0)
            answer.truncate()
            _post(register, message.operation, request, answer=answer, progress=progress)


def sealed(register: Register, message: Message) -> bytes:
    """The envelope with the signed message, in UTF-8, so that no letter is written as `&#`. Raises Unsendable."""
    key, certificate = (register.folder / name for name in ("portal.key", "portal.crt"))
    try:
        pinned(register.folder)  # without it no answer could be believed
        signed = sign(message.element, key=key, certificate=certificate)
    except (OSError, ValueError):
        raise RegisterUnavailable("a key or a certificate cannot be read") from None
    request = HEAD + etree.tostring(signed, encoding="UTF-8", xml_declaration=False) + TAIL
    if any(one.encode() in request for one in FORBIDDEN):  # the certificate's subject is written there too
        raise Unsendable("the message holds characters that may stand nowhere in a file")
    return request


def _post(
    register: Register, operation: Operation, request: bytes, *, answer: IO[bytes], progress: Callable[[], None]
) -> None:
    headers = {
        "Content-Type": "text/xml; charset=utf-8",
        "SOAPAction": f'"{operation.name}"',
        "Accept-Encoding": "identity",  # what is packed has no size
    }
    timeout = httpx.Timeout(register.patience, connect=5)
    url = register.url.rstrip("/") + operation.path
    with (
        _ended_after(register.longest) as watch,
        httpx.Client(timeout=timeout, follow_redirects=False, verify=tls(register), trust_env=False) as http,
        http.stream("POST", url, content=request, headers=headers, extensions={"trace": watch}) as response,
    ):
        _store(response, answer, largest=register.largest, progress=progress)
        _judge(response.status_code, answer)


def tls(register: Register) -> ssl.SSLContext:
    """Loading the system's authorities takes longer than asking, so only where they are who we trust."""
    if not register.url.startswith("https:"):
        if urlsplit(register.url).hostname not in LOOPBACK:
            raise RegisterRefused("the address of the register is not https")
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    authority, ours = register.folder / "authority.crt", register.folder / "connection.crt"
    try:
        context = ssl.create_default_context(cafile=str(authority) if authority.exists() else None)
        if ours.exists():
            context.load_cert_chain(ours, register.folder / "connection.key")
    except OSError:  # no file, or none that can be read
        raise RegisterUnavailable("a key of the connection cannot be read") from None
    return context


class _Watch:
    """Hears of every connection that is opened, to end it when its time is up.

    A timeout of the client begins again with every byte, so an answer that drips would never end.
    """

    def __init__(self) -> None:
        self.socket: socket.socket | None = None
        self.expired = False

    def __call__(self, event: str, info: dict[str, Any]) -> None:
        if event in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            self.socket = info["return_value"].get_extra_info("socket")

    def expire(self) -> None:
        self.expired = True
        if self.socket is not None:
            with suppress(OSError):  # it has ended already
                socket.socket.shutdown(self.socket, socket.SHUT_RDWR)


@contextmanager
def _ended_after(seconds: float) -> Iterator[_Watch]:
    watch = _Watch()
    timer = threading.Timer(seconds, watch.expire)
    timer.daemon = True
    timer.start()
    try:
        yield watch
    except httpx.HTTPError:
        if watch.expired:
            raise RegisterUncertain("the answer does not end") from None
        raise
    finally:
        timer.cancel()


@contextmanager
def _errors_told() -> Iterator[None]:
    """An error of the transport as what it means; its text may hold anything, so only its kind is told."""
    try:
        yield
    except httpx.HTTPError as error:
        raise _meaning(error) from None


def _meaning(error: httpx.HTTPError) -> Exception:
    reason = _tls_error(error)
    if isinstance(reason, ssl.SSLCertVerificationError):
        return RegisterNotTrusted("their certificate is not one that we trust")
    told = (reason.reason or "") if reason else ""
    if "ALERT" in told and any(one in told for one in OUR_CERTIFICATE):
        return CertificateRefused("the connection was refused")
    name = type(error).__name__
    return RegisterUnavailable(name) if isinstance(error, NEVER_ARRIVED) else RegisterUncertain(name)


def _tls_error(error: BaseException | None) -> ssl.SSLError | None:
    while error is not None and not isinstance(error, ssl.SSLError):
        error = error.__cause__ or error.__context__
    return error


def _store(response: httpx.Response, answer: IO[bytes], *, largest: int, progress: Callable[[], None]) -> None:
    size = 0
    for chunk in response.iter_raw():
        size += len(chunk)
        if size > largest:
            raise UnusableAnswer("the answer is too large")
        answer.write(chunk)
        progress()
    answer.seek(0)


def _judge(status: int, answer: IO[bytes]) -> None:
    """A SOAP fault comes with status 500, like a broken server; only the first says whose fault it is."""
    if status == 200:
        return
    if status in (401, 403):
        raise CertificateRefused(f"status {status}")
    if status == 429:
        raise RegisterUnavailable(f"status {status}")
    if status >= 500 and not _says_client(answer):
        raise RegisterUncertain(f"status {status}")
    raise RegisterRefused(f"status {status}")


def _says_client(answer: IO[bytes]) -> bool:
    try:
        with tempfile.TemporaryFile() as body:
            copy_body(answer, body)
    except SoapFault as fault:
        return str(fault).rpartition(":")[2].startswith("Client")
    except MalformedXml:
        return False
    return False
