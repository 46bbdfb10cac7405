"""The words of segments and of reasons, in the active language. For officials' eyes only."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from customers.segments import rules

REASONS: Mapping[str, str | Promise] = {
    "absence_reported": _("An absence was reported"),
    "absences_at_limit": _("Many absences in two years"),
    "absences_near_limit": _("More than one absence in two years"),
    "no_new_absence": _("No new absence for a long time"),
    "paid_days_at_limit": _("Very long absences in two years"),
    "paid_days_near_limit": _("Long absences in two years"),
}


def segment_name(code: str) -> str:
    """The code itself where it has no name: a segment of the past stays readable."""
    names = next((segment.names for segment in rules.segments() if segment.code == code), {})
    return names.get(get_language() or "en", code)


def reason(code: str) -> str:
    return str(REASONS.get(code, code))
