"""Ask the Incomes Register for the wage reports of one payer: bytes in, bytes out.

SOAP 1.1 over HTTP, the request signed by us, the answer signed by the register. The answer goes to a temporary file as
it comes, and what is handed back are the signed octets alone. Bodies hold identity codes: none is ever logged, and no
redirect is followed with our certificate.
"""

import ssl
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import IO

import httpx
import stamina
from lxml import etree

from .signing import copy_verified, sign
from .wire import HEAD, TAIL, MalformedXml, SoapFault, copy_body

PATH = "/20170526/WageReportQueryService.svc"
NAMESPACE = "http://www.tulorekisteri.fi/2017/1/DataRequestToIR"
ONE_PAYER, ONE_PAYER_ONE_EARNER = "401", "406"  # QueryDataType
MODIFIED, PAID, PAYER, EARNER = "2", "4", "6", "7"  # ParameterType
LARGEST = 256 * 1024 * 1024  # bytes


class RegisterUnavailable(Exception):
    """The register did not answer, or said that it cannot now. Asking again later is right."""


class RegisterRefused(Exception):
    """The register understood and said no, or what it sent is no answer. Asking again does not help."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """Where the register is and who asks. `folder` holds portal.key, portal.crt and the pinned register.crt."""

    url: str
    owner: str  # the data user's Business ID
    folder: Path
    production: bool = False
    client_certificate: tuple[str, str] | None = None  # certificate and key of the connection
    attempts: int = 3
    patience: float = 30  # seconds without a byte
    longest: float = 300  # seconds for a whole answer: one that drips never ends by itself


@contextmanager
def payer_reports(
    register: Register,
    *,
    business_id: str,
    at: datetime,
    modified: tuple[datetime, datetime] | None = None,
    paid: tuple[date, date] | None = None,
    identity_code: str | None = None,
    all_versions: bool = True,
    progress: Callable[[], None] = lambda: None,
) -> Iterator[IO[bytes]]:
    """A temporary file with the verified extract.

    `modified` is half-open, `paid` holds both its days. `progress` is called with every chunk that comes.
    Raises RegisterUnavailable, RegisterRefused or BadSignature.
    """
    earner = [] if identity_code is None else [_identified(EARNER, "2", identity_code)]
    parameters = [*_spans(modified, paid), _identified(PAYER, "1", business_id), *earner]
    kind = ONE_PAYER if identity_code is None else ONE_PAYER_ONE_EARNER
    operation = "WageReportsOnePayer" + ("OneIncomeEarner" if earner else "")
    request = _request(register, operation, kind=kind, all_versions=all_versions, parameters=parameters, at=at)
    with tempfile.TemporaryFile() as signed:
        with tempfile.TemporaryFile() as answer:
            _ask(register, operation, request, answer=answer, progress=progress)
            _verify(answer, signed, certificate=register.folder / "register.crt", at=at)
        yield signed


def _ask(
    register: Register, operation: str, request: bytes, *, answer: IO[bytes], progress: Callable[[], None]
) -> None:
    for attempt in stamina.retry_context(
        on=RegisterUnavailable, attempts=register.attempts, wait_initial=0.5, wait_max=5, timeout=None
    ):
        with attempt, _as_unavailable():
            answer.seek(0)
            answer.truncate()
            _post(register, operation, request, answer=answer, progress=progress)


@contextmanager
def _as_unavailable() -> Iterator[None]:
    try:
        yield
    except httpx.HTTPError as error:
        raise RegisterUnavailable(type(error).__name__) from None


def _post(
    register: Register, operation: str, request: bytes, *, answer: IO[bytes], progress: Callable[[], None]
) -> None:
    timeout = httpx.Timeout(register.patience, connect=5)
    headers = {"Content-Type": "text/xml; charset=utf-8", "SOAPAction": f'"Get{operation}"'}
    with (
        httpx.Client(timeout=timeout, follow_redirects=False, verify=_tls(register), trust_env=False) as http,
        http.stream("POST", register.url + PATH, content=request, headers=headers) as response,
    ):
        _store(response, answer, longest=register.longest, progress=progress)
        _judge(response.status_code, answer)


def _tls(register: Register) -> ssl.SSLContext:
    """Loading the trusted authorities takes longer than asking, so only where there is TLS to speak."""
    if not register.url.startswith("https:"):
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context = ssl.create_default_context()
    if register.client_certificate is not None:
        context.load_cert_chain(*register.client_certificate)
    return context


def _store(response: httpx.Response, answer: IO[bytes], *, longest: float, progress: Callable[[], None]) -> None:
    began, size = time.monotonic(), 0
    for chunk in response.iter_bytes(65536):
        size += len(chunk)
        if size > LARGEST:
            raise RegisterRefused("the answer is too large")
        if time.monotonic() - began > longest:
            raise RegisterUnavailable("the answer does not end")
        answer.write(chunk)
        progress()
    answer.seek(0)


def _judge(status: int, answer: IO[bytes]) -> None:
    """A SOAP fault comes with status 500, like a broken server; only the first says whose fault it is."""
    if status == 200:
        return
    if status == 429 or (status >= 500 and not _says_client(answer)):
        raise RegisterUnavailable(f"status {status}")
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


def _verify(answer: IO[bytes], signed: IO[bytes], *, certificate: Path, at: datetime) -> None:
    try:
        with tempfile.TemporaryFile() as body:
            copy_body(answer, body)
            copy_verified(body, signed, certificate=certificate, at=at)
    except (MalformedXml, SoapFault) as error:
        raise RegisterRefused(str(error)) from None


def _request(
    register: Register, operation: str, *, kind: str, all_versions: bool, parameters: list[etree._Element], at: datetime
) -> bytes:
    root = etree.Element(f"{{{NAMESPACE}}}{operation}RequestToIR", nsmap={"drtir": NAMESPACE})
    _add(root, "Timestamp", _moment(at))
    _add(root, "QueryDataType", kind)
    _add(root, "IncludeAllVersions", "true" if all_versions else "false")
    _add(root, "ProductionEnvironment", "true" if register.production else "false")
    for party in ("DeliveryDataOwner", "DeliveryDataCreator", "DeliveryDataSender"):
        _fill(root, party, Type="1", Code=register.owner)
    etree.SubElement(root, "DataRequestParameters").extend(parameters)
    try:
        signed = sign(root, key=register.folder / "portal.key", certificate=register.folder / "portal.crt")
    except FileNotFoundError:
        raise RegisterUnavailable("no key to sign with") from None
    return HEAD + etree.tostring(signed) + TAIL


def _spans(modified: tuple[datetime, datetime] | None, paid: tuple[date, date] | None) -> list[etree._Element]:
    """Payment dates first: the schema wants day spans before time spans."""
    spans = []
    if paid is not None:
        start, end = (day.isoformat() for day in paid)
        spans.append(_parameter("TimespanParameter", ParameterType=PAID, StartDate=start, EndDate=end))
    if modified is not None:
        start, end = (_moment(moment) for moment in modified)
        spans.append(_parameter("TimespanTimeParameter", ParameterType=MODIFIED, StartDate=start, EndDate=end))
    return spans


def _identified(parameter: str, kind: str, code: str) -> etree._Element:
    return _parameter("IdCodeParameter", ParameterType=parameter, IdType=kind, IdCode=code)


def _parameter(name: str, **children: str) -> etree._Element:
    return _fill(etree.Element("DataRequestParameters"), name, **children)


def _fill(parent: etree._Element, name: str, **children: str) -> etree._Element:
    element = etree.SubElement(parent, name)
    for child, text in children.items():
        _add(element, child, text)
    return element


def _add(parent: etree._Element, name: str, text: str) -> None:
    etree.SubElement(parent, name).text = text


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
