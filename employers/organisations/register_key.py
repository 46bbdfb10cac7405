"""Public keys of a machine client, for `private_key_jwt`."""

from datetime import datetime

from django.db import transaction

from employers.organisations import assertions
from employers.organisations.models import ClientSystem, User
from employers.organisations.models_clients import ClientChange, ClientKey
from employers.organisations.rotate_secret import Ended, locked

MOST = 5  # of one client at a time
Act = ClientChange.Act


class SameKey(Exception):
    """The client has a key of this `kid`."""


class TooManyKeys(Exception):
    pass


@transaction.atomic
def register_key(*, client: ClientSystem, name: str, text: str, by: User, at: datetime) -> ClientKey:
    """`text`: PEM, a JWK or a JWKS of one. Raises BadKey, SameKey, TooManyKeys, Ended."""
    kid, jwk = assertions.read_key(text)
    locked(client)
    kept = set(ClientKey.objects.filter(client=client, removed_at__isnull=True).values_list("kid", flat=True))
    if kid in kept:
        raise SameKey
    if len(kept) >= MOST:
        raise TooManyKeys
    key = ClientKey.objects.create(client=client, name=name, kid=kid, jwk=jwk, added_at=at, added_by=by)
    ClientChange.objects.create(client=client, act=Act.KEY_ADDED, what=f"{name} ({kid})", by=by, at=at)
    return key


@transaction.atomic
def remove_key(*, key: ClientKey, by: User, at: datetime) -> None:
    """Nothing that it signs is believed from now on. Raises Ended."""
    locked(key.client)
    if not ClientKey.objects.filter(pk=key.pk, removed_at__isnull=True).update(removed_at=at):
        raise Ended
    ClientChange.objects.create(client=key.client, act=Act.KEY_REMOVED, what=f"{key.name} ({key.kid})", by=by, at=at)
