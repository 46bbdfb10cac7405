"""The register from the command line, and the periodic tasks that look after it."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from employers import tasks
from employers.income_register import sync as syncs
from employers.income_register.alarm import Kind, raise_alarm
from employers.income_register.models import RegisterCursor, RegisterSync, ReportVersion
from employers.income_register.models_subscriptions import RegisterAlarm, RegisterSubscription
from employers.organisations.models import Organisation
from portal.settings import CELERY_BEAT_SCHEDULE
from tests.income_register.conftest import AT
from tests.income_register.standing import DAY

pytestmark = pytest.mark.django_db
BAKERY = "9000004-6"


@pytest.fixture
def bakery(simulator, keys, settings, clock_at):
    settings.REGISTER_URL = f"http://127.0.0.1:{simulator.server_address[1]}"
    settings.REGISTER_FOLDER = keys
    clock_at(AT)
    simulator.office.clock.move(AT)
    made = Organisation.objects.create(business_id=BAKERY, name="Leipomo", register_access=True)
    RegisterCursor.objects.create(organisation=made, synced_until=AT - 50 * DAY, last_good_at=AT - 50 * DAY)
    return made


def run(*arguments):
    out = StringIO()
    call_command("register", *arguments, stdout=out)
    return out.getvalue()


def test_echo(bakery):
    assert "The register answers." in run("echo")


def test_a_sync_tells_its_end(bakery):
    told = run("sync", BAKERY, "--here")
    assert f"{BAKERY} finished: {ReportVersion.objects.count()} reports" in told
    assert RegisterCursor.objects.get().synced_until > AT - DAY


def test_a_dry_run_counts_and_keeps_nothing(bakery):
    assert f"{BAKERY} finished: 19 reports, 19 new" in run("dry-run", BAKERY, "--here")
    assert not ReportVersion.objects.exists()


def test_all_that_are_read_by_themselves_are_asked_for(bakery):
    assert "1 employers are read" in run("sync")
    assert RegisterSync.objects.get().status == "waiting"


def test_a_subscription_begins_and_ends(bakery):
    told = run("subscribe", BAKERY, "--since", (AT - DAY).isoformat())
    subscription = RegisterSubscription.objects.get()
    assert f"{subscription.reference} active" in told
    assert f"{subscription.reference} ended" in run("end", subscription.reference)
    with pytest.raises(CommandError, match="No active subscription"):
        run("end", subscription.reference)


def test_status_tells_what_there_is_to_know(bakery):
    syncs.request_sync(organisation=bakery, by=None, at=AT)
    raise_alarm(Kind.GAP, about="a-file", at=AT)
    run("subscribe", "--since", (AT - DAY).isoformat())
    told = run("status")
    for shown in (
        "2026-10-02",
        "waiting        1",
        f"late           {BAKERY}",
        "gap a-file",
        "active until 2026-11-20",
    ):
        assert shown in told, shown


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("sync", "9000099-9", "--here"), "Nobody here"),
        (("subscribe", BAKERY, "--since", "2026-11-20T00:00"), "time zone"),
        (("subscribe", BAKERY, "--since", "2027-11-20T00:00+02:00"), "would refuse"),
    ],
)
def test_what_cannot_be_is_said(bakery, arguments, why):
    with pytest.raises(CommandError, match=why):
        run(*arguments)


def test_who_does_not_let_it_is_not_read(bakery):
    Organisation.objects.update(register_access=False)
    with pytest.raises(CommandError, match="does not let"):
        run("sync", BAKERY)


def test_a_register_that_does_not_answer_is_told(bakery, settings):
    settings.REGISTER_URL = "http://127.0.0.1:9"
    with pytest.raises(CommandError, match="RegisterUnavailable"):
        run("echo")


def test_every_task_of_the_register_has_its_time():
    times = {one["task"] for one in CELERY_BEAT_SCHEDULE.values()}
    register = {"request_register_syncs", "look_for_extracts", "follow_subscriptions", "watch_register"}
    assert {f"employers.{name}" for name in register} <= times


def test_the_night_asks_once_and_the_watch_tells_who_is_late(bakery):
    tasks.request_register_syncs()
    tasks.request_register_syncs()
    assert RegisterSync.objects.count() == 1
    tasks.watch_register()
    assert RegisterAlarm.objects.get(kind=Kind.LATE).about == BAKERY
    tasks.sync_registers()
    assert not RegisterAlarm.objects.filter(kind=Kind.LATE, cleared_at=None).exists()
    assert RegisterCursor.objects.get().last_good_at >= AT


def test_a_task_that_is_delivered_again_finds_it_done_and_asks_nobody(bakery, simulator):
    """The worker was killed after the commit, before it could say so."""
    sync = syncs.request_sync(organisation=bakery, by=None, at=AT)
    tasks.sync_registers()
    simulator.behave("broken")
    tasks.sync_registers()
    sync.refresh_from_db()
    assert (sync.status, sync.error, sync.fence, sync.outages) == ("finished", "", 1, 0)


def test_orders_are_followed_and_folders_looked_into(bakery):
    run("subscribe", BAKERY, "--since", (AT - DAY).isoformat())
    RegisterSubscription.objects.update(status="ordered", ordered_at=AT - DAY)
    tasks.follow_subscriptions()
    assert RegisterSubscription.objects.get().status == "active"
    tasks.look_for_extracts()  # nothing is configured: nothing happens
    assert not RegisterSync.objects.exists()
