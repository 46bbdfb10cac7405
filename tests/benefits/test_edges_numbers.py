"""The numbers and days a problem carries: the sentence in front of a person is made of them."""

from datetime import date
from typing import Any

import pytest

from employers.benefits import rules
from employers.benefits.claim import Paid
from employers.benefits.law import Law
from tests.benefits.golden import claim_of

ABSENCE = {"start": date(2026, 3, 2), "end": date(2026, 4, 10)}
WHOLE = {"absence": ABSENCE, "pay": "3600.00"}
PART_TIME = {"weekly_hours_before": "37.50", "weekly_hours_agreed": "18.75"}
SHORTER_DAY = {"daily_hours_before": "7.50", "daily_hours_agreed": "4.00"}
MONTH = {"month": "2026-03", "paid_days": 20, "holiday_pay": "500.00"}
LEAVE = {"basis": "pregnancy", "contract": {"kind": "open_ended"}, "working_time_percent": 100}
YEAR = {
    "accounting_period": {"start": date(2020, 1, 1), "end": date(2020, 12, 31)},
    "employees": 3,
    "costs": [{"class": "I", "kind": "nurse", "amount": "100.00"}],
}
PAID = Paid(benefit="sickness_allowance", first_day=date(2025, 4, 1), last_day=date(2026, 2, 27), days=280)


def numbers(code: str, benefit: str, *, filed: date | None = None, known: dict[str, Any], **members: Any) -> Any:
    """What the one problem of that code carries, at its place."""
    claim = claim_of({"benefit": benefit, **members})
    law = Law.on(rules.law_day(claim))
    problems = rules.check(claim, law=law, submitted_on=filed, **known)
    (params,) = [problem.params for problem in problems if f"{problem.code} at {problem.field}" == code]
    return params


def told(code: str, params: Any, benefit: str, **said: Any) -> Any:
    return pytest.param(code, params, benefit, said, id=f"{code}: {benefit}")


@pytest.mark.parametrize(
    ("code", "params", "benefit", "said"),
    [
        told(
            "too_many_periods at pay_periods",
            {"most": 60},
            "sickness_allowance",
            absence=ABSENCE,
            pay_periods=[{"start": date(2026, 3, 2), "end": date(2026, 3, 2), "amount": "1.00"}] * 61,
        ),
        told(
            "too_many_periods at other_days",
            {"most": 366},
            "sickness_allowance",
            **WHOLE,
            other_days=[{"start": date(2026, 3, 2), "end": date(2026, 3, 2), "kind": "worked"}] * 367,
        ),
        told(
            "age_outside at employee.personal_identity_code",
            {"least": 16, "most": 67},
            "sickness_allowance",
            **WHOLE,
            employee={"personal_identity_code": "010150-9123", "given_name": "A", "family_name": "B"},
        ),
        told(
            "age_outside at employee.personal_identity_code",
            {"least": 18, "most": 67},
            "sickness_allowance",
            **WHOLE,
            employee={"personal_identity_code": "010109A9123", "given_name": "A", "family_name": "B"},
        ),
        told(
            "specifier_too_long at payment_specifier",
            {"most": 20},
            "sickness_allowance",
            **WHOLE,
            payment_specifier="x" * 21,
        ),
        told(
            "late at absence.start",
            {"deadline": date(2026, 5, 2), "last_day": date(2026, 5, 4)},
            "sickness_allowance",
            **WHOLE,
            filed=date(2026, 5, 5),
        ),
        told(
            "no_parameters_on_day at absence.start",
            {"day": date(2023, 3, 1)},
            "sickness_allowance",
            absence={"start": date(2023, 3, 1), "end": date(2023, 4, 5)},
            pay="100.00",
        ),
        told(
            "nothing_payable at absence",
            {"first_payable_day": date(2026, 3, 13)},
            "sickness_allowance",
            absence={"start": date(2026, 3, 2), "end": date(2026, 3, 6)},
            pay="100.00",
        ),
        told("maximum_exceeded at absence", {"most": 300}, "sickness_allowance", **WHOLE, known={"paid": [PAID]}),
        told(
            "number_out_of_range at details.weekly_hours_before",
            {"least": 0},
            "partial_sickness_allowance",
            **WHOLE,
            details={**PART_TIME, "weekly_hours_before": "0.00"},
        ),
        told(
            "hours_outside_share at details.weekly_hours_agreed",
            {"least": 40, "most": 60},
            "partial_sickness_allowance",
            **WHOLE,
            details={**PART_TIME, "weekly_hours_agreed": "30.00"},
        ),
        told(
            "full_time_in_sector at details.weekly_hours_before",
            {"least": 30},
            "partial_sickness_allowance",
            **WHOLE,
            details={"weekly_hours_before": "25.00", "weekly_hours_agreed": "12.50"},
        ),
        told(
            "too_short_plan at absence",
            {"least": 12},
            "partial_sickness_allowance",
            absence={"start": date(2026, 3, 2), "end": date(2026, 3, 13)},
            pay="100.00",
            details=PART_TIME,
        ),
        told(
            "maximum_exceeded at absence",
            {"most": 40},
            "pregnancy_allowance",
            known={"earlier": None},
            **{
                "absence": {"start": date(2026, 3, 2), "end": date(2026, 5, 30)},
                "pay": "100.00",
            },
        ),
        told(
            "starts_too_early at absence.start",
            {"day": date(2026, 3, 24)},
            "pregnancy_allowance",
            **WHOLE,
            details={"due_date": date(2026, 4, 30)},
        ),
        told(
            "starts_too_late at absence.start",
            {"day": date(2026, 2, 13)},
            "pregnancy_allowance",
            **WHOLE,
            details={"due_date": date(2026, 3, 2)},
        ),
        told(
            "hours_too_many at details.daily_hours",
            {"most": 5},
            "special_pregnancy_allowance",
            **WHOLE,
            details={"hazards": ["noise"], "other_work_offered": False, "daily_hours": "5.50"},
        ),
        told("maximum_exceeded at absence", {"most": 160}, "parental_allowance", **WHOLE, details={"days_used": 160}),
        told(
            "hours_too_many at details.daily_hours_agreed",
            {"most": 5},
            "partial_parental_allowance",
            **WHOLE,
            details={"daily_hours_agreed": "6.00"},
        ),
        told(
            "number_out_of_range at details.daily_hours_before",
            {"least": 0},
            "partial_rehabilitation_allowance",
            **WHOLE,
            details={**SHORTER_DAY, "daily_hours_before": "0.00"},
        ),
        told(
            "reduction_too_small at details.daily_hours_agreed",
            {"least": 40},
            "partial_rehabilitation_allowance",
            **WHOLE,
            details={**SHORTER_DAY, "daily_hours_agreed": "5.00"},
        ),
        told(
            "contract_too_short at details.contract",
            {"least": 12},
            "family_leave_compensation",
            **WHOLE,
            details={**LEAVE, "contract": {"kind": "fixed_term", "months": 11}},
        ),
        told(
            "working_time_too_low at details.working_time_percent",
            {"least": 80},
            "family_leave_compensation",
            **WHOLE,
            details={**LEAVE, "working_time_percent": 79},
        ),
        told(
            "employment_too_short at employment.start",
            {"least": 3},
            "family_leave_compensation",
            **WHOLE,
            employment={"start": "2026-01-01"},
            details=LEAVE,
        ),
        told(
            "late at absence.start",
            {"deadline": date(2028, 3, 2), "last_day": date(2028, 3, 2)},
            "family_leave_compensation",
            **WHOLE,
            details=LEAVE,
            filed=date(2028, 3, 3),
        ),
        told(
            "no_parameters_on_day at details.first_leave_day",
            {"day": date(2027, 3, 2)},
            "annual_leave_compensation",
            details={"months": [{**MONTH, "month": "2027-03"}], "first_leave_day": date(2027, 3, 2)},
        ),
        told(
            "over_accrual at details.months",
            {"most": 160},
            "annual_leave_compensation",
            details={"months": [{**MONTH, "month": f"2026-{month:02}"} for month in range(1, 10)]},
        ),
        told(
            "too_few_paid_days at details.months.0.paid_days",
            {"least": 14},
            "annual_leave_compensation",
            details={"months": [{**MONTH, "paid_days": 13}]},
        ),
        told(
            "accounting_period_too_long at details.accounting_period",
            {"most": 18},
            "occupational_health_reimbursement",
            details={**YEAR, "accounting_period": {"start": date(2020, 1, 1), "end": date(2021, 7, 1)}},
        ),
        told(
            "ceiling_not_confirmed at details.accounting_period",
            {"year": "2025"},
            "occupational_health_reimbursement",
            details={**YEAR, "accounting_period": {"start": date(2025, 1, 1), "end": date(2025, 12, 31)}},
        ),
    ],
)
def test_what_a_problem_carries(code, params, benefit, said):
    assert numbers(code, benefit, **{"known": {}, **said}) == params
