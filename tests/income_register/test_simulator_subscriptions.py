"""Subscriptions at the simulated register: orders, rolling windows, and the files they end in."""

from datetime import date, datetime, time, timedelta
from io import BytesIO
from xml.sax.saxutils import escape

import pytest
from lxml import etree

from employers.income_register import messages
from employers.income_register.orders import Daily, Monthly, Once, Order, Weekly
from employers.income_register.parser import read
from employers.income_register.verifying import verify
from portal.sandbox.register.data import payslips
from portal.sandbox.register.extraction import extract_due
from tests.income_register.conftest import AT, PAYERS
from tests.income_register.feeding import CODE, PAYER, PORTAL, items, outcome, record, report
from tests.income_register.schemas import SCHEMAS, schema

DAY, TODAY = timedelta(days=1), AT.date()
START = AT - 30 * DAY
CARETAKERS = "9000006-2"
NIGHT = time(3)


def order(reference="order-1", *, recurring=True, **facts):
    asked = {
        "kind": "302",
        "schedule": Daily(times=(NIGHT,)) if recurring else Once(at=NIGHT),
        "valid_from": TODAY,
        "modified_from": START,
        "payers": (PAYER,),
    }
    return Order(reference=reference, **asked | facts)


def ordered(desk, *, change=lambda element: None, **facts):
    message = messages.subscription(PORTAL, order(**facts), at=desk.office.now())
    change(message.element)
    return desk.ask(message)


def ended(desk, reference="order-1", name="end-1", kind="108"):
    message = messages.invalidation(PORTAL, at=desk.office.now(), delivery_id=name, reference=reference, kind=kind)
    return desk.ask(message)


def at(desk, moment):
    """What lies in OUT anew once the clock stands there, in the order it was written."""
    known = set(desk.office.outgoing.iterdir())
    desk.office.clock.move(moment)
    extract_due(desk.office)
    new = sorted(set(desk.office.outgoing.iterdir()) - known, key=lambda file: file.name.split("_")[1])
    return [opened(desk, file) for file in new]


def opened(desk, file):
    octets = file.read_bytes()
    verify(octets, certificate=desk.keys / "register.crt", at=AT)
    if SCHEMAS:
        schema("WageReportsFromIR.xsd").assertValid(etree.parse(BytesIO(octets)))
    told = read(BytesIO(octets))
    return file.name, told.header, list(told)


def nights(number):
    """Three o'clock in Finland, that many nights on, in winter."""
    return datetime.combine(TODAY + number * DAY, time(1), AT.tzinfo)


def test_an_order_is_answered_at_once_and_its_status_told(desk):
    answer = ordered(desk)
    assert outcome(answer) == ("3", {})
    assert items(answer) == [("order-1", "1")]
    told = desk.ask(messages.status(PORTAL, at=AT, delivery_id="order-1"))
    assert (outcome(told), items(told)) == (("3", {}), [("order-1", "1")])


def test_a_deferred_order_is_acknowledged(desk):
    def deferred(name):
        message = messages.subscription(PORTAL, order(), at=AT)
        tree = etree.tostring(message.element).decode().replace("RequestToIR", "RequestToIRAsync")
        return desk.send("SubscriptionService", "SendSubscription", tree)

    ack = deferred("order-1")
    assert outcome(ack) == ("2", {})
    assert outcome(desk.ask(messages.status(PORTAL, at=AT, register_id=ack.findtext(".//IRDeliveryId"))))[0] == "3"


def test_the_windows_of_a_recurring_one_follow_each_other(desk):
    """The first from where the order says, every later one from the end of the one before; nothing is told twice."""
    ordered(desk, all_versions=True)
    assert at(desk, nights(1) - timedelta(seconds=1)) == []
    [(_, first, reports)] = at(desk, nights(1))
    assert (first.window_start, first.window_end, first.queried_at) == (START, nights(1), nights(1))
    slips = payslips(PAYERS[PAYER], since=date(2025, 1, 1), received=(START, nights(1)))
    assert {(one.report_id, one.version) for one in reports} == {(slip.report_id, slip.version) for slip in slips}
    assert len(reports) == 19
    [(_, empty, nothing)] = at(desk, nights(2))
    assert (empty.window_start, empty.window_end, empty.promised, nothing) == (nights(1), nights(2), 0, [])
    desk.reports(record(report("a"), several=False))
    assert [len(reports) for _, _, reports in at(desk, nights(3))] == [1]


def test_nights_that_were_missed_are_made_up_for_in_order(desk):
    ordered(desk)
    windows = [(head.window_start, head.window_end) for _, head, _ in at(desk, nights(4))]
    assert windows == [(START, nights(1)), *((nights(one), nights(one + 1)) for one in (1, 2, 3))]
    assert at(desk, nights(4)) == []


def test_each_part_has_its_extract_over_the_same_window(desk):
    def two_parts(element):
        part = element.find(".//Subscription")
        other = etree.fromstring(etree.tostring(part))
        other.find("SubscriptionId").text = "part-2"
        other.find(".//IdCode").text = CARETAKERS
        part.addnext(other)

    ordered(desk, change=two_parts)
    (_, first, bakery), (_, second, caretakers) = at(desk, nights(1))
    assert (first.window_start, first.window_end) == (second.window_start, second.window_end)
    assert (first.main_subscription, second.main_subscription) == ("order-1", "order-1")
    assert (first.subscription, second.subscription) == ("order-1", "part-2")
    assert ({one.business_id for one in bakery}, {one.business_id for one in caretakers}) == ({PAYER}, {CARETAKERS})


@pytest.mark.parametrize(
    ("facts", "payers"),
    [
        ({"kind": "300", "payers": ()}, {PAYER, CARETAKERS}),
        ({"kind": "301", "payers": (), "earners": (CODE,)}, {PAYER}),
        ({"kind": "302", "payers": (PAYER, CARETAKERS)}, {PAYER, CARETAKERS}),
        ({"kind": "303", "payers": (CARETAKERS,), "earners": (CODE,)}, set()),
        ({"paid": (date(2026, 11, 1), date(2026, 11, 30))}, set()),
    ],
)
def test_whose_reports_are_told(desk, facts, payers):
    desk.reports(record(report("a"), several=False))
    ordered(desk, **facts)
    [(name, head, reports)] = at(desk, nights(1))
    assert {one.business_id for one in reports} == payers
    assert f"{head.kind}" == facts.get("kind", "302") == name.split("_")[0]


def test_a_one_off_looks_back_once(desk):
    until = AT - 5 * DAY
    ordered(desk, recurring=False, modified_until=until)
    [(_, head, reports)] = at(desk, AT + timedelta(minutes=1))
    assert (head.window_start, head.window_end, len(reports)) == (START, until, 19)
    assert at(desk, nights(3)) == []


def test_a_one_off_without_an_end_ends_when_it_is_extracted(desk):
    ordered(desk, recurring=False, valid_from=TODAY + DAY, modified_from=None)
    assert at(desk, AT) == []
    [(_, head, _)] = at(desk, nights(1))
    assert head.window_end == nights(1)


@pytest.mark.parametrize(
    ("schedule", "days"),
    [
        (Weekly(times=(NIGHT,), days=frozenset({0, 6})), [22, 23, 29, 30]),  # Sunday and Monday
        (Monthly(times=(NIGHT,), days=frozenset({24, 32}), months=frozenset({11})), [24, 30]),  # 32: the last day
        (Daily(times=(time(2), NIGHT)), [day for day in range(22, 31) for _ in range(2)]),
    ],
)
def test_schedules(desk, schedule, days):
    ordered(desk, schedule=schedule)
    assert [head.queried_at.day for _, head, _ in at(desk, nights(9))] == days


def edited(path, text):
    def change(element):
        element.find(f".//{path}").text = text

    return change


def without(path):
    def change(element):
        found = element.find(f".//{path}")
        found.getparent().remove(found)

    return change


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (edited("SubscriptionType", "1"), ("4", {"DeliveryErrors": ["REC-10"]})),
        (edited("ModifiedTimespanStart", nights(2).isoformat()), ("4", {"DeliveryErrors": ["REC-11"]})),
        (without("ModifiedTimespanStart"), ("4", {"DeliveryErrors": ["REC-11"]})),
        (edited("DeliveryChannelCode", "4"), ("4", {"DeliveryErrors": ["REC-13"]})),
        (edited("ProductionEnvironment", "true"), ("4", {"MessageErrors": ["MSG-05"]})),
        (edited("QueryDataType", "304"), ("5", {"ItemErrors": ["SUB-01"]})),
        (edited("QueryDataType", "303"), ("5", {"ItemErrors": ["SUB-03"]})),
        (edited("QueryDataSchemaVersion", escape("http://elsewhere")), ("5", {"ItemErrors": ["SUB-04"]})),
    ],
)
def test_what_is_not_ordered_so(desk, change, expected):
    assert outcome(ordered(desk, change=change)) == expected
    assert at(desk, nights(2)) == []


def test_an_unknown_profile_cannot_be_ordered(desk):
    assert outcome(ordered(desk, profile="of-nobody")) == ("5", {"ItemErrors": ["SUB-02"]})


def test_an_order_is_made_once(desk):
    ordered(desk)
    assert outcome(ordered(desk)) == ("4", {"DeliveryErrors": ["REC-12", "REC-03"]})


def test_an_order_ended_before_its_first_extract_is_invalidated(desk):
    ordered(desk)
    assert items(ended(desk)) == [("order-1", "2")]
    assert outcome(desk.ask(messages.status(PORTAL, at=AT, delivery_id="order-1")))[0] == "6"
    assert at(desk, nights(3)) == []


@pytest.mark.parametrize("kind", ["108", "112"])
def test_an_order_that_was_extracted_from_ends_and_stays_valid(desk, kind):
    """Nothing more is extracted; whoever orders anew begins where the last window ended."""
    ordered(desk)
    at(desk, nights(1))
    assert outcome(ended(desk, kind=kind)) == ("3", {})
    assert outcome(desk.ask(messages.status(PORTAL, at=AT, delivery_id="order-1")))[0] == "3"
    assert at(desk, nights(3)) == []
    assert outcome(ended(desk, name="end-2")) == ("5", {"ItemErrors": ["ITM-04"]})
    assert outcome(ended(desk, "unknown", name="end-3")) == ("5", {"ItemErrors": ["INV-01"]})
