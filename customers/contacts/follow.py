"""Read the event log on, a piece at a time: the place in it moves with what was made of the piece, or neither does."""

from collections.abc import Callable
from uuid import UUID

from django.db import transaction

from customers.contacts.gather import gather
from customers.contacts.models import FeedCursor
from employers.records.models import Event
from employers.records.queries import Cursor, events_after

AT_ONCE = 500  # events in one transaction


def follow() -> int:
    """Every event that is a contact becomes one; how many events were read. Any number of workers may try."""
    return read_on("contacts", use=gather)


def read_on(name: str, *, use: Callable[[list[Event]], object]) -> int:
    """To the end of the log. While another worker reads under the same name there is nothing to do."""
    read = 0
    while piece := _read_piece(name, use=use):
        read += piece
        if piece < AT_ONCE:
            break
    return read


def reader(name: str, *, skip_locked: bool) -> FeedCursor | None:
    """The place of this reader, locked; None while another holds it and `skip_locked` does not wait."""
    FeedCursor.objects.get_or_create(name=name)
    return FeedCursor.objects.select_for_update(skip_locked=skip_locked).filter(name=name).first()


@transaction.atomic
def _read_piece(name: str, *, use: Callable[[list[Event]], object]) -> int:
    place = reader(name, skip_locked=True)
    if place is None:
        return 0
    events = events_after(Cursor(place.transaction, place.event or UUID(int=0)), limit=AT_ONCE)
    if events:
        use(events)
        place.transaction, place.event = events[-1].transaction, events[-1].pk
        place.save(update_fields=["transaction", "event"])
    return len(events)
