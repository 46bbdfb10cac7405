"""A hundred times the reports take a hundred times the time, and no more memory."""

from pathlib import Path

import pytest

from employers.organisations.models import Organisation
from portal.sandbox import syncing
from tests.workers import url_of_test_database

SMALL, TIMES = 10_000, 100


@pytest.mark.proof
@pytest.mark.django_db(transaction=True)
def test_time_grows_with_the_reports_and_memory_does_not(tmp_path, settings, monkeypatch):
    """A worker that brings 1 000 000 reports stays under 200 MB."""
    settings.REGISTER_FOLDER = tmp_path
    monkeypatch.setenv("REGISTER_FOLDER", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", url_of_test_database())
    Organisation.objects.create(business_id=syncing.PAYER, name="Esimerkki")
    before, large, after = (measured(tmp_path, count) for count in (SMALL, TIMES * SMALL, SMALL))
    small = max(before, after, key=lambda run: run.seconds)  # whatever else the machine does, it does it to both
    print(f"\ngrew {TIMES} times: {before} to {large}, then {after}")  # noqa: T201
    assert large.new > 0.99 * TIMES * small.new
    assert large.seconds < 1.5 * TIMES * small.seconds
    assert large.megabytes < 200
    assert large.megabytes < small.megabytes + 64


def measured(folder: Path, count: int) -> syncing.Run:
    extract = folder / f"{count}.xml"
    assert syncing.write_extract(extract, at_most=count) == count
    run = syncing.run(extract, "first")
    extract.unlink()
    return run
