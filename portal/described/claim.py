"""The claim: what an application, an estimate, a correction, a draft and a row of a batch are all made of."""

from collections.abc import Mapping
from typing import Any

from employers.benefits.claim import BENEFITS, CERTIFICATES, INSURER_CASES, OTHER_DAY_KINDS, PAY_BASES
from portal.described.details import any_details
from portal.described.shape import BUSINESS_ID, DAY, ID, MONEY, REFERENCE, TEXT, Shape, body, many, maybe, one_of

Body = dict[str, Any]

PERIOD = body("start", "end", start=DAY, end=DAY)
CLAIM: Mapping[str, Shape] = {
    "employer": BUSINESS_ID,
    "benefit": one_of(BENEFITS),
    "reference": REFERENCE,
    "employee": maybe(
        body(
            "personal_identity_code",
            "given_name",
            "family_name",
            personal_identity_code={"type": "string", "minLength": 11, "maxLength": 11},
            given_name={"type": "string", "maxLength": 100},
            family_name={"type": "string", "maxLength": 100},
        )
    ),
    "employment": maybe(body("start", start=DAY, end=maybe(DAY))),
    "absence": maybe(PERIOD),
    "continues_application": maybe(ID),
    "previous_paid_day": maybe(DAY),
    "pay_periods": many(body("start", "end", "amount", start=DAY, end=DAY, amount=MONEY), maxItems=60),
    "pay_basis": one_of(PAY_BASES),
    "pay_continues_from": maybe(DAY),
    "other_days": many(body("start", "end", "kind", start=DAY, end=DAY, kind=one_of(OTHER_DAY_KINDS))),
    "certificate": maybe(one_of(CERTIFICATES)),
    "insurer_case": one_of(INSURER_CASES),
    "contact": maybe(body(name=TEXT, phone=TEXT, email=TEXT)),
    "payment_reference": maybe({"type": "string", "maxLength": 20}),
    "payment_specifier": maybe({"type": "string", "maxLength": 20}),
    "details": any_details(),
    "additional_information": {"type": "string", "maxLength": 4000},
}
ALWAYS = ("employer", "benefit", "reference")
# Null is the same as absent, but for what has to be there.
SAID: Mapping[str, Shape] = {name: shape if name in ALWAYS else maybe(shape) for name, shape in CLAIM.items()}

SHAPES: Mapping[str, Shape] = {"Claim": body(*ALWAYS, **SAID)}
MEMBERS: Mapping[str, Mapping[str, str]] = {
    "Claim": {
        "employer": "The Business ID of an employer that has given you the right to apply.",
        "benefit": "A code of a benefit, as `GET /codes` lists them.",
        "reference": "Yours: unique among everything your client sends.",
        "employee": "All three members. Absent for `occupational_health_reimbursement` alone.",
        "employment": "Goes with the employee. `end` is null while it goes on.",
        "absence": "First and last day. Not for annual leave costs or occupational health care.",
        "continues_application": "The id of the earlier application that this absence goes on from or is a relapse of. "
        "Where it goes on by the next weekday, there is no waiting period; where a day was paid within the last 30, it "
        "is the day of onset alone.",
        "previous_paid_day": "The same of one made elsewhere: the last day that was paid for it.",
        "pay_periods": "What you paid for which days, 1 to 60 of them, inside the absence.",
        "pay_basis": "`full`; `part`: less than full pay; `difference`: pay minus the allowance.",
        "pay_continues_from": "Pay goes on after the last pay period, from this day: report it month by month.",
        "other_days": "Days inside the absence that are something else: `annual_leave` or `unpaid`, of which the "
        "allowance goes to the employee; `worked`, which gives none.",
        "certificate": "How we get the medical certificate: `electronic`: from health care; `employee`: from the "
        "employee; `attached`: you attach it; `follows`: it comes later; `not_needed`.",
        "insurer_case": "Other than `none`: an insurer pays first, and the warning `insurer_first` says so.",
        "contact": "Whom an official asks.",
        "payment_reference": "On the bank line; this or `payment_specifier`.",
        "payment_specifier": "On the bank line; this or `payment_reference`.",
        "details": "What this benefit asks beside the rest; empty for those that ask nothing.",
        "additional_information": "For the official who decides.",
    },
}

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
CLAIMS: Mapping[str, Body] = {
    "sickness_allowance": ABSENCE,
    "partial_sickness_allowance": {
        **ABSENCE,
        "details": {"weekly_hours_before": "37.5", "weekly_hours_agreed": "18.75"},
    },
    "annual_leave_compensation": {**EMPLOYEE, "details": ANNUAL_LEAVE},
    "occupational_health_reimbursement": {"details": OCCUPATIONAL_HEALTH},
}


def claims() -> dict[str, Body]:
    """Bodies to begin with, one for each kind: by the weekday, with details, by the month, for the employer."""
    return {
        benefit: {"employer": "9000004-6", "benefit": benefit, "reference": f"row-{number}", **claim}
        for number, (benefit, claim) in enumerate(CLAIMS.items(), start=1)
    }


EXAMPLES: Mapping[str, Mapping[str, Any]] = {"Claim": claims()}
