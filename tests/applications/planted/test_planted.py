"""Of a planted register nearly all that can be claimed is found, nearly nothing else, with the right sums, in time.

Time passes once; every test looks at what came of it.
"""

import os
from pathlib import Path

import pytest

from .measure import measured
from .register import planted
from .run import disagreements, found, run

pytestmark = pytest.mark.usefixtures("sandbox")
SEED, OTHER_SEED = 2026, 77
SIZES = [1, pytest.param(3, marks=pytest.mark.proof)]
EXACT = ("sum", "days", "paid", "deadline", "status", "late")
UNPAID = "unpaid wait"
_scores = {}


@pytest.mark.parametrize("times", SIZES)
def test_money_is_found_in_time(times):
    """Recall 99 %, precision 97 %, every sum and deadline and status right, nine in ten found 30 days ahead."""
    score = after(times)
    assert score.total("planted") >= 500
    assert score.total("traps") >= 500
    assert score.recall >= 0.99, score
    assert score.precision >= 0.97, score
    assert score.early >= 0.9, score
    assert not score.disagreements, score
    assert not any(score.total(column) - score.counts[UNPAID][column] for column in EXACT), score


def test_the_time_runs_from_unpaid_days_too():
    score = after(1)
    assert score.counts[UNPAID]["planted"]
    assert not any(score.counts[UNPAID][column] for column in EXACT), score


def test_nobody_waits_twice_for_being_late():
    score = after(1)
    assert score.total("tails")
    assert not score.total("tail sum"), score


def after(times):
    if times not in _scores:
        cases = planted(SEED if times == 1 else OTHER_SEED, times=times)
        run(cases)
        _scores[times] = measured(cases, found())
        _scores[times].disagreements += disagreements()
        keep(str(_scores[times]), times)
    return _scores[times]


def keep(told, times):
    """Beside the servers' files, for whoever wants to read the figures of a run that passed."""
    folder = Path(os.environ.get("PLANTED_TABLES", os.environ["PORTAL_VAR"]))
    (folder / f"planted-{times}.txt").write_text(told)
