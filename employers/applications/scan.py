"""Have held documents checked, one at a time. No answer is no verdict: the document waits and is tried again."""

from datetime import datetime, timedelta

from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet

from employers.applications import scanner, store
from employers.applications.models_files import Attachment
from employers.applications.release import refuse, release
from employers.records.crypto import UnknownKey

LEASE = timedelta(minutes=5)  # longer than a scan can take; a worker that was killed holds nobody up for more
AGAIN_AFTER = timedelta(seconds=30)
MOST_TRIES = 3  # in a row without coming to an end: a document that kills its worker is left to the staff

NO_SCANNER, UNREADABLE = "scanner_silent", "file_unreadable"


def is_any_due(*, at: datetime) -> bool:
    """Without a scanner nothing is ever due: everything is held."""
    return bool(settings.CLAMD_URL) and _due(at).exists()


def scan_next(*, at: datetime) -> bool:
    """Whether there is reason to go on: a document was judged. A scanner that is silent is not asked again at once."""
    attachment = _leased(at) if settings.CLAMD_URL else None
    if attachment is None:
        return False
    try:
        found = scanner.scan(store.get(attachment.stored), url=settings.CLAMD_URL)
    except scanner.NoAnswer:
        _hold(attachment, NO_SCANNER, at=at)
        return False
    except (store.Unavailable, InvalidTag, UnknownKey):
        _hold(attachment, UNREADABLE, at=at)
        return True
    _judge(attachment, found, at=at)
    return True


def _judge(attachment: Attachment, found: str, *, at: datetime) -> None:
    if not found:
        release(attachment_id=attachment.pk, at=at)
        return
    refuse(attachment_id=attachment.pk, found=found, at=at)
    store.remove(attachment.stored)


@transaction.atomic
def _leased(at: datetime) -> Attachment | None:
    """Two workers never get the same one."""
    attachment = _due(at).select_for_update(skip_locked=True, of=("self",)).first()
    if attachment:
        attachment.not_before = at + LEASE
        attachment.tries += 1
        attachment.save(update_fields=["not_before", "tries"])
    return attachment


def _due(at: datetime) -> QuerySet[Attachment]:
    held = Attachment.objects.filter(state=Attachment.State.HELD, tries__lt=MOST_TRIES)
    free = Q(not_before__isnull=True) | Q(not_before__lte=at)
    return held.filter(free).order_by(F("not_before").asc(nulls_first=True), "id")


def _hold(attachment: Attachment, trouble: str, *, at: datetime) -> None:
    """The try came to its end, so it does not count against the document."""
    held = Attachment.objects.filter(pk=attachment.pk, state=Attachment.State.HELD)
    held.update(trouble=trouble, tries=0, not_before=at + AGAIN_AFTER)
