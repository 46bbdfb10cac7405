"""A call that will end says so a year ahead: RFC 9745, RFC 8594."""

from datetime import UTC, datetime, timedelta

import pytest

from employers.organisations.rights import CALLS
from portal import deprecated
from portal.deprecated import LEAVING, Leaving
from tests.machine import Machine

pytestmark = pytest.mark.usefixtures("sandbox")
SINCE, UNTIL = datetime(2026, 5, 1, tzinfo=UTC), datetime(2027, 5, 1, tzinfo=UTC)
NOTICE = timedelta(days=365)


def late_told(table) -> list[str]:
    """Those with less than twelve months from the word to the end, and those that are no calls."""
    return [call for call, leaving in table.items() if leaving.until - leaving.since < NOTICE or call not in CALLS]


def test_the_table_gives_twelve_months_notice_of_calls_that_exist():
    assert late_told(LEAVING) == []


def test_less_than_twelve_months_would_be_noticed():
    short = Leaving(since=SINCE, until=UNTIL - timedelta(days=1))
    assert late_told({"GET /events": short}) == ["GET /events"]
    assert late_told({"GET /nothing": Leaving(since=SINCE, until=UNTIL)}) == ["GET /nothing"]
    assert late_told({"GET /events": Leaving(since=SINCE, until=UNTIL)}) == []


def test_every_answer_of_such_a_call_says_it_and_no_other(monkeypatch):
    monkeypatch.setattr(deprecated, "LEAVING", {"GET /events": Leaving(since=SINCE, until=UNTIL)})
    machine = Machine()
    for answer in (machine.get("events"), machine.get("events?after=x"), machine.http.get("/api/v1/events")):
        assert answer.headers["Deprecation"] == "@1777593600"
        assert answer.headers["Sunset"] == "Sat, 01 May 2027 00:00:00 GMT"
        assert answer.headers["Link"] == '</api/docs/>; rel="deprecation"; type="text/html"'
    other = machine.get("employers")
    assert not {"Deprecation", "Sunset", "Link"} & set(other.headers)
