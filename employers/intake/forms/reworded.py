"""A page of several benefits in the words of one of them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from employers.intake.forms.base import Step
from employers.intake.forms.fields import DayField
from employers.intake.forms.steps import (
    AbsenceStep,
    EarlierStep,
    EmployeeStep,
    EmploymentStep,
    OtherDaysStep,
    PaymentStep,
    PayStep,
)

Pages = dict[str, type[Step]]
WHO: Pages = {"employee": EmployeeStep, "employment": EmploymentStep}
OTHERWISE: Pages = {"earlier": EarlierStep, "other-days": OtherDaysStep, "pay": PayStep}
LAST: Pages = {"payment": PaymentStep}


def reworded(base: type[Step], **texts: Any) -> Any:
    """`texts`: title, lead, or whole fields."""
    return type(base.__name__, (base,), texts)


def period_step(*, title: Any, lead: Any, first: Any, last: Any, **texts: Any) -> Any:
    """The page of the first and the last day. `first`, `last`: their labels."""
    days = {"absence__start": DayField(label=first), "absence__end": DayField(label=last)}
    missing = {"absence__start": _("Give the first day."), "absence__end": _("Give the last day.")}
    return reworded(AbsenceStep, title=title, lead=lead, missing=missing, **days, **texts)
