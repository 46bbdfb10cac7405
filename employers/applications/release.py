"""What the scanner's verdict does to a document: it can be opened from now on, or never."""

from datetime import datetime
from uuid import UUID

from employers.applications.models_files import Attachment


def release(*, attachment_id: UUID, at: datetime) -> None:
    _judge(attachment_id, state=Attachment.State.RELEASED, at=at)


def refuse(*, attachment_id: UUID, found: str, at: datetime) -> None:
    """`found`: the name of what was found, for the officials alone."""
    _judge(attachment_id, state=Attachment.State.REFUSED, found=found[:100], at=at)


def _judge(attachment_id: UUID, *, state: str, at: datetime, found: str = "") -> None:
    """The first verdict stands."""
    held = Attachment.objects.filter(pk=attachment_id, state=Attachment.State.HELD)
    held.update(state=state, found=found, trouble="", not_before=None, scanned_at=at)
