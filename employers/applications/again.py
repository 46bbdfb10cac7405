"""What was said once, for the next application about the same employee. Pure: contents in, contents out.

An absence that goes on asks for its days and pay alone; a new one asks whether it continues an earlier one, too.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from employers.benefits.claim import Claim, to_json

Body = dict[str, Any]

SAID_AGAIN = ("employee", "employment", "certificate", "insurer_case", "contact", "payment_specifier")
DAYS_AND_PAY = ("absence", "pay_periods", "pay_continues_from", "other_days", "previous_paid_day")
ITS_OWN = ("employer", "benefit", "reference", "payment_reference", "additional_information")
# Of a benefit's own details those that stay as they are from one absence to the next.
LASTING: Mapping[str, tuple[str, ...]] = {
    "partial_sickness_allowance": ("weekly_hours_before", "weekly_hours_agreed"),
    "special_pregnancy_allowance": ("hazards", "other_work_offered", "due_date"),
    "partial_parental_allowance": ("daily_hours_agreed", "child_born"),
    "parental_allowance": ("child_born",),
    "partial_rehabilitation_allowance": ("kind", "daily_hours_before", "daily_hours_agreed"),
    "rehabilitation_allowance": ("kind",),
    "family_leave_compensation": ("contract", "working_time_percent"),
    "annual_leave_compensation": ("first_leave_day",),
    "occupational_health_reimbursement": ("employees", "entrepreneurs", "bank_account"),
}
# Of details that say how far something has gone: they are asked again even where the absence goes on.
MOVING = ("days_used", "raised_days_used", "months", "monthly_pay", "earnings_lost")


def same_employee(said: Claim | Body, *, benefit: str) -> Body:
    """Everything but days and pay."""
    body = _body(said)
    kept = {name: body[name] for name in SAID_AGAIN if body.get(name)}
    return kept | _details(body, LASTING.get(benefit, ()))


def goes_on(said: Claim | Body, *, application: str, last_day: date) -> Body:
    """The same absence from the day after its last one. `application`: the key of the one it continues."""
    body = _body(said)
    kept = {name: told for name, told in body.items() if name not in (*ITS_OWN, *DAYS_AND_PAY, "details") and told}
    names = tuple(name for name in body.get("details") or {} if name not in MOVING)
    following = {"start": (last_day + timedelta(days=1)).isoformat(), "end": None}
    return kept | _details(body, names) | {"continues_application": application, "absence": following}


def _body(said: Claim | Body) -> Body:
    return to_json(said) if isinstance(said, Claim) else said


def _details(body: Body, names: tuple[str, ...]) -> Body:
    told = body.get("details") or {}
    kept = {name: told[name] for name in names if told.get(name) is not None}
    return {"details": kept} if kept else {}
