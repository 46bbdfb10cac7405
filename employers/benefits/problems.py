"""What can be wrong with a claim. Words are elsewhere, in three languages; here are codes and severities."""

import dataclasses
from collections.abc import Iterable, Mapping
from typing import Any, Literal

Severity = Literal["error", "warning"]

# Every code the law's rules can report. An error stops the claim; a warning is shown and kept with it.
CATALOGUE: dict[str, Severity] = {
    "after_employment": "error",
    "amount_invalid": "error",
    "amount_negative": "error",
    "annual_leave_inside": "warning",
    "before_employment": "error",
    "before_start": "error",
    "benefit_not_supported": "error",
    "date_out_of_range": "error",
    "difference_only": "warning",
    "ends_after_employment": "warning",
    "income_twice": "error",
    "income_unknown": "warning",
    "insurer_first": "warning",
    "invalid_choice": "error",
    "late": "warning",
    "no_parameters_on_day": "warning",
    "not_before_absence": "error",
    "nothing_payable": "warning",
    "outside_absence": "error",
    "overlapping_periods": "error",
    "pay_periods_missing": "error",
    "reference_and_specifier": "error",
    "required": "error",
    "specifier_too_long": "error",
    "too_long_ago": "warning",
    "too_many_periods": "error",
    "unknown_field": "error",
    "worked_days_inside": "warning",
}


@dataclasses.dataclass(frozen=True, slots=True)
class Problem:
    """`field` is a dotted path into the claim (`pay_periods.1.end`), empty for the whole."""

    field: str
    code: str
    severity: Severity = "error"
    params: Mapping[str, Any] = dataclasses.field(default_factory=dict)

    @property
    def pointer(self) -> str:
        return "/" + self.field.replace(".", "/") if self.field else ""

    def as_dict(self) -> dict[str, str]:
        """The JSON shape of the API, without words."""
        return {"pointer": self.pointer, "code": self.code, "severity": self.severity}


def problem(field: str, code: str, **params: Any) -> Problem:
    """A problem with the severity its code has in the catalogue; an unknown code is a KeyError."""
    return Problem(field, code, CATALOGUE[code], params)


def errors(problems: Iterable[Problem]) -> list[Problem]:
    return [problem for problem in problems if problem.severity == "error"]
