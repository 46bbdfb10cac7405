"""What every answer of the machine interface shares: JSON in, JSON out, and problem documents as RFC 9457 has them."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

import structlog
from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.views import defaults
from rest_framework import exceptions
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from employers.income_register.transport import RegisterUnavailable
from employers.intake import words
from employers.organisations.identification.wire import BrokerUnavailable
from employers.organisations.identifiers import without_codes
from employers.organisations.mandates import Unavailable as MandatesUnavailable
from employers.records import wire
from employers.records.problem import Refusal

log = structlog.get_logger()
API = "/api/"
PROBLEM = "application/problem+json"
LATER = {"Retry-After": "5"}  # seconds; a database comes back in less
MUCH_LATER = {"Retry-After": "60"}  # a neighbour takes its time


class Renderer(BaseRenderer):
    media_type = "application/json"
    format = "json"
    charset = None

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Mapping[str, Any] | None = None
    ) -> bytes:
        """What is about people stays in no cache on the way."""
        response = (renderer_context or {}).get("response")
        if response is not None:
            response.headers.setdefault("Cache-Control", "no-store")
        return b"" if data is None else wire.dumps(data)


class Parser(BaseParser):
    """The bytes stay in `HttpRequest.body`: an idempotency key is bound to them, not to what they mean."""

    media_type = "application/json"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None) -> Any:
        request: Request = (parser_context or {})["request"]
        try:
            return wire.loads(request._request.body)
        except wire.Unparseable:
            raise Refusal(400, "malformed-request") from None


def exception_handler(error: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """None for what nobody foresaw: Django logs it and calls `server_error`."""
    from rest_framework.views import set_rollback  # its module asks for our renderer as soon as it is loaded

    refusal = as_refusal(error)
    if refusal is None:
        return None
    if refusal.status >= 500:
        log.warning("not available", error=type(error).__name__, origin=refusal.origin)
    set_rollback()
    request: Request = context["request"]
    return answer(request._request, refusal)


def as_refusal(error: Exception) -> Refusal | None:
    if isinstance(error, Refusal):
        return error
    for kinds, made in KNOWN:
        if isinstance(error, kinds):
            return made(error)
    return None


KNOWN: tuple[tuple[tuple[type[Exception], ...], Callable[[Any], Refusal]], ...] = (
    (
        (exceptions.NotAuthenticated, exceptions.AuthenticationFailed),
        lambda error: Refusal(401, "not-authenticated", headers={"WWW-Authenticate": error.auth_header}),
    ),
    ((Http404, exceptions.NotFound), lambda error: Refusal(404, "not-found")),
    ((PermissionDenied, exceptions.PermissionDenied), lambda error: Refusal(403, "scope-missing")),
    ((exceptions.MethodNotAllowed,), lambda error: Refusal(405, "method-not-allowed")),
    ((exceptions.NotAcceptable,), lambda error: Refusal(406, "not-acceptable")),
    ((exceptions.UnsupportedMediaType,), lambda error: Refusal(415, "unsupported-media-type")),
    ((exceptions.ParseError, UnreadablePostError), lambda error: Refusal(400, "malformed-request")),
    ((RequestDataTooBig,), lambda error: Refusal(413, "body-too-large")),
    ((OperationalError, InterfaceError), lambda error: Refusal(503, "unavailable", headers=LATER)),
    (
        (RegisterUnavailable,),
        lambda error: Refusal(503, "register-unavailable", headers=MUCH_LATER, origin="incomes-register"),
    ),
    (
        (MandatesUnavailable, BrokerUnavailable),
        lambda error: Refusal(503, "identity-unavailable", headers=MUCH_LATER, origin="identity"),
    ),
)


def answer(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    drain(request)
    return HttpResponse(
        wire.dumps(document(request, refusal)),
        status=refusal.status,
        content_type=PROBLEM,
        headers=refusal.headers,
    )


def document(request: HttpRequest, refusal: Refusal) -> dict[str, Any]:
    return {
        "type": words.page_of(refusal.code),
        "code": refusal.code,
        "title": words.title(refusal.code),
        "detail": words.advice(refusal.code),
        "status": refusal.status,
        "instance": without_codes(request.path),
        "trace_id": trace_id(),
        "origin": refusal.origin,
        "errors": [words.described(problem) for problem in refusal.errors],
        **refusal.more,
    }


def trace_id() -> str:
    """What the log lines of this request carry."""
    return str(structlog.contextvars.get_contextvars().get("request_id") or uuid4())


def drain(request: HttpRequest) -> None:
    """A caller still sending a body nobody wants would not hear the answer; past a limit it has to bear that."""
    if getattr(request, "_read_started", True):
        return
    try:
        wire.drain(request, most=2 * settings.LARGEST_BODY)
    except UnreadablePostError:
        return


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if not request.path.startswith(API):
        return defaults.page_not_found(request, exception)
    return answer(request, Refusal(404, "not-found"))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Refused before any view saw it."""
    if not request.path.startswith(API):
        return defaults.bad_request(request, exception)
    return answer(request, as_refusal(exception) or Refusal(400, "malformed-request"))


def server_error(request: HttpRequest) -> HttpResponse:
    """A trace id and nothing else."""
    if not request.path.startswith(API):
        return defaults.server_error(request)
    return HttpResponse(wire.dumps({"trace_id": trace_id()}), status=500, content_type=PROBLEM)
