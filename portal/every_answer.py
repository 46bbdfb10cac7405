"""What goes out with every answer to a machine, whichever part of the program made it."""

from collections.abc import Callable

from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from rest_framework.exceptions import APIException
from rest_framework.request import Request

from employers.organisations import limits
from employers.organisations.permissions import MachineClient, call_of, methods_of
from employers.records.problem import Refusal
from portal import deprecated, token
from portal.api import API, PROBLEM, answer

UNREADABLE = Refusal(400, "malformed-request")
Door = Callable[[HttpRequest], HttpResponseBase]


def of_machines(get_response: Door) -> Door:
    def answered(request: HttpRequest) -> HttpResponseBase:
        if request.path == token.PATH and (refused := token.too_many(request)):
            return refused
        if not request.path.startswith(API):
            return get_response(request)
        return finished(request, get_response(request) if has_sound_length(request) else answer(request, UNREADABLE))

    return answered


def has_sound_length(request: HttpRequest) -> bool:
    """A body whose length cannot be read cannot be read either."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return bool(length.isascii() and length.isdigit())


def finished(request: HttpRequest, found: HttpResponseBase) -> HttpResponseBase:
    found = as_problem(request, found)
    try:
        count(request)
    except Refusal as refusal:
        found = answer(request, refusal)
    for name, value in headers(request).items():
        found.headers[name] = value
    if found.status_code == 405:
        found.headers["Allow"] = ", ".join(methods_of(request))
    return found


def as_problem(request: HttpRequest, found: HttpResponseBase) -> HttpResponseBase:
    """A page among the calls says no in their shape; and to a form without its token first of all what it does."""
    told = found.headers.get("Content-Type", "").startswith(PROBLEM)
    other = found.status_code in (403, 405) and not told and request.method not in methods_of(request)
    return answer(request, Refusal(405, "method-not-allowed")) if other else found


def count(request: HttpRequest) -> None:
    """A call that was refused before anybody asked whose it was counts too. Raises the 429."""
    if limits.counted(request) or "Authorization" not in request.headers:
        return
    try:
        MachineClient().authenticate(Request(request))
    except (APIException, DatabaseError, InterfaceError):
        return  # nobody's token, or a database that is away: there is nothing to count


def headers(request: HttpRequest) -> dict[str, str]:
    spent, leaving = limits.told(request), deprecated.LEAVING.get(call_of(request))
    return (spent.headers() if spent else {}) | (leaving.headers() if leaving else {})
