"""A real worker, killed in the middle of a sync, against the simulated register in its own process."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import httpx
import pytest
from django.db import connection, transaction
from django.db.models.functions import Now

from employers.income_register import sync as syncs
from employers.income_register.models import RegisterCursor, RegisterSync, ReportVersion
from employers.organisations.models import Organisation
from employers.people.models import Person
from employers.records import clock, doorbell
from employers.records.models import Event
from tests.income_register.state import state

PROJECT = Path(__file__).resolve().parents[2]
BUSINESS_ID = "9000006-2"
PATIENCE = 90.0  # seconds; only a broken system takes that long
pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def simulator(tmp_path, settings) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "portal.sandbox.register.server", "--port", str(port), "--folder", str(tmp_path)]
    settings.REGISTER_URL, settings.REGISTER_FOLDER = f"http://127.0.0.1:{port}", tmp_path
    process = subprocess.Popen([*command, "--payer", f"{BUSINESS_ID}:200"], cwd=PROJECT)
    try:
        until(lambda: answers(f"{settings.REGISTER_URL}/healthz"))
        yield settings.REGISTER_URL
    finally:
        process.kill()
        process.wait()


@pytest.fixture
def waiting(simulator) -> RegisterSync:
    organisation = Organisation.objects.create(business_id=BUSINESS_ID, name="Huolto", register_access=True)
    sync = syncs.request_sync(organisation=organisation, by=None, at=clock.now())
    Organisation.objects.update(register_access=False)  # so that nobody goes on with what was read
    return sync


def test_killed_between_two_windows(simulator, waiting, settings):
    """What was committed stays, with its cursor; the next worker reads on from there."""
    behave(simulator, "slow")
    with worker(settings) as process:
        doorbell.ring("employers.sync_registers")
        until(lambda: reload(waiting).reports > 0)
        kill(process)
    assert reload(waiting).status == "running"
    assert waiting.reports == ReportVersion.objects.count()
    assert RegisterCursor.objects.get().synced_until < waiting.window_until
    behave(simulator, "well")
    ends_like_a_run_never_killed(waiting, settings)


def test_killed_after_fetch_and_before_commit(simulator, waiting, settings):
    """Nothing half-kept: the reports of the window were written, and are gone with the worker."""
    since = clock.now() - timedelta(days=100)
    RegisterCursor.objects.create(organisation=waiting.organisation, synced_until=since)
    with worker(settings) as process:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("LOCK TABLE employers_registercursor IN SHARE ROW EXCLUSIVE MODE")
            doorbell.ring("employers.sync_registers")
            until(lambda: stands_at_the_lock(cursor))
            kill(process)
        until(lambda: is_alone(connection))
    assert not ReportVersion.objects.exists()
    assert (reload(waiting).status, waiting.reports) == ("running", 0)
    assert RegisterCursor.objects.get().synced_until == since
    ends_like_a_run_never_killed(waiting, settings)


def ends_like_a_run_never_killed(sync: RegisterSync, settings) -> None:
    assert not Event.objects.exists()
    RegisterSync.objects.update(lease_until=Now())  # a minute later
    with worker(settings):
        doorbell.ring("employers.sync_registers")
        until(lambda: reload(sync).status == "finished")
    assert (sync.fence, Event.objects.count()) == (2, 1)
    seen = state()
    read_anew(sync)
    assert len(seen["versions"]) == sync.reports > 400
    assert state() == seen


def kill(process: subprocess.Popen[bytes]) -> None:
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def stands_at_the_lock(cursor) -> bool:
    cursor.execute("SELECT 1 FROM pg_locks WHERE NOT granted AND relation = 'employers_registercursor'::regclass")
    return cursor.fetchone() is not None


def is_alone(mine) -> bool:
    """The server has noticed that the worker is gone."""
    with mine.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state <> 'idle'")
        return cursor.fetchone() == (1,)


def read_anew(sync: RegisterSync) -> None:
    """The same window in one go, into empty tables."""
    ReportVersion.objects.all().delete()
    Person.objects.all().delete()
    Organisation.objects.update(register_access=True)
    RegisterCursor.objects.update(synced_until=sync.window_from)
    again = syncs.request_sync(organisation=sync.organisation, by=None, at=sync.requested_at)
    assert syncs.sync_next(at=sync.window_until)
    assert reload(again).status == "finished"


@contextmanager
def worker(settings) -> Iterator[subprocess.Popen[bytes]]:
    """A prefork worker on this test's database, in a process group of its own so that it can be killed as a whole."""
    command = [sys.executable, "-m", "celery", "-A", "portal.celery", "worker", "-c", "1", "--loglevel", "WARNING"]
    environment = {
        **os.environ,
        "DATABASE_URL": url_of_test_database(),
        "REGISTER_URL": settings.REGISTER_URL,
        "REGISTER_FOLDER": str(settings.REGISTER_FOLDER),
    }
    process = subprocess.Popen(command, cwd=PROJECT, env=environment, start_new_session=True)
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(PATIENCE)


def url_of_test_database() -> str:
    parts = urlsplit(os.environ["DATABASE_URL"])
    return urlunsplit(parts._replace(path=f"/{connection.settings_dict['NAME']}"))


def reload(sync: RegisterSync) -> RegisterSync:
    sync.refresh_from_db()
    return sync


def behave(simulator: str, behaviour: str) -> None:
    httpx.post(f"{simulator}/sandbox/behaviour", content=behaviour).raise_for_status()


def answers(url: str) -> bool:
    try:
        return httpx.get(url).status_code == 200
    except httpx.TransportError:
        return False


def until(happens: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not happens():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)
