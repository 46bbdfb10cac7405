"""A page of several benefits in the words of one of them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from employers.intake.forms.base import Step
from employers.intake.forms.days import FIRST_HINT, LAST_HINT, AbsenceStep
from employers.intake.forms.fields import DayField
from employers.intake.forms.steps import EarlierStep, PaymentStep, PayStep
from employers.intake.forms.who import EmployeeStep

Pages = dict[str, type[Step]]
WHO: Pages = {"employee": EmployeeStep}
OTHERWISE: Pages = {"earlier": EarlierStep, "pay": PayStep}
LAST: Pages = {"payment": PaymentStep}


def reworded(base: type[Step], **texts: Any) -> Any:
    """`texts`: title, lead, or whole fields."""
    return type(base.__name__, (base,), texts)


def period_step(
    *,
    title: Any,
    lead: Any,
    first: Any,
    last: Any,
    hints: Any = (FIRST_HINT, LAST_HINT),
    base: Any = AbsenceStep,
    **texts: Any,
) -> Any:
    """The page of the first and the last day. `first`, `last`: their labels; `hints`: why and where from."""
    days = {
        "absence__start": DayField(label=first, help_text=hints[0]),
        "absence__end": DayField(label=last, help_text=hints[1]),
    }
    missing = {"absence__start": _("Give the first day."), "absence__end": _("Give the last day.")}
    return reworded(base, title=title, lead=lead, missing=missing, **days, **texts)
