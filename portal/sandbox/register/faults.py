"""What the register does wrong on demand, until told otherwise or for so many answers."""

import json
import threading
from dataclasses import dataclass, field
from typing import Any

WELL = "well"
# Before anything is read.
REFUSING = ("broken", "certificate_refused", "reset", "hang")
# After the message was accepted and kept; the answer never comes.
SILENT = ("hang_after",)
# While an answer is sent.
SENDING = ("slow", "drip", "cut")
# In what an extract says, however it is picked up.
TELLING = (
    "bad_signature", "other_signer", "duplicate", "old_before_new", "wrong_window", "wrong_count", "unknown_element",
    "poison", "no_window", "other_environment",
)  # fmt: skip
BEHAVIOURS = (WELL, *REFUSING, *SILENT, *SENDING, *TELLING)
IN_FILES = (*TELLING, "cut")


class UnknownBehaviour(ValueError):
    pass


@dataclass
class Faults:
    behaviour: str = WELL
    left: int | None = None  # answers; None: until told otherwise
    released: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def behave(self, behaviour: str, times: int | None = None) -> None:
        """A new behaviour lets go of whoever hangs."""
        if behaviour not in BEHAVIOURS or (times is not None and times < 1):
            raise UnknownBehaviour
        with self.lock:
            self.behaviour, self.left = behaviour, times
            self.released.set()
            self.released = threading.Event()

    def take(self, among: tuple[str, ...] = BEHAVIOURS) -> str:
        """The behaviour of the answer that begins now."""
        with self.lock:
            taken = self.behaviour
            if taken not in among:
                return WELL
            if self.left is not None:
                self.left -= 1
                self.behaviour, self.left = (taken, self.left) if self.left else (WELL, None)
            return taken


def asked_for(body: bytes) -> dict[str, Any]:
    """A bare word, or `{"behaviour": word, "times": n}`. Raises UnknownBehaviour."""
    text = body.decode(errors="replace").strip()
    if not text.startswith("{"):
        return {"behaviour": text}
    try:
        told = json.loads(text)
        return {"behaviour": str(told["behaviour"]), "times": told.get("times") and int(told["times"])}
    except (ValueError, TypeError, KeyError):
        raise UnknownBehaviour from None
