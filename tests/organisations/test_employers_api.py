"""Employers, readiness, events over HTTP."""

import pytest

from employers.organisations.models import Mandate, Organisation
from employers.records import clock, events
from employers.records.record import record
from tests.cast import BAKERY, CAFE, WHOLESALER, employer
from tests.feeds import until_shown
from tests.machine import Machine, codes

pytestmark = pytest.mark.usefixtures("sandbox")


def test_a_firm_sees_whom_it_acts_for_and_what_it_may_do():
    found = {item["business_id"]: item for item in Machine().get("employers").json()["items"]}
    assert found[BAKERY]["size_class"] == "small"
    assert found[BAKERY]["employees"] == 19
    assert found[CAFE]["rights"] == ["apply"]
    assert {item["size_class"] for item in found.values()} == {"small", "medium", "large"}
    assert WHOLESALER not in found


def test_an_employer_acts_for_itself_with_every_right():
    [own] = Machine("sandbox-large").get("employers").json()["items"]
    assert (own["business_id"], own["size_class"], len(own["rights"])) == ("9000009-7", "large", 7)


def test_one_employer_reads_as_in_the_list():
    machine = Machine()
    [listed] = [item for item in machine.get("employers").json()["items"] if item["business_id"] == BAKERY]
    assert machine.get(f"employers/{BAKERY}").json() == listed


@pytest.mark.parametrize(
    ("business_id", "missing"),
    [(BAKERY, []), (CAFE, ["bank_account", "consent"]), ("9000005-4", ["mandate"])],
)
def test_readiness_tells_what_is_missing(business_id, missing):
    assert Machine().get(f"employers/{business_id}/readiness").json() == {"ready": not missing, "missing": missing}


@pytest.mark.django_db(transaction=True)
def test_events_come_oldest_first_and_go_on_from_where_they_were():
    machine = Machine()
    _happen(*(events.SUBMITTED for _ in range(3)))
    start = machine.get("events?limit=2").json()
    rest = machine.get(f"events?limit=2&after={start['next']}").json()
    assert [len(page["items"]) for page in (start, rest)] == [2, 1]
    ids = [item["id"] for page in (start, rest) for item in page["items"]]
    assert len(ids) == len(set(ids)) == 3
    end = machine.get(f"events?after={rest['next']}").json()
    assert end == {"items": [], "next": rest["next"]}


@pytest.mark.django_db(transaction=True)
def test_an_event_has_ids_and_nothing_personal():
    _happen(events.DECIDED)
    [event] = Machine().get("events").json()["items"]
    assert (event["type"], event["employer"]) == ("application.decided", BAKERY)
    assert event["timestamp"].endswith("Z")
    assert set(event) == {"id", "type", "timestamp", "employer", "application", "subject", "status"}


@pytest.mark.django_db(transaction=True)
def test_only_public_types_and_only_own_employers():
    _happen(events.TAKEN_UP, events.ANSWERED)
    record(events.SUBMITTED, organisation=employer(WHOLESALER).pk, at=clock.now())
    until_shown()
    assert Machine().get("events").json()["items"] == []
    assert len(Machine("sandbox-other").get("events").json()["items"]) == 1


def test_a_cursor_that_was_never_given_is_refused():
    assert codes(Machine().get("events?after=abc")) == [("/after", "id_invalid")]


def test_rights_of_several_mandates_add_up():
    firm = Organisation.objects.get(business_id="9000011-8")
    Mandate.objects.create(
        principal=employer(CAFE), agent_organisation=firm, rights=["view_payments"], valid_from="2020-01-01"
    )
    assert Machine().get(f"employers/{CAFE}").json()["rights"] == ["apply", "view_payments"]


def _happen(*types: str) -> None:
    for kind in types:
        record(kind, organisation=employer().pk, at=clock.now())
    until_shown()
