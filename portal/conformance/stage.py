"""What the scenarios share: who calls, for which employers, on which day, and numbers that are used once."""

import itertools
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any
from uuid import uuid4

from portal.conformance import claims
from portal.conformance.receiver import Receiver
from portal.conformance.vendor import Vendor, must

ALL = {"apply", "view_decisions", "view_payments"}


@dataclass
class Stage:
    """`other`: a client of another organisation, for what has to be refused."""

    vendor: Vendor
    other: Vendor
    private_key: Path | None = None  # PEM, whose public half the client has registered
    receiver_port: int = 0
    receiver_url: str = ""  # where a remote sandbox reaches the receiver
    run: str = field(default_factory=lambda: uuid4().hex[:10])

    def __post_init__(self) -> None:
        self._numbers = itertools.count(1)

    @cached_property
    def today(self) -> date:
        """The sandbox's."""
        return date.fromisoformat(self.vendor.get("/parameters").json()["on"])

    @cached_property
    def employers(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.vendor.get("/employers").json()["items"]
        return found

    @cached_property
    def employer(self) -> str:
        """One that gave every right this runner needs; one that can be paid, where there is any."""
        allowed = [one["business_id"] for one in self.employers if set(one["rights"]) >= ALL]
        must(allowed, "no employer has given the client the rights apply, view_decisions and view_payments")
        ready = (one for one in allowed if self.vendor.get(f"/employers/{one}/readiness").json()["ready"])
        return str(next(ready, allowed[0]))

    @cached_property
    def limited(self) -> str | None:
        """One that did not give the right to apply."""
        return next((one["business_id"] for one in self.employers if "apply" not in one["rights"]), None)

    @cached_property
    def foreign(self) -> str:
        """One that is there, and lets the other client act."""
        known = {one["business_id"] for one in self.employers}
        theirs = [one["business_id"] for one in self.other.get("/employers").json()["items"]]
        found = next((one for one in theirs if one not in known), None)
        must(found, f"{self.other.client_id} acts for no employer that is foreign to {self.vendor.client_id}")
        return str(found)

    @cached_property
    def receiver(self) -> Receiver:
        """Opened when the first scenario needs it, closed by `close`."""
        return Receiver(port=self.receiver_port, url=self.receiver_url)

    def close(self) -> None:
        if "receiver" in self.__dict__:
            self.receiver.close()

    def reference(self, prefix: str = "conf") -> str:
        return f"{prefix}-{self.run}-{next(self._numbers)}"

    def claim(self, reference: str = "", **changes: Any) -> dict[str, Any]:
        """Nobody has applied for this before."""
        said: dict[str, Any] = {"reference": reference or self.reference(), "employer": self.employer} | changes
        return claims.sick_leave(today=self.today, **said)

    def sent(self, body: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
        """An application that was taken."""
        document: dict[str, Any] = self.vendor.post("/applications", body or self.claim(), expect=201, **more).json()
        return document
