"""Keep a file until a worker gets to it."""

from datetime import datetime

from employers.intake.models import Batch
from employers.organisations.access import Actor


def receive(text: str, *, content_type: str, rows: int, mode: str, by: Actor, at: datetime) -> Batch:
    """`rows` is how many there are in `text`; the moment it came decides the deadline of every one of them."""
    assert by.organisation is not None  # the system sends no files
    return Batch.objects.create(
        organisation=by.organisation,
        client=by.client,
        user=by.user,
        content_type=content_type,
        body=text,
        mode=mode,
        rows=rows,
        at=at,
    )
