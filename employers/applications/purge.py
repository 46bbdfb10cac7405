"""Delete documents that belong to nothing: of drafts that were thrown away or ran out, and what a crash left behind."""

from datetime import datetime

from django.db.models import QuerySet

from employers.applications import store
from employers.applications.models_files import Attachment

AT_ONCE = 100


def is_any_due() -> bool:
    return _nobodys().exists()


def purge() -> int:
    """The file first, its row after it: until the file is gone the row tells of it. Raises store.Unavailable."""
    going = list(_nobodys()[:AT_ONCE])
    for attachment in going:
        store.remove(attachment.stored)
        attachment.delete()
    return len(going)


def purge_strays(*, before: datetime) -> int:
    """Files that no row knows, older than `before` by the disk's time: their row was never written."""
    old = list(store.written_before(before))
    known = set(Attachment.objects.filter(stored__in=old).values_list("stored", flat=True))
    strays = [name for name in old if name not in known]
    for name in strays:
        store.remove(name)
    return len(strays)


def _nobodys() -> QuerySet[Attachment]:
    return Attachment.objects.filter(draft=None, application=None).order_by("id")
