"""The first and the last day, and what else fell between them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from employers.intake.forms.base import Row, Step
from employers.intake.forms.fields import DayField

OTHER_DAY_KINDS = {
    "annual_leave": _("Annual leave"),
    "unpaid": _("Unpaid leave"),
    "worked": _("Work"),
}
FIRST_HINT = _("The waiting period and the last day to apply are counted from it. For example 2.3.2026.")
LAST_HINT = _("If it goes on, give the last day that the certificate covers; apply again for the rest.")
LAST_LEAVE_HINT = _("If the leave goes on without pay, give the last day for which you pay.")


class OtherDaysRow(Row):
    start = DayField(label=_("From"), help_text=_("As in your payroll. For example 2.3.2026."))
    end = DayField(label=_("Until"), help_text=_("The same day for a single day."))
    kind = forms.ChoiceField(
        label=_("What were these days?"),
        help_text=_("You get no allowance for them. What they were decides whether the employee does."),
        choices=[("", _("Choose")), *OTHER_DAY_KINDS.items()],
    )
    missing = {
        "start": _("Give the first of these days."),
        "end": _("Give the last of these days."),
        "kind": _("Choose what these days were."),
    }


class DaysStep(Step):
    """The days alone."""

    section = _("Absence")
    title = _("When was the employee absent?")
    lead = _("The first day is the first day of illness, also when the employee saw a doctor later.")
    absence__start = DayField(label=_("First day of the absence"), help_text=FIRST_HINT)
    absence__end = DayField(label=_("Last day of the absence"), help_text=LAST_HINT)
    missing = {
        "absence__start": _("Give the first day of the absence."),
        "absence__end": _("Give the last day of the absence."),
    }


class AbsenceStep(DaysStep):
    """The days, and below them those within that were something else."""

    also = ("other-days",)
    row = OtherDaysRow
    row_path = "other_days"
    row_name = _("Days")
    rows_title = _("Were there other days within the absence?")
    rows_lead = _(
        "Add annual leave, unpaid leave and days worked that fall within the absence. If there were none, continue."
    )
    add_words = _("Add days")
    add_more_words = _("Add more days")
    rows_after = "absence__end"
