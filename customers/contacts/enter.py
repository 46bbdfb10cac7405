"""An official writes down a contact that came by telephone, on paper, by e-mail or in person."""

from datetime import datetime

from customers.contacts.models import Contact, Matter
from employers.applications.models import Application
from employers.organisations.models import Organisation, User

LONGEST = 8 * 60  # minutes


class ReferenceUnknown(Exception):
    """This employer has no application with the reference."""


def enter(
    *,
    organisation: Organisation,
    channel: str,
    matter: str,
    minutes: int,
    by: User,
    at: datetime,
    reference: str = "",
    topic: str = "",
    note: str = "",
) -> Contact:
    """`reference`: of the application it was about, if any. Raises ReferenceUnknown."""
    application = _referred(organisation, reference)
    return Contact.objects.create(
        at=at,
        channel=channel,
        matter=Matter(matter),
        organisation=organisation,
        application=application,
        benefit=application.benefit if application else "",
        size_class=organisation.size_class,
        topic=topic,
        minutes=minutes,
        entered_by=by,
        note=note or None,
    )


def _referred(organisation: Organisation, reference: str) -> Application | None:
    if not reference:
        return None
    found = Application.objects.filter(organisation=organisation, reference__iexact=reference).order_by("-id").first()
    if found is None:
        raise ReferenceUnknown(reference)
    return found
