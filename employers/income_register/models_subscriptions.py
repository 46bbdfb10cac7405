"""Standing orders of extracts over many payers, and what somebody has to look at."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from employers.income_register.models import RegisterSync
from employers.organisations.models import Organisation

COVERING = (300, 302)  # kinds that tell all of an employer; the others tell of chosen income earners


class RegisterSubscription(models.Model):
    """One main subscription at the register with one sub-subscription. `synced_until` is its cursor.

    A subscription cannot be changed at the register: it is ended, and another one begins where its windows end.
    """

    class Status(models.TextChoices):
        WANTED = "wanted", _("to be ordered")
        ORDERED = "ordered", _("ordered, not confirmed yet")
        ACTIVE = "active", _("active")
        REFUSED = "refused", _("refused by the register")
        ENDED = "ended", _("ended")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)  # its hexadecimal form is our reference
    kind = models.PositiveSmallIntegerField(_("kind"))  # QueryDataType 300 to 303
    recurring = models.BooleanField(_("recurring"), default=True)
    all_versions = models.BooleanField(_("all versions"), default=False)
    profile = models.CharField(_("access profile"), max_length=40, blank=True)
    organisations = models.ManyToManyField(Organisation, related_name="register_subscriptions", blank=True)
    modified_from = models.DateTimeField(_("changes since"))  # half-open windows begin here
    modified_until = models.DateTimeField(_("changes until"), null=True, blank=True)  # of a one-off alone
    valid_from = models.DateField(_("valid from"))
    daily_at = models.TimeField(_("daily at"), null=True, blank=True)  # not earlier than; of a recurring one
    status = models.CharField(_("status"), max_length=8, choices=Status.choices, default=Status.WANTED)
    register_id = models.CharField(max_length=40, blank=True)  # the register's reference of the order's record
    errors = models.JSONField(_("errors"), default=list, blank=True)  # the register's error codes, never its words
    synced_until = models.DateTimeField(_("read until"), null=True, blank=True)
    ordered_at = models.DateTimeField(_("ordered"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ending = models.CharField(max_length=40, blank=True)  # our reference of the message that ends it, the last one

    class Meta:
        verbose_name = _("register subscription")
        verbose_name_plural = _("register subscriptions")

    def __str__(self) -> str:
        return f"{self.kind} {self.status}"

    @property
    def reference(self) -> str:
        """`MainSubscriptionId`, and `SubscriptionId` of its one part."""
        return self.id.hex


class RegisterAlarm(models.Model):
    """Something about the register's data that somebody has to look at. Cleared by itself when it is well again."""

    class Kind(models.TextChoices):
        GAP = "gap", _("a window does not begin where the last one ended")
        OVERLAP = "overlap", _("a window begins before the last one ended")
        WRONG_WINDOW = "wrong_window", _("the register answered for another window than asked")
        COUNT = "count", _("the register promised another number of reports")
        LATE = "late", _("no good run for too long")
        CERTIFICATE = "certificate", _("a certificate expires soon")
        QUARANTINE = "quarantine", _("reports that could not be read")
        FAILED = "failed", _("a reading was given up")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    about = models.CharField(_("about"), max_length=60)  # what one alarm at a time is for: a Business ID, an id, a file
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    subscription = models.ForeignKey(
        RegisterSubscription, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    sync = models.ForeignKey(RegisterSync, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    facts = models.JSONField(_("facts"), default=dict, blank=True)  # times and numbers, nothing personal
    raised_at = models.DateTimeField(_("raised"))
    cleared_at = models.DateTimeField(_("cleared"), null=True, blank=True)

    class Meta:
        verbose_name = _("register alarm")
        verbose_name_plural = _("register alarms")
        constraints = [
            models.UniqueConstraint(fields=["kind", "about"], condition=Q(cleared_at=None), name="alarm_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.about}"
