"""Of a planted register nearly all that can be claimed is found, nearly nothing else, with the right sums, in time."""

import os
from pathlib import Path

import pytest

from .measure import measured
from .register import planted
from .run import disagreements, found, run

pytestmark = pytest.mark.usefixtures("sandbox")
SEED, OTHER_SEED = 2026, 77
SIZES = [1, pytest.param(3, marks=pytest.mark.proof)]


@pytest.mark.parametrize("times", SIZES)
def test_money_is_found_in_time(times):
    """Recall 99 %, precision 97 %, every sum and deadline and status right, nine in ten found 30 days ahead."""
    cases = planted(SEED if times == 1 else OTHER_SEED, times=times)
    run(cases)
    score = measured(cases, found())
    told = "\n".join([score.table(), *score.notes, *disagreements()])
    _keep(told, times)
    assert score.total("planted") >= 500
    assert sum(case.trap for case in cases) >= 500
    assert score.recall >= 0.99, told
    assert score.precision >= 0.97, told
    assert score.early >= 0.9, told
    assert not disagreements(), told
    for column in ("sum", "days", "paid", "deadline", "status", "late"):
        assert not score.total(column), told


def _keep(told, times):
    """Beside the servers' files, for whoever wants to read the figures of a run that passed."""
    folder = Path(os.environ.get("PLANTED_TABLES", os.environ["PORTAL_VAR"]))
    (folder / f"planted-{times}.txt").write_text(told)
