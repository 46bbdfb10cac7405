"""Follow the event log and the calendar: those something new is known of, and those whom time alone moves."""

from datetime import date
from uuid import UUID

from django.db import transaction

from customers.contacts.follow import read_on, reader
from customers.segments.assign import assign
from customers.segments.gather import gather
from customers.segments.queries import current

AT_ONCE = 500  # persons in one transaction
READER = "segments"  # whoever holds its place assigns


def follow(*, on: date) -> int:
    """Read the event log to its end; how many events there were. Any number of workers may try."""
    return read_on(
        READER, use=lambda events: assign(gather(event.application for event in events if event.application), on=on)
    )


def settle(*, on: date) -> int:
    """Assign anew where the day has come; how many persons. Waits for whoever assigns right now."""
    settled, last = 0, UUID(int=0)
    while persons := _settle_some(on=on, after=last):
        settled, last = settled + len(persons), persons[-1]
    return settled


@transaction.atomic
def _settle_some(*, on: date, after: UUID) -> list[UUID]:
    """The next persons by id, so that no one comes up twice in a round."""
    reader(READER, skip_locked=False)
    due = current().filter(next_change_on__lte=on, person__gt=after).order_by("person")
    persons = list(due.values_list("person_id", flat=True)[:AT_ONCE])
    assign(persons, on=on)
    return persons
