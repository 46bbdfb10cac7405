"""The large sizes of the tests: those that take too long for every change, each a step of its own."""

import os
import subprocess
import sys
from collections.abc import Callable
from functools import partial

from portal.sandbox import browser
from portal.sandbox.demo.journal import Step
from portal.sandbox.demo.story import Story
from portal.sandbox.demo.visitor import Lost
from portal.sandbox.state import PROJECT

FIGURES = "reports, ", "recall ", "grew "  # what a test prints of what it measured


def prove(tests: str, _story: Story, step: Step) -> None:
    """With servers of their own, as by hand: this run's are not for tests."""
    command = [sys.executable, "-m", "pytest", "-q", "-n0", "-rP", "-m", "proof", *tests.split()]
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "INCOME_REGISTER_XSD") if name in os.environ}
    chromium = {"CHROMIUM": browser.find() or ""}
    done = subprocess.run(command, cwd=PROJECT, env=kept | chromium, capture_output=True, text=True)
    if done.returncode:
        raise Lost(done.stdout)
    lines = done.stdout.splitlines()
    step.facts = "; ".join([*(line for line in lines if any(one in line for one in FIGURES)), lines[-1]])


def _of(tests: str) -> Callable[[Story, Step], None]:
    return partial(prove, tests)


FLOWS = (
    ("100 000 reports of the register in one file", _of("tests/income_register/test_subscription_journey.py")),
    ("100 000 reports, their worker killed 20 times", _of("tests/income_register/test_worker_kill.py")),
    ("10 000 reports and 1 000 000", _of("tests/income_register/test_growth.py")),
    ("1 000 signed documents, read as another reads them", _of("tests/income_register/test_verifying.py")),
    ("The planted register, three times as large", _of("tests/applications/planted/test_planted.py")),
    ("The planted register, told by its payers", _of("tests/applications/planted/test_by_register.py")),
    ("Every call of the interface, 200 times by chance", _of("tests/portal/test_schemathesis.py")),
    ("Files by chance, in chunks as row by row", _of("tests/applications/test_batch_chunks.py")),
)
