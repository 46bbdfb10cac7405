"""Make a machine client, and change what it may ask for."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from oauth2_provider.models import Application as OAuthApplication

from employers.organisations import rights
from employers.organisations.models import ClientSystem, Organisation, User
from employers.organisations.models_clients import ClientChange
from employers.organisations.rotate_secret import locked, rotate

OFFERED = tuple(scope for scope in rights.SCOPES if scope != rights.SEGMENTS_READ)
FIRST = "1"  # the name of a client's first secret
MOST = 50  # clients of one organisation
Act = ClientChange.Act


class NameTaken(Exception):
    """Another client of the organisation has this name."""


class TooManyClients(Exception):
    pass


@transaction.atomic
def register(
    *, organisation: Organisation, name: str, scopes: Sequence[str], by: User, at: datetime
) -> tuple[ClientSystem, str]:
    """The client and its secret: told here, and never again. Raises NameTaken, TooManyClients."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    _check(organisation, name)
    application = OAuthApplication.objects.create(
        client_type=OAuthApplication.CLIENT_CONFIDENTIAL,
        authorization_grant_type=OAuthApplication.GRANT_CLIENT_CREDENTIALS,
        name=name,
    )
    OAuthApplication.objects.filter(pk=application.pk).update(client_secret="")  # ours are the only ones
    client = ClientSystem.objects.create(
        application=application, organisation=organisation, name=name, scopes=in_order(scopes)
    )
    ClientChange.objects.create(client=client, act=Act.MADE, what=" ".join(client.scopes), by=by, at=at)
    _secret, plain = rotate(client=client, name=FIRST, overlap=None, by=by, at=at)
    return client, plain


@transaction.atomic
def change_client(*, client: ClientSystem, scopes: Sequence[str], by: User, at: datetime) -> None:
    """From the next request on, also with tokens that it has. Raises Ended."""
    row = locked(client)
    row.scopes = in_order(scopes) + [scope for scope in row.scopes if scope not in OFFERED]
    row.save(update_fields=["scopes"])
    ClientChange.objects.create(client=row, act=Act.CHANGED, what=" ".join(row.scopes), by=by, at=at)


def in_order(scopes: Sequence[str]) -> list[str]:
    return [scope for scope in OFFERED if scope in scopes]


def _check(organisation: Organisation, name: str) -> None:
    names = set(
        ClientSystem.objects.filter(organisation=organisation, ended_at__isnull=True).values_list("name", flat=True)
    )
    if name in names:
        raise NameTaken
    if len(names) >= MOST:
        raise TooManyClients
