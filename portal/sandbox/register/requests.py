"""What a query asks for, judged as the register would: schema faults are the asker's, and a signature is needed."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

from lxml import etree

from employers.income_register.signing import BadSignature, verify
from employers.income_register.wire import MalformedXml, SoapFault, copy_body

NAMESPACE = "http://www.tulorekisteri.fi/2017/1/DataRequestToIR"
OPERATIONS = {
    "GetWageReportsOnePayer": ("WageReportsOnePayerRequestToIR", "401"),
    "GetWageReportsOnePayerOneIncomeEarner": ("WageReportsOnePayerOneIncomeEarnerRequestToIR", "406"),
}
MODIFIED, PAID, PAYER, EARNER = "2", "4", "6", "7"
EVER = (datetime(2019, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC))


class Refused(Exception):
    """A fault of the asker's; the text goes into the answer and quotes nothing of the request."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    kind: str
    payer: str
    earner: str | None
    modified: tuple[datetime, datetime]  # half-open
    paid: tuple[date, date] | None  # both days included
    all_versions: bool


def read_query(message: bytes, *, action: str, certificate: Path, at: datetime) -> Query:
    """Raises Refused."""
    if action not in OPERATIONS:
        raise Refused("unknown operation")
    root = _signed_root(message, certificate=certificate, at=at)
    name, kind = OPERATIONS[action]
    if root.tag != f"{{{NAMESPACE}}}{name}" or root.findtext("QueryDataType") != kind:
        raise Refused("the request does not belong to the operation")
    return _query(root, kind)


def _signed_root(message: bytes, *, certificate: Path, at: datetime) -> etree._Element:
    body = BytesIO()
    try:
        copy_body(BytesIO(message), body)
        return verify(body.getvalue(), certificate=certificate, at=at)
    except (MalformedXml, SoapFault, BadSignature) as error:
        raise Refused(str(error)) from None


def _query(root: etree._Element, kind: str) -> Query:
    parameters = root.find("DataRequestParameters")
    if parameters is None:
        raise Refused("parameters are missing")
    payer, earner = _code(parameters, PAYER, "1"), _code(parameters, EARNER, "2")
    if payer is None or (kind == "406") != (earner is not None):
        raise Refused("payer or income earner is missing")
    try:
        return Query(
            kind=kind,
            payer=payer,
            earner=earner,
            modified=_modified(parameters),
            paid=_paid(parameters),
            all_versions=root.findtext("IncludeAllVersions") == "true",
        )
    except ValueError:
        raise Refused("a timespan cannot be read") from None


def _code(parameters: etree._Element, kind: str, id_type: str) -> str | None:
    for one in parameters.iterfind("IdCodeParameter"):
        if one.findtext("ParameterType") == kind and one.findtext("IdType") == id_type:
            return one.findtext("IdCode")
    return None


def _modified(parameters: etree._Element) -> tuple[datetime, datetime]:
    span = _span(parameters, "TimespanTimeParameter", MODIFIED)
    if span is None:
        return EVER
    start, end = (datetime.fromisoformat(text) for text in span)
    if start.tzinfo is None or end.tzinfo is None or end < start:
        raise ValueError
    return start, end


def _paid(parameters: etree._Element) -> tuple[date, date] | None:
    span = _span(parameters, "TimespanParameter", PAID)
    if span is None:
        return None
    start, end = (date.fromisoformat(text) for text in span)
    return start, end


def _span(parameters: etree._Element, name: str, kind: str) -> tuple[str, str] | None:
    for one in parameters.iterfind(name):
        if one.findtext("ParameterType") == kind:
            return one.findtext("StartDate") or "", one.findtext("EndDate") or ""
    return None
