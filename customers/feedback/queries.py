"""What goes back to those who serve the person: changes of segment, oldest first."""

from customers.segments.models import SegmentAssignment
from customers.segments.queries import changes_after
from employers.records.queries import Cursor


def changes(after: Cursor, *, limit: int) -> tuple[list[SegmentAssignment], Cursor]:
    """The changes, and the place to go on from: never None, for there is always more to come."""
    found = changes_after(after, limit=limit)
    return found, Cursor(found[-1].transaction, found[-1].pk) if found else after
