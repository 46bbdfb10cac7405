"""Which documents a page shows, and whose they are."""

from django.db.models import QuerySet

from employers.applications.models import Application, Draft
from employers.applications.models_files import Attachment


def of(place: Application | Draft) -> QuerySet[Attachment]:
    return place.attachments.order_by("id")


def readable() -> QuerySet[Attachment]:
    """Those that a scanner has found nothing in. No door gives out any other."""
    return Attachment.objects.filter(state=Attachment.State.RELEASED)
