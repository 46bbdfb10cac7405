"""Follow the event log and write the mails that follow from it. The cursor moves with them, or neither is written."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from uuid import UUID

from django.db import transaction

from employers.notifications import letters
from employers.notifications.models import Mail, NewsCursor
from employers.notifications.queries import is_wanted
from employers.organisations.models_account import Address
from employers.organisations.reached import addresses_at, confirmed_addresses
from employers.records import clock, events
from employers.records.models import Event
from employers.records.queries import Cursor, events_after

AT_ONCE = 500  # events in one transaction
COLLECTED = timedelta(minutes=10)  # what happens in this time goes into one mail
MORNING = time(8)
REMEMBERED = timedelta(days=30)  # how long an address that was removed still hears of the bank account
MOST_IDS = 1000  # in one mail; more say nothing more

# What is written about which event.
ABOUT: Mapping[str, str] = {
    events.INFORMATION_REQUESTED: "question",
    events.DECIDED: "decision",
    events.PAYMENT_SENT: "payment",
    events.MESSAGE: "message",
    events.FINDING_OPENED: "findings",
    events.CLAIM_INCOMPLETE: "claim_incomplete",
    events.PAY_ENDED: "pay_ended",
    events.MANDATE_CHANGED: "mandate",
    events.RIGHTS_REQUESTED: "rights_asked",
    events.ACCOUNT_ASKED: "account_asked",
    events.ACCOUNT_CHANGED: "account_changed",
}
OF_APPLICATIONS = ("question", "decision", "payment", "pay_ended")


def is_any_due() -> bool:
    place = NewsCursor.objects.filter(name="mail").first() or NewsCursor(name="mail")
    return bool(events_after(_cursor(place), limit=1))


def follow() -> int:
    """Read the event log to its end; how many events there were. Any number of workers may try."""
    read = 0
    while batch := _follow_some():
        read += batch
        if batch < AT_ONCE:
            break
    return read


@transaction.atomic
def _follow_some() -> int:
    NewsCursor.objects.get_or_create(name="mail")
    place = NewsCursor.objects.select_for_update(skip_locked=True).filter(name="mail").first()
    if place is None:
        return 0  # another worker is at it
    read = events_after(_cursor(place), limit=AT_ONCE)
    if read:
        _write([event for event in read if event.type in ABOUT])
        place.transaction, place.event = read[-1].transaction, read[-1].pk
        place.save(update_fields=["transaction", "event"])
    return len(read)


def _cursor(place: NewsCursor) -> Cursor:
    return Cursor(place.transaction, place.event or UUID(int=0))


def _write(read: list[Event]) -> None:
    """To whoever had confirmed an address when it happened."""
    reached: dict[UUID, list[Address]] = defaultdict(list)
    for address in confirmed_addresses({event.organisation for event in read}):
        reached[address.organisation_id].append(address)
    for event in read:
        code = ABOUT[event.type]
        told = _guarded(event) if event.type == events.ACCOUNT_CHANGED else reached[event.organisation]
        for address in told:
            if address.confirmed_at and address.confirmed_at <= event.at and is_wanted(address, code):
                _tell(address, code, event)


def _guarded(event: Event) -> list[Address]:
    """The old addresses too: nobody turns the money elsewhere by removing those who would notice."""
    return list(addresses_at(event.organisation, since=event.at - REMEMBERED))


def _tell(address: Address, code: str, event: Event) -> None:
    subject = event.application if code in OF_APPLICATIONS else event.subject
    about = [str(subject)] if subject else []
    if letters.KINDS[code].collects and _add(address, code, about):
        return
    Mail.objects.get_or_create(
        key=f"{code}:{event.pk}:{address.pk}",
        defaults={
            "kind": code,
            "address": address,
            "ids": about,
            "created_at": event.at,
            "next_at": _when(address, code, at=event.at),
        },
    )


def _add(address: Address, code: str, about: list[str]) -> bool:
    """Into the mail of this kind that waits and that nobody has taken up yet."""
    waiting = Mail.objects.select_for_update().filter(
        address=address, kind=code, status=Mail.State.WAITING, attempts=0, lease_until__isnull=True
    )
    mail = waiting.first()
    if mail is None:
        return False
    mail.ids = [*mail.ids, *(one for one in about if one not in mail.ids)][:MOST_IDS]
    mail.save(update_fields=["ids"])
    return True


def _when(address: Address, code: str, *, at: datetime) -> datetime:
    """New findings come once a day at most; the other days' in the morning."""
    if not letters.KINDS[code].collects:
        return at
    if code == "findings" and _told_on(address, code, at=at):
        tomorrow = clock.day_of(at) + timedelta(days=1)
        return datetime.combine(tomorrow, MORNING, tzinfo=clock.HELSINKI)
    return at + COLLECTED


def _told_on(address: Address, code: str, *, at: datetime) -> bool:
    midnight = datetime.combine(clock.day_of(at), time(), tzinfo=clock.HELSINKI)
    return Mail.objects.filter(address=address, kind=code, status=Mail.State.SENT, sent_at__gte=midnight).exists()
