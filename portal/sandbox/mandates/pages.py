"""The one page of the simulated Suomi.fi: for whom do you act? In the language the portal asked for."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from employers.organisations.mandates import LANGUAGES
from portal.sandbox.mandates.people import Held

TEMPLATE = "portal/sandbox/mandates.html"
SENT_ON = ("client_id", "response_type", "redirect_uri", "user", "state")


def choice(asked: dict[str, str], offers: list[Held]) -> bytes:
    """What was asked comes back with what is chosen."""
    language = asked.get("lang", "") if asked.get("lang") in LANGUAGES else settings.LANGUAGE_CODE
    with translation.override(language):
        shown = {
            "language": language,
            "asked": [(name, asked.get(name, "")) for name in SENT_ON],
            "offers": offers,
        }
        return render_to_string(TEMPLATE, shown).encode()
