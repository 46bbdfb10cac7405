"""Orders of extracts: what is checked, and what each part of an order asks for."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from uuid import uuid4

from lxml import etree

from portal.sandbox.register.errors import Error
from portal.sandbox.register.knowledge import EVER, Asked
from portal.sandbox.register.masking import PROFILES
from portal.sandbox.register.office import Office
from portal.sandbox.register.records import REJECTED, STORED, Arrival, Kind, Outcome, item
from portal.sandbox.register.rules import REFERENCE
from portal.sandbox.register.schedule import due_after, first_of_one_off
from portal.sandbox.register.xml import BASE, canonical, moment, without_blanks

MAIN = "MainSubscription"
ONE_OFF, RECURRING, BY_SFTP = "1", "2", "1"
EARNERS, PAYERS = "1", "2"  # CodeListType
PAID = "4"  # ParameterType
LISTS: dict[str, set[str]] = {"300": set(), "301": {EARNERS}, "302": {PAYERS}, "303": {EARNERS, PAYERS}}


def head_errors(office: Office, arrival: Arrival) -> Iterator[Error]:
    main = _main(arrival)
    kind, recurring = main.findtext("SubscriptionType"), main.find("Schedule/RecurringDeliverySchedule") is not None
    if kind not in (ONE_OFF, RECURRING) or (kind == RECURRING) != recurring:
        yield Error("REC-10", "Schedule")
    elif not _window_fits(main, at=arrival.at, recurring=recurring):
        yield Error("REC-11", "ModifiedTimespanStart")
    if main.findtext("DeliveryChannelCode") != BY_SFTP:
        yield Error("REC-13", "DeliveryChannelCode")
    references = [main.findtext("MainSubscriptionId", ""), *(one.text or "" for one in main.iter("SubscriptionId"))]
    if not all(REFERENCE.fullmatch(one) for one in references):
        yield Error("REC-02", "MainSubscriptionId")
    query = "SELECT id FROM subscription WHERE owner = ? AND reference = ?"
    if office.memory.row(query, arrival.text("DeliveryDataOwner/Code"), references[0]):
        yield Error("REC-12", "MainSubscriptionId")


def process(office: Office, arrival: Arrival) -> Outcome:
    main = _main(arrival)
    faulty = tuple(_faulty(one, found) for one in _parts(main) if (found := list(_part_errors(one))))
    if faulty:
        return Outcome(status=REJECTED, invalid=faulty)
    identity, reference = uuid4().hex, main.findtext("MainSubscriptionId", "")
    start = modified(main)[0]
    office.memory.insert(
        "subscription",
        id=identity,
        reference=reference,
        owner=arrival.text("DeliveryDataOwner/Code"),
        record=arrival.identity,
        content=canonical(without_blanks(main)),
        created_at=moment(arrival.at),
        window_start=moment(start or EVER[0]),
    )
    return Outcome(status=STORED, valid=(item(reference=reference, identity=identity, version=1),))


def modified(main: etree._Element) -> tuple[datetime | None, datetime | None]:
    start, end = (main.findtext(f"ModifiedTimespan{name}") for name in ("Start", "End"))
    return (start and datetime.fromisoformat(start)) or None, (end and datetime.fromisoformat(end)) or None


def asked(part: etree._Element, window: tuple[datetime, datetime]) -> Asked:
    lists = {
        one.findtext("CodeListType"): frozenset(code.text or "" for code in one.iterfind("CodeItems/CodeItem/IdCode"))
        for one in part.iterfind("IdCodeList")
    }
    return Asked(
        received=window,
        payers=lists.get(PAYERS),
        earners=lists.get(EARNERS),
        paid=_paid(part),
        all_versions=part.findtext("IncludeAllVersions") == "true",
    )


def _main(arrival: Arrival) -> etree._Element:
    found = arrival.delivery.find(MAIN)
    assert found is not None  # the schema was checked
    return found


def _parts(main: etree._Element) -> list[etree._Element]:
    return main.findall("Subscriptions/Subscription")


def _window_fits(main: etree._Element, *, at: datetime, recurring: bool) -> bool:
    """A one-off looks back; a recurring one has no end and begins before its first extraction."""
    start, end = modified(main)
    if not recurring:
        first = max(at, first_of_one_off(main))
        return (end or first) <= first and (start or EVER[0]) < (end or first)
    first_due = next(due_after(main, at), None)
    return end is None and start is not None and first_due is not None and start < first_due


def _part_errors(part: etree._Element) -> Iterable[Error]:
    kind = part.findtext("QueryDataType", "")
    if kind not in LISTS:
        yield Error("SUB-01", "QueryDataType")
    elif {one.findtext("CodeListType") for one in part.iterfind("IdCodeList")} != LISTS[kind]:
        yield Error("SUB-03", "IdCodeList")
    if part.findtext("QueryProfile") not in (None, *PROFILES):
        yield Error("SUB-02", "QueryProfile")
    if part.findtext("QueryDataSchemaVersion") not in (None, f"{BASE}/WageReportsFromIR"):
        yield Error("SUB-04", "QueryDataSchemaVersion")


def _faulty(part: etree._Element, found: Iterable[Error]) -> str:
    return item(reference=part.findtext("SubscriptionId"), identity=None, version=None, found=found)


def _paid(part: etree._Element) -> tuple[date, date] | None:
    for one in part.iterfind("SubscriptionParameters/TimespanParameter"):
        if one.findtext("ParameterType") == PAID:
            start, end = (date.fromisoformat(one.findtext(name, "")) for name in ("StartDate", "EndDate"))
            return start, end
    return None


SUBSCRIPTIONS = Kind(types=frozenset(("103",)), items="MainSubscription", head_errors=head_errors, process=process)
