"""The words of "Which benefit?"."""

from django.utils.translation import gettext_lazy as _

from employers.guidance.words.shape import YES_NO, Asked, FlowWords, Told

QUESTIONS = {
    "reason": Asked(
        title=_("Why is the employee away?"),
        choices={
            "illness": _("The employee is ill or has been injured in free time"),
            "part_time": _("The employee works part-time because of an illness"),
            "accident": _("An accident at work, an occupational disease or a traffic accident"),
            "pregnancy": _("Pregnancy leave"),
            "hazard": _("The work is a hazard to a pregnancy"),
            "parental": _("Parental leave"),
            "rehabilitation": _("Rehabilitation"),
            "infectious": _("Isolation or quarantine because of an infectious disease"),
            "donation": _("The employee donates an organ, tissue or cells"),
            "leave_accrued": _("Nobody is away now: annual leave was earned during a family leave"),
            "sick_child": _("The employee's child has suddenly fallen ill"),
            "special_care": _("The employee takes part in the care of a seriously ill child"),
            "care_leave": _("The employee cares for a relative or somebody else close"),
            "occupational_health": _("Nobody is away: it is about the costs of occupational health care"),
            "other": _("Something else, such as studies, annual leave or a private matter"),
        },
    ),
    "paid": Asked(
        title=_("Do you pay for the time of the absence?"),
        hint=_("Pay means wages for these days. Holiday pay and holiday bonus do not count."),
        choices=YES_NO,
    ),
    "length": Asked(
        title=_("How long does the absence last?"),
        hint=_("The waiting period is the first day and the nine weekdays after it. Saturdays count, Sundays do not."),
        choices={
            "short": _("It ends within the waiting period"),
            "long": _("It goes on after the waiting period"),
            "again": _("The same illness came back within 30 days of the last paid day"),
        },
    ),
    "full_pay": Asked(title=_("Do you go on paying the full pay of full-time work?"), choices=YES_NO),
    "other_work": Asked(title=_("Can you remove the hazard or give other suitable work?"), choices=YES_NO),
    "days": Asked(
        title=_("Is the employee away for whole days?"),
        choices={"whole": _("Whole days"), "shorter": _("The employee works shorter days")},
    ),
    "ordered": Asked(
        title=_("Did the physician in charge of infectious diseases order the absence?"),
        hint=_("The order is a written decision from the wellbeing services county."),
        choices=YES_NO,
    ),
    "working_time": Asked(title=_("Is the rehabilitation in working time?"), choices=YES_NO),
}
ENDS = {
    "sickness": Told(
        title=_("You can apply for sickness allowance"),
        text=(
            _("The allowance of the days after the waiting period comes to you, up to the pay that you pay."),
            _("When the same illness has come back, only the first day is waited for."),
        ),
    ),
    "too-short": Told(
        title=_("There is no allowance for a short illness"),
        text=(
            _("The first day and the nine weekdays after it are the waiting period. You bear its pay yourself."),
            _("If the illness goes on after all, apply within two months of the first day."),
        ),
    ),
    "insurer-first": Told(
        title=_("Report it to the insurance company first"),
        text=(
            _("An accident insurance or a traffic insurance pays before sickness allowance does."),
            _("Apply for sickness allowance in time all the same: the insurance may not pay."),
        ),
    ),
    "partial-sickness": Told(
        title=_("You can apply for partial sickness allowance"),
        text=(_("It comes to you because you go on paying the full pay. Agree on the part-time work in writing."),),
    ),
    "pregnancy": Told(
        title=_("You can apply for pregnancy allowance"),
        text=(
            _("The allowance is paid for 40 weekdays."),
            _("When you have paid for a month, look at the family leave compensation too. It is a sum of its own."),
        ),
    ),
    "hazard": Told(
        title=_("You can apply for special pregnancy allowance"),
        text=(
            _("Tell us about the hazard and why there is no other work. The employee adds a physician's statement."),
        ),
    ),
    "other-work": Told(
        title=_("There is no allowance while there is other work"),
        text=(
            _("Remove the hazard, or give other work that suits the employee's skills."),
            _("If a day of at most five hours makes the work safe, a partial allowance is possible."),
        ),
    ),
    "parental": Told(
        title=_("You can apply for parental allowance"),
        text=(_("Apply for each part of the leave on its own. Leave out days that were worked and annual leave."),),
    ),
    "partial-parental": Told(
        title=_("You can apply for partial parental allowance"),
        text=(_("It comes to you because you go on paying the full pay. A day may have at most five hours of work."),),
    ),
    "rehabilitation": Told(
        title=_("You can apply for rehabilitation allowance"),
        text=(_("It comes to you for the days of rehabilitation that you pay."),),
    ),
    "partial-rehabilitation": Told(
        title=_("You can apply for partial rehabilitation allowance"),
        text=(
            _("It comes to you because you go on paying the full pay. The day has to be clearly shorter than before."),
        ),
    ),
    "own-time": Told(
        title=_("There is nothing to apply for"),
        text=(_("The allowance comes to you only for rehabilitation in working time. The employee can apply for it."),),
    ),
    "infectious": Told(
        title=_("You can apply for the allowance because of an infectious disease"),
        text=(_("There is no waiting period. You need the physician's decision and the pay that the employee lost."),),
    ),
    "not-ordered": Told(
        title=_("Without an order it is an ordinary illness"),
        text=(_("If the absence goes on after the waiting period, you can apply for sickness allowance."),),
    ),
    "donation": Told(
        title=_("You can apply for donor allowance"),
        text=(_("There is no waiting period, and you get back the whole pay for the absence."),),
    ),
    "annual-leave": Told(
        title=_("You can apply for compensation for annual leave costs"),
        text=(_("You get it for each month that the parent's allowance earned annual leave. You have two years."),),
    ),
    "occupational-health": Told(
        title=_("You can apply for reimbursement of occupational health care"),
        text=(_("You apply once for each accounting period, within six months of its end."),),
    ),
    "employee-applies": Told(
        title=_("The employee applies for the allowance"),
        text=(_("An allowance for part of a day comes to you only for full pay. Otherwise it is the employee's."),),
    ),
    "unpaid": Told(
        title=_("You have nothing to apply for"),
        text=(
            _("An allowance comes to the employer only for days that it pays. Otherwise it is the employee's."),
            _("Tell the employee to apply in time. You need not report an unpaid absence unless you are asked."),
        ),
    ),
    "unpaid-parent": Told(
        title=_("The employee gets the allowance, but you can still get something"),
        text=(
            _("For unpaid leave the allowance goes to the employee."),
            _("Annual leave is earned during the leave all the same. You can be compensated for its costs."),
        ),
    ),
    "sick-child": Told(
        title=_("There is no allowance for a few days with a sick child"),
        text=(
            _("Temporary child-care leave gives no allowance, to you or to the employee."),
            _("Look at your collective agreement: it tells whether you pay for the days."),
        ),
    ),
    "special-care": Told(
        title=_("The employee applies for special care allowance"),
        text=(_("It is paid only for days without pay, so there is nothing for you to apply for."),),
    ),
    "care-leave": Told(
        title=_("There is no allowance for care leave"),
        text=(_("You and the employee agree on the leave. It is unpaid unless you agree otherwise."),),
    ),
    "no-benefit": Told(
        title=_("There is no allowance for this absence"),
        text=(
            _("You get something back for illness, family leave, rehabilitation, donation and occupational health."),
        ),
    ),
}
WORDS = FlowWords(
    title=_("Which benefit?"),
    lead=_("Find out what you can apply for, or why there is nothing to apply for."),
    questions=QUESTIONS,
    ends=ENDS,
)
