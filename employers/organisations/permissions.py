"""Machine clients at the door: whose access token it is, which scopes it has, and how tokens are given."""

import base64
import hashlib
import re
from collections.abc import Sequence
from typing import Any, cast
from urllib.parse import unquote_plus

from django.conf import settings
from django.db import DataError
from django.db.models.functions import Now
from django.http import HttpRequest
from oauth2_provider.models import AccessToken
from oauth2_provider.models import Application as OAuthApplication
from oauth2_provider.oauth2_validators import OAuth2Validator
from oauth2_provider.scopes import BaseScopes
from oauthlib.oauth2.rfc6749 import errors
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed, MethodNotAllowed, NotAuthenticated
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from employers.organisations import assertions, limits, rights
from employers.organisations.authenticate import by_assertion, by_secret
from employers.organisations.models import ClientSystem
from employers.records import clock
from employers.records.problem import Refusal

PREFIX = "api/v1"
TOKEN_PATH = "/oauth/token"  # noqa: S105  an address
CONVERTER = re.compile(r"<(?:\w+:)?(\w+)>")


class MachineClient(BaseAuthentication):
    """`request.user` is the ClientSystem, `request.auth` its AccessToken."""

    def authenticate(self, request: Request) -> tuple[ClientSystem, AccessToken] | None:
        kind, _, secret = request.headers.get("Authorization", "").partition(" ")
        if not kind:
            return None
        token = access_token(secret.strip()) if kind.lower() == "bearer" else None
        if token is None:
            raise AuthenticationFailed
        limits.spend(request._request, token.application.client_system)
        return token.application.client_system, token

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="api"'


def access_token(secret: str) -> AccessToken | None:
    """Found by its checksum: the database holds no token that could be used. Ends by the database's own clock."""
    found = AccessToken.objects.filter(
        token_checksum=hashlib.sha256(secret.encode()).hexdigest(),
        expires__gt=Now(),
        application__client_system__isnull=False,
        application__client_system__ended_at__isnull=True,
    )
    whose = found.select_related("application__client_system__organisation")
    return next(iter(whose), None)  # one at most, so nothing has to be put in order


class HasScope(BasePermission):
    """The table of calls decides. A scope taken from the client ends with the next request, whatever its token says."""

    def has_permission(self, request: Request, view: Any) -> bool:
        call = needs(request)
        if not call.token:
            return True
        if request.auth is None:
            raise NotAuthenticated
        if call.scope is not None and call.scope not in held(request):
            raise Refusal(403, "scope-missing", scope=call.scope)
        return True


def needs(request: Request) -> rights.Call:
    call = rights.CALLS.get(call_of(request._request))
    if call is None:
        raise MethodNotAllowed(str(request.method))
    return call


def call_of(request: HttpRequest) -> str:
    """As the table of calls names it; a HEAD is a GET. Empty where no route was found."""
    match = request.resolver_match
    method = "GET" if request.method == "HEAD" else request.method
    return f"{method} {route(match.route)}" if match else ""


def methods_of(request: HttpRequest) -> list[str]:
    """What the address of the request does, as the header Allow lists it."""
    address = call_of(request).partition(" ")[2]
    methods = [call.partition(" ")[0] for call in rights.CALLS if call.partition(" ")[2] == address]
    return sorted({*methods, "HEAD"}) if "GET" in methods else sorted(methods) or ["GET", "HEAD"]


def route(pattern: str) -> str:
    """`api/v1/applications/<uuid:id>` as the table of calls writes it: `/applications/{id}`."""
    return CONVERTER.sub(r"{\1}", pattern.removeprefix(PREFIX))


def held(request: Request) -> set[str]:
    token = cast(AccessToken, request.auth)
    return set(token.scope.split()) & set(client_of(request).scopes)


def client_of(request: Request) -> ClientSystem:
    """Whoever passed the door with a token."""
    return cast(ClientSystem, request.user)


class ClientScopes(BaseScopes):  # type: ignore[misc]
    """A client gets the scopes it was given, and all of them when it does not ask."""

    def get_all_scopes(self) -> dict[str, str]:
        return {scope: scope for scope in rights.SCOPES}

    def get_available_scopes(
        self, application: OAuthApplication | None = None, request: Any = None, *args: Any, **kwargs: Any
    ) -> Sequence[str]:
        client = ClientSystem.objects.filter(application=application).first() if application else None
        return client.scopes if client else []

    def get_default_scopes(
        self, application: OAuthApplication | None = None, request: Any = None, *args: Any, **kwargs: Any
    ) -> Sequence[str]:
        return self.get_available_scopes(application, request)


class Unproven(errors.InvalidClientError):  # type: ignore[misc]
    """401 with the challenge of RFC 6749, section 5.2. The description names no value of what was sent."""

    @property
    def headers(self) -> dict[str, str]:
        return {"WWW-Authenticate": 'Basic realm="token", charset="UTF-8"'}


class TokenValidator(OAuth2Validator):  # type: ignore[misc]
    """Client credentials only; no other door into the OAuth library is open, and nothing is ever refreshed."""

    def authenticate_client(self, request: Any, *args: Any, **kwargs: Any) -> bool:
        """By secret or by assertion, and in one way only. A name that the database cannot look for is nobody's."""
        said = {name: getattr(request, name, None) or "" for name in ("client_id", "client_secret", "client_assertion")}
        basic = basic_credentials(request.headers.get("HTTP_AUTHORIZATION", ""))
        if (basic is not None) + bool(said["client_secret"]) + bool(said["client_assertion"]) > 1:
            raise errors.InvalidRequestError("Say who you are in one way only", request=request)
        try:
            client = by_signature(request, said) if said["client_assertion"] else by_password(said, basic)
        except DataError:
            client = None
        if client is None:
            raise Unproven(request=request)
        request.client = client.application
        return True

    def validate_grant_type(
        self, client_id: str, grant_type: str, client: OAuthApplication, request: Any, *args: Any, **kwargs: Any
    ) -> bool:
        return grant_type == "client_credentials" and super().validate_grant_type(
            client_id, grant_type, client, request, *args, **kwargs
        )


def by_password(said: dict[str, str], basic: tuple[str, str] | None) -> ClientSystem | None:
    client_id, secret = basic or (said["client_id"], said["client_secret"])
    return by_secret(client_id=client_id, secret=secret, at=clock.real_now()) if client_id and secret else None


def by_signature(request: Any, said: dict[str, str]) -> ClientSystem:
    if getattr(request, "client_assertion_type", None) != assertions.TYPE:
        raise Unproven("client_assertion_type is not known", request=request)
    try:
        return by_assertion(
            assertion=said["client_assertion"],
            client_id=said["client_id"],
            audiences=audiences(request.headers),
            at=clock.real_now(),
        )
    except assertions.NotProven as why:
        raise Unproven(str(why), request=request) from None


def audiences(meta: dict[str, Any]) -> set[str]:
    """The token endpoint as its clients know it; in the sandbox also as this request came to it."""
    known = {f"{settings.PORTAL_URL.rstrip('/')}{TOKEN_PATH}"}
    if settings.SANDBOX:
        host = meta.get("HTTP_HOST") or meta.get("SERVER_NAME")
        known.add(f"{meta.get('wsgi.url_scheme', 'http')}://{host}{TOKEN_PATH}")
    return known


def basic_credentials(header: str) -> tuple[str, str] | None:
    """Id and secret of HTTP Basic, each form-encoded (RFC 6749, section 2.3.1). None where it is not used."""
    scheme, _, sent = header.partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        client_id, _, secret = base64.b64decode(sent, validate=True).decode().partition(":")
    except ValueError:
        return "", ""
    return unquote_plus(client_id), unquote_plus(secret)
