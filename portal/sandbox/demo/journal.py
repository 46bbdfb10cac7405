"""What the demonstration did: a line a step, with counts and times, as it goes and as a table at the end."""

import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Step:
    title: str
    facts: str = ""
    seconds: float = 0.0
    failed: str = ""


@dataclass(slots=True)
class Journal:
    write: Callable[[str], object] = sys.stdout.write
    steps: list[Step] = field(default_factory=list)

    @contextmanager
    def step(self, title: str) -> Iterator[Step]:
        """A step that raises is written down as failed, and the demonstration goes on."""
        step = Step(title)
        self.steps.append(step)
        started = time.perf_counter()
        try:
            yield step
        except Exception as error:  # whatever went wrong is what the table is for
            step.failed = f"{type(error).__name__}: {error}"
            traceback.print_exc()
        step.seconds = time.perf_counter() - started
        self.write(self._line(step) + "\n")

    @property
    def failed(self) -> list[Step]:
        return [step for step in self.steps if step.failed]

    def table(self) -> str:
        good = len(self.steps) - len(self.failed)
        seconds = sum(step.seconds for step in self.steps)
        lines = ["", "What happened", "-" * 100, *map(self._line, self.steps), "-" * 100]
        return "\n".join([*lines, f"{good} of {len(self.steps)} steps went well, in {seconds:.1f} s", ""])

    def _line(self, step: Step) -> str:
        mark = "FAILED" if step.failed else "ok"
        return f"{mark:7}{step.seconds:7.2f} s  {step.title:<44} {step.failed or step.facts}"


def wait_for(what: str, look: Callable[[], Any], *, seconds: float = 60.0) -> Any:
    """Look until something is there. Workers and schedulers take their time; a demonstration need not guess it."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if found := look():
            return found
        time.sleep(0.2)
    raise TimeoutError(f"{what} did not come within {seconds:.0f} s")
