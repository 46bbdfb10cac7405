"""Applications for many employees in one sitting, as long as they are not sent: from a file, or a list in the page."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from employers.intake.models import Batch
from employers.organisations.models import Organisation, User
from employers.records.fields import SealedJSONField


class Preview(models.Model):
    """What was given, and what would become of each row. Shared by all who may apply for the employer."""

    class Kind(models.TextChoices):
        FILE = "file", _("file")
        LIST = "list", _("list")

    class Status(models.TextChoices):
        OPEN = "open", _("being filled in")
        CHECKING = "checking", _("being checked")
        CHECKED = "checked", _("checked")
        FAILED = "failed", _("failed")
        SENT = "sent", _("sent")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="previews")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")  # who began it
    kind = models.CharField(_("kind"), max_length=4, choices=Kind.choices)
    status = models.CharField(_("status"), max_length=8, choices=Status.choices)
    # Of a file its name, header and lines; of a list its benefit, what all rows have in common, and the rows.
    content = SealedJSONField(default=dict)
    found = SealedJSONField(default=list)  # what would become of each row, as `look` tells it
    created_at = models.DateTimeField(_("begun at"))
    changed_at = models.DateTimeField(_("changed at"))  # it goes a day after
    attempts = models.PositiveSmallIntegerField(default=0)  # to check it
    batch = models.OneToOneField(Batch, on_delete=models.PROTECT, null=True, related_name="preview")

    class Meta:
        verbose_name = _("preview")
        verbose_name_plural = _("previews")
        indexes = [
            models.Index(fields=["changed_at"], name="preview_idle"),
            models.Index(fields=["organisation", "-id"], name="preview_by_employer"),
        ]
        constraints = [
            models.CheckConstraint(
                name="preview_sent_is_a_batch",
                condition=Q(status="sent", batch__isnull=False) | (~Q(status="sent") & Q(batch__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.status}"

    def get_absolute_url(self) -> str:
        return reverse("upload-preview", args=[self.organisation_id, self.pk])
