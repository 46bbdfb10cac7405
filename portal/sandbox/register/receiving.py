"""A payer's record of earnings payment reports: new ones, and replacements of the versions that count."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import uuid4

from lxml import etree

from portal.sandbox.register.errors import Error
from portal.sandbox.register.memory import Version
from portal.sandbox.register.office import Office
from portal.sandbox.register.records import REJECTED, STORED, Arrival, Kind, Outcome, item
from portal.sandbox.register.rules import head_errors, payer_errors, report_errors
from portal.sandbox.register.versions import NEW, REPLACEMENT, VALID, outgoing
from portal.sandbox.register.xml import moment

ONLY_FAULTY = "1"  # FaultyControl: the others are kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One report of the record with its previous version, if it replaces one, and what is wrong."""

    node: etree._Element
    previous: Version | None
    errors: tuple[Error, ...]

    def text(self, name: str) -> str | None:
        return self.node.findtext(f"ReportData/{name}")


def process(office: Office, arrival: Arrival) -> Outcome:
    """Errors of the payer spoil the record; faulty items alone, or with all others, as FaultyControl says."""
    judged = list(_judge(office, arrival))
    faulty = tuple(_faulty(one) for one in judged if one.errors)
    if spoiled := tuple(payer_errors(arrival.delivery)):
        return Outcome(status=REJECTED, invalid=faulty, delivery_errors=spoiled)
    if faulty and (arrival.text("FaultyControl") != ONLY_FAULTY or len(faulty) == len(judged)):
        return Outcome(status=REJECTED, invalid=faulty)
    kept = tuple(_keep(office, arrival, one) for one in judged if not one.errors)
    return Outcome(status=STORED, valid=kept, invalid=faulty)


def _judge(office: Office, arrival: Arrival) -> Iterator[Judged]:
    seen: set[str] = set()
    for node in arrival.delivery.iterfind("Reports/Report"):
        previous = _found(office, arrival, node)
        references = {text for name in ("ReportId", "IRReportId") if (text := node.findtext(f"ReportData/{name}"))}
        references |= {previous.report} if previous else set()
        twice = [Error("ITM-07", "ReportData")] if seen & references else []
        seen |= references
        errors = [*twice, *_version_errors(arrival, node, previous), *report_errors(arrival.delivery, node)]
        yield Judged(node=node, previous=previous, errors=tuple(errors))


def _found(office: Office, arrival: Arrival, node: etree._Element) -> Version | None:
    reference, identity = node.findtext("ReportData/ReportId"), node.findtext("ReportData/IRReportId")
    for payer in _payers(arrival):
        found = office.knowledge.newest(identity=identity, payer=payer, reference=reference, at=arrival.at)
        if found is not None:
            return found if found.payer in _payers(arrival) else None
    return None


def _payers(arrival: Arrival) -> list[str]:
    ids = [one.text or "" for one in arrival.delivery.iterfind("Payer/PayerIds/Id/Code")]
    return ids or [arrival.text("DeliveryDataOwner/Code")]


def _version_errors(arrival: Arrival, node: etree._Element, previous: Version | None) -> Iterable[Error]:
    action = node.findtext("ReportData/ActionCode")
    if action == NEW:
        yield from _new_errors(node, previous)
    elif action != REPLACEMENT:
        yield Error("ITM-08", "ActionCode")
    elif previous is None:
        yield Error("ITM-03", "ReportData")
    else:
        yield from _replacement_errors(arrival, node, previous)


def _new_errors(node: etree._Element, previous: Version | None) -> Iterable[Error]:
    data = {one.tag for one in node.iterfind("ReportData/*")}
    if "ReportId" not in data or data & {"IRReportId", "ReportVersion"}:
        yield Error("ITM-02", "ReportData")
    if previous is not None:
        yield Error("ITM-01", "ReportId")


def _replacement_errors(arrival: Arrival, node: etree._Element, previous: Version) -> Iterable[Error]:
    if previous.status != VALID:
        yield Error("ITM-04", "ReportData")
    if node.findtext("ReportData/ReportVersion") not in (None, str(previous.number)):
        yield Error("ITM-05", "ReportVersion")
    if _next(arrival, node, previous).fixed != previous.fixed:
        yield Error("ITM-06", "Report")


def _next(arrival: Arrival, node: etree._Element, previous: Version | None) -> Version:
    return outgoing(
        arrival.delivery,
        node,
        record=arrival.identity,
        channel=arrival.channel,
        ids=(previous.report, previous.number + 1) if previous else (uuid4().hex, 1),
        at=arrival.at,
        first_received=_first_received(previous) or moment(arrival.at),
        reference=previous.reference if previous else None,
    )


def _first_received(previous: Version | None) -> str | None:
    if previous is None:
        return None
    return etree.fromstring(previous.content).findtext("ReportData/ReceivedTimestamp")


def _keep(office: Office, arrival: Arrival, one: Judged) -> str:
    version = _next(arrival, one.node, one.previous)
    office.memory.keep(version)
    return item(reference=version.reference, identity=version.report, version=version.number)


def _faulty(one: Judged) -> str:
    version = one.text("ReportVersion")
    return item(
        reference=one.text("ReportId"),
        identity=one.text("IRReportId"),
        version=int(version) if version else None,
        found=one.errors,
    )


WAGE_REPORTS = Kind(
    types=frozenset(("100",)),
    items="Reports/Report",
    head_errors=lambda office, arrival: head_errors(arrival.delivery, at=arrival.at),
    process=process,
)
