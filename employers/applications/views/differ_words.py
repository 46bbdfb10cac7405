"""The words of what an application and the register can differ about."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

Words = Mapping[str, Any]

TITLES: Words = {
    "pay": _("The pay differs"),
    "period": _("The days differ"),
    "cause": _("The reason of the absence differs"),
    "employment": _("The employment differs"),
}

# What it leads to, and which side to put right.
WHAT: Words = {
    "pay": _("We pay by the pay of those days. If the application is wrong, correct the sum in it."),
    "period": _("We pay for days that were paid. If the application is wrong, correct the days in it."),
    "cause": _("The benefit follows from why the employee was away. Check which of the two is right."),
    "employment": _("The allowance depends on when the employment began and ended. Check which of the two is right."),
}

VALUES: Words = {}
