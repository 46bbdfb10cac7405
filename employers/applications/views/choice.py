"""Which benefit? What there is to choose from, in groups, with a sentence on what each gives and when to apply."""

from collections.abc import Collection
from typing import Any

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from employers.benefits import rules
from employers.intake.words import benefit_name
from employers.organisations import rights

GROUPS = (
    (_("Illness"), ("sickness_allowance", "partial_sickness_allowance")),
    (
        _("Pregnancy and family"),
        (
            "pregnancy_allowance",
            "special_pregnancy_allowance",
            "parental_allowance",
            "partial_parental_allowance",
            "family_leave_compensation",
            "annual_leave_compensation",
        ),
    ),
    (_("Rehabilitation"), ("rehabilitation_allowance", "partial_rehabilitation_allowance")),
    (_("Other absences"), ("infectious_disease_allowance", "donor_allowance")),
    (_("Occupational health care"), ("occupational_health_reimbursement",)),
)
FAMILY = 1  # the group where one would look for special care allowance
IN_A_SENTENCE = {
    "sickness_allowance": _(
        "For the time that you pay an employee who is ill. Apply within two months of the first day of the absence."
    ),
    "partial_sickness_allowance": _(
        "When an employee works part-time for reasons of health and you go on paying the full pay. "
        "Apply within two months of the first day."
    ),
    "pregnancy_allowance": _("For pregnancy leave that you pay. Apply within two months of the first day."),
    "special_pregnancy_allowance": _(
        "When the work is a hazard to a pregnancy and you have no safe work to give. "
        "Apply within two months of the first day."
    ),
    "parental_allowance": _(
        "For parental leave that you pay, one part at a time. Apply within two months of the first day of each part."
    ),
    "partial_parental_allowance": _(
        "When a parent works shorter days and you go on paying the full pay. Apply within two months of the first day."
    ),
    "family_leave_compensation": _(
        "A sum of its own when you have paid at least a month of pregnancy leave or adoption leave. "
        "Apply within two years."
    ),
    "annual_leave_compensation": _(
        "For the annual leave that accrues during pregnancy and parental leave. "
        "Apply within two years of the beginning of each month."
    ),
    "rehabilitation_allowance": _("For days of rehabilitation that you pay. Apply within six months of the first day."),
    "partial_rehabilitation_allowance": _(
        "When rehabilitation shortens the working day and you go on paying the full pay. "
        "Apply within six months of the first day."
    ),
    "infectious_disease_allowance": _(
        "When a physician has ordered an employee to stay away because of an infectious disease. "
        "Apply within two months of the first day."
    ),
    "donor_allowance": _(
        "When an employee donates an organ, tissue or cells and you pay for the absence. "
        "Apply within two months of the first day."
    ),
    "occupational_health_reimbursement": _(
        "For a part of what occupational health care cost in an accounting period. Apply within six months of its end."
    ),
}


def groups(held: Collection[str] = rights.RIGHTS) -> list[dict[str, Any]]:
    """What these rights let one begin."""
    return [
        {"name": name, "benefits": [_shown(code) for code in codes], "special_care": number == FAMILY}
        for number, (name, codes) in enumerate(GROUPS)
        if rights.may(held, rights.to_prepare(codes[0]))
    ]


def slug_of(benefit: str) -> str:
    """As it stands in addresses."""
    return benefit.replace("_", "-")


def benefit_of(slug: str) -> str:
    """Raises Http404."""
    found = {slug_of(code): code for code in rules.BENEFITS}
    if slug not in found:
        raise Http404
    return found[slug]


def _shown(code: str) -> dict[str, Any]:
    return {"code": code, "slug": slug_of(code), "name": benefit_name(code), "sentence": IN_A_SENTENCE[code]}
