"""A hundred times the reports take a hundred times the time, and no more memory."""

from pathlib import Path
from typing import Any

import pytest

from employers.organisations.models import Organisation
from portal.sandbox import syncing
from tests.workers import url_of_test_database

SMALL, TIMES = 10_000, 100
ONE_EMPLOYER, MANY = {"payers": 1}, {"payers": TIMES}
NEVER_TWICE = {"months": 1}  # everybody is named once, as in the first month of those who employ very many
pytestmark = [pytest.mark.proof, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(
    ("small_shape", "large_shape"),
    [
        pytest.param(ONE_EMPLOYER, MANY, id="a hundred employers like the one"),
        pytest.param(NEVER_TWICE, ONE_EMPLOYER, id="an employer of 83 000 beside the first reports of its month"),
    ],
)
def test_time_grows_with_the_reports_and_memory_does_not(tmp_path, settings, monkeypatch, small_shape, large_shape):
    """A worker that brings 1 000 000 reports stays under 200 MB. Like is compared with like: who is named again soon
    is not read, sealed and staged again."""
    settings.REGISTER_FOLDER = tmp_path
    monkeypatch.setenv("REGISTER_FOLDER", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", url_of_test_database())
    for business_id in syncing.business_ids(TIMES):
        Organisation.objects.create(business_id=business_id, name="Esimerkki")
    before = measured(tmp_path, SMALL, small_shape)
    large = measured(tmp_path, TIMES * SMALL, large_shape)
    after = measured(tmp_path, SMALL, small_shape)
    small = max(before, after, key=lambda run: run.seconds)  # whatever else the machine does, it does it to both
    print(f"\ngrew {TIMES} times: {before} to {large}, then {after}")  # noqa: T201
    assert large.new > 0.99 * TIMES * small.new
    assert large.seconds < 1.5 * TIMES * small.seconds
    assert large.megabytes < 200
    assert large.megabytes < small.megabytes + 64


def measured(folder: Path, count: int, shape: dict[str, Any]) -> syncing.Run:
    extract = folder / "extract.xml"
    assert syncing.write_extract(extract, at_most=count, **shape) == count
    run = syncing.run(extract, "first")
    extract.unlink()
    return run
