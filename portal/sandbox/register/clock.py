"""The register's clock. Under `make run` it is the portal's; a test moves its own."""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

HELSINKI = ZoneInfo("Europe/Helsinki")


class Clock:
    """`file` holds seconds added to the real time, as the sandbox's portal writes it."""

    def __init__(self, file: Path | None = None) -> None:
        self.file = file
        self.shift: timedelta | None = None

    def now(self) -> datetime:
        return _real() + (self._kept() if self.shift is None else self.shift)

    def move(self, to: datetime | None) -> None:
        """Time goes on from there; None is the real time again, or the portal's."""
        self.shift = None if to is None else to - _real()

    def _kept(self) -> timedelta:
        try:
            return timedelta(seconds=float(self.file.read_text())) if self.file else timedelta()
        except (FileNotFoundError, ValueError):
            return timedelta()


def _real() -> datetime:
    return datetime.fromtimestamp(time.time(), UTC)
