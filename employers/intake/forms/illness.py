"""Pages of the benefits for an illness, an infection and a donation."""

from django import forms
from django.utils.translation import gettext_lazy as _

from employers.intake.forms.base import Body, Questions, Step, reach
from employers.intake.forms.days import AbsenceStep
from employers.intake.forms.declared import detail_step
from employers.intake.forms.reworded import LAST, OTHERWISE, WHO, Pages, period_step, reworded
from employers.intake.forms.steps import CHOICES, CertificateStep, IllnessStep, PayStep, SumPayStep

ILL: Pages = {"certificate": IllnessStep}
ATTACHED, FOLLOWS = "attached", "follows"


class OrderStep(Step):
    """The physician's decision: one question, two members of the claim."""

    section = _("The physician's decision")
    title = _("How do we get the physician's decision?")
    lead = _(
        "The absence has to be ordered by the physician in charge of infectious diseases. "
        "Apply in time even if you do not have the decision yet."
    )
    certificate = forms.ChoiceField(
        label=_("The physician's decision"),
        help_text=_("We cannot decide without it. The employee has got it from the physician."),
        widget=CHOICES,
        choices=[(ATTACHED, _("It is sent together with the application")), (FOLLOWS, _("It follows later"))],
    )
    missing = {"certificate": _("Tell us how we get the physician's decision.")}

    @classmethod
    def initial_from(cls, body: Body) -> Body:
        follows = reach(body, "details.decision_follows")
        return {"certificate": FOLLOWS if follows else body.get("certificate")}

    def said(self) -> Body:
        chosen = self.cleaned_data["certificate"]
        return {"certificate": chosen, "details.decision_follows": chosen == FOLLOWS}

    def knows(self, path: str) -> bool:
        return path == "details.decision_follows" or super().knows(path)

    def _place(self, path: str) -> tuple[Questions, str]:
        return self, "certificate"


AGREED_FROM = _(
    "The last day to apply is counted from it. It stands in your agreement with the employee. For example 2.3.2026."
)
AGREED_UNTIL = _("It stands in your agreement with the employee. If the work goes on so, apply again for the rest.")
ORDERED = _("It stands in the physician's decision. For example 2.3.2026.")
DONATED = _("It stands in the medical certificate. For example 2.3.2026.")

PAGES: dict[str, Pages] = {
    "sickness_allowance": {**WHO, "absence": AbsenceStep, **OTHERWISE, **ILL, **LAST},
    "partial_sickness_allowance": {
        **WHO,
        "absence": period_step(
            section=_("Part-time work"),
            title=_("When does the employee work part-time?"),
            lead=_("Give the first and the last day of the part-time work that you have agreed on."),
            first=_("First day of the part-time work"),
            last=_("Last day of the part-time work"),
            hints=(AGREED_FROM, AGREED_UNTIL),
        ),
        "hours": detail_step(
            "partial_sickness_allowance",
            ("weekly_hours_before", "weekly_hours_agreed"),
            section=_("Working hours"),
            title=_("How much does the employee work?"),
            lead=_("Give the hours of the employment contract, and those that you have agreed on for the time being."),
        ),
        **OTHERWISE,
        "pay": reworded(
            PayStep,
            title=_("What do you pay during the part-time work?"),
            lead=_("The allowance is yours only if you go on paying the full pay."),
        ),
        **ILL,
        **LAST,
    },
    "infectious_disease_allowance": {
        **WHO,
        "absence": period_step(
            title=_("Which days did the physician order?"),
            lead=_(
                "Give the absence, isolation or quarantine that a physician has ordered. There is no waiting period."
            ),
            first=_("First day of the absence"),
            last=_("Last day of the absence"),
            hints=(ORDERED, ORDERED),
        ),
        "monthly-pay": detail_step(
            "infectious_disease_allowance",
            ("monthly_pay",),
            section=_("Monthly pay"),
            title=_("What is the employee's monthly pay?"),
            lead=_("The allowance makes up for the whole loss of pay, so it is counted from the pay of a month."),
        ),
        "pay": SumPayStep,
        "order": OrderStep,
        **LAST,
    },
    "donor_allowance": {
        **WHO,
        "absence": period_step(
            title=_("When was the employee absent because of the donation?"),
            lead=_("Examinations and recovery count, too. There is no waiting period."),
            first=_("First day of the absence"),
            last=_("Last day of the absence"),
            hints=(DONATED, DONATED),
        ),
        "earnings": detail_step(
            "donor_allowance",
            ("earnings_lost",),
            section=_("Earnings lost"),
            title=_("How much pay would the employee have earned?"),
            lead=_("From 2026 on the whole loss of earnings is made up for."),
        ),
        "pay": SumPayStep,
        "certificate": CertificateStep,
        **LAST,
    },
}
