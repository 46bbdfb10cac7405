"""Keep a file until a worker gets to it."""

import hashlib
from datetime import datetime

from employers.intake.models import Batch
from employers.organisations.access import Actor


def receive(body: bytes, *, content_type: str, rows: int, mode: str, by: Actor, at: datetime) -> Batch:
    """The file stays as it is. `rows` is how many it has; the moment it came decides the deadline of every one."""
    assert by.organisation is not None  # the system sends no files
    return Batch.objects.create(
        organisation=by.organisation,
        client=by.client,
        user=by.user,
        content_type=content_type,
        body=body,
        digest=hashlib.sha256(body).digest(),
        mode=mode,
        rows=rows,
        at=at,
    )
