"""What can be wrong with a claim. Words are elsewhere, in three languages; here are codes and severities."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """`field` is a dotted path into the claim (`pay_periods.1.end`), empty for the whole."""

    field: str
    code: str
    severity: Severity = "error"
    params: Mapping[str, Any] = field(default_factory=dict)

    @property
    def pointer(self) -> str:
        return "/" + self.field.replace(".", "/") if self.field else ""


def errors(problems: list[Problem]) -> list[Problem]:
    return [problem for problem in problems if problem.severity == "error"]
