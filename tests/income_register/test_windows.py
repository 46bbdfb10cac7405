"""An answer is for the window that was asked for and holds what it promised; dry runs, and windows read once more."""

from datetime import timedelta

import pytest
import stamina

from employers.income_register import sync as syncs
from employers.income_register.alarm import Kind, raise_alarm
from employers.income_register.models import PaidAbsence, RegisterCursor, RegisterSync, ReportVersion
from employers.income_register.rerun import rerun
from employers.organisations.access import Actor
from employers.organisations.models import Organisation
from employers.people.models import Person
from tests.income_register.conftest import AT
from tests.income_register.standing import DAY, alarms, run_all
from tests.income_register.state import state

pytestmark = pytest.mark.django_db
BAKERY = "9000004-6"
OFFICIAL = Actor(role="official")
TWO_MONTHS = AT - timedelta(days=50)


@pytest.fixture(autouse=True)
def asked_once():
    """Whoever does not answer is not asked three times, with pauses."""
    with stamina.set_testing(True, attempts=1):
        yield


@pytest.fixture
def bakery(simulator, keys, settings):
    settings.REGISTER_URL = f"http://127.0.0.1:{simulator.server_address[1]}"
    settings.REGISTER_FOLDER = keys
    made = Organisation.objects.create(business_id=BAKERY, name="Leipomo", register_access=True)
    RegisterCursor.objects.create(organisation=made, synced_until=TWO_MONTHS)
    return made


def request(bakery, **facts):
    return syncs.request_sync(organisation=bakery, by=None, at=AT, **facts)


def ran(sync, *, at=AT):
    run_all(at)
    sync.refresh_from_db()
    return sync


def until():
    return RegisterCursor.objects.get().synced_until


@pytest.mark.parametrize(
    ("fault", "code", "kinds"),
    [
        ("wrong_window", "wrong_window", {"wrong_window"}),
        ("wrong_count", "count", {"count"}),
        ("bad_signature", "bad_signature", set()),
        ("other_signer", "bad_signature", set()),
        ("other_environment", "wrong_environment", set()),
    ],
)
def test_a_wrong_answer_is_tried_again_and_nothing_of_it_is_kept(bakery, simulator, fault, code, kinds):
    sync = request(bakery)
    simulator.behave(fault, times=1)
    assert syncs.sync_next(at=AT)
    sync.refresh_from_db()
    assert (sync.status, sync.error, sync.reports) == ("waiting", code, 0)
    assert {kind for kind, _ in alarms()} - {"gap"} == kinds
    assert (until(), ReportVersion.objects.count()) == (TWO_MONTHS, 0)
    assert ran(sync).status == "finished"
    assert (alarms(), until()) == ([], AT)


def test_what_is_wrong_three_times_is_given_up_and_shown(bakery, simulator):
    sync = request(bakery)
    simulator.behave("wrong_window")
    for _ in range(3):
        ran(sync)
    assert (sync.status, sync.error) == ("failed", "wrong_window")
    assert {kind for kind, _ in alarms()} >= {"failed", "wrong_window"}
    simulator.behave("well")
    assert ran(request(bakery)).status == "finished"
    assert alarms() == []


@pytest.mark.parametrize("fault", ["old_before_new", "duplicate", "unknown_element", "no_window"])
def test_what_is_odd_and_allowed_ends_in_the_same_state(bakery, simulator, fault):
    ran(request(bakery))
    seen = state()
    ReportVersion.objects.all().delete()
    Person.objects.all().delete()
    RegisterCursor.objects.update(synced_until=TWO_MONTHS)
    simulator.behave(fault)
    assert ran(request(bakery)).status == "finished"
    assert state() == seen


def test_a_poison_report_is_set_aside_told_and_read_later(bakery, simulator):
    simulator.behave("poison")
    sync = ran(request(bakery))
    assert (sync.status, sync.quarantined > 0) == ("finished", True)
    assert sync.new == sync.reports - sync.quarantined
    assert alarms() == [("quarantine", BAKERY)]
    simulator.behave("well")
    [again] = rerun(sync.pk, by=OFFICIAL, at=AT)
    ran(again)
    assert (again.new, again.quarantined) == (sync.quarantined, 0)
    assert not sync.quarantined_reports.filter(resolved_at=None).exists()


def test_how_far_it_is_and_where_the_time_went(bakery):
    sync = ran(request(bakery))
    assert sync.read == sync.promised <= sync.reports
    assert set(sync.timings) == {"fetch", "verify", "stage", "merge"}
    assert all(seconds >= 0 for seconds in sync.timings.values())
    assert len(sync.query_id) == 32
    assert len(sync.digest) == 64


def test_a_dry_run_counts_what_a_real_one_brings_and_changes_nothing(bakery):
    dry = ran(request(bakery, dry_run=True))
    assert (dry.status, dry.window_from, dry.window_until) == ("finished", TWO_MONTHS, AT)
    assert (until(), RegisterCursor.objects.get().last_sync) == (TWO_MONTHS, None)
    for model in (ReportVersion, PaidAbsence, Person):
        assert not model.objects.exists()
    real = ran(request(bakery))
    assert (dry.reports, dry.new, dry.replaced, dry.invalidated) == (
        real.reports,
        real.new,
        real.replaced,
        real.invalidated,
    )
    assert real.new > 0


def test_a_dry_run_that_fails_raises_no_alarm(bakery, simulator):
    """Nothing was to be kept, so nothing is missing; its own row tells why."""
    dry = request(bakery, dry_run=True)
    simulator.behave("wrong_window")
    for _ in range(3):
        ran(dry)
    assert (dry.status, dry.error, alarms()) == ("failed", "wrong_window", [])


def test_a_dry_run_with_nothing_to_read_clears_no_alarm(bakery):
    RegisterCursor.objects.update(synced_until=AT)
    raise_alarm(Kind.FAILED, about=BAKERY, at=AT)
    assert ran(request(bakery, dry_run=True)).status == "finished"
    assert alarms() == [("failed", BAKERY)]


def test_a_dry_run_waits_beside_a_real_one(bakery):
    real, dry = request(bakery), request(bakery, dry_run=True)
    assert (real, dry) == (request(bakery), request(bakery, dry_run=True))
    assert real != dry
    assert run_all(AT) == 2


def test_a_second_sync_of_the_same_window_writes_nothing(bakery):
    first = ran(request(bakery))
    [again] = rerun(first.pk, by=OFFICIAL, at=AT)
    ran(again)
    assert (again.reports, again.new, again.replaced, again.invalidated) == (first.reports, 0, 0, 0)


def test_once_more_moves_no_cursor_back_and_shows_nothing_fresh(bakery):
    first = ran(request(bakery))
    fresh = RegisterCursor.objects.get().last_good_at
    ran(request(bakery), at=AT + DAY)
    assert RegisterCursor.objects.get().last_good_at == AT + DAY > fresh
    [again] = rerun(first.pk, by=OFFICIAL, at=AT + 2 * DAY)
    ran(again, at=AT + 2 * DAY)
    cursor = RegisterCursor.objects.get()
    assert (again.window_from, again.window_until) == (TWO_MONTHS, AT)
    assert (cursor.synced_until, cursor.last_good_at, cursor.last_sync) == (AT + DAY, AT + DAY, again)


def test_once_more_of_an_employer_never_read_leaves_its_past_to_be_read(bakery):
    """A file's window is run again, and an employer that let itself be read since has no cursor yet."""
    RegisterCursor.objects.all().delete()
    window = {"window_from": AT - DAY, "window_until": AT}
    ran(RegisterSync.objects.create(organisation=bakery, again=True, requested_at=AT, **window))
    assert until() == AT - syncs.FIRST_SYNC
    assert ran(request(bakery)).window_from == AT - syncs.FIRST_SYNC
    assert until() == AT


def test_an_outage_of_days_is_caught_up_in_order(bakery, simulator):
    """One sync, window by window; what was asked for meanwhile is the same one."""
    sync = request(bakery)
    simulator.behave("broken")
    for _ in range(4):
        ran(sync)
    assert request(bakery) == sync
    simulator.behave("well")
    later = AT + 40 * DAY
    ran(sync, at=later)
    assert (sync.status, sync.window_from, sync.window_until) == ("finished", TWO_MONTHS, AT)
    next_one = ran(syncs.request_sync(organisation=bakery, by=None, at=later), at=later)
    assert (next_one.status, next_one.window_from, until()) == ("finished", AT, later)
