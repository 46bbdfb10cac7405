"""Where machine clients get their tokens (RFC 6749, section 4.4)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from oauth2_provider.views import TokenView


class Token(TokenView):  # type: ignore[misc]
    """Whatever is answered is JSON, and nobody keeps it."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer: HttpResponse = super().post(request, *args, **kwargs)
        for name, value in {
            "Content-Type": "application/json",
            "Cache-Control": "no-store",
            "Pragma": "no-cache",
        }.items():
            answer[name] = value
        return answer
