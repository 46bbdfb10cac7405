"""Break every rule of the law a little, one change at a time, and see whether a test notices.

python -m portal.sandbox.mutation [FOLDER] [NAME ...]    NAME: employers.benefits.scale.* and the like

The tests of the law need no server. They run in a folder of their own, without what starts servers for the others.
Only what stands in functions is changed: tables, declarations and the dated values of the law are data, and docstrings
and types do nothing.
"""

import os
import re
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from portal.sandbox.state import PROJECT, StateError

LEAST = 90  # per cent
NOTICED = ("killed", "timeout")  # a change that never ends is noticed as well
SAY_EVERY = 20  # seconds
LONGEST_REASON = 1000  # characters of the output
MUTMUT = Path(sys.executable).parent / "mutmut"
COPIED = ("pyproject.toml", "employers/__init__.py", "employers/benefits", "tests/__init__.py", "tests/benefits")
# Few examples, always the same ones, none made small; and what was read before a change was switched on is read again.
CONFTEST = """
import pytest
from hypothesis import Phase, settings

settings.register_profile(
    "mutation", max_examples=5, derandomize=True, database=None, deadline=None, phases=[Phase.explicit, Phase.generate]
)
settings.load_profile("mutation")


@pytest.fixture(scope="session", autouse=True)
def nothing_remembered():
    from employers.benefits import law, weekdays

    for remembered in (law.files, weekdays.days_off, weekdays.weekdays_of):
        remembered.cache_clear()
"""


@dataclass(frozen=True, slots=True)
class Score:
    counts: Counter[str]
    unnoticed: list[str]
    seconds: float

    @property
    def percent(self) -> float:
        return 100 * sum(self.counts[status] for status in NOTICED) / self.counts.total()

    def line(self) -> str:
        counts = ", ".join(f"{number} {status}" for status, number in self.counts.most_common())
        return f"{self.percent:.1f} % of {self.counts.total()} changes noticed: {counts}; {self.seconds / 60:.1f} min"


def measure(folder: Path, *, names: Sequence[str] = (), say: Callable[[str], object] = print) -> Score:
    """All changes, or those whose names match. Raises StateError when the tests fail without any change."""
    started = time.monotonic()
    prepare(folder)
    command = [str(MUTMUT), "run", "--max-children", str(os.cpu_count() or 1), *names]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        last = watch(process.stdout, say=say) if process.stdout else ""
    if process.returncode:
        raise StateError(f"The changes could not be tried:\n{last}")
    found = results(folder, names)
    unnoticed = sorted(f"{name}: {status}" for name, status in found.items() if status not in NOTICED)
    return Score(Counter(found.values()), unnoticed, time.monotonic() - started)


def prepare(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    for name in COPIED:
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if (PROJECT / name).is_dir():
            shutil.copytree(PROJECT / name, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(PROJECT / name, target)
    (folder / "tests" / "conftest.py").write_text(CONFTEST)


def watch(output: IO[bytes], *, say: Callable[[str], object]) -> str:
    """Say now and then how far it is; the end of the output, which tells why it failed."""
    told, tail = time.monotonic(), b""
    while chunk := os.read(output.fileno(), 65536):
        tail = (tail + chunk)[-4000:]
        tried = re.findall(rb"(\d+)/(\d+) ", tail)
        if tried and time.monotonic() - told > SAY_EVERY:
            told = time.monotonic()
            say("  {} of {} changes tried".format(*map(bytes.decode, tried[-1])))
    return tail.decode(errors="replace")[-LONGEST_REASON:]


def results(folder: Path, names: Sequence[str]) -> dict[str, str]:
    """Status by name of the change, of those that were tried."""
    command = [str(MUTMUT), "results", "--all", "true"]
    listed = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout
    found = dict(line.strip().rsplit(": ", 1) for line in listed.splitlines() if ": " in line)
    return {name: status for name, status in found.items() if not names or status != "not checked"}


def main(folder: str = "", *names: str) -> int:
    score = measure(Path(folder or PROJECT / "var" / "mutation").absolute(), names=names)
    print(*score.unnoticed, score.line(), sep="\n")
    return 0 if score.percent >= LEAST else 1


if __name__ == "__main__":
    try:
        code = main(*sys.argv[1:])
    except StateError as error:
        sys.exit(f"{error}")
    sys.exit(code)
