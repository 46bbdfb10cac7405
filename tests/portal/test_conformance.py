"""The conformance runner: what it plays against a server here; those that need a worker are played by `make demo`."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from django.conf import global_settings

from employers.organisations.identifiers import is_business_id, is_personal_identity_code
from employers.records import clock
from portal.conformance import claims, command
from portal.conformance.every import SCENARIOS
from portal.conformance.play import Scenario, play, summary
from portal.conformance.stage import Stage
from portal.conformance.vendor import Failed, Vendor
from portal.sandbox import data
from tests.served import served
from tests.workers import PROJECT

# Answered by the web server alone.
HERE = (
    "token", "refused-token", "first-application", "cut-line", "same-key-other-body", "malformed-key", "duplicate",
    "overlap", "find-again", "all-errors", "strict", "languages", "unknown-or-foreign", "missing-right", "estimates",
    "correction", "stale-version", "withdrawal", "pay-report", "continuation", "messages", "draft", "rate-limits",
    "clock-and-reset",
)  # fmt: skip


@pytest.fixture
def base(db, settings, transactional_db, tmp_path: Path) -> Iterator[str]:
    settings.PASSWORD_HASHERS = global_settings.PASSWORD_HASHERS  # the server's own
    data.load(at=clock.now())
    with served(tmp_path) as address:
        yield address


def test_a_vendors_integration_passes(base):
    told: list[str] = []
    options = {"base_url": base, "only": list(HERE), "client_id": "sandbox-payroll", "client_secret": ""}
    code = command.run(DEFAULTS | options, write=told.append)
    assert code == 0, "".join(told)
    assert f"{len(HERE)} of {len(HERE)} passed" in told[-1]


DEFAULTS = {
    "other_client_id": "sandbox-other", "other_client_secret": "", "private_key": None, "receiver_port": 0,
    "receiver_url": "", "keep": False, "list": False,
}  # fmt: skip


def test_there_are_forty_each_with_a_name_of_its_own():
    assert len({one.name for one in SCENARIOS}) == len({one.work for one in SCENARIOS}) == len(SCENARIOS) == 40
    assert SCENARIOS[-1].name == "clock-and-reset"
    assert set(HERE) <= {one.name for one in SCENARIOS}


def test_it_needs_nothing_of_a_portals():
    listing = [sys.executable, "manage.py", "conformance", "--list"]
    listed = subprocess.run(listing, cwd=PROJECT, env={"PATH": ""}, capture_output=True, text=True, check=True)
    assert len(listed.stdout.splitlines()) == 40
    unknown = subprocess.run([*listing[:3], "--only", "none"], cwd=PROJECT, env={}, capture_output=True, text=True)
    assert (unknown.returncode, "No such scenario: none" in unknown.stdout) == (2, True)


def broken(stage: Stage) -> str:
    raise Failed("not as promised")


def odd(stage: Stage) -> str:
    return str({}["id"])


def away(stage: Stage) -> str:
    raise httpx.ConnectError("refused")


def test_whatever_fails_is_told_and_the_rest_is_played():
    told: list[str] = []
    works = (broken, odd, away, lambda stage: "as promised")
    scenarios = [Scenario(f"number-{number}", "", work) for number, work in enumerate(works)]
    vendor = Vendor("http://127.0.0.1:9", "a", "b")
    results = play(scenarios, Stage(vendor=vendor, other=vendor), write=told.append)
    assert [one.passed for one in results] == [False, False, False, True]
    assert "1 of 4 passed" in summary(results)
    assert "FAIL number-0: not as promised" in summary(results)
    assert "another shape" in results[1].told


def test_it_claims_for_nobody_who_exists():
    assert all(is_personal_identity_code(claims.identity_code(), allow_temporary=True) for _ in range(200))
    assert all(is_business_id(claims.unknown_business_id()) for _ in range(200))
    body = claims.sick_leave(employer="9000004-6", reference="x", today=datetime(2026, 5, 4, tzinfo=UTC).date())
    assert body["absence"]["end"] < "2026-05-04"
