"""Where machine clients get their tokens (RFC 6749, section 4.4)."""

from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from oauth2_provider.views import TokenView

from employers.records import wire

TOO_MUCH = {"error": "invalid_request", "error_description": "The form is too large, or has too many fields."}


class Token(TokenView):  # type: ignore[misc]
    """Whatever is answered is JSON, and nobody keeps it."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = self._given(request, *args, **kwargs)
        for name, value in {
            "Content-Type": "application/json",
            "Cache-Control": "no-store",
            "Pragma": "no-cache",
        }.items():
            answer[name] = value
        return answer

    def _given(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            answer: HttpResponse = super().post(request, *args, **kwargs)
        except SuspiciousOperation:  # the library reads the form unguarded, and Django would answer with a page
            return HttpResponse(wire.dumps(TOO_MUCH), status=400)
        return answer
