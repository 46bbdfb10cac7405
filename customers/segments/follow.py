"""Follow the event log and the calendar: those something new is known of, and those whom time alone moves."""

from datetime import date
from uuid import UUID

from django.db import transaction

from customers.segments.assign import assign
from customers.segments.gather import gather
from customers.segments.models import FeedCursor
from customers.segments.queries import current
from employers.records.models import Event
from employers.records.queries import Cursor, events_after

AT_ONCE = 500  # events, or persons, in one transaction


def follow(*, on: date) -> int:
    """Read the event log to its end; how many events there were. Any number of workers may try."""
    read = 0
    while batch := _follow_some(on=on):
        read += batch
        if batch < AT_ONCE:
            break
    return read


def settle(*, on: date) -> int:
    """Assign anew where the day has come; how many persons. Waits for whoever assigns right now."""
    settled, last = 0, UUID(int=0)
    while persons := _settle_some(on=on, after=last):
        settled, last = settled + len(persons), persons[-1]
    return settled


@transaction.atomic
def _follow_some(*, on: date) -> int:
    """The cursor moves with what was made of the events, or neither does."""
    place = _cursor(skip_locked=True)
    if place is None:
        return 0  # another worker is at it
    events = events_after(Cursor(place.transaction, place.event or UUID(int=0)), limit=AT_ONCE)
    if events:
        assign(gather(event.application for event in events if event.application), on=on)
        _move(place, to=events[-1])
    return len(events)


@transaction.atomic
def _settle_some(*, on: date, after: UUID) -> list[UUID]:
    """The next persons by id, so that no one comes up twice in a round."""
    _cursor(skip_locked=False)
    due = current().filter(next_change_on__lte=on, person__gt=after).order_by("person")
    persons = list(due.values_list("person_id", flat=True)[:AT_ONCE])
    assign(persons, on=on)
    return persons


def _cursor(*, skip_locked: bool) -> FeedCursor | None:
    FeedCursor.objects.get_or_create(name="segments")
    return FeedCursor.objects.select_for_update(skip_locked=skip_locked).filter(name="segments").first()


def _move(place: FeedCursor, *, to: Event) -> None:
    place.transaction, place.event = to.transaction, to.pk
    place.save(update_fields=["transaction", "event"])
