"""The one page of the simulated broker: who are you? In the language the portal asked for."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import translation

from portal.sandbox.identification.people import EVERYBODY, told
from portal.sandbox.identification.protocol import LANGUAGES

TEMPLATE = "portal/sandbox/identification.html"


def choice(name: str, said: dict[str, Any]) -> bytes:
    """`name` is the request's; what is chosen comes back with it."""
    wanted = str(said.get("ui_locales", "")).split(" ")[0]
    language = wanted if wanted in LANGUAGES else settings.LANGUAGE_CODE
    with translation.override(language):
        shown = {
            "language": language,
            "request": name,
            "people": told(EVERYBODY),
            "service": said.get("ftn_spname", said["client_id"]),
            "again": said.get("prompt") == "login",
        }
        return render_to_string(TEMPLATE, shown).encode()


def policy(redirect_uri: str) -> str:
    """Chromium follows a form only to where it may go, and the answer leads back to the portal."""
    parts = urlsplit(redirect_uri)
    return f"default-src 'none'; style-src 'self'; img-src data:; form-action 'self' {parts.scheme}://{parts.netloc}"


def style() -> bytes:
    """The portal's own, so that the sandbox looks like one piece."""
    with open(str(finders.find("portal/portal.css")), "rb") as file:
        return file.read()
