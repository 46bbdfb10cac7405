"""Bodies to begin with, one for each kind of benefit: by the weekday, with details, by the month, for the employer."""

from typing import Any

from portal.openapi_words import BODIES

Body = dict[str, Any]

EMPLOYEE: Body = {
    "employee": {"personal_identity_code": "010190-9123", "given_name": "Aino", "family_name": "Esimerkki"},
    "employment": {"start": "2019-05-02"},
}
ABSENCE: Body = {
    **EMPLOYEE,
    "absence": {"start": "2026-03-02", "end": "2026-04-10"},
    "pay_periods": [{"start": "2026-03-02", "end": "2026-04-10", "amount": "3600.00"}],
    "pay_basis": "full",
    "certificate": "electronic",
}
OCCUPATIONAL_HEALTH: Body = {
    "accounting_period": {"start": "2020-01-01", "end": "2020-12-31"},
    "employees": 25,
    "costs": [
        {"class": "I", "kind": "physician", "amount": "5200.00"},
        {"class": "II", "kind": "laboratory", "amount": "6000.00"},
    ],
    "statement": {"date": "2021-01-15", "opportunity_given": True},
    "conditions": {
        "preventive_care_arranged": True,
        "free_for_employees": True,
        "written_contract": True,
        "workplace_survey": True,
        "action_plan": True,
        "qualified_staff": True,
        "care_offered_to_all": True,
        "not_reimbursed_elsewhere": True,
    },
}
ANNUAL_LEAVE: Body = {
    "first_leave_day": "2026-01-12",
    "months": [{"month": "2026-03", "days": "2.5", "paid_days": 25, "holiday_pay": "300.00"}],
}
CLAIMS: dict[str, Body] = {
    "sickness_allowance": ABSENCE,
    "partial_sickness_allowance": {
        **ABSENCE,
        "details": {"weekly_hours_before": "37.5", "weekly_hours_agreed": "18.75"},
    },
    "annual_leave_compensation": {**EMPLOYEE, "details": ANNUAL_LEAVE},
    "occupational_health_reimbursement": {"details": OCCUPATIONAL_HEALTH},
}


def claims() -> dict[str, Body]:
    return {
        benefit: {"employer": "9000004-6", "benefit": benefit, "reference": f"row-{number}", **claim}
        for number, (benefit, claim) in enumerate(CLAIMS.items(), start=1)
    }


def examples(shape: str) -> dict[str, Body]:
    """As an OpenAPI document holds them; of other shapes there are none."""
    bodies = claims() if shape in ("Claim", "EstimateRequest") else BODIES.get(shape)
    return {"examples": {name: {"summary": name, "value": one} for name, one in bodies.items()}} if bodies else {}
