"""A rate of ours beside the bare minimum on the same machine."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

HEADING = f"{'what':<34}{'count':>8} {'ours':>14} {'bare minimum':>14} {'takes':>9}  the bare minimum is"


@dataclass(frozen=True, slots=True)
class Figure:
    what: str
    count: int
    ours: float  # seconds
    bare: float  # seconds
    beside: str

    def line(self) -> str:
        ratio = self.ours / self.bare
        return (
            f"{self.what:<34}{self.count:>8} {self.count / self.ours:>12,.0f}/s"
            f" {self.count / self.bare:>12,.0f}/s {ratio:>7.1f} x  {self.beside}"
        )


def timed(work: Callable[[], Any]) -> float:
    """Seconds."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
