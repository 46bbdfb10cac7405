"""The words of what an application and the register can differ about: every code of employers.applications.compare."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

Words = Mapping[str, Any]

TITLES: Words = {
    "pay": _("The pay differs"),
    "period": _("The days differ"),
    "worked_days": _("No paid absence is reported for some of the days"),
    "cause": _("The reason of the absence differs"),
    "employment_start": _("The beginning of the employment differs"),
    "employment_end": _("The end of the employment differs"),
    "not_told": _("The absence has not been reported"),
    "unpaid": _("You have reported some of the days as unpaid"),
}

# What it leads to, and which side to put right.
WHAT: Words = {
    "pay": _("You get back at most the pay of those days. If the application is wrong, correct the sum in it."),
    "period": _("You get money for the days you paid for. If the application is wrong, correct the days in it."),
    "worked_days": _("For days on which the employee worked there is no allowance. If they were worked, correct the "
                     "days in the application."),
    "cause": _("The benefit follows from why the employee was away. If you chose the wrong benefit, withdraw the "
               "application and apply for the right one."),
    "employment_start": _("The allowance depends on when the employment began. If the application is wrong, correct "
                          "the day in it."),
    "employment_end": _("After the employment there is no pay to compensate. If the application is wrong, correct the "
                        "day in it."),
    "not_told": _("Your reports tell of no paid absence on these days. If there was none, withdraw the application."),
    "unpaid": _("You get money only for days you paid for. If they were unpaid, correct the pay in the application."),
}  # fmt: skip

# Facts that are codes: why somebody was away, as the register names it.
VALUES: Words = {
    "cause_1": _("illness"),
    "cause_2": _("part-time sick leave"),
    "cause_3": _("pregnancy or parental leave"),
    "cause_4": _("special pregnancy leave"),
    "cause_5": _("rehabilitation"),
    "cause_6": _("an ill child or a compelling family reason"),
    "cause_7": _("partial child-care leave"),
    "cause_8": _("training"),
    "cause_13": _("leave of absence"),
    "cause_14": _("military refresher training"),
    "cause_18": _("midweek holiday"),
    "cause_19": _("time off by reduced working time"),
    "cause_20": _("occupational accident"),
    "cause_21": _("annual leave"),
    "cause_22": _("part-time absence due to rehabilitation"),
    "cause_23": _("compensation for annual leave costs"),
    "cause_99": _("another reason"),
}
