"""What a claim would give."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from employers.benefits.claim import BENEFITS
from employers.benefits.estimate import STATUSES
from employers.intake.words import UNIT_NAMES
from portal.described.claim import MEMBERS as OF_A_CLAIM
from portal.described.claim import PERIOD, SAID, claims
from portal.described.shape import COUNT, DAY, MONEY, TEXT, YES_NO, Shape, answer, body, many, maybe, one_of, ref
from portal.described.told import Told

TAG = _("Estimates")
ABOUT = "What a claim would give, with every line and every parameter it used. Nothing is stored."

CALLS: Mapping[str, Told] = {
    "POST /estimates": Told(
        summary=_("Estimate a claim"),
        about="The body of an application; `employer`, `reference`, `employee` and `employment` may be left out, and"
        " one of `annual_income` and `income_after_deduction` may be given. Without either, the wages that "
        "this employer itself has reported are used where there are any, and the answer says `at_least`. "
        "Stores nothing, and never reports lateness: it has no day of filing.",
        takes="EstimateRequest",
        gives="Estimate",
        strict=True,
    ),
}

LINE = answer(code=TEXT, text=TEXT, quantity=TEXT, unit=one_of(UNIT_NAMES), unit_amount=MONEY, amount=MONEY)
LINE["properties"] |= {"month": TEXT}  # of one month among several
BOUNDS = answer(low=MONEY, high=MONEY)
PARAMETER_USE: Mapping[str, Shape] = {
    "name": TEXT,
    "value": TEXT,
    "valid_from": DAY,
    "status": one_of(STATUSES),
    "reference": TEXT,
}
RANGE: Shape = {
    **answer(amount=BOUNDS, to_employer=BOUNDS),
    "description": "Only where a value is not official.",
}
ESTIMATE: Mapping[str, Shape] = {
    "benefit": one_of(BENEFITS),
    "daily_allowance": maybe(MONEY),
    "payable_days": COUNT,
    "amount": maybe(MONEY),
    "to_employer": maybe(MONEY),
    "to_employee": maybe(MONEY),
    "at_least": YES_NO,
    "waiting_period": maybe(PERIOD),
    "first_payable_day": maybe(DAY),
    "deadline": maybe(DAY),
    "lines": many(LINE),
    "parameters": many(answer(**PARAMETER_USE)),
    "estimate_status": one_of(STATUSES),
    "problems": many(ref("Error")),
}
EITHER = {name: maybe(shape) if name in ("employer", "reference") else shape for name, shape in SAID.items()}
SHAPES: Mapping[str, Shape] = {
    "EstimateRequest": body("benefit", **EITHER, annual_income=maybe(MONEY), income_after_deduction=maybe(MONEY)),
    "Estimate": {**answer(**ESTIMATE), "properties": {"range": RANGE, **ESTIMATE}},
}
MEMBERS: Mapping[str, Mapping[str, str]] = {
    "EstimateRequest": {
        **OF_A_CLAIM["Claim"],
        "annual_income": "EUR, the yearly wage before the insurance deduction.",
        "income_after_deduction": "EUR, used as it is.",
    },
    "Estimate": {
        "daily_allowance": "EUR a weekday, of the first payable day. Null where there is none.",
        "payable_days": "Weekdays: Monday to Saturday, midweek holidays excluded.",
        "amount": "EUR. Null where no income is known.",
        "to_employer": "EUR, what is paid to the employer: never more than it paid.",
        "to_employee": "EUR, the rest.",
        "at_least": "Counted from this employer's own wages alone: it may become more.",
        "waiting_period": "The employer's own cost. Null where there is none.",
        "deadline": "The last day to apply, not moved off days off.",
        "lines": "They add up to `amount`.",
        "parameters": "Every dated value that entered the amount.",
        "estimate_status": "The weakest status among `parameters`.",
        "problems": "Warnings.",
    },
}
ESTIMATED: dict[str, Any] = {
    "benefit": "sickness_allowance",
    "daily_allowance": "72.98",
    "payable_days": 23,
    "amount": "1678.54",
    "to_employer": "1678.54",
    "to_employee": "0.00",
    "at_least": False,
    "waiting_period": {"start": "2026-03-02", "end": "2026-03-12"},
    "first_payable_day": "2026-03-13",
    "deadline": "2026-05-02",
    "lines": [
        {
            "code": "daily_allowance",
            "text": "Daily allowance",
            "quantity": "23",
            "unit": "weekday",
            "unit_amount": "72.98",
            "amount": "1678.54",
        }
    ],
    "parameters": [
        {
            "name": "sickness.income_limit",
            "value": "28899",
            "valid_from": "2026-01-01",
            "status": "official",
            "reference": "Sairausvakuutuslaki 1224/2004 11:1",
        }
    ],
    "estimate_status": "official",
    "problems": [],
}
EXAMPLES: Mapping[str, Mapping[str, Any]] = {
    "EstimateRequest": {
        "income": {
            **{name: value for name, value in claims()["sickness_allowance"].items() if name != "employee"},
            "income_after_deduction": "40000.00",
        },
        **claims(),
    },
    "Estimate": {"sickness_allowance": ESTIMATED},
}
