"""What can be wrong with a claim. Words are elsewhere, in three languages; here are codes and severities."""

import dataclasses
from collections.abc import Iterable, Mapping
from typing import Any, Literal

Severity = Literal["error", "warning"]

# Every code the law's rules can report. An error stops the claim; a warning is shown and kept with it.
CATALOGUE: dict[str, Severity] = {
    "accounting_period_too_long": "error",
    "after_employment": "error",
    "age_outside": "warning",
    "amount_invalid": "error",
    "amount_negative": "error",
    "annual_leave_inside": "warning",
    "base_fees_alone": "error",
    "before_birth": "warning",
    "before_employment": "error",
    "before_start": "error",
    "benefit_not_supported": "error",
    "ceiling_not_confirmed": "warning",
    "child_too_old": "warning",
    "condition_not_met": "error",
    "contract_too_short": "error",
    "date_out_of_range": "error",
    "day_after_absence_start": "error",
    "decision_missing": "warning",
    "deduction_exceeds_costs": "error",
    "difference_only": "warning",
    "employment_too_short": "error",
    "ends_after_employment": "warning",
    "full_pay_needed": "error",
    "full_time_in_sector": "warning",
    "hazard_notice_missing": "warning",
    "hours_outside_share": "error",
    "hours_too_many": "error",
    "income_twice": "error",
    "income_unknown": "warning",
    "insurer_first": "warning",
    "invalid_choice": "error",
    "late": "warning",
    "maximum_exceeded": "warning",
    "month_twice": "error",
    "no_employees": "error",
    "no_parameters_on_day": "warning",
    "not_before_absence": "error",
    "not_for_this_benefit": "error",
    "nothing_payable": "warning",
    "number_out_of_range": "error",
    "other_work_offered": "warning",
    "outside_absence": "error",
    "over_accrual": "warning",
    "overlapping_periods": "error",
    "paid_under_a_month": "error",
    "partial_not_available": "error",
    "pay_periods_missing": "error",
    "period_not_ended": "error",
    "reduction_too_small": "error",
    "reference_and_specifier": "error",
    "required": "error",
    "specifier_too_long": "error",
    "starts_too_early": "warning",
    "starts_too_late": "warning",
    "too_few_paid_days": "error",
    "too_long_ago": "warning",
    "too_many_periods": "error",
    "too_short_plan": "error",
    "unknown_field": "error",
    "worked_days_inside": "warning",
    "working_time_too_low": "error",
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
