"""Notice that the `make` above us was told to stop, when only `make` was told.

A terminal's Ctrl-C reaches us too. `kill -INT` on make's number does not: make then waits for us for ever. And a
killed make would leave us running with nobody to stop us.
"""

import os
import signal
from pathlib import Path


class Parent:
    def __init__(self) -> None:
        self.is_make = "MAKELEVEL" in os.environ
        self.number = os.getppid()
        self.catches = self._catches_interrupts()

    def check(self, error: type[Exception]) -> None:
        """Raise `error` when make is gone, or has put its signal handler away, its first act when interrupted."""
        if not self.is_make:
            return
        if os.getppid() != self.number or (self.catches and not self._catches_interrupts()):
            raise error

    def _catches_interrupts(self) -> bool:
        """False as well where there is no /proc: then nothing is concluded from it."""
        try:
            lines = Path(f"/proc/{self.number}/status").read_text().splitlines()
        except OSError:
            return False
        caught = next((line.split()[1] for line in lines if line.startswith("SigCgt:")), "0")
        return bool(int(caught, 16) & (1 << (signal.SIGINT - 1)))
