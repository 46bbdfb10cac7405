"""Who takes part in the demonstration, what they say, and what they have made so far."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from portal.sandbox.demo.machine import Machine
from portal.sandbox.demo.register import Register
from portal.sandbox.demo.visitor import Visitor
from portal.sandbox.register.data import identity_code

BAKERY, CARETAKERS, LARGE, JOINERY = "9000004-6", "9000006-2", "9000007-0", "9000003-8"
SOME = 500_000  # identity codes from here on are this demonstration's own people


@dataclass
class Story:
    """Who takes part, and what they have made so far."""

    base: str
    today: date
    keep: bool = False  # what was made, for whoever looks at it afterwards
    made: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.people = 0
        self.payroll = Machine(self.base, "sandbox-payroll")
        self.bench = Machine(self.base, "sandbox-bench")
        self.agency = Machine(self.base, "sandbox-agency")
        self.aino = Visitor(self.base, language="fi")
        self.register = Register(self.today)
        self.official = Visitor(self.base, language="en")

    @property
    def start(self) -> date:
        """Six weeks ago: past the waiting period, and in time."""
        return self.today - timedelta(days=42)

    def someone(self) -> str:
        self.people += 1
        return identity_code(SOME + self.people)

    def body(self, reference: str, *, employer: str = BAKERY, days: int = 35) -> dict[str, Any]:
        absence = {"start": self.start.isoformat(), "end": (self.start + timedelta(days=days)).isoformat()}
        return {
            "employer": employer,
            "benefit": "sickness_allowance",
            "reference": reference,
            "employee": {
                "personal_identity_code": self.someone(), "given_name": "Esko", "family_name": "Esimerkki",
            },
            "employment": {"start": "2019-05-02"},
            "absence": absence,
            "pay_periods": [{**absence, "amount": "3600.00"}],
            "pay_basis": "full",
            "certificate": "electronic",
        }  # fmt: skip


def finnish(day: date) -> str:
    return f"{day.day}.{day.month}.{day.year}"
