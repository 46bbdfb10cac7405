"""What goes out to employers. The table is the queue: a row says what, to whom, when next and how it went."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from employers.organisations.models import Organisation, User
from employers.organisations.models_account import Address


class NewsCursor(models.Model):
    """How far the event log was read for mails."""

    name = models.CharField(max_length=20, primary_key=True)
    transaction = models.BigIntegerField(default=0)
    event = models.UUIDField(null=True)

    def __str__(self) -> str:
        return self.name


class Mail(models.Model):
    """One e-mail to one address. It holds ids and no words: what it says is looked up when it is sent.

    `key` names the matter: one matter has one effect, whoever writes the row how often. `lease_until` runs by the
    database's clock, and keeps a second worker from sending what one is sending.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")
        NOT_NEEDED = "not_needed", _("no longer needed")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.CharField(max_length=160, unique=True)
    kind = models.CharField(_("kind"), max_length=20)
    address = models.ForeignKey(Address, on_delete=models.CASCADE, related_name="mails", verbose_name=_("e-mail"))
    ids = models.JSONField(default=list)  # what it is about
    status = models.CharField(_("status"), max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    created_at = models.DateTimeField(_("written at"))
    next_at = models.DateTimeField(_("next attempt at"))
    lease_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(_("sent at"), null=True)
    error = models.CharField(_("error"), max_length=80, blank=True)  # the name of what went wrong

    class Meta:
        verbose_name = _("e-mail")
        verbose_name_plural = _("e-mails")
        indexes = [
            models.Index(fields=["next_at"], condition=Q(status="waiting"), name="mail_queue"),
            models.Index(fields=["address", "kind", "-sent_at"], name="mail_by_address"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.status}"


class CalendarFeed(models.Model):
    """A secret address under which one person's calendar follows one employer's days. Only a hash of it is kept."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="calendar_feeds")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="calendar_feeds")
    token_hash = models.BinaryField(max_length=32, unique=True, editable=False)
    language = models.CharField(max_length=2)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user"], condition=Q(revoked_at__isnull=True), name="calendar_feed_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.created_at)
