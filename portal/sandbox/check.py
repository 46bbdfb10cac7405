"""Everything a change has to pass: `make test`. Runs all of it, then says in one table what failed."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from portal.sandbox import browser, servers
from portal.sandbox.run import clean
from portal.sandbox.state import PROJECT, State, StateError

BIN = Path(sys.executable).parent
PACKAGES = ("portal", "employers", "customers")
SLOW_START = 2  # test workers; a database each, so more of them only pay off on more cores


@dataclass(frozen=True)
class Check:
    name: str
    command: tuple[str, ...]


@dataclass(frozen=True)
class Result:
    name: str
    passed: bool
    seconds: float
    last_line: str


def checks(arguments: list[str]) -> list[Check]:
    python, manage = str(BIN / "python"), "manage.py"
    workers = str(max(SLOW_START, (os.cpu_count() or 2) // 2))
    colour = "--color=yes" if sys.stdout.isatty() else "--color=no"
    pytest = ("-n", workers, "--dist", "loadfile", "-m", "not proof", "-q", colour)
    return [
        Check("lint", (str(BIN / "ruff"), "check", "--quiet")),
        Check("format", (str(BIN / "ruff"), "format", "--check", "--quiet")),
        Check("import contract", (str(BIN / "lint-imports"), "--no-logo")),
        Check("types", (str(BIN / "mypy"), *PACKAGES)),
        Check("settings", (python, manage, "check", "--fail-level", "WARNING")),
        Check("migrations", (python, manage, "makemigrations", "--check", "--dry-run")),
        Check("parameters", (python, manage, "parameters", "check")),
        Check("interface", (python, manage, "openapi", "check")),
        Check("translations", (python, "-m", "portal.sandbox.translations", "check")),
        Check("tests", (str(BIN / "pytest"), *pytest, *arguments)),
    ]


def main(arguments: list[str]) -> int:
    signal.signal(signal.SIGTERM, _interrupt)
    chromium = browser.find()
    if chromium is None:
        raise StateError(
            "NO CHROMIUM: the browser tests cannot run, so nothing is tested. Install chromium, or set CHROMIUM=<path>."
        )
    state = State("test")
    with state.locked(wait=False):
        clean(state)
        try:
            environment = servers.environment_of(state) | {"CHROMIUM": chromium}
            results = [_perform(check, dict(os.environ) | environment) for check in checks(arguments)]
        finally:
            servers.stop(state)
    return _report(results)


def _perform(check: Check, environment: dict[str, str]) -> Result:
    print(f"\n== {check.name} ==", flush=True)
    started = time.monotonic()
    process = subprocess.Popen(
        check.command, env=environment, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    last = ""
    for line in process.stdout or ():
        print(line, end="", flush=True)
        last = line.strip() or last
    seconds = time.monotonic() - started
    passed = process.wait() == 0
    print(f"{'passed' if passed else 'FAILED'} in {seconds:.1f} s", flush=True)
    return Result(check.name, passed, seconds, last)


def _report(results: list[Result]) -> int:
    print("\n== summary ==")
    for result in results:
        print(f"  {'passed' if result.passed else 'FAILED'}  {result.seconds:6.1f} s  {result.name}")
    print(results[-1].last_line)
    failed = [result.name for result in results if not result.passed]
    print("FAILED: " + ", ".join(failed) if failed else "All passed.")
    return 1 if failed else 0


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    try:
        code = main(sys.argv[1:])
    except StateError as error:
        sys.exit(f"{error}")
    except KeyboardInterrupt:
        sys.exit("Interrupted.")
    sys.exit(code)
