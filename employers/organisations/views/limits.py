"""No session for longer than a working day, however busy. That an idle one ends is a setting of Django's."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.http import HttpRequest, HttpResponse

from employers.records import clock

SINCE = "signed-in-since"  # session key, seconds since 1970: staff sign in by password, so from the first page on


def limited_sessions(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware, after authentication. Whose time is up goes on as nobody; drafts are kept with the employer."""

    def limited(request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and SESSION_KEY in request.session:
            now = clock.real_now().timestamp()
            if now - request.session.setdefault(SINCE, now) > settings.SESSION_LONGEST:
                logout(request)
        return get_response(request)

    return limited
