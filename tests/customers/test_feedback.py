"""The feed to customer service: who may read it, what it says, and that every read is told."""

from datetime import date

import pytest
from django.test import Client

from customers.segments import follow
from customers.segments.models import SegmentAssignment
from employers.organisations.models import ClientSystem
from employers.records.models import Event, ReadLog
from portal.sandbox import data
from tests import cast
from tests.feeds import until_shown

ON = date(2026, 4, 15)
FEED = "/api/v1/customers/feedback"
CODES = ("010190-9123", "020290-912J")
pytestmark = pytest.mark.django_db(transaction=True)  # the feed shows what is committed


@pytest.fixture(autouse=True)
def cast_in_place():
    data.load(at=cast.AT)


def token(client_id, **more):
    secret = {"client_id": client_id, "client_secret": f"{client_id}-secret"}
    return Client().post("/oauth/token", {"grant_type": "client_credentials", **secret, **more})


def ask(client_id="sandbox-agency", query="", **headers):
    bearer = token(client_id).json()["access_token"]
    return Client().get(FEED + query, headers={"Authorization": f"Bearer {bearer}", **headers})


def changed(number=0):
    employee = cast.claim().employee
    cast.sent(
        employee=type(employee)(personal_identity_code=CODES[number], given_name="A", family_name="E"),
        reference=f"row-{number}",
    )
    until_shown(Event)
    follow.follow(on=ON)
    until_shown(SegmentAssignment)


class TestWhoMayRead:
    @pytest.mark.parametrize("client_id", ["sandbox-payroll", "sandbox-large", "sandbox-other", "sandbox-bench"])
    def test_no_employer_and_no_firm(self, client_id):
        changed()
        response = ask(client_id)
        assert (response.status_code, response.json()["code"]) == (403, "scope-missing")
        assert response.json()["scope"] == "segments.read"
        assert token(client_id, scope="segments.read").status_code == 400
        assert ReadLog.objects.filter(action="feedback").count() == 0

    def test_not_without_a_token(self):
        assert Client().get(FEED).status_code == 401

    def test_not_with_a_scope_that_was_taken_back(self):
        bearer = token("sandbox-agency").json()["access_token"]
        ClientSystem.objects.filter(name="sandbox-agency").update(scopes=[])
        assert Client().get(FEED, headers={"Authorization": f"Bearer {bearer}"}).status_code == 403


class TestWhatItSays:
    def test_a_change_with_its_person_and_reasons(self):
        changed()
        (item,) = ask().json()["items"]
        assert item == {
            "id": str(SegmentAssignment.objects.get().pk),
            "person": {"personal_identity_code": CODES[0]},
            "segment": "changing",
            "previous": "steady",
            "sliding": False,
            "reasons": [{"code": "absence_reported", "since": "2026-03-02"}],
            "assigned_on": "2026-04-15",
            "valid_from": "2026-03-02",
        }

    def test_next_is_never_null_and_goes_on_from_there(self):
        empty = ask().json()
        assert empty["items"] == []
        changed()
        first = ask(query=f"?after={empty['next']}").json()
        nothing = ask(query=f"?after={first['next']}").json()
        assert (len(first["items"]), nothing["items"], nothing["next"]) == (1, [], first["next"])
        changed(1)
        (second,) = ask(query=f"?after={nothing['next']}").json()["items"]
        assert second["person"]["personal_identity_code"] == CODES[1]

    def test_oldest_first_page_by_page(self):
        changed()
        changed(1)
        page = ask(query="?limit=1").json()
        rest = ask(query=f"?limit=1&after={page['next']}").json()
        seen = [item["person"]["personal_identity_code"] for item in page["items"] + rest["items"]]
        assert seen == list(CODES)

    @pytest.mark.parametrize(
        ("query", "pointer"), [("?limit=201", "/limit"), ("?limit=0", "/limit"), ("?after=x", "/after")]
    )
    def test_a_wrong_place_is_told(self, query, pointer):
        response = ask(query=query)
        assert (response.status_code, response.json()["errors"][0]["pointer"]) == (422, pointer)

    def test_employers_cannot_follow_it_in_their_events(self):
        changed()
        assert set(Event.objects.values_list("type", flat=True)) == {"application.submitted"}


def test_every_read_is_told_once_a_person():
    changed()
    changed(1)
    ask()
    reads = ReadLog.objects.filter(action="feedback")
    assert {read.person for read in reads} == set(SegmentAssignment.objects.values_list("person", flat=True))
    agency = cast.client_system("sandbox-agency")
    assert set(reads.values_list("actor_kind", "actor", "organisation", "purpose", "hits")) == {
        ("client", agency.pk, agency.organisation_id, "customer_service", 2)
    }
