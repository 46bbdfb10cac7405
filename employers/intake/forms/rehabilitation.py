"""Pages of the rehabilitation allowances."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from employers.intake.forms.declared import detail_step
from employers.intake.forms.reworded import LAST, OTHERWISE, WHO, Pages, period_step, reworded
from employers.intake.forms.steps import CERTIFICATES, CertificateStep, EarlierStep, PayStep, one_of

INVITED = _(
    "The allowance is counted by these days. They stand in the invitation or the decision. For example 2.3.2026."
)
COURSE: Pages = {
    **WHO,
    "absence": period_step(
        section=_("Rehabilitation"),
        title=_("When was the rehabilitation?"),
        lead=_("Give the days of rehabilitation for which you pay. The employee's own free time gives nothing."),
        first=_("First day of the rehabilitation"),
        last=_("Last day of the rehabilitation"),
        hints=(INVITED, INVITED),
    ),
}
AFTERWARDS: Pages = {
    **OTHERWISE,
    "earlier": reworded(
        EarlierStep,
        title=_("Does this continue an earlier rehabilitation?"),
        lead=_("If it goes on or begins again within 30 days, the waiting period is shorter or there is none."),
        new_words=_("No, this is a new rehabilitation"),
        section=_("Earlier rehabilitation"),
    ),
}
PROOF: Pages = {
    "certificate": reworded(
        CertificateStep,
        section=_("Proof of attendance"),
        title=_("How do we get the proof of attendance?"),
        lead=_("Whoever arranges the rehabilitation writes it."),
        certificate=one_of(
            CERTIFICATES,
            label=_("Proof of attendance"),
            help_text=_("We cannot decide without it. The employee gets it when the rehabilitation ends."),
        ),
        missing={"certificate": _("Tell us how we get the proof of attendance.")},
    )
}


def kind_step(benefit: str) -> Any:
    return detail_step(
        benefit,
        ("kind", "waiting"),
        section=_("Kind of rehabilitation"),
        title=_("What kind of rehabilitation is it?"),
        lead=_("Both stand in the decision on the rehabilitation. Leave empty what you do not know."),
    )


PAGES: dict[str, Pages] = {
    "rehabilitation_allowance": {
        **COURSE,
        "kind": kind_step("rehabilitation_allowance"),
        **AFTERWARDS,
        **PROOF,
        **LAST,
    },
    "partial_rehabilitation_allowance": {
        **COURSE,
        "kind": kind_step("partial_rehabilitation_allowance"),
        "hours": detail_step(
            "partial_rehabilitation_allowance",
            ("daily_hours_before", "daily_hours_agreed"),
            section=_("Working hours"),
            title=_("How much does the employee work?"),
            lead=_("The day has to be clearly shorter because of the rehabilitation."),
        ),
        **AFTERWARDS,
        "pay": reworded(
            PayStep,
            title=_("What do you pay for the hours of rehabilitation?"),
            lead=_("Give only the pay of the hours missed. The allowance is yours only if you pay the full pay."),
        ),
        **PROOF,
        **LAST,
    },
}
