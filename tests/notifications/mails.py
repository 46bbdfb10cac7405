"""Events that end up in a mail, and the mails that went out."""

from datetime import datetime, timedelta

from django.core import mail

from employers.notifications.deliver import deliver_next
from employers.notifications.follow import ABOUT, _write, follow
from employers.records.models import Event
from employers.records.record import record
from tests import cast
from tests.feeds import until_shown

LATER = timedelta(minutes=11)  # what is collected has been by then


def happened(type: str, *, at: datetime = cast.AT, business_id: str = cast.BAKERY, **about) -> Event:
    return record(type, organisation=cast.employer(business_id).pk, at=at, **about)


def followed() -> int:
    until_shown()
    return follow()


def followed_at_once() -> None:
    """The same for a test in one transaction: nothing that is written in it is ever in front of it."""
    _write(list(Event.objects.filter(type__in=ABOUT).order_by("id")))


def delivered(*, at: datetime = cast.AT + LATER) -> list[mail.EmailMessage]:
    """What goes out when the workers look at this time."""
    before = len(mail.outbox)
    while deliver_next(at=at):
        pass
    return mail.outbox[before:]
