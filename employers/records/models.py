"""What is kept, and who looked. Plain UUID columns, no foreign keys: this stage knows no other."""

from django.db import models
from django.db.models import Func
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7


class CurrentTransaction(Func):
    """The number PostgreSQL gave this transaction. Numbers are given in order, transactions commit in any."""

    function = "pg_current_xact_id"
    template = "(%(function)s()::text::bigint)"
    output_field = models.BigIntegerField()


class Event(models.Model):
    """Something happened to an application, a payment, a batch or a sync. Ids only, never personal data.

    `transaction` lets a reader stop before the oldest transaction still open: nothing can then appear behind
    its cursor, although transactions commit out of order.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    transaction = models.BigIntegerField(db_default=CurrentTransaction(), editable=False)
    type = models.CharField(max_length=40)
    at = models.DateTimeField()
    organisation = models.UUIDField()  # the employer it concerns
    application = models.UUIDField(null=True)
    subject = models.UUIDField(null=True)  # the payment, batch, sync or finding
    status = models.CharField(max_length=24, blank=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = [
            models.Index(fields=["transaction", "id"], name="event_order"),
            models.Index(fields=["organisation", "transaction", "id"], name="event_by_organisation"),
            models.Index(fields=["application"], name="event_by_application"),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.at:%Y-%m-%d %H:%M}"


class ReadLog(models.Model):
    """Who looked at whose data, and why. One row a person; a list's rows in one statement."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    at = models.DateTimeField()
    person = models.UUIDField()
    actor_kind = models.CharField(max_length=8)  # user, client, system
    actor = models.UUIDField(null=True)
    organisation = models.UUIDField(null=True)  # on whose behalf the actor works
    principal = models.UUIDField(null=True)  # the employer whose matter it is
    mandate = models.UUIDField(null=True)
    purpose = models.CharField(max_length=40)
    action = models.CharField(max_length=40)
    hits = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("entry of the read log")
        verbose_name_plural = _("read log")
        indexes = [models.Index(fields=["person", "at"], name="readlog_by_person")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.at:%Y-%m-%d %H:%M}"


class IdempotencyKey(models.Model):
    """A request that was answered: the same key and body get the same answer, word for word."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.UUIDField()
    route = models.CharField(max_length=200)  # method and path
    key = models.CharField(max_length=255)
    body_hash = models.BinaryField(max_length=32)
    status = models.PositiveSmallIntegerField()
    body = models.BinaryField()
    headers = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["client", "route", "key"], name="idempotency_key_once")]

    def __str__(self) -> str:
        return self.route


class Slot(models.Model):
    """One turn of a periodic action. Two schedulers, one turn: the second finds the row taken."""

    name = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "at"], name="slot_once")]

    def __str__(self) -> str:
        return f"{self.name} {self.at:%Y-%m-%d %H:%M:%S}"
