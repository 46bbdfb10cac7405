"""The pages of each benefit's application, one thing on each, in their order."""

from collections.abc import Mapping

from employers.intake.forms import family, illness, occupational_health, rehabilitation
from employers.intake.forms.base import Step

PAGES: Mapping[str, Mapping[str, type[Step]]] = {
    **illness.PAGES,
    **family.PAGES,
    **rehabilitation.PAGES,
    **occupational_health.PAGES,
}


def pages_of(benefit: str) -> Mapping[str, type[Step]]:
    """By the name that a page has in its address."""
    return PAGES[benefit]
