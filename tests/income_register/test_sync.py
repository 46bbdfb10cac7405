"""Leases, fences, cursors: what is kept is kept once, and what is down is asked again."""

from datetime import UTC, datetime, timedelta

import pytest
import stamina
from django.db.models.functions import Now

from employers.income_register import sync as syncs
from employers.income_register.models import RegisterCursor, RegisterSync, ReportVersion
from employers.income_register.queries import is_read
from employers.organisations.models import Organisation
from employers.records import events
from employers.records.models import Event
from tests.income_register.conftest import AT

pytestmark = pytest.mark.django_db
LAPSED = Now() - timedelta(seconds=1)


@pytest.fixture(autouse=True)
def asked_once():
    """Whoever does not answer is not asked three times, with pauses."""
    with stamina.set_testing(True, attempts=1):
        yield


@pytest.fixture
def bakery(simulator, keys, settings):
    settings.REGISTER_URL = f"http://127.0.0.1:{simulator.server_address[1]}"
    settings.REGISTER_FOLDER = keys
    return Organisation.objects.create(business_id="9000004-6", name="Leipomo", register_access=True)


@pytest.fixture
def waiting(bakery):
    return syncs.request_sync(organisation=bakery, by=None, at=AT)


def run_again(sync, *, at=AT):
    RegisterSync.objects.filter(pk=sync.pk).update(run_after=None)
    assert syncs.sync_next(at=at)
    sync.refresh_from_db()
    return sync


def test_the_first_sync_reads_two_years(waiting):
    assert not is_read(waiting.organisation)
    assert syncs.sync_next(at=AT)
    waiting.refresh_from_db()
    assert waiting.status == "finished"
    assert waiting.window_from == AT - syncs.FIRST_SYNC
    assert waiting.reports == waiting.new + waiting.replaced + waiting.invalidated == ReportVersion.objects.count()
    assert waiting.new == 19 * 12
    assert is_read(waiting.organisation)
    assert RegisterCursor.objects.get().synced_until == AT


def test_the_next_one_starts_where_the_last_one_ended(waiting):
    early = datetime(2026, 7, 28, 6, 0, 1, tzinfo=UTC)
    syncs.sync_next(at=early)
    next_one = syncs.request_sync(organisation=waiting.organisation, by=None, at=AT)
    syncs.sync_next(at=AT)
    waiting.refresh_from_db()
    next_one.refresh_from_db()
    assert (next_one.window_from, next_one.window_until) == (early, AT)
    assert waiting.new + next_one.new == 19 * 12
    assert next_one.replaced + waiting.replaced + next_one.invalidated + waiting.invalidated + 19 * 12 == (
        ReportVersion.objects.count()
    )


def test_a_finished_sync_is_one_event(waiting):
    syncs.sync_next(at=AT)
    event = Event.objects.get()
    assert (event.type, event.subject, event.status) == (events.SYNC_FINISHED, waiting.pk, "finished")


def test_asking_twice_is_waiting_once(waiting, bakery):
    assert syncs.request_sync(organisation=bakery, by=None, at=AT) == waiting


def test_without_access_nothing_is_read(bakery):
    bakery.register_access = False
    with pytest.raises(syncs.AccessMissing):
        syncs.request_sync(organisation=bakery, by=None, at=AT)


def test_a_running_sync_is_nobody_elses(waiting, bakery):
    assert syncs.claim_next(at=AT) == waiting
    assert syncs.claim_next(at=AT) is None
    syncs.request_sync(organisation=bakery, by=None, at=AT)
    assert syncs.claim_next(at=AT) is None
    assert syncs.how_many_due(at_most=1) == 0


def test_the_late_writer_is_refused(waiting):
    """Its lease ran out, another worker took over and finished: what it brings now is not written."""
    late = syncs.claim_next(at=AT)
    RegisterSync.objects.update(lease_until=LAPSED)
    assert syncs.sync_next(at=AT)
    RegisterCursor.objects.all().delete()
    syncs.run_sync(late, at=AT)
    assert not RegisterCursor.objects.exists()
    waiting.refresh_from_db()
    assert (waiting.status, waiting.fence) == ("finished", 2)


def test_three_lost_workers_are_enough(waiting):
    for _ in range(3):
        assert syncs.claim_next(at=AT) == waiting
        RegisterSync.objects.update(lease_until=LAPSED)
    assert syncs.claim_next(at=AT) is None
    waiting.refresh_from_db()
    assert (waiting.status, waiting.error, waiting.attempts) == ("failed", "worker_lost", 3)
    assert Event.objects.get().status == "failed"


def test_a_register_that_is_down_for_hours_costs_no_attempt(waiting, simulator):
    simulator.behave("broken")
    for outages in range(1, 4):
        run_again(waiting)
        assert (waiting.status, waiting.error, waiting.outages, waiting.attempts) == (
            "waiting",
            "unavailable",
            outages,
            0,
        )
        assert not syncs.sync_next(at=AT)
    simulator.behave("well")
    assert run_again(waiting).status == "finished"
    assert waiting.new == 19 * 12


def test_when_it_is_down_for_one_nobody_else_asks(waiting, simulator):
    cafe = Organisation.objects.create(business_id="9000001-1", name="Kahvila", register_access=True)
    other = syncs.request_sync(organisation=cafe, by=None, at=AT + timedelta(seconds=1))
    simulator.behave("broken")
    syncs.sync_next(at=AT)
    assert not syncs.sync_next(at=AT)
    other.refresh_from_db()
    assert (other.attempts, other.outages) == (0, 0)


def test_a_refused_request_is_tried_three_times_then_shown(waiting, settings, tmp_path):
    from portal.sandbox.register.keys import make_keys

    make_keys(tmp_path)
    settings.REGISTER_FOLDER = tmp_path
    for status in ("waiting", "waiting", "failed"):
        assert run_again(waiting).status == status
    assert (waiting.error, RegisterCursor.objects.count(), ReportVersion.objects.count()) == ("refused", 0, 0)


def test_every_night_each_employer_once(bakery):
    Organisation.objects.create(business_id="9000001-1", name="Kahvila")
    assert syncs.request_all(at=AT) == 1
    assert syncs.request_all(at=AT) == 0  # it waits already
    assert RegisterSync.objects.count() == 1
