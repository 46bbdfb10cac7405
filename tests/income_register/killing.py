"""A register in a process of its own and a real worker, whose processes can be killed while they read from it."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
from django.db.models.functions import Now

from employers.income_register import sync as syncs
from employers.income_register.models import RegisterCursor, RegisterSync, ReportVersion
from employers.organisations.models import Organisation
from employers.people.models import Person
from employers.records import clock, doorbell
from employers.records.models import Event
from tests.income_register.state import state
from tests.workers import PROJECT, until

BUSINESS_ID = "9000006-2"


@contextmanager
def register(folder: Path, settings, *, employees: int) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "portal.sandbox.register.server", "--port", str(port), "--folder", str(folder)]
    settings.REGISTER_URL, settings.REGISTER_FOLDER = f"http://127.0.0.1:{port}", folder
    process = subprocess.Popen([*command, "--payer", f"{BUSINESS_ID}:{employees}"], cwd=PROJECT)
    try:
        until(lambda: answers(f"{settings.REGISTER_URL}/healthz"))
        yield settings.REGISTER_URL
    finally:
        process.kill()
        process.wait()


def asked() -> RegisterSync:
    organisation = Organisation.objects.create(business_id=BUSINESS_ID, name="Huolto", register_access=True)
    sync = syncs.request_sync(organisation=organisation, by=None, at=clock.now())
    Organisation.objects.update(register_access=False)  # so that nobody goes on with what was read
    return sync


def neighbours(settings) -> dict[str, str]:
    """What a worker has to know."""
    return {"REGISTER_URL": settings.REGISTER_URL, "REGISTER_FOLDER": str(settings.REGISTER_FOLDER)}


def kill(process: subprocess.Popen[bytes]) -> None:
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def kill_who_works(process: subprocess.Popen[bytes]) -> None:
    """The process that runs the task; the worker goes on and starts another."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    before = children.read_text().split()
    for child in before:
        os.kill(int(child), signal.SIGKILL)
    until(lambda: set(children.read_text().split()) - set(before) != set())


def go_on(sync: RegisterSync) -> None:
    """A minute later the lease has run out."""
    RegisterSync.objects.filter(pk=sync.pk).update(lease_until=Now())
    doorbell.ring("employers.sync_registers")


def not_put_off(sync: RegisterSync) -> RegisterSync:
    """A busy machine's register may be too slow for one answer: then time passes and the timetable rings."""
    if RegisterSync.objects.filter(pk=sync.pk, status="waiting", run_after__isnull=False).update(run_after=None):
        doorbell.ring("employers.sync_registers")
    return reload(sync)


def ring_until(happens: Callable[[], bool]) -> None:
    """A bell that nobody heard on a busy machine is rung again, as the timetable would."""
    for _time in range(6):
        doorbell.ring("employers.sync_registers")
        with suppress(AssertionError):
            return until(happens, patience=15)
    until(happens)


def reload(sync: RegisterSync) -> RegisterSync:
    sync.refresh_from_db()
    return sync


def is_like_a_run_never_killed(sync: RegisterSync) -> int:
    """How many versions there are."""
    assert Event.objects.count() == 1
    seen = state()
    assert len(seen["versions"]) == sync.reports
    read_anew(sync)
    assert state() == seen
    return sync.reports


def read_anew(sync: RegisterSync) -> None:
    """The same window in one go, into empty tables."""
    ReportVersion.objects.all().delete()
    Person.objects.all().delete()
    Organisation.objects.update(register_access=True)
    RegisterCursor.objects.update(synced_until=sync.window_from)
    again = syncs.request_sync(organisation=sync.organisation, by=None, at=sync.requested_at)
    assert syncs.sync_next(at=sync.window_until)
    assert reload(again).status == "finished"


def behave(url: str, behaviour: str) -> None:
    httpx.post(f"{url}/sandbox/behaviour", content=behaviour).raise_for_status()


def answers(url: str) -> bool:
    try:
        return httpx.get(url).status_code == 200
    except httpx.TransportError:
        return False
