"""Where a machine client hears of events by itself, and what went there. The table is the queue."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from employers.organisations.models import ClientSystem
from employers.records.fields import SealedTextField


class WebhookEndpoint(models.Model):
    """One address of one client. An address may hold a token of its owner's, so it is sealed as the secrets are.

    `transaction` and `event` say how far the event log was read for it. One worker at a time sends there: the lease and
    `served_at` run by the database's clock, and a worker whose lease was lost is refused by `fence`.
    """

    class State(models.TextChoices):
        ACTIVE = "active", _("active")
        DISABLED = "disabled", _("disabled")

    class Why(models.TextChoices):
        GONE = "gone", _("the receiver said that it is gone")
        FAILING = "failing", _("a delivery was given up")
        OWNER = "owner", _("its owner said so")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(
        ClientSystem, on_delete=models.CASCADE, related_name="webhooks", verbose_name=_("machine client")
    )
    url = SealedTextField()
    secret = SealedTextField()
    earlier_secret = SealedTextField(null=True)
    earlier_until = models.DateTimeField(null=True)  # so long both secrets sign
    types = ArrayField(models.CharField(max_length=40))  # empty: every one
    description = models.CharField(_("description"), max_length=200, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.ACTIVE)
    why = models.CharField(_("why"), max_length=8, choices=Why.choices, blank=True)
    disabled_at = models.DateTimeField(_("disabled at"), null=True)
    created_at = models.DateTimeField(_("created at"))
    transaction = models.BigIntegerField()
    event = models.UUIDField()
    lease_until = models.DateTimeField(null=True)
    fence = models.PositiveIntegerField(default=0)
    served_at = models.DateTimeField(null=True)
    is_slow = models.BooleanField(default=False)  # the last attempt failed or took long: it waits behind the quick ones

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        indexes = [models.Index(fields=["client", "-id"], name="webhook_by_client")]

    def __str__(self) -> str:
        return f"{self.description or self.pk}"


class WebhookDelivery(models.Model):
    """One event for one endpoint. It holds ids and no words: what is sent is put together when it is sent.

    `tried` lists the attempts, the newest last: at, status_code, duration_ms, error.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        DELIVERED = "delivered", _("delivered")
        FAILED = "failed", _("failed")
        WITHHELD = "withheld", _("withheld: the client may no longer hear of it")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    endpoint = models.ForeignKey(
        WebhookEndpoint, on_delete=models.CASCADE, related_name="deliveries", verbose_name=_("webhook")
    )
    event = models.UUIDField()  # of the event log; what the receiver gets as webhook-id
    type = models.CharField(_("type"), max_length=40)
    status = models.CharField(_("status"), max_length=9, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)  # since it was last put in the queue
    created_at = models.DateTimeField(_("written at"))
    next_at = models.DateTimeField(_("next attempt at"))
    tried = models.JSONField(default=list)

    class Meta:
        verbose_name = _("webhook delivery")
        verbose_name_plural = _("webhook deliveries")
        constraints = [models.UniqueConstraint(fields=["endpoint", "event"], name="webhook_delivery_once")]
        indexes = [
            models.Index(fields=["endpoint", "next_at"], condition=Q(status="waiting"), name="webhook_queue"),
            models.Index(fields=["endpoint", "-id"], name="webhook_delivery_log"),
            models.Index(fields=["created_at"], condition=~Q(status="waiting"), name="webhook_delivery_done"),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.status}"
