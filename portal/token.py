"""The door where tokens are given: whoever asks too often hears it in the words of OAuth."""

import base64
import binascii

import orjson
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError

from employers.organisations import limits
from employers.records import wire

PATH = "/oauth/token"
ADVICE = "/api/v1/problems/rate-limited"


def too_many(request: HttpRequest) -> HttpResponse | None:
    """A 429 of RFC 6749's form, section 5.2, with the code that the registry of OAuth errors has for it."""
    left = limits.spend_on_token(address=address_of(request), client_id=client_of(request))
    if left.admitted:
        return None
    said = {"error": "slow_down", "error_description": "Too many requests for tokens.", "error_uri": ADVICE}
    headers = {"Retry-After": str(left.wait), "Cache-Control": "no-store"}
    return HttpResponse(wire.dumps(said), status=429, content_type="application/json", headers=headers)


def address_of(request: HttpRequest) -> str:
    """Behind a proxy the last address is the one that the proxy itself saw."""
    told = request.headers.get("X-Forwarded-For", "") if settings.SECURE_PROXY_SSL_HEADER else ""
    return told.rpartition(",")[2].strip() or str(request.META.get("REMOTE_ADDR", ""))


def client_of(request: HttpRequest) -> str:
    """As the caller says, by HTTP Basic, in the form or in an assertion. Only counted by: nothing is proved yet."""
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() == "basic":
        return _decoded(secret.strip()).partition(":")[0]
    try:
        form = request.POST
    except (UnreadablePostError, MultiPartParserError, SuspiciousOperation):  # the view says what is wrong with it
        return ""
    return str(form.get("client_id") or _issuer(form.get("client_assertion", "")))


def _issuer(assertion: str) -> str:
    parts = assertion.split(".")
    try:
        claims = orjson.loads(_decoded(parts[1])) if len(parts) == 3 else {}
    except orjson.JSONDecodeError:
        return ""
    return str(claims.get("iss", "")) if isinstance(claims, dict) else ""


def _decoded(text: str) -> str:
    try:
        padded = text + "=" * (-len(text) % 4)
        return base64.urlsafe_b64decode(padded.replace("+", "-").replace("/", "_")).decode(errors="replace")
    except (ValueError, binascii.Error):
        return ""
