"""Whatever we can send, the register's own schemas and service descriptions take."""

from datetime import UTC, date, datetime, time
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from employers.income_register import messages
from employers.income_register.client import Register
from employers.income_register.messages import DataUser
from employers.income_register.orders import Monthly, Once, Order, Unsendable, Weekly
from employers.income_register.transport import sealed
from employers.income_register.verifying import verify
from employers.income_register.wire import copy_body
from tests.income_register.conftest import AT
from tests.income_register.orders import (
    business_ids,
    identity_codes,
    order,
    orders,
    payment_days,
    profiles,
    references,
    windows,
)
from tests.income_register.schemas import schema, services

USER = DataUser(business_id="9000000-3", production=False)
WSDL = {"w": "http://schemas.xmlsoap.org/wsdl/", "s": "http://schemas.xmlsoap.org/wsdl/soap/"}
guids = st.uuids().map(lambda one: one.hex)
some = st.one_of(
    st.builds(
        lambda payer, earner, **asked: messages.wage_reports(
            USER, at=AT, payer=payer, earner=earner if payer is None or asked["all_versions"] else None, **asked
        ),
        st.none() | business_ids,
        identity_codes,
        modified=st.none() | windows,
        paid=st.none() | payment_days,
        all_versions=st.booleans(),
        profile=profiles,
    ),
    orders().map(lambda one: messages.subscription(USER, one, at=AT)),
    st.builds(
        lambda ours, theirs: messages.status(USER, at=AT, delivery_id=ours, register_id=theirs), references, guids
    ),
    references.map(lambda ours: messages.status(USER, at=AT, delivery_id=ours)),
    guids.map(lambda theirs: messages.status(USER, at=AT, register_id=theirs)),
    st.builds(
        lambda own, ours, kind: messages.invalidation(USER, at=AT, delivery_id=own, reference=ours, kind=kind),
        references,
        references,
        st.sampled_from([messages.SUBSCRIPTION, messages.RECORD_OF_SUBSCRIPTION]),
    ),
    guids.map(lambda theirs: messages.invalidation(USER, at=AT, delivery_id="end-1", register_id=theirs)),
    st.text("abcåäö&<1", min_size=1, max_size=10).map(messages.echo),
)
many = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def body_of(request: bytes) -> bytes:
    body = BytesIO()
    copy_body(BytesIO(request), body)
    return body.read()


@many
@given(message=some)
def test_every_message_follows_the_schema_once_signed(keys, message):
    request = sealed(Register(url="", owner="", folder=keys), message)
    schema(f"{message.operation.schema}.xsd").assertValid(etree.ElementTree(etree.fromstring(body_of(request))))


@many
@given(message=some)
def test_every_message_keeps_the_conventions(keys, message):
    request = sealed(Register(url="", owner="", folder=keys), message)
    assert not any(one in request for one in (b"--", b"/*", b"&#", b"\xef\xbb\xbf"))
    root = verify(body_of(request), certificate=keys / "portal.crt", at=AT)
    assert root.tag == f"{{{message.operation.namespace}}}{message.operation.root}"
    assert all(one.prefix is None and not one.tag.startswith("{") for one in root.iterdescendants())
    assert all(len(one) or one.text for one in root.iter())
    for one in root.iter("Timestamp", "ModifiedTimespanStart", "ModifiedTimespanEnd", "Time"):
        assert one.text.endswith(("Z", "+02:00", "+03:00"))


@pytest.mark.parametrize(
    "operation", [*messages.QUERIES.values(), messages.SUBSCRIBE, messages.STATUS, messages.INVALIDATE, messages.ECHO]
)
def test_the_service_takes_that_element_under_that_action(operation):
    service = services()[operation.service]
    [bound] = service.findall(f"w:binding/w:operation[@name='{operation.name}']", WSDL)
    assert bound.find("s:operation", WSDL).get("soapAction") == operation.name
    [taken] = service.findall(f"w:portType/w:operation[@name='{operation.name}']/w:input", WSDL)
    name = taken.get("message").partition(":")[2]
    prefix, _, element = service.find(f"w:message[@name='{name}']/w:part", WSDL).get("element").partition(":")
    assert (service.nsmap[prefix], element) == (operation.namespace, operation.root)
    assert service.find(".//s:address", WSDL).get("location").endswith(operation.path)


@pytest.mark.parametrize(
    ("asked", "kind"),
    [
        ({"earner": "010180-9026"}, "400"),
        ({"payer": "9000004-6"}, "401"),
        ({"payer": "9000004-6", "earner": "010180-9026"}, "406"),
    ],
)
def test_a_query_says_what_it_is(asked, kind):
    assert messages.wage_reports(USER, at=AT, **asked).element.findtext("QueryDataType") == kind


def test_a_query_of_nobody_is_none():
    with pytest.raises(Unsendable):
        messages.wage_reports(USER, at=AT)


def test_production_is_said():
    real = DataUser(business_id="9000000-3", production=True)
    for message in (messages.subscription(real, order(), at=AT), messages.wage_reports(real, at=AT, payer="9000004-6")):
        assert message.element.findtext(".//ProductionEnvironment") == "true"


def test_the_last_day_of_the_month_is_32():
    monthly = Monthly(times=(time(3), time(15, 30)), days=frozenset({32, 15}), months=frozenset({2, 12}))
    main = messages.subscription(USER, order(schedule=monthly), at=AT).element.find("DeliveryData/MainSubscription")
    chosen = main.find("Schedule/RecurringDeliverySchedule/MonthlySchedule")
    assert [one.text for one in chosen.iterfind("Days/Day")] == ["15", "32"]
    assert [one.text for one in chosen.iterfind("Months/Month")] == ["2", "12"]
    assert [one.text for one in chosen.iter("Time")] == ["03:00:00+02:00", "15:30:00+02:00"]


def test_a_week_says_of_every_day_whether():
    weekly = Weekly(times=(time(3),), days=frozenset({0, 6}))
    summer = order(schedule=weekly, valid_from=date(2027, 6, 1))
    chosen = messages.subscription(USER, summer, at=AT).element.find(".//WeeklySchedule")
    assert [one.tag for one in chosen if one.text == "true"] == ["Monday", "Sunday"]
    assert len(chosen.findall("*")) == 8
    assert chosen.findtext("QueryStartTime/Time") == "03:00:00+02:00"


def test_what_is_extracted_once_is_told_in_the_zone_of_its_day():
    once = order(schedule=Once(at=time(3)), valid_from=date(2027, 6, 1), modified_until=AT)
    assert messages.subscription(USER, once, at=AT).element.findtext(".//Schedule//Time") == "03:00:00+03:00"


@pytest.mark.parametrize(
    "changed",
    [
        {"reference": "a--b"},
        {"reference": "a b"},
        {"reference": "ä"},
        {"reference": ""},
        {"reference": "a" * 41},
        {"reference": "a\n"},
        {"kind": "304"},
        {"kind": "300"},
        {"kind": "302"},
        {"kind": "303"},
        {"payers": ("9000004-6",)},
        {"earners": ()},
        {"earners": ("010180-9026", "010180-9026")},
        {"earners": ("0" * 31,)},
        {"profile": "a--b"},
        {"profile": "a/*"},
        {"profile": "&#97;"},
        {"profile": "a\n"},
        {"profile": "a" * 41},
        {"valid_until": date(2026, 11, 30)},
        {"paid": (date(2026, 2, 1), date(2026, 1, 31))},
        {"schedule": Weekly(times=(time(3),), days=frozenset())},
        {"schedule": Weekly(times=(time(3),), days=frozenset({7}))},
        {"schedule": Weekly(times=(), days=frozenset({1}))},
        {"schedule": Weekly(times=(time(3, tzinfo=UTC),), days=frozenset({1}))},
        {"schedule": Monthly(times=(time(3),), days=frozenset({0}))},
        {"schedule": Monthly(times=(time(3),), days=frozenset({33}))},
        {"schedule": Monthly(times=(time(3),), days=frozenset({30}), months=frozenset({2}))},
        {"schedule": Monthly(times=(time(3),), days=frozenset({1}), months=frozenset())},
        {"modified_from": None},
        {"modified_from": datetime(2026, 1, 1)},
        {"modified_from": datetime(2026, 12, 1, 1, tzinfo=UTC)},
        {"modified_until": datetime(2026, 1, 1, tzinfo=UTC)},
    ],
)
def test_what_the_register_would_refuse_cannot_be_made(changed):
    with pytest.raises(Unsendable):
        order(**changed)


ONCE = Once(at=time(3))  # 01:00 in UTC


@pytest.mark.parametrize(
    ("start", "end", "fine"),
    [
        (datetime(2026, 11, 1, tzinfo=UTC), None, True),
        (datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 12, 1, 1, tzinfo=UTC), True),
        (datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 12, 1, 1, 0, 1, tzinfo=UTC), False),
        (datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC), False),
        (datetime(2026, 12, 1, 1, tzinfo=UTC), None, False),
        (None, datetime(2026, 11, 1, tzinfo=UTC), True),
    ],
)
def test_the_window_of_a_one_off_lies_before_its_extraction(start, end, fine):
    def asked() -> Order:
        return order(schedule=ONCE, modified_from=start, modified_until=end)

    if not fine:
        with pytest.raises(Unsendable):
            asked()
        return
    main = messages.subscription(USER, asked(), at=AT).element.find("DeliveryData/MainSubscription")
    assert (main.find("ModifiedTimespanStart") is not None, main.find("ModifiedTimespanEnd") is not None) == (
        start is not None,
        end is not None,
    )


def test_a_recurring_one_waits_for_its_first_day():
    """Its changes may begin after the day it is valid from, as long as they begin before it is first extracted."""
    last = Monthly(times=(time(3),), days=frozenset({32}), months=frozenset({2}))
    late = order(schedule=last, modified_from=datetime(2027, 2, 27, tzinfo=UTC))
    assert late.first_extraction.date() == date(2027, 2, 28)
    with pytest.raises(Unsendable):
        order(schedule=last, modified_from=datetime(2027, 2, 28, 2, tzinfo=UTC))


@pytest.mark.parametrize("text", ["", "a" * 11, "a\n", "--"])
def test_an_echo_has_ten_characters(text):
    with pytest.raises(Unsendable):
        messages.echo(text)


@pytest.mark.parametrize("theirs", ["a" * 31, "g" * 32, "a" * 33])
def test_the_register_has_references_of_its_own_shape(theirs):
    with pytest.raises(Unsendable):
        messages.status(USER, at=AT, register_id=theirs)


def test_a_moment_without_a_zone_is_not_sent():
    with pytest.raises(Unsendable):
        messages.status(USER, at=datetime(2026, 11, 22), delivery_id="a")
