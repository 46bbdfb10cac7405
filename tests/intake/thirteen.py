"""The contract's example of each benefit, as bodies of the machine interface and as lines of a file."""

from typing import Any

from tests.machine import body

CONDITIONS = (
    "preventive_care_arranged", "free_for_employees", "written_contract", "workplace_survey", "action_plan",
    "qualified_staff", "care_offered_to_all", "not_reimbursed_elsewhere",
)  # fmt: skip
DETAILS: dict[str, dict[str, Any]] = {
    "sickness_allowance": {},
    "partial_sickness_allowance": {"weekly_hours_before": "37.5", "weekly_hours_agreed": "18.75"},
    "pregnancy_allowance": {"due_date": "2026-04-13", "first_benefit_day": None},
    "special_pregnancy_allowance": {
        "due_date": None, "hazards": ["chemical"], "other_work_offered": False, "daily_hours": None,
    },
    "parental_allowance": {
        "child_born": "2026-01-10", "first_benefit_day": None, "days_used": 0, "raised_days_used": 0,
    },
    "partial_parental_allowance": {
        "child_born": "2026-01-10", "first_benefit_day": None, "days_used": 0, "daily_hours_agreed": "5.0",
    },
    "rehabilitation_allowance": {"kind": "ordinary", "waiting": "onset"},
    "partial_rehabilitation_allowance": {
        "kind": "ordinary", "waiting": "onset", "daily_hours_before": "7.5", "daily_hours_agreed": "4.0",
    },
    "infectious_disease_allowance": {"monthly_pay": "3000.00", "decision_follows": False},
    "donor_allowance": {"earnings_lost": "1200.00"},
    "family_leave_compensation": {
        "basis": "pregnancy", "contract": {"kind": "open_ended"}, "working_time_percent": 100,
    },
    "annual_leave_compensation": {
        "first_leave_day": "2026-01-12",
        "months": [{"month": "2026-03", "days": "2.5", "paid_days": 25, "holiday_pay": "300.00"}],
    },
    "occupational_health_reimbursement": {
        "accounting_period": {"start": "2020-01-01", "end": "2020-12-31"},
        "employees": 25,
        "entrepreneurs": 0,
        "costs": [
            {"class": "I", "kind": "physician", "amount": "5200.00"},
            {"class": "II", "kind": "laboratory", "amount": "6000.00"},
        ],
        "deductible_income": {"I": "0.00", "II": "0.00"},
        "bank_account": None,
        "statement": {"date": "2021-01-15", "opportunity_given": True},
        "conditions": dict.fromkeys(CONDITIONS, True),
    },
}  # fmt: skip
BENEFITS = tuple(DETAILS)
ABSENCE = {"absence": ..., "pay_periods": ..., "pay_basis": ..., "certificate": ...}
WITHOUT = {  # members that claims for a benefit do not have
    "annual_leave_compensation": ABSENCE,
    "occupational_health_reimbursement": {**ABSENCE, "employee": ..., "employment": ...},
}


def example(benefit: str, **changes: Any) -> dict[str, Any]:
    return body(**{"benefit": benefit, "details": DETAILS[benefit], **WITHOUT.get(benefit, {}), **changes})


def cells(said: Any, above: str = "") -> dict[str, str]:
    """A body as the columns of a file: places of a list from 1, nothing for null."""
    if said is None:
        return {}
    if not isinstance(said, dict | list):
        return {above: str(said)}
    named = said.items() if isinstance(said, dict) else enumerate(said, start=1)
    return {
        column: cell
        for name, value in named
        for column, cell in cells(value, f"{above}.{name}" if above else str(name)).items()
    }
