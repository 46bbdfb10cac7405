"""The words of "By when?". What is counted is said by the page."""

from django.utils.translation import gettext_lazy as _

from employers.guidance.words.shape import Asked, FlowWords, Told
from employers.intake.words import BENEFIT_NAMES

GIVE_A_DAY = _("Give a day.")
IN_TIME = _("Send the application in time even if something is missing. What is missing can follow.")
LATE = _("If you are late, apply all the same and tell us why. It is decided whether all or a part can be accepted.")

WORDS = FlowWords(
    title=_("By when?"),
    lead=_("Count the last day to apply."),
    questions={
        "benefit": Asked(title=_("What are you going to apply for?"), choices=BENEFIT_NAMES),
        "part": Asked(
            title=_("Is this the first application for the absence?"),
            choices={
                "first": _("Yes, the first one"),
                "continuation": _("No, the absence goes on from an earlier application"),
            },
        ),
        "first_day": Asked(
            title=_("Which is the first day?"),
            hint=_("The first day of the absence or leave that you apply for, for example 2.3.2026. Not the payday."),
            missing=GIVE_A_DAY,
        ),
        "previous_end": Asked(
            title=_("When did the earlier period end?"),
            hint=_("The last day of the earlier application, for example 2.3.2026."),
            missing=GIVE_A_DAY,
        ),
        "month": Asked(
            title=_("For which month do you apply?"),
            hint=_("Give any day of the month, for example 2.3.2026."),
            missing=GIVE_A_DAY,
        ),
        "period_end": Asked(
            title=_("When does your accounting period end?"),
            hint=_("Its last day, for example 31.12.2026."),
            missing=GIVE_A_DAY,
        ),
    },
    ends={
        "illness": Told(
            title=_("The last day to apply"),
            text=(
                _("Two months are counted from the first day of the illness, not from the payday or certificate."),
                IN_TIME,
                LATE,
            ),
        ),
        "absence": Told(
            title=_("The last day to apply"),
            text=(_("Two months are counted from the first day for which you apply."), IN_TIME, LATE),
        ),
        "rehabilitation": Told(
            title=_("The last day to apply"),
            text=(_("Six months are counted from the first day for which you apply."), IN_TIME, LATE),
        ),
        "family-leave": Told(
            title=_("The last day to apply"),
            text=(
                _("Two years are counted from the start of the leave. You can apply when you have paid for a month."),
                LATE,
            ),
        ),
        "continuation": Told(
            title=_("The last day to apply"),
            text=(
                _("Each continuation has two months of its own, from the end of the period before it."),
                IN_TIME,
                LATE,
            ),
        ),
        "annual-leave": Told(
            title=_("The last day to apply"),
            text=(_("Two years are counted from the beginning of the month."), LATE),
        ),
        "occupational-health": Told(
            title=_("The last day to apply"),
            text=(_("Six months are counted from the end of the accounting period."), LATE),
        ),
    },
)
