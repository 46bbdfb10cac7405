"""A file of applications, kept until a worker has gone through it, with what came of every row."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from employers.organisations.models import ClientSystem, Organisation, User
from employers.records.fields import SealedBytesField


class Batch(models.Model):
    """The row is the queue entry, the lease and the result. The file holds identity codes, so it is sealed."""

    class Status(models.TextChoices):
        RECEIVED = "received", _("received")
        RUNNING = "running", _("running")
        FINISHED = "finished", _("finished")
        FAILED = "failed", _("failed")

    class Mode(models.TextChoices):
        PARTIAL = "partial", _("good rows are kept")
        ALL_OR_NOTHING = "all_or_nothing", _("all rows or none")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="batches")  # who sent it
    client = models.ForeignKey(ClientSystem, on_delete=models.PROTECT, null=True, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    content_type = models.CharField(max_length=80)
    body = SealedBytesField()  # as it was received
    digest = models.BinaryField(max_length=32, null=True, editable=False)  # SHA-256 of it; older files have none
    mode = models.CharField(_("mode"), max_length=16, choices=Mode.choices, default=Mode.PARTIAL)
    status = models.CharField(_("status"), max_length=8, choices=Status.choices, default=Status.RECEIVED)
    rows = models.PositiveIntegerField(_("rows"))
    done = models.PositiveIntegerField(_("done"), default=0)
    accepted = models.PositiveIntegerField(_("accepted"), default=0)
    rejected = models.PositiveIntegerField(_("rejected"), default=0)
    duplicates = models.PositiveIntegerField(_("duplicates"), default=0)
    at = models.DateTimeField(_("received at"))  # decides the deadline of every row
    attempts = models.PositiveSmallIntegerField(default=0)  # since it last got anywhere
    fence = models.PositiveIntegerField(default=0)  # grows with every claim; a writer with an old number is refused
    lease_until = models.DateTimeField(null=True)  # by the database's clock

    class Meta:
        verbose_name = _("batch")
        verbose_name_plural = _("batches")
        constraints = [
            models.CheckConstraint(
                name="batch_has_one_sender",
                condition=Q(client__isnull=True, user__isnull=False) | Q(client__isnull=False, user__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["at"], condition=Q(status__in=["received", "running"]), name="batch_queue"),
            models.Index(fields=["client", "-id"], name="batch_by_client"),
        ]

    def __str__(self) -> str:
        return f"{self.status} {self.at:%Y-%m-%d %H:%M}"


class BatchTurn(models.Model):
    """When a sender, a machine client or a user, was last served: whoever waited longest comes next."""

    sender = models.UUIDField(primary_key=True)
    served_at = models.DateTimeField()  # by the database's clock

    def __str__(self) -> str:
        return f"{self.served_at:%Y-%m-%d %H:%M:%S}"


class BatchRow(models.Model):
    """What came of one row. Errors are codes at places, never the values found there."""

    class Status(models.TextChoices):
        ACCEPTED = "accepted", _("accepted")
        REJECTED = "rejected", _("rejected")
        DUPLICATE = "duplicate", _("already sent")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="results")
    number = models.PositiveIntegerField()  # from 1, in the order of the file
    reference = models.CharField(max_length=64, blank=True)
    status = models.CharField(max_length=9, choices=Status.choices)
    application = models.UUIDField(null=True)
    problems = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="batch_row_once")]

    def __str__(self) -> str:
        return f"{self.number} {self.status}"
