"""The provision behind a problem: where the law says what the claim runs against. A matter of form has none.

`15:4` is chapter 15, section 4. A test finds each of them among the sources of the parameters and of the rules.
"""

from collections.abc import Mapping

INSURANCE = "Sairausvakuutuslaki 1224/2004"
REHABILITATION = "Laki 566/2005"

PROVISIONS: Mapping[str, str] = {
    "accounting_period_too_long": "Kirjanpitolaki 1336/1997 1:4",
    "age_outside": f"{INSURANCE} 8:1",
    "base_fees_alone": f"{INSURANCE} 13:5",
    "before_birth": f"{INSURANCE} 9:5",
    "ceiling_not_confirmed": f"{INSURANCE} 13:5",
    "child_too_old": f"{INSURANCE} 9:5",
    "condition_not_met": f"{INSURANCE} 13",
    "contract_too_short": f"{INSURANCE} 14:4",
    "decision_missing": f"{INSURANCE} 8:1 a",
    "deduction_exceeds_costs": f"{INSURANCE} 13:5",
    "employment_too_short": f"{INSURANCE} 14:4",
    "full_pay_needed": f"{INSURANCE} 8:11",
    "full_time_in_sector": f"{INSURANCE} 8:11",
    "hazard_notice_missing": f"{INSURANCE} 9:3",
    "hours_outside_share": f"{INSURANCE} 8:11",
    "hours_too_many": f"{INSURANCE} 9:11",
    "late": f"{INSURANCE} 15:4-6; {REHABILITATION} 41 §",
    "maximum_exceeded": f"{INSURANCE} 8:8, 8:12, 9:1",
    "nothing_payable": f"{INSURANCE} 8:7; {REHABILITATION} 25 §",
    "other_work_offered": f"{INSURANCE} 9:3",
    "over_accrual": f"{INSURANCE} 14:1",
    "over_ceiling": f"{INSURANCE} 13:5",
    "paid_under_a_month": f"{INSURANCE} 14:4",
    "partial_not_available": f"{INSURANCE} 9:3-4",
    "period_not_ended": f"{INSURANCE} 15:5",
    "reduction_too_small": f"{REHABILITATION} 32 a §",
    "saturday_between": f"{INSURANCE} 8:7",
    "starts_too_early": f"{INSURANCE} 9:1",
    "starts_too_late": f"{INSURANCE} 9:1",
    "too_few_paid_days": f"{INSURANCE} 14:1",
    "too_long_ago": f"{INSURANCE} 8:7.2; {REHABILITATION} 25 §",
    "too_short_plan": f"{INSURANCE} 8:11.3",
    "working_time_too_low": f"{INSURANCE} 14:4",
}
