"""Pages of the benefits for pregnancy, parents and the leave that both bring."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from employers.intake.forms.days import LAST_LEAVE_HINT, AbsenceStep, DaysStep
from employers.intake.forms.declared import detail_step
from employers.intake.forms.reworded import LAST, OTHERWISE, WHO, Pages, period_step, reworded
from employers.intake.forms.steps import (
    CERTIFICATES,
    PAY_BASES,
    AsksIncome,
    CertificateStep,
    EarlierStep,
    PayStep,
    SumPayStep,
    one_of,
)
from employers.intake.forms.who import EmployeeStep

LEAVE_HINT = _(
    "The last day to apply is counted from it. The employee has told you when asking for leave. For example 2.3.2026."
)
FIRST, LAST_DAY = _("First day of the leave"), _("Last day of the leave")
PAY: dict[str, Any] = {
    "section": _("Pay for the leave"),
    "title": _("What did you pay for the leave?"),
    "lead": _(
        "Give the gross pay of the days of leave only, without holiday bonus. "
        "If the pay changed on the way, give each period by itself."
    ),
    "pay_basis": one_of(
        PAY_BASES,
        label=_("How much do you pay during the leave?"),
        help_text=_("Who gets the allowance depends on it. Your collective agreement says how much you pay."),
    ),
}
LEAVE: Pages = {
    **OTHERWISE,
    "earlier": reworded(
        EarlierStep,
        title=_("Have you applied for an earlier part of this leave?"),
        lead=_("If you have, the allowance goes on by the rules and the income of its first day."),
        new_words=_("No, this is the first part"),
        section=_("Earlier part of the leave"),
    ),
    "pay": reworded(PayStep, **PAY),
}


def leave_step(title: Any, lead: Any, *, base: Any = AbsenceStep) -> Any:
    return period_step(
        section=_("Leave"),
        title=title,
        lead=lead,
        first=FIRST,
        last=LAST_DAY,
        hints=(LEAVE_HINT, LAST_LEAVE_HINT),
        base=base,
    )


PAGES: dict[str, Pages] = {
    "pregnancy_allowance": {
        **WHO,
        "absence": leave_step(
            _("When is the pregnancy leave?"), _("Give the first and the last day of leave for which you pay.")
        ),
        "birth": detail_step(
            "pregnancy_allowance",
            ("due_date", "first_benefit_day"),
            section=_("Due date"),
            title=_("When is the child due?"),
            lead=_("We see from it whether the leave begins in time. Leave it empty if you do not know."),
        ),
        **LEAVE,
        **LAST,
    },
    "special_pregnancy_allowance": {
        **WHO,
        "absence": leave_step(
            _("When does the hazard keep the employee from work?"),
            _("Give the first and the last day for which you pay, also when the employee works shorter days."),
        ),
        "hazard": detail_step(
            "special_pregnancy_allowance",
            ("hazards", "other_work_offered", "daily_hours"),
            section=_("Hazard at work"),
            title=_("What makes the work a hazard?"),
            lead=_(
                "Choose everything that applies. You can also leave this empty and send the notice of the hazard later."
            ),
        ),
        "due-date": detail_step(
            "special_pregnancy_allowance",
            ("due_date",),
            section=_("Due date"),
            title=_("When is the child due?"),
            lead=_("Leave it empty if you do not know."),
        ),
        **LEAVE,
        "certificate": reworded(
            CertificateStep,
            section=_("Physician's statement"),
            title=_("How do we get the physician's statement?"),
            lead=_("The physician of the occupational health care writes it. You need not read it."),
            certificate=one_of(
                CERTIFICATES,
                label=_("Physician's statement"),
                help_text=_("We cannot decide without it. Ask the employee or your occupational health care."),
            ),
            missing={"certificate": _("Tell us how we get the physician's statement.")},
        ),
        **LAST,
    },
    "parental_allowance": {
        **WHO,
        "absence": leave_step(
            _("When is the parental leave?"),
            _("Give one unbroken part of the leave for which you pay. Apply for each other part by itself."),
        ),
        "child": detail_step(
            "parental_allowance",
            ("child_born", "first_benefit_day", "days_used", "raised_days_used"),
            section=_("Child and days used"),
            title=_("How much of the parental leave has been used?"),
            lead=_("Ask the employee. If this is the first leave for the child, you can leave all of this empty."),
        ),
        **LEAVE,
        **LAST,
    },
    "partial_parental_allowance": {
        **WHO,
        "absence": leave_step(
            _("When does the employee work shorter days?"),
            _("Give the first and the last day that you have agreed on."),
        ),
        "hours": detail_step(
            "partial_parental_allowance",
            ("daily_hours_agreed",),
            section=_("Working hours"),
            title=_("How much does the employee work?"),
            lead=_("The allowance is paid for days on which the employee works five hours at most."),
        ),
        "child": detail_step(
            "partial_parental_allowance",
            ("child_born", "first_benefit_day", "days_used"),
            section=_("Child and days used"),
            title=_("How much of the parental leave has been used?"),
            lead=_("Ask the employee. If this is the first leave for the child, you can leave all of this empty."),
        ),
        **LEAVE,
        "pay": reworded(PayStep, **PAY | {"lead": _("The allowance is yours only if you go on paying the full pay.")}),
        **LAST,
    },
    "family_leave_compensation": {
        **WHO,
        "absence": leave_step(
            _("Which part of the leave did you pay for?"),
            _("Give the pregnancy leave, or an adoptive parent's parental leave. You need to have paid a month of it."),
            base=DaysStep,
        ),
        "contract": detail_step(
            "family_leave_compensation",
            ("basis", "contract", "working_time_percent"),
            section=_("Leave and contract"),
            title=_("What is the leave for, and what is the contract like?"),
            lead=_("The compensation is paid when the contract is for a year at least and the work nearly full time."),
        ),
        "pay": reworded(
            SumPayStep,
            **PAY
            | {
                "pay_basis": one_of(
                    PAY_BASES,
                    label=_("How much do you pay during the leave?"),
                    help_text=_("The compensation is the same for each of these, once you have paid for a month."),
                )
            },
        ),
        **LAST,
    },
    "annual_leave_compensation": {
        **WHO,
        "employee": reworded(EmployeeStep, lead=_("We need to know whose annual leave you pay for.")),
        "months": detail_step(
            "annual_leave_compensation",
            ("first_leave_day", "months"),
            bases=(AsksIncome,),
            field_order=["details__first_leave_day"],
            section=_("Months"),
            title=_("For which months did annual leave accrue?"),
            lead=_("Give each calendar month in which a parent's allowance was paid and annual leave accrued."),
            row_name=_("Month"),
            add_words=_("Add a month"),
            add_more_words=_("Add another month"),
        ),
        **LAST,
    },
}
