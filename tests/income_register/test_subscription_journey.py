"""A subscription from its order to its end: the register in its own process behind mutual TLS and SFTP, a real worker.

The scheduler's part is played by ringing what its timetable rings.
"""

import json
import re
import socket
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from pathlib import Path

import httpx
import pytest
from django.core.management import call_command

from employers.applications.models_register import Finding
from employers.income_register.connection import register
from employers.income_register.models import RegisterCursor, RegisterSync, ReportVersion
from employers.income_register.models_subscriptions import RegisterAlarm, RegisterSubscription
from employers.income_register.pickup import opened
from employers.income_register.transport import tls
from employers.income_register.wire import HEAD, TAIL
from employers.organisations.models import Organisation
from employers.records import doorbell
from portal.sandbox import data
from portal.sandbox.register.keys import make_keys
from tests.income_register.feeding import absence, period, record, report
from tests.workers import PATIENCE, PROJECT, until, worker

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]
AT = datetime(2026, 11, 21, 12, tzinfo=UTC)
FIRST_NIGHT = datetime(2026, 11, 22, 1, 1, tzinfo=UTC)  # a minute past three in Finland
SINCE = datetime(2026, 9, 1, tzinfo=UTC)
DAY = timedelta(days=1)
LARGE = {"9000006-2": 200, "9000007-0": 100}  # employees
HUGE = {"9000009-7": 8400}
ILL = absence(period("2026-10-05", "2026-10-30", amount="1901.77"))
HOUR = 3600


@pytest.fixture
def there(request, tmp_path, settings, clock_at):
    """What a worker has to know of the register."""
    folder, (port, pick_up) = tmp_path / "register", free_ports()
    settings.REGISTER_FOLDER, settings.REGISTER_URL = folder, f"https://127.0.0.1:{port}"
    settings.REGISTER_SFTP_URL = f"sftp://portal@127.0.0.1:{pick_up}"
    make_keys(folder)
    options = ["--port", str(port), "--sftp-port", str(pick_up), "--folder", str(folder), "--tls"]
    options += ["--today", str(date(2026, 11, 21))]
    options += [word for one, people in request.param.items() for word in ("--payer", f"{one}:{people}:rich")]
    process = subprocess.Popen([sys.executable, "-m", "portal.sandbox.register.server", *options], cwd=PROJECT)
    try:
        until(answers)
        pass_time(AT, clock_at)
        data.load(at=AT)
        yield {
            "REGISTER_URL": settings.REGISTER_URL,
            "REGISTER_SFTP_URL": settings.REGISTER_SFTP_URL,
            "REGISTER_FOLDER": str(folder),
            "PORTAL_VAR": str(tmp_path),  # the clock
        }
    finally:
        process.kill()
        process.wait()


@pytest.mark.parametrize("there", [LARGE], indirect=True, ids=["two employers"])
def test_from_the_order_to_the_end(there, clock_at):
    """Two nights: several payers in one file, what a payer tells in between in the second; after the end none."""
    subscription = ordered(*LARGE, since=SINCE)
    with worker(**there):
        first = night(FIRST_NIGHT, clock_at)
        assert first.source.startswith("302_")
        assert first.reports == first.promised == ReportVersion.objects.count() > sum(LARGE.values())
        payers = ReportVersion.objects.values_list("organisation__business_id", flat=True)
        assert set(payers) == set(LARGE)
        until(lambda: set(Finding.objects.values_list("organisation__business_id", flat=True)) == set(LARGE))
        tell_of_an_illness("9000006-2", code="010190-901R")
        second = night(FIRST_NIGHT + DAY, clock_at)
        assert (second.window_from, second.new) == (first.window_until, 1)
        until(lambda: Finding.objects.filter(person__report_versions__paid_absences__amount="1901.77").exists())
    command("end", subscription.reference)
    assert list(RegisterSubscription.objects.values_list("status", flat=True)) == ["ended"]
    pass_time(FIRST_NIGHT + 2 * DAY, clock_at)
    assert lying(there) == []
    assert not RegisterAlarm.objects.exists()
    assert set(RegisterCursor.objects.values_list("last_sync", flat=True)) == {second.pk}
    assert RegisterSync.objects.count() == 2


@pytest.mark.proof
@pytest.mark.parametrize("there", [HUGE], indirect=True, ids=["100 000 reports"])
def test_a_hundred_thousand_reports_in_one_file(there, clock_at):
    """End to end in one run; the process that brings them stays under 200 MB at its peak."""
    ordered(*HUGE, since=datetime(2025, 10, 1, tzinfo=UTC))
    with worker(**there) as process:
        sync = night(FIRST_NIGHT, clock_at, patience=HOUR)
        peaks = [peak_of(child) for child in children_of(process)]
    seconds = {phase: round(spent) for phase, spent in sync.timings.items()}
    print(f"\n{sync.reports} reports, {seconds} s, peak {max(peaks)} MB")  # noqa: T201
    assert sync.reports == sync.promised == ReportVersion.objects.count() >= 100_000
    assert max(peaks) < 200


def ordered(*business_ids, since):
    """Of employers whose own reports were read until then."""
    for employer in Organisation.objects.filter(business_id__in=business_ids):
        RegisterCursor.objects.create(organisation=employer, synced_until=since, last_good_at=AT)
    command("subscribe", *business_ids, "--since", since.isoformat())
    subscription = RegisterSubscription.objects.get()
    assert (subscription.status, subscription.kind) == (RegisterSubscription.Status.ACTIVE, 302)
    return subscription


def night(moment, clock_at, *, patience=PATIENCE):
    """The register extracts what is due then; the worker looks into its folder, and takes away what it has kept."""
    pass_time(moment, clock_at, patience=patience)
    before = RegisterSync.objects.count()
    doorbell.ring("employers.look_for_extracts")
    until(lambda: RegisterSync.objects.filter(status="finished").count() > before, patience=patience)
    return RegisterSync.objects.latest("window_until")


def pass_time(moment, clock_at, *, patience=PATIENCE):
    clock_at(moment)
    post("/sandbox/clock", json.dumps({"now": moment.isoformat()}), timeout=patience)


def peak_of(process):
    """In megabytes, of all its life."""
    told = Path(f"/proc/{process}/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+) kB", told)[1]) // 1024


def children_of(process):
    return Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()


def tell_of_an_illness(payer, *, code):
    sent = record(report(code=code, absence=ILL), payer=payer, owner=payer)
    action = {"SOAPAction": "SendWageReports"}
    post("/20170526/WageReportService.svc", HEAD + sent.encode() + TAIL, headers=action)


def lying(there):
    with opened(there["REGISTER_SFTP_URL"], Path(there["REGISTER_FOLDER"])) as folder:
        return folder.files()


def command(*words):
    out = StringIO()
    call_command("register", *words, stdout=out)
    return out.getvalue()


def post(path, content=b"", **options):
    there = register()
    answer = httpx.post(there.url + path, content=content, verify=tls(there), trust_env=False, **options)
    return answer.raise_for_status()


def answers():
    there = register()
    try:
        return httpx.get(f"{there.url}/healthz", verify=tls(there), trust_env=False).status_code == 200
    except httpx.TransportError:
        return False


def free_ports():
    with socket.socket() as one, socket.socket() as other:
        one.bind(("127.0.0.1", 0))
        other.bind(("127.0.0.1", 0))
        return one.getsockname()[1], other.getsockname()[1]
