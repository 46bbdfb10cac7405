"""A real worker, killed in the middle of a sync, against the simulated register in its own process."""

import random
import time
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.models.functions import Now

from employers.income_register.models import RegisterCursor, RegisterSync, ReportVersion
from employers.income_register.models_subscriptions import RegisterAlarm
from employers.records import clock, doorbell
from employers.records.models import Event
from tests.income_register.killing import (
    asked,
    behave,
    go_on,
    is_like_a_run_never_killed,
    kill,
    kill_who_works,
    neighbours,
    not_put_off,
    register,
    reload,
    ring_until,
)
from tests.workers import until, worker

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]
LONGEST = 0.3  # seconds between what was waited for and the blow
LONG = 600  # seconds; a month of 8 000 reports on a busy machine


@pytest.fixture
def simulator(tmp_path, settings):
    with register(tmp_path, settings, employees=200) as url:
        yield url


@pytest.fixture
def waiting(simulator):
    return asked()


@pytest.mark.proof  # five random kills of every run fall between two windows as well
def test_killed_between_two_windows(simulator, waiting, settings):
    """What was committed stays, with its cursor; the next worker reads on from there."""
    behave(simulator, "slow")
    with worker(**neighbours(settings)) as process:
        doorbell.ring("employers.sync_registers")
        until(lambda: reload(waiting).reports > 0)
        kill(process)
    assert reload(waiting).status == "running"
    assert waiting.reports == ReportVersion.objects.count()
    assert RegisterCursor.objects.get().synced_until < waiting.window_until
    behave(simulator, "well")
    ends_with(waiting, settings)


def test_killed_after_fetch_and_before_commit(simulator, waiting, settings):
    """Nothing half-kept: the reports of the window were written, and are gone with the worker."""
    since = clock.now() - timedelta(days=100)
    RegisterCursor.objects.create(organisation=waiting.organisation, synced_until=since)
    with worker(**neighbours(settings)) as process:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("LOCK TABLE employers_registercursor IN SHARE ROW EXCLUSIVE MODE")
            ring_until(lambda: stands_at_the_lock(cursor))
            kill(process)
        until(lambda: is_alone(connection))
    assert not ReportVersion.objects.exists()
    assert (reload(waiting).status, waiting.reports) == ("running", 0)
    assert RegisterCursor.objects.get().synced_until == since
    ends_with(waiting, settings)


@pytest.mark.parametrize(
    ("employees", "months", "blows"),
    [(160, 7, 5), pytest.param(8_400, 10, 20, marks=pytest.mark.proof)],
    ids=["2 000 reports", "100 000 reports"],
)
def test_killed_at_random(tmp_path, settings, employees, months, blows):
    """Again and again, wherever it stands; what is left is what a run never killed leaves.

    At most twice in a month's reports: a third time without any progress is one too many.
    """
    seed = random.randrange(1_000_000)
    chance = random.Random(seed)
    print("seed", seed)  # noqa: T201  shown when it fails
    with register(tmp_path, settings, employees=employees) as url:
        with worker(**neighbours(settings)) as process:
            sync = asked()
            go_on(sync)
            struck = 0
            months_struck = sorted(chance.sample([*range(months)] * 2, blows))
            for blow, month in enumerate(months_struck, start=1):
                is_new = blow > 1 and month not in months_struck[: blow - 1]
                least = max(month * employees, reload(sync).reports + is_new)
                until(
                    lambda seen=struck, kept=least: not_put_off(sync).fence > seen and sync.reports >= kept,
                    patience=LONG,
                )
                struck = strike(process, sync, url=url, after=chance.uniform(0, LONGEST))
                go_on(sync)
            until(lambda: not_put_off(sync).status in ("finished", "failed"), patience=LONG)
        assert (sync.status, sync.fence > blows) == ("finished", True)
        assert is_like_a_run_never_killed(sync) > employees * 12


def strike(process, sync, *, url, after):
    """A while later. Until then the register takes its time, so that nobody comes to an end before the blow."""
    behave(url, "slow")
    moment = time.monotonic() + after
    until(lambda: time.monotonic() > moment)
    kill_who_works(process)
    behave(url, "well")
    return reload(sync).fence


def test_what_kills_its_worker_every_time_is_given_up_and_shown(simulator, waiting, settings):
    """Three attempts counted in the database; then it is failed, with an alarm, and others flow."""
    behave(simulator, "slow")
    with worker(**neighbours(settings)) as process:
        for attempts in (1, 2, 3):
            go_on(waiting)
            until(lambda expected=attempts: reload(waiting).attempts == expected)
            kill_who_works(process)
        go_on(waiting)
        until(lambda: has_ended(waiting))
    assert (waiting.status, waiting.error, waiting.attempts, waiting.fence) == ("failed", "worker_lost", 3, 3)
    assert RegisterAlarm.objects.get().facts == {"error": "worker_lost"}
    assert Event.objects.get().status == "failed"


def has_ended(sync: RegisterSync) -> bool:
    return reload(sync).status in ("finished", "failed")


def ends_with(sync: RegisterSync, settings) -> None:
    assert not Event.objects.exists()
    RegisterSync.objects.update(lease_until=Now())  # a minute later
    with worker(**neighbours(settings)):
        doorbell.ring("employers.sync_registers")
        until(lambda: reload(sync).status == "finished")
    assert sync.fence == 2
    assert is_like_a_run_never_killed(sync) > 400


def stands_at_the_lock(cursor) -> bool:
    cursor.execute("SELECT 1 FROM pg_locks WHERE NOT granted AND relation = 'employers_registercursor'::regclass")
    return cursor.fetchone() is not None


def is_alone(mine) -> bool:
    """The server has noticed that the worker is gone."""
    with mine.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state <> 'idle'")
        return cursor.fetchone() == (1,)
