"""Secrets of a machine client: a new one beside the old one, which then ends; two at a time, so that nothing stops."""

import secrets
from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Q
from oauth2_provider.models import Application as OAuthApplication
from oauth2_provider.settings import oauth2_settings

from employers.organisations.models import ClientSystem, User
from employers.organisations.models_clients import ClientChange, ClientSecret

MOST = 2
OVERLAP = timedelta(hours=24)
PREFIX = "eps_"  # so that whoever looks for secrets in code finds ours
Act = ClientChange.Act


class TooMany(Exception):
    """Two are in use. One of them has to end first."""


class Ended(Exception):
    """The client, or the secret, is in use no more."""


@transaction.atomic
def rotate(
    *, client: ClientSystem, name: str, overlap: timedelta | None, by: User | None, at: datetime
) -> tuple[ClientSecret, str]:
    """The new secret and what it is: told here, and never again. The old one ends after `overlap`; None: it goes on.

    Raises TooMany or Ended.
    """
    keep_first(client=locked(client))
    open_ = ClientSecret.objects.filter(_lasting(at), client=client)
    if len(open_) >= MOST:
        raise TooMany
    if overlap is not None:
        open_.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=at + overlap)).update(ends_at=at + overlap)
    plain = PREFIX + secrets.token_urlsafe(32)
    made = ClientSecret.objects.create(client=client, name=name, hashed=hashed(plain), made_at=at, made_by=by)
    ClientChange.objects.create(client=client, act=Act.SECRET_MADE, what=name, by=by, at=at)
    return made, plain


@transaction.atomic
def end_secret(*, secret: ClientSecret, by: User, at: datetime) -> None:
    """With the next request for a token. Tokens that it got go on to their end: an hour at most. Raises Ended."""
    locked(secret.client)
    ended = ClientSecret.objects.filter(_lasting(at), pk=secret.pk).update(ends_at=at)
    if not ended:
        raise Ended
    ClientChange.objects.create(client=secret.client, act=Act.SECRET_ENDED, what=secret.name, by=by, at=at)


@transaction.atomic
def keep_first(*, client: ClientSystem) -> None:
    """The secret that the OAuth library keeps becomes one of ours: named, used and ended like any other."""
    application = OAuthApplication.objects.select_for_update().get(pk=client.application_id)
    if application.client_secret:
        ClientSecret.objects.create(
            client=client, name="1", hashed=application.client_secret, made_at=application.created
        )
        OAuthApplication.objects.filter(pk=application.pk).update(client_secret="")


def locked(client: ClientSystem) -> ClientSystem:
    """Whoever changes a client changes it alone. Raises Ended."""
    found = ClientSystem.objects.select_for_update().filter(pk=client.pk, ended_at__isnull=True).first()
    if found is None:
        raise Ended
    return found


def _lasting(at: datetime) -> Q:
    return Q(ends_at__isnull=True) | Q(ends_at__gt=at)


def hashed(plain: str) -> str:
    return make_password(plain, hasher=oauth2_settings.CLIENT_SECRET_HASHER)
