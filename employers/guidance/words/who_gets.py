"""The words of "Who gets the money?"."""

from django.utils.translation import gettext_lazy as _

from employers.guidance.words.shape import YES_NO, Asked, FlowWords, Told

WORDS = FlowWords(
    title=_("Who gets the money?"),
    lead=_("Find out whether the allowance comes to you or to the employee."),
    questions={
        "pay": Asked(
            title=_("What do you pay for the absence?"),
            choices={
                "full": _("Full pay"),
                "part": _("A part of the pay"),
                "difference": _("Only the difference between the pay and the allowance"),
                "none": _("Nothing"),
            },
        ),
        "annual_leave": Asked(title=_("Is there annual leave in between?"), choices=YES_NO),
        "employers": Asked(
            title=_("Does the employee have another employer too?"),
            hint=_("If you do not know, answer no. Do not ask only for this."),
            choices=YES_NO,
        ),
        "owner": Asked(
            title=_("Does the employee own the company or have a business of their own?"),
            hint=_("In other words: does the person have an entrepreneur's pension insurance?"),
            choices=YES_NO,
        ),
    },
    ends={
        "employer": Told(
            title=_("The allowance comes to you"),
            text=(_("You get the allowance of the days that you pay, at most as much as you pay for them."),),
        ),
        "up-to-the-pay": Told(
            title=_("The allowance comes to you up to what you pay"),
            text=(
                _("What is left of the allowance goes to the employee."),
                _("An allowance for part of a day comes to you only for full pay."),
            ),
        ),
        "difference": Told(
            title=_("The allowance goes to the employee"),
            text=(_("You pay only what the allowance leaves, so there is nothing for you to apply for."),),
        ),
        "unpaid": Told(
            title=_("The allowance goes to the employee"),
            text=(_("For days without pay the employee applies. Tell the employee when the pay ends."),),
        ),
    },
    notes={
        "annual-leave": _("The allowance for days of annual leave goes to the employee. Leave them out of the pay."),
        "several-employers": _("The allowance is shared by the pay of each employer. Each one applies on its own."),
        "entrepreneur-or-owner": _(
            "The part that comes from the person's own business goes to the person, not to you."
        ),
    },
)
