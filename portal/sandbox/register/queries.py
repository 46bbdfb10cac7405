"""Real-time queries: one payer, one income earner, or both; answered with an extract."""

from datetime import date, datetime
from typing import IO

from lxml import etree

from portal.sandbox.register.answers import Extract, Spool, write_extract
from portal.sandbox.register.errors import Error, errors
from portal.sandbox.register.knowledge import EVER, Asked
from portal.sandbox.register.masking import PROFILES, masked
from portal.sandbox.register.office import Office

KINDS = {
    "WageReportsOneIncomeEarnerRequestToIR": "400",
    "WageReportsOnePayerRequestToIR": "401",
    "WageReportsOnePayerOneIncomeEarnerRequestToIR": "406",
}
NEEDS_PAYER, NEEDS_EARNER = ("401", "406"), ("400", "406")
MODIFIED, PAID, PAYER, EARNER = "2", "4", "6", "7"  # ParameterType
BUSINESS_ID, IDENTITY_CODE = "1", "2"


class Unanswerable(Exception):
    def __init__(self, code: str, details: str) -> None:
        self.error = Error(code, details)


def answer(office: Office, root: etree._Element, file: IO[bytes], *, fault: str) -> None:
    """Write the extract; what cannot be answered is one of errors, without reports."""
    kind, profile, at = root.findtext("QueryDataType", ""), root.findtext("QueryProfile"), office.now()
    try:
        wanted = _asked(root, at=at)
    except Unanswerable as refusal:
        found = errors("MessageErrors", [refusal.error])
        told = Extract(kind=kind, span=(EVER[0], at), at=at, errors=found)
        write_extract(file, told, Spool(), signer=office.signer)
        return
    reports = Spool(masked(one, profile) for one in office.knowledge.told(wanted))
    told = Extract(kind=kind, span=wanted.received, at=at, profile=profile)
    write_extract(file, told, reports, signer=office.signer, fault=fault)


def _asked(root: etree._Element, *, at: datetime) -> Asked:
    kind = KINDS[etree.QName(root).localname]
    if root.findtext("ProductionEnvironment") != "false":
        raise Unanswerable("MSG-05", "ProductionEnvironment")
    if root.findtext("QueryProfile") not in (None, *PROFILES):
        raise Unanswerable("MSG-06", "QueryProfile")
    payers, earners = _codes(root, PAYER, BUSINESS_ID), _codes(root, EARNER, IDENTITY_CODE)
    if (len(payers) == 1) != (kind in NEEDS_PAYER) or (len(earners) == 1) != (kind in NEEDS_EARNER):
        raise Unanswerable("MSG-07", "IdCodeParameter")
    try:
        received, paid = _received(root, at=at), _paid(root)
    except ValueError:
        raise Unanswerable("MSG-07", "Timespan") from None
    return Asked(
        received=received,
        payers=payers if kind in NEEDS_PAYER else None,
        earners=earners if kind in NEEDS_EARNER else None,
        paid=paid,
        all_versions=root.findtext("IncludeAllVersions") == "true",
    )


def _codes(root: etree._Element, kind: str, id_type: str) -> frozenset[str]:
    parameters = root.iterfind("DataRequestParameters/IdCodeParameter")
    mine = (one for one in parameters if (one.findtext("ParameterType"), one.findtext("IdType")) == (kind, id_type))
    return frozenset(one.findtext("IdCode", "") for one in mine)


def _received(root: etree._Element, *, at: datetime) -> tuple[datetime, datetime]:
    """The modification interval, half-open; without one everything until now."""
    span = _span(root, "TimespanTimeParameter", MODIFIED)
    if span is None:
        return EVER[0], at
    start, end = (datetime.fromisoformat(text) for text in span)
    if start.tzinfo is None or end.tzinfo is None or end < start:
        raise ValueError
    return start, end


def _paid(root: etree._Element) -> tuple[date, date] | None:
    span = _span(root, "TimespanParameter", PAID)
    if span is None:
        return None
    start, end = (date.fromisoformat(text) for text in span)
    return start, end


def _span(root: etree._Element, name: str, kind: str) -> tuple[str, str] | None:
    for one in root.iterfind(f"DataRequestParameters/{name}"):
        if one.findtext("ParameterType") == kind:
            return one.findtext("StartDate") or "", one.findtext("EndDate") or ""
    return None
