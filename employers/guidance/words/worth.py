"""The words of "Is it worth applying?"."""

from django.utils.translation import gettext_lazy as _

from employers.guidance.words.shape import Asked, FlowWords, Told
from employers.intake.words import BENEFIT_NAMES

SHORT = ("sickness_allowance", "pregnancy_allowance", "parental_allowance", "rehabilitation_allowance")

WORDS = FlowWords(
    title=_("Is it worth applying?"),
    lead=_("See what you would get back, beside the time that it takes."),
    questions={
        "benefit": Asked(title=_("What is the absence about?"), choices={code: BENEFIT_NAMES[code] for code in SHORT}),
        "days": Asked(
            title=_("How many days does the absence last?"),
            hint=_("Every day from the first to the last, weekends too. Two weeks are 14 days."),
            missing=_("Give the number of days."),
        ),
        "monthly_pay": Asked(
            title=_("What is the employee paid in a month?"),
            hint=_("Gross pay in euros. About right is enough."),
            missing=_("Give the pay of a month."),
        ),
    },
    ends={
        "sum": Told(
            title=_("What it would give"),
            text=(_("We counted as if the absence began today and you paid full pay for it."),),
        ),
    },
)
