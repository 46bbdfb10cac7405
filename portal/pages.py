"""The door before the door: `/` sends everyone to a language."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language_from_request


def to_language(request: HttpRequest) -> HttpResponse:
    """By cookie, then by `Accept-Language`, then Finnish."""
    response = redirect(f"/{get_language_from_request(request)}/")
    response["Vary"] = "Cookie, Accept-Language"
    return response
