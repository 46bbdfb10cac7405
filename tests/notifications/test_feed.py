"""The feed over HTTP: in order, without gap, and to each client what its employers let it see."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from employers.intake.models import Batch
from employers.organisations import rights
from employers.organisations.models import Mandate
from employers.records import clock, events
from employers.records.models import Event
from employers.records.record import record
from tests import cast
from tests.cast import BAKERY, CAFE, WHOLESALER, client_system, employer
from tests.feeds import until_shown
from tests.machine import Machine, codes

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("sandbox")]


def happen(*types: str, business_id: str = BAKERY, **about) -> None:
    for kind in types:
        record(kind, organisation=employer(business_id).pk, at=clock.now(), **about)


def told(client_id: str = "sandbox-payroll", after: str = "") -> list[str]:
    until_shown()
    return [item["type"] for item in Machine(client_id).get(f"events?after={after}").json()["items"]]


def mandate() -> Mandate:
    return Mandate.objects.get(principal=employer(), agent_organisation=client_system().organisation)


def test_events_come_oldest_first_and_go_on_from_where_they_were():
    machine = Machine()
    happen(*(events.SUBMITTED for _ in range(3)))
    until_shown()
    start = machine.get("events?limit=2").json()
    rest = machine.get(f"events?limit=2&after={start['next']}").json()
    assert [len(page["items"]) for page in (start, rest)] == [2, 1]
    ids = [item["id"] for page in (start, rest) for item in page["items"]]
    assert len(ids) == len(set(ids)) == 3
    end = machine.get(f"events?after={rest['next']}").json()
    assert end == {"items": [], "next": rest["next"]}


def test_next_is_there_before_anything_happened():
    first = Machine().get("events").json()
    assert first["items"] == []
    assert first["next"]
    happen(events.SUBMITTED)
    assert told(after=first["next"]) == ["application.submitted"]


def test_an_event_has_ids_and_nothing_personal():
    happen(events.DECIDED, application=uuid4(), status="decided")
    until_shown()
    [event] = Machine().get("events").json()["items"]
    assert (event["type"], event["employer"]) == ("application.decided", BAKERY)
    assert event["timestamp"].endswith("Z")
    assert set(event) == {"id", "type", "timestamp", "employer", "application", "subject", "status"}


def test_what_is_older_than_ninety_days_is_still_there():
    happen(events.SUBMITTED)
    Event.objects.update(at=clock.now() - timedelta(days=91))
    assert told() == ["application.submitted"]


def test_only_public_types_and_only_own_employers():
    happen(events.TAKEN_UP, events.ANSWERED, events.ACCOUNT_CHANGED)
    happen(events.SUBMITTED, business_id=WHOLESALER)
    assert told() == []
    assert told("sandbox-other") == ["application.submitted"]


# What an employer gave, and what it then lets hear of the types that are about it.
@pytest.mark.parametrize(
    ("given", "heard"),
    [
        ([rights.APPLY], {"application.submitted", "application.decided", "register_sync.finished"}),
        ([rights.VIEW_DECISIONS], {"application.submitted", "application.decided"}),
        ([rights.VIEW_PAYMENTS], {"payment.sent"}),
        ([rights.BANK_ACCOUNT, rights.VIEW_LOG], set()),
        ([rights.OCCUPATIONAL_HEALTH_SEND], set()),
    ],
)
def test_each_type_needs_the_right_of_what_it_tells_about(given, heard):
    mandate_now = mandate()
    mandate_now.rights = given
    mandate_now.save()
    happen(events.SUBMITTED, events.DECIDED, events.PAYMENT_SENT, events.SYNC_FINISHED)
    assert set(told()) == heard


@pytest.mark.parametrize(
    ("given", "heard"),
    [([rights.APPLY], []), ([rights.OCCUPATIONAL_HEALTH_PREPARE], ["application.submitted"]),
     ([rights.VIEW_DECISIONS], ["application.submitted"])],
)  # fmt: skip
def test_occupational_health_care_is_told_by_rights_of_its_own(given, heard):
    application = cast.sent()
    Event.objects.all().delete()
    type(application).objects.update(benefit=rights.OCCUPATIONAL_HEALTH)
    mandate_now = mandate()
    mandate_now.rights = given
    mandate_now.save()
    happen(events.SUBMITTED, application=application.pk)
    assert told() == heard


def test_a_mandate_that_ended_takes_its_events_along_and_leaves_its_own_end():
    """Expected: nothing of the employer's applications any more, from the next call; that the mandate changed, yes."""
    happen(events.SUBMITTED, events.PAYMENT_SENT)
    assert told() == ["application.submitted", "payment.sent"]
    mandate_now = mandate()
    mandate_now.valid_until = clock.today() - timedelta(days=1)
    mandate_now.save()
    happen(events.MANDATE_CHANGED, subject=mandate_now.pk)
    happen(events.MANDATE_CHANGED, subject=Mandate.objects.filter(agent_user=cast.user("Bo")).get().pk)
    assert told() == ["mandate.changed"]


def test_a_batch_is_told_to_the_client_that_sent_it_alone():
    facts = {"content_type": "text/csv", "body": b"", "rows": 0, "at": cast.AT}
    firm = client_system().organisation
    for name in ("sandbox-payroll", "sandbox-bench"):
        own = Batch.objects.create(organisation=firm, client=client_system(name), **facts)
        record(events.BATCH_FINISHED, organisation=firm.pk, subject=own.pk, at=cast.AT)
    until_shown()
    [event] = Machine().get("events").json()["items"]
    assert event["subject"] == str(Batch.objects.get(client=client_system()).pk)
    assert event["employer"] == firm.business_id


def test_a_cursor_that_was_never_given_is_refused():
    for wrong in ("abc", "%", "_" * 32, "a" * 5000):
        assert codes(Machine().get(f"events?after={wrong}")) == [("/after", "id_invalid")]


def test_the_number_of_queries_depends_on_nothing():
    machine = Machine()
    assert machine.token
    with CaptureQueriesContext(connection) as before:
        machine.get("events")
    for _ in range(5):
        happen(events.SUBMITTED, events.PAYMENT_SENT)
        happen(events.SUBMITTED, business_id=CAFE)
    until_shown()
    with CaptureQueriesContext(connection) as among:
        assert len(machine.get("events").json()["items"]) == 15
    assert len(among) == len(before)
    assert len(before) <= 6
