"""The register behind every channel: what it knows, whom it trusts, its clock, its faults."""

import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from portal.sandbox.register.clock import Clock
from portal.sandbox.register.faults import Faults
from portal.sandbox.register.knowledge import Knowledge
from portal.sandbox.register.memory import Memory
from portal.sandbox.register.signatures import Signer, Trust


@dataclass(frozen=True, kw_only=True)
class Office:
    knowledge: Knowledge
    signer: Signer
    trust: Trust
    folder: Path  # of its memory, and of IN and OUT
    clock: Clock = field(default_factory=Clock)
    faults: Faults = field(default_factory=Faults)
    delay: timedelta = timedelta()  # until a deferred record is processed
    extracting: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        for one in (self.incoming, self.outgoing):
            one.mkdir(parents=True, exist_ok=True)

    @property
    def memory(self) -> Memory:
        return self.knowledge.memory

    @property
    def incoming(self) -> Path:
        return self.folder / "sftp" / "IN"

    @property
    def outgoing(self) -> Path:
        return self.folder / "sftp" / "OUT"

    def now(self) -> datetime:
        return self.clock.now()

    def file_out(self, kind: str, identity: str) -> Path:
        """`<type>_<file id>_<delivery id>.xml`, not there yet."""
        return self.outgoing / f"{kind}_{self.memory.next_number('file'):08d}_{identity}.xml"

    def forget(self) -> None:
        """Everything that was sent, ordered or extracted; what is generated stays."""
        self.memory.forget()
        for folder in (self.incoming, self.outgoing):
            for file in folder.iterdir():
                file.unlink()
