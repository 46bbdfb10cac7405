"""From the simulated register through a real worker to findings, and from a finding to an application."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from employers.applications.claim_finding import claim_finding
from employers.applications.models import Application
from employers.applications.models_register import Finding, RegisterClaim
from employers.benefits.deadlines import add_months, moved
from employers.benefits.weekdays import weekdays_between
from employers.income_register.sync import request_sync
from employers.records import clock, doorbell
from portal.sandbox import data
from portal.sandbox.register.data import payer_reports
from tests import cast
from tests.workers import PROJECT, until, worker

TODAY = date(2026, 11, 21)
AT = datetime(2026, 11, 21, 12, tzinfo=UTC)
EMPLOYEES = 400
LARGE = "9000006-2"
pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def register(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The register in a process of its own; yields what a worker has to know of it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = ["--port", str(port), "--folder", str(tmp_path), "--today", str(TODAY), "--payer", f"{LARGE}:{EMPLOYEES}"]
    process = subprocess.Popen([sys.executable, "-m", "portal.sandbox.register.server", *options], cwd=PROJECT)
    try:
        until(lambda: answers(f"http://127.0.0.1:{port}/healthz"))
        yield {
            "REGISTER_URL": f"http://127.0.0.1:{port}",
            "REGISTER_FOLDER": str(tmp_path),
            "PORTAL_VAR": str(tmp_path),
        }
    finally:
        process.kill()
        process.wait()


def answers(url: str) -> bool:
    try:
        return httpx.get(url).status_code == 200
    except httpx.TransportError:
        return False


def planted() -> dict[str, set[tuple[str, date, date]]]:
    """What the simulator was told to tell, by the versions that count: who was ill when, unclaimed and claimed.

    Unclaimed counts what has payable days after the onset and nine weekdays, and time left.
    """
    newest = {slip.report_id: slip for slip in payer_reports(LARGE, EMPLOYEES, TODAY)}
    told = [slip for slip in newest.values() if slip.sick and not slip.invalidated]
    ill = [(slip.person.identity_code, slip.sick.start, slip.sick.end, slip.sick.claimed) for slip in told]
    return {
        "claimed": {(who, start, end) for who, start, end, claimed in ill if claimed},
        "unclaimed": {
            (who, start, end)
            for who, start, end, claimed in ill
            if not claimed
            and len(weekdays_between(start + timedelta(days=1), end)) > 9
            and moved(add_months(start, 2)) >= TODAY
        },
    }


def test_everything_planted_is_found_and_one_confirmation_claims_it(register, clock_at):
    clock_at(AT)
    data.load(at=AT)
    large = cast.employer(LARGE)
    with worker(**register):
        sync = request_sync(organisation=large, by=None, at=AT)
        doorbell.ring()
        until(lambda: type(sync).objects.get(pk=sync.pk).findings > 0)
        expected = planted()
        found = Finding.objects.select_related("person")
        assert {(one.person.identity_code, one.absence_start, one.absence_end) for one in found} == expected[
            "unclaimed"
        ]
        assert len(expected["unclaimed"]) > 1
        assert applied("register") == expected["claimed"] != set()
        assert set(RegisterClaim.objects.values_list("status", flat=True)) == {"received"}

        finding = found.order_by("deadline", "pk")[0]
        by = cast.by_web("Elli", LARGE)
        application = claim_finding(finding_id=finding.pk, by=by, at=clock.now())
        assert application.amount == finding.estimated_amount > 0
        request_sync(organisation=large, by=None, at=AT)
        doorbell.ring()
        until(lambda: large.register_syncs.filter(findings=len(expected["unclaimed"]) - 1).exists())
    assert Finding.objects.get(status="covered").application == application
    assert applied("web") == {(finding.person.identity_code, finding.absence_start, finding.absence_end)}


def applied(channel: str) -> set[tuple[str, date, date]]:
    sent = Application.objects.filter(channel=channel).select_related("person")
    return {(one.person.identity_code, one.absence_start, one.absence_end) for one in sent}
