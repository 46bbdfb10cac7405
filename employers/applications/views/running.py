"""The running total of occupational health care costs against the ceiling, as the pages show it."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from employers.applications.models import Draft
from employers.applications.views import drafted
from employers.benefits import occupational_health as rules
from employers.benefits.claim import Claim
from employers.benefits.occupational_health_running import OfClass, Running, running
from employers.intake.forms.base import Body, Step
from employers.intake.serializers import Unreadable, read_estimate
from employers.law.queries import laws
from employers.organisations.rights import OCCUPATIONAL_HEALTH

STEPS = ("costs", "deductible")
NAMES = {"I": _("Class I, preventive care"), "II": _("Class II, medical care")}


def beside(draft: Draft, step: str, form: Step) -> Body:
    """For the pages that ask for sums; of what is on the page, saved or not."""
    if draft.benefit != OCCUPATIONAL_HEALTH or step not in STEPS:
        return {}
    claim = _claim(drafted.content(draft)["body"], form)
    if claim is None:
        return {}
    return {"running": _shown(running(claim, law=laws()(rules.RULES.law_day(claim))))}


def _claim(body: Body, form: Step) -> Claim | None:
    """None while the accounting period or the employees cannot be read."""
    details = {**body.get("details", {})}
    if hasattr(form, "costs"):
        details["costs"] = form.costs()
    said = {name: details[name] for name in COUNTED if details.get(name)}
    try:
        claim, _income = read_estimate({"benefit": OCCUPATIONAL_HEALTH, "details": said}, allow_temporary=False)
    except Unreadable:
        return None
    return claim


COUNTED = ("accounting_period", "employees", "entrepreneurs", "costs", "deductible_income")


def _shown(found: Running) -> dict[str, Any]:
    ceiling = found.ceiling
    return {
        "rows": [_row(one) for one in found.classes],
        "ceiling": ceiling,
        "accepted": found.accepted,
        "meter": _meter(found.accepted, ceiling.total if ceiling else None),
        "over": any(one.over for one in found.classes),
    }


def _row(one: OfClass) -> dict[str, Any]:
    return {"name": NAMES[one.name], "of": one, "second": one.name == "II", "meter": _meter(one.accepted, one.most)}


def _meter(value: Decimal | None, most: Decimal | None) -> dict[str, str] | None:
    """Numbers as HTML has them, whatever the language."""
    return {"value": f"{value:.2f}", "max": f"{most:.2f}"} if value is not None and most else None
