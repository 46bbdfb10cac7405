"""For every code of a problem what leads to it, and the same in order. No words: the same in every language.

Members of a claim are told by dotted path, beside an example of the benefit that is in order; a test sends them all.
What no claim alone leads to stands in `example_lines`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Members = Mapping[str, Any]
LEFT_OUT = ...  # in place of a member's value: the member is not there


@dataclass(frozen=True, slots=True)
class Shown:
    """Of a claim: the members that lead to the problem, and in order. `at`: the pointer; else that of the first."""

    wrong: Members
    right: Members
    benefit: str = "sickness_allowance"
    at: str | None = None

    @property
    def pointer(self) -> str:
        return "/" + next(iter(self.wrong)).replace(".", "/") if self.at is None else self.at


HEALTH, YEARLY, FAMILY = "occupational_health_reimbursement", "annual_leave_compensation", "family_leave_compensation"
PERIOD = "details.accounting_period"
PAID = "pay_periods.0"
MONTH = {"month": "2026-03", "days": "2.5", "paid_days": 25, "holiday_pay": "300.00"}
COST = {"class": "I", "kind": "physician", "amount": "5200.00"}
LEAVE = {"start": "2026-03-16", "end": "2026-03-17", "kind": "annual_leave"}
PAY = {"start": "2026-03-02", "end": "2026-04-10", "amount": "3600.00"}
ELSE = "0198f3a0-7c1e-7a34-9d55-3f2b6f0e9a01"

OF_CLAIMS: Mapping[str, Shown] = {
    "absence_long": Shown({"absence.end": "2027-04-10"}, {"absence.end": "2026-04-10"}),
    "accounting_period_too_long": Shown(
        {PERIOD: {"start": "2019-01-01", "end": "2020-12-31"}}, {PERIOD: {"start": "2020-01-01", "end": "2020-12-31"}},
        HEALTH,
    ),
    "after_employment": Shown({"employment.end": "2026-02-27"}, {"employment.end": None}),
    "age_outside": Shown(
        {"employee.personal_identity_code": "010150-912S"}, {"employee.personal_identity_code": "010190-9123"}
    ),
    "amount_invalid": Shown({f"{PAID}.amount": "999999999999.00"}, {f"{PAID}.amount": "3600.00"}),
    "amount_negative": Shown({f"{PAID}.amount": "-20.00"}, {f"{PAID}.amount": "3600.00"}),
    "annual_leave_inside": Shown({"other_days": [LEAVE]}, {"other_days": []}, at="/other_days/0"),
    "base_fees_alone": Shown({"details.costs": [COST | {"kind": "base_fee"}]}, {"details.costs": [COST]}, HEALTH),
    "before_birth": Shown(
        {"details.child_born": "2026-03-10"}, {"details.child_born": "2026-01-10"}, "parental_allowance",
        at="/absence/start",
    ),
    "before_employment": Shown({"employment.start": "2026-03-09"}, {"employment.start": "2019-05-02"}),
    "before_start": Shown({"absence.end": "2026-02-10"}, {"absence.end": "2026-04-10"}),
    "business_id_invalid": Shown({"employer": "9000004-7"}, {"employer": "9000004-6"}),
    "ceiling_not_confirmed": Shown(
        {PERIOD: {"start": "2025-07-01", "end": "2026-06-30"}}, {PERIOD: {"start": "2020-01-01", "end": "2020-12-31"}},
        HEALTH,
    ),
    "certificate_needed": Shown({"certificate": "not_needed"}, {"certificate": "electronic"}),
    "child_too_old": Shown(
        {"details.child_born": "2024-03-20"}, {"details.child_born": "2026-01-10"}, "parental_allowance",
        at="/absence/end",
    ),
    "class_mistaken": Shown(
        {"details.costs": [COST, {"class": "II", "kind": "first_aid", "amount": "400.00"}]},
        {"details.costs": [COST, {"class": "I", "kind": "first_aid", "amount": "400.00"}]},
        HEALTH, at="/details/costs/1/class",
    ),
    "condition_not_met": Shown(
        {"details.conditions.free_for_employees": False}, {"details.conditions.free_for_employees": True}, HEALTH
    ),
    "contract_too_short": Shown(
        {"details.contract": {"kind": "fixed_term", "months": 6}}, {"details.contract": {"kind": "open_ended"}}, FAMILY
    ),
    "cost_twice": Shown({"details.costs": [COST, COST]}, {"details.costs": [COST]}, HEALTH, at="/details/costs/1"),
    "costs_unlikely": Shown({"details.employees": 1}, {"details.employees": 25}, HEALTH, at="/details/costs"),
    "count_invalid": Shown({"details.employees": "many"}, {"details.employees": 25}, HEALTH),
    "date_invalid": Shown({"absence.start": "2.3.2026"}, {"absence.start": "2026-03-02"}),
    "date_out_of_range": Shown({"employment.start": "1019-05-02"}, {"employment.start": "2019-05-02"}),
    "day_after_absence_start": Shown(
        {"details.first_benefit_day": "2026-03-20"}, {"details.first_benefit_day": None}, "parental_allowance"
    ),
    "day_ahead": Shown({"details.statement.date": "2031-01-15"}, {"details.statement.date": "2021-01-15"}, HEALTH),
    "days_over_month": Shown(
        {"details.months": [MONTH | {"paid_days": 30}]}, {"details.months": [MONTH]}, YEARLY,
        at="/details/months/0/paid_days",
    ),
    "decision_missing": Shown(
        {"details.decision_follows": False}, {"details.decision_follows": True}, "infectious_disease_allowance"
    ),
    "deduction_exceeds_costs": Shown(
        {"details.deductible_income.I": "9000.00"}, {"details.deductible_income.I": "0.00"}, HEALTH
    ),
    "difference_only": Shown({"pay_basis": "difference"}, {"pay_basis": "full"}),
    "employer_unknown": Shown({"employer": "9999991-7"}, {"employer": "9000004-6"}),
    "employment_too_short": Shown({"employment.start": "2026-02-02"}, {"employment.start": "2019-05-02"}, FAMILY),
    "ends_after_employment": Shown({"employment.end": "2026-03-31"}, {"employment.end": None}),
    "full_pay_needed": Shown({"pay_basis": "part"}, {"pay_basis": "full"}, "partial_sickness_allowance"),
    "full_time_in_sector": Shown(
        {"details.weekly_hours_before": "25.0", "details.weekly_hours_agreed": "12.5"},
        {"details.weekly_hours_before": "37.5", "details.weekly_hours_agreed": "18.75"}, "partial_sickness_allowance",
    ),
    "hazard_notice_missing": Shown(
        {"details.hazards": None, "details.other_work_offered": None},
        {"details.hazards": ["chemical"], "details.other_work_offered": False}, "special_pregnancy_allowance",
    ),
    "health_told": Shown({"additional_information": "Diagnosis J06.9"}, {"additional_information": ""}),
    "hours_outside_share": Shown(
        {"details.weekly_hours_agreed": "30.0"}, {"details.weekly_hours_agreed": "18.75"}, "partial_sickness_allowance"
    ),
    "hours_too_many": Shown(
        {"details.daily_hours_agreed": "7.0"}, {"details.daily_hours_agreed": "5.0"}, "partial_parental_allowance"
    ),
    "iban_invalid": Shown(
        {"details.bank_account": "FI0550000120000002"}, {"details.bank_account": "FI0550000120000001"}, HEALTH
    ),
    "id_invalid": Shown({"continues_application": "4711"}, {"continues_application": None}),
    "identity_code_invalid": Shown(
        {"employee.personal_identity_code": "010190-9124"}, {"employee.personal_identity_code": "010190-9123"}
    ),
    "insurer_first": Shown({"insurer_case": "traffic"}, {"insurer_case": "none"}),
    "invalid_choice": Shown({"pay_basis": "half"}, {"pay_basis": "part"}),
    "invalid_type": Shown({"reference": 4711}, {"reference": "row-4711"}),
    "maximum_exceeded": Shown(
        {"absence.end": "2026-06-30", PAID: PAY | {"end": "2026-06-30", "amount": "14000.00"}},
        {"absence.end": "2026-04-10", PAID: PAY}, "pregnancy_allowance", at="/absence",
    ),
    "money_invalid": Shown({f"{PAID}.amount": 3600}, {f"{PAID}.amount": "3600.00"}),
    "month_invalid": Shown(
        {"details.months": [MONTH | {"month": "March"}]}, {"details.months": [MONTH]}, YEARLY,
        at="/details/months/0/month",
    ),
    "month_twice": Shown(
        {"details.months": [MONTH, MONTH]}, {"details.months": [MONTH]}, YEARLY, at="/details/months/1/month"
    ),
    "no_employees": Shown({"details.employees": 0}, {"details.employees": 25}, HEALTH),
    "not_before_absence": Shown({"previous_paid_day": "2026-03-05"}, {"previous_paid_day": "2026-02-27"}),
    "not_for_this_benefit": Shown({"pay_periods": [PAY]}, {"pay_periods": LEFT_OUT}, HEALTH),
    "not_text": Shown({"additional_information": "\u0007"}, {"additional_information": ""}),
    "nothing_payable": Shown(
        {"absence.end": "2026-03-06", PAID: PAY | {"end": "2026-03-06", "amount": "500.00"}},
        {"absence.end": "2026-04-10", PAID: PAY}, at="/absence",
    ),
    "number_invalid": Shown(
        {"details.weekly_hours_agreed": "half"}, {"details.weekly_hours_agreed": "18.75"}, "partial_sickness_allowance"
    ),
    "number_out_of_range": Shown(
        {"details.weekly_hours_before": "0.0", "details.weekly_hours_agreed": "0.0"},
        {"details.weekly_hours_before": "37.5", "details.weekly_hours_agreed": "18.75"}, "partial_sickness_allowance",
    ),
    "other_work_offered": Shown(
        {"details.other_work_offered": True}, {"details.other_work_offered": False}, "special_pregnancy_allowance"
    ),
    "outside_absence": Shown({f"{PAID}.end": "2026-04-30"}, {f"{PAID}.end": "2026-04-10"}),
    "over_ceiling": Shown(
        {"details.costs": [COST | {"amount": "52000.00"}]}, {"details.costs": [COST]}, HEALTH, at="/details/costs"
    ),
    "overlapping_periods": Shown(
        {"pay_periods": [PAY, PAY | {"start": "2026-04-01"}]}, {"pay_periods": [PAY]}, at="/pay_periods/1"
    ),
    "paid_under_a_month": Shown(
        {"absence.end": "2026-03-20", PAID: PAY | {"end": "2026-03-20"}}, {"absence.end": "2026-04-10", PAID: PAY},
        FAMILY, at="/pay_periods",
    ),
    "partial_not_available": Shown(
        {"absence": {"start": "2025-11-03", "end": "2025-12-12"}, "details.daily_hours": "4.0",
         PAID: PAY | {"start": "2025-11-03", "end": "2025-12-12"}},
        {"absence": {"start": "2026-03-02", "end": "2026-04-10"}, "details.daily_hours": "4.0", PAID: PAY},
        "special_pregnancy_allowance", at="/details/daily_hours",
    ),
    "pay_gap": Shown(
        {"pay_periods": [PAY | {"end": "2026-03-15"}, PAY | {"start": "2026-03-23"}]},
        {"pay_periods": [PAY | {"end": "2026-03-15"}, PAY | {"start": "2026-03-16"}]}, at="/pay_periods/1/start",
    ),
    "pay_periods_missing": Shown({"pay_periods": []}, {"pay_periods": [PAY]}),
    "pay_unlikely": Shown({f"{PAID}.amount": "360000.00"}, {f"{PAID}.amount": "3600.00"}),
    "payment_reference_invalid": Shown({"payment_reference": "1233"}, {"payment_reference": "1232"}),
    "period_not_ended": Shown(
        {PERIOD: {"start": "2026-06-01", "end": "2027-05-31"}}, {PERIOD: {"start": "2020-01-01", "end": "2020-12-31"}},
        HEALTH, at="/details/accounting_period/end",
    ),
    "personal_data": Shown({"payment_specifier": "Esimerkki, March"}, {"payment_specifier": "March"}),
    "reduction_too_small": Shown(
        {"details.daily_hours_agreed": "7.0"}, {"details.daily_hours_agreed": "4.0"},
        "partial_rehabilitation_allowance",
    ),
    "reference_and_specifier": Shown(
        {"payment_specifier": "March", "payment_reference": "1232"},
        {"payment_specifier": None, "payment_reference": "1232"},
    ),
    "reference_invalid": Shown({"reference": "row 4711"}, {"reference": "row-4711"}),
    "required": Shown({"employment": LEFT_OUT}, {"employment": {"start": "2019-05-02"}}, at="/employment/start"),
    "specifier_too_long": Shown(
        {"payment_specifier": "Allowance of March and April"}, {"payment_specifier": "March and April"}
    ),
    "starts_too_early": Shown(
        {"details.due_date": "2026-06-15"}, {"details.due_date": "2026-04-01"}, "pregnancy_allowance",
        at="/absence/start",
    ),
    "starts_too_late": Shown(
        {"details.due_date": "2026-03-09"}, {"details.due_date": "2026-04-01"}, "pregnancy_allowance",
        at="/absence/start",
    ),
    "too_few_paid_days": Shown(
        {"details.months": [MONTH | {"paid_days": 10}]}, {"details.months": [MONTH]}, YEARLY,
        at="/details/months/0/paid_days",
    ),
    "too_long": Shown({"employee.given_name": "A" * 101}, {"employee.given_name": "Aino"}),
    "too_long_ago": Shown({"previous_paid_day": "2026-01-09"}, {"previous_paid_day": "2026-02-27"}),
    "too_many_items": Shown({"pay_periods": [PAY] * 61}, {"pay_periods": [PAY]}),
    "too_short_plan": Shown(
        {"absence.end": "2026-03-07", PAID: PAY | {"end": "2026-03-07"}}, {"absence.end": "2026-04-10", PAID: PAY},
        "partial_sickness_allowance", at="/absence",
    ),
    "unknown_application": Shown({"continues_application": ELSE}, {"continues_application": None}),
    "unknown_field": Shown({"colour": "red"}, {"colour": LEFT_OUT}),
    "worked_days_inside": Shown(
        {"other_days": [LEAVE | {"kind": "worked"}]}, {"other_days": []}, at="/other_days/0"
    ),
    "working_time_too_low": Shown(
        {"details.working_time_percent": 20}, {"details.working_time_percent": 100}, FAMILY
    ),
}  # fmt: skip
