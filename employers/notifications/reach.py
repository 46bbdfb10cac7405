"""Where an employer's mail goes: give an address, confirm it, choose what comes to it, stop it, remove it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from employers.notifications import letters
from employers.notifications.models import Mail
from employers.organisations.models import Organisation, User
from employers.organisations.models_account import CONFIRM_WITHIN, Address

MOST = 20  # addresses of one employer
MOST_A_DAY = 10  # nobody fills a stranger's mailbox with requests to confirm


class AlreadyThere(Exception):
    """The employer has this address."""


class TooMany(Exception):
    """So many addresses, or so many in one day, that no employer needs them."""


@transaction.atomic
def add(*, organisation: Organisation, email: str, language: str, user: User | None, by: User, at: datetime) -> Address:
    """`user`: whose own it is; None: several read it. Nothing but a request to confirm goes there yet.

    Raises AlreadyThere, TooMany.
    """
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    own = Address.objects.filter(organisation=organisation)
    kept = own.filter(removed_at__isnull=True)
    if kept.filter(email__iexact=email).exists():
        raise AlreadyThere
    if kept.count() >= MOST or own.filter(added_at__gt=at - timedelta(days=1)).count() >= MOST_A_DAY:
        raise TooMany
    address = Address.objects.create(
        organisation=organisation, email=email, language=language, user=user, added_at=at, added_by=by
    )
    Mail.objects.create(key=f"address:{address.pk}", kind="address", address=address, created_at=at, next_at=at)
    return address


@transaction.atomic
def confirm(address_id: UUID | str, *, at: datetime) -> Address | None:
    """None where it was removed, or nobody confirmed it in time. Confirming twice does no harm."""
    address = confirmable(address_id, at=at)
    if address and address.confirmed_at is None:
        address.confirmed_at = at
        address.save(update_fields=["confirmed_at"])
    return address


def confirmable(address_id: UUID | str, *, at: datetime) -> Address | None:
    address = Address.objects.filter(pk=address_id, removed_at__isnull=True).first()
    in_time = address and (address.confirmed_at or address.added_at > at - CONFIRM_WITHIN)
    return address if in_time else None


@transaction.atomic
def choose(address_id: UUID, *, opted_out: Iterable[str], language: str) -> None:
    """`opted_out`: kinds that shall not come; those that guard the employer come all the same."""
    kinds = [code for code in letters.CHOICES if code in set(opted_out)]
    Address.objects.filter(pk=address_id).update(opted_out=kinds, language=language)


@transaction.atomic
def stop(address_id: UUID | str, code: str) -> None:
    address = Address.objects.select_for_update().filter(pk=address_id).first()
    if address and code in letters.CHOICES and code not in address.opted_out:
        address.opted_out = [*address.opted_out, code]
        address.save(update_fields=["opted_out"])


@transaction.atomic
def remove(address_id: UUID, *, at: datetime) -> None:
    """The row stays: it still hears that the bank account was changed, for a while."""
    Address.objects.filter(pk=address_id, removed_at__isnull=True).update(removed_at=at)
