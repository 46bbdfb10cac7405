"""Send the mails that wait, one at a time: taken under a lease, rendered, handed over, marked.

A worker that is lost between handing over and marking sends the mail again when its lease is over: one copy more is
the price of never losing one. Both copies carry the same Message-ID, so that most mailboxes show one.
"""

from datetime import datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from employers.notifications import letters
from employers.notifications.letters import Facts
from employers.notifications.models import Mail
from employers.notifications.queries import facts, is_wanted, may_hear
from employers.records import clock

LEASE = timedelta(minutes=5)  # many times what a mail server may take to answer
PAUSES = [timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 720, 1440)]
State = Mail.State
log = structlog.get_logger()


class NotFailed(Exception):
    """Only what was given up is tried again by hand."""


def is_any_due(*, at: datetime) -> bool:
    return _due(at=at).exists()


def deliver_next(*, at: datetime) -> bool:
    """Send the mail that has waited longest; False when none is due."""
    mail = _take(at=at)
    if mail is None:
        return False
    try:
        message = _message(mail, at=at)
        if message is None:
            _end(mail, status=State.NOT_NEEDED)
            return True
        message.send()
    except Exception as error:  # whatever a mail server, or a matter that is gone, can answer
        _put_off(mail, error=type(error).__name__, at=at)
    else:
        _end(mail, status=State.SENT, sent_at=at)
    return True


@transaction.atomic
def try_again(mail_id: UUID, *, at: datetime) -> None:
    """Raises NotFailed."""
    changed = Mail.objects.filter(pk=mail_id, status=State.FAILED).update(
        status=State.WAITING, attempts=0, next_at=at, error=""
    )
    if not changed:
        raise NotFailed


def _due(*, at: datetime) -> QuerySet[Mail]:
    free = Q(lease_until__isnull=True) | Q(lease_until__lt=Now())
    return Mail.objects.filter(free, status=State.WAITING, next_at__lte=at)


@transaction.atomic
def _take(*, at: datetime) -> Mail | None:
    waiting = _due(at=at).select_related("address__organisation", "address__user").order_by("next_at", "pk")
    mail = waiting.select_for_update(skip_locked=True, of=("self",)).first()
    if mail is None or _took_its_workers_with_it(mail):
        return None
    Mail.objects.filter(pk=mail.pk).update(attempts=F("attempts") + 1, lease_until=Now() + LEASE)
    mail.attempts += 1
    return mail


def _took_its_workers_with_it(mail: Mail) -> bool:
    """Again and again nobody came back to say how it went."""
    if mail.attempts <= len(PAUSES):
        return False
    Mail.objects.filter(pk=mail.pk).update(status=State.FAILED, lease_until=None, error="worker_lost")
    return True


def _message(mail: Mail, *, at: datetime) -> EmailMessage | None:
    """None when there is nothing to tell any more, or nobody who may hear of it."""
    address = mail.address
    if not is_wanted(address, mail.kind) or not may_hear(address, mail.kind, on=clock.day_of(at)):
        return None
    if address.removed_at and mail.kind != "account_changed":
        return None
    with override(address.language):
        told = facts(mail)
        return _written(mail, told) if told else None


def _written(mail: Mail, told: Facts) -> EmailMessage:
    """In the active language."""
    letter = letters.letter(mail.kind, told, business_id=mail.address.organisation.business_id)
    stop = _stop(mail)
    context = {"letter": letter, "url": _whole(told.path), "stop": stop, "choices": _choices(mail)}
    headers = {"Message-ID": f"<{mail.pk}@{_host()}>", "Auto-Submitted": "auto-generated"}
    if stop:
        headers |= {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    body = render_to_string("employers/notifications/mail.txt", context)
    return EmailMessage(subject=letter.subject, body=body, to=[mail.address.email], headers=headers)


def _stop(mail: Mail) -> str:
    """The address that stops this kind; empty for what guards the employer."""
    if letters.KINDS[mail.kind].always:
        return ""
    return _whole(reverse("mail-stop", args=[letters.stop_token(mail.address.pk, mail.kind)]))


def _choices(mail: Mail) -> str:
    return _whole(reverse("notifications", args=[mail.address.organisation_id]))


def _whole(path: str) -> str:
    return f"{settings.PORTAL_URL.rstrip('/')}{path}"


def _host() -> str:
    return urlsplit(settings.PORTAL_URL).hostname or "localhost"


def _end(mail: Mail, *, status: str, sent_at: datetime | None = None) -> None:
    Mail.objects.filter(pk=mail.pk).update(status=status, sent_at=sent_at, lease_until=None, error="")


def _put_off(mail: Mail, *, error: str, at: datetime) -> None:
    """The address and the words stay out of the log."""
    log.warning("mail not sent", mail=str(mail.pk), kind=mail.kind, error=error, attempts=mail.attempts)
    over = mail.attempts > len(PAUSES)
    Mail.objects.filter(pk=mail.pk).update(
        status=State.FAILED if over else State.WAITING,
        next_at=at if over else at + PAUSES[mail.attempts - 1],
        lease_until=None,
        error=error[:80],
    )
