"""`make stop` ends a start that still runs, and nothing of anybody else's."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.sandbox.state import PROJECT, State
from portal.sandbox.supervisor import LAUNCHED, LAUNCHER, stop_launcher

Start = subprocess.Popen[bytes]
SLEEP = (sys.executable, "-c", "import time; print('up', flush=True); time.sleep(60)")


@pytest.fixture
def started() -> Iterator[list[Start]]:
    processes: list[Start] = []
    yield processes
    for process in processes:
        process.kill()
        process.communicate()


def start(started: list[Start], folder: Path, *arguments: str, cwd: Path = PROJECT) -> Start:
    """Its command line can be read from the moment it speaks; right after the fork it is still empty."""
    process = subprocess.Popen([*SLEEP, *arguments], cwd=cwd, stdout=subprocess.PIPE)
    started.append(process)
    assert process.stdout is not None
    assert process.stdout.readline()
    (folder / LAUNCHER).write_text(str(process.pid))
    return process


def test_a_start_that_still_runs_is_ended(started, tmp_path):
    process = start(started, tmp_path, LAUNCHED)
    stop_launcher(State("run", tmp_path))
    assert process.wait(timeout=5) != 0


def test_a_number_that_has_gone_to_another_process_is_left_alone(started, tmp_path):
    other = start(started, tmp_path, "something.else")
    stop_launcher(State("run", tmp_path))
    elsewhere = start(started, tmp_path, LAUNCHED, cwd=tmp_path)
    stop_launcher(State("run", tmp_path))
    assert (other.poll(), elsewhere.poll()) == (None, None)


@pytest.mark.parametrize("content", [None, "", "999999999"])
def test_without_a_start_there_is_nothing_to_do(tmp_path, content):
    if content is not None:
        (tmp_path / LAUNCHER).write_text(content)
    stop_launcher(State("run", tmp_path))
    assert not (tmp_path / "lock").exists()
