"""Change where an employer's money goes: one asks, a mail goes out, and only what is confirmed from it counts."""

from datetime import datetime

from django.core.signing import BadSignature, Signer
from django.db import transaction

from employers.organisations.access import Actor
from employers.organisations.models import Organisation
from employers.organisations.models_account import AccountChange
from employers.organisations.reached import confirmed_addresses, waiting_change
from employers.records import events
from employers.records.record import record

State = AccountChange.State
SIGNER = Signer(salt="account-change", sep=".")


class NoAddress(Exception):
    """Nobody could be asked to confirm: the employer has no confirmed e-mail address."""


class SameAccount(Exception):
    """This is the account that is in use."""


class NotWaiting(Exception):
    """It was confirmed or cancelled, or nobody confirmed it in time."""


@transaction.atomic
def ask(*, organisation: Organisation, iban: str, by: Actor, at: datetime) -> AccountChange:
    """`iban` without spaces and valid. What waited before is cancelled. Raises NoAddress, SameAccount."""
    locked = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if not confirmed_addresses([organisation.pk]).exists():
        raise NoAddress
    if locked.iban == iban:
        raise SameAccount
    for before in AccountChange.objects.filter(organisation=locked, status=State.WAITING):
        _close(before, status=State.CANCELLED, by=by, at=at)
    change = AccountChange.objects.create(
        organisation=locked, iban=iban, last_four=iban[-4:], asked_at=at, asked_by=by.user, **by.columns()
    )
    record(events.ACCOUNT_ASKED, organisation=locked.pk, subject=change.pk, at=at)
    return change


@transaction.atomic
def confirm(*, change: AccountChange, by: Actor, at: datetime) -> Organisation:
    """From here on the money goes there. Raises NotWaiting."""
    organisation = Organisation.objects.select_for_update().get(pk=change.organisation_id)
    waiting = waiting_change(organisation, at=at)
    if waiting is None or waiting.pk != change.pk:
        raise NotWaiting
    organisation.iban, organisation.iban_changed_at = waiting.iban, at
    organisation.save(update_fields=["iban", "iban_changed_at"])
    _close(waiting, status=State.CONFIRMED, by=by, at=at)
    record(events.ACCOUNT_CHANGED, organisation=organisation.pk, subject=waiting.pk, at=at)
    return organisation


@transaction.atomic
def cancel(*, organisation: Organisation, by: Actor, at: datetime) -> None:
    """Nothing happens where nothing waits."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    for waiting in AccountChange.objects.filter(organisation=organisation, status=State.WAITING):
        _close(waiting, status=State.CANCELLED, by=by, at=at)


def token(change: AccountChange) -> str:
    """For the link in the mail. It opens a page; confirming takes a sign-in with the right."""
    return SIGNER.sign(str(change.pk))


def of_token(text: str, *, organisation: Organisation) -> AccountChange | None:
    try:
        return AccountChange.objects.filter(pk=SIGNER.unsign(text), organisation=organisation).first()
    except BadSignature:
        return None


def _close(change: AccountChange, *, status: str, by: Actor, at: datetime) -> None:
    """The account itself is needed no more."""
    change.status, change.closed_at, change.closed_by, change.iban = status, at, by.user, None
    change.save(update_fields=["status", "closed_at", "closed_by", "iban"])
