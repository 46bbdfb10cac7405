"""Documents an employer attached. Here is what is known of them; the bytes are encrypted in a folder of their own."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from employers.applications.models import Application, Channel, Draft, InformationRequest
from employers.organisations.models import Organisation, User
from employers.organisations.models_acting import ActedBy
from employers.records.fields import SealedTextField


class Attachment(ActedBy):
    """One document: held until a scanner has found nothing in it.

    It belongs to a draft or to an application. What belongs to neither any more is let go of by the sweep, file first.
    """

    class State(models.TextChoices):
        HELD = "held", _("being checked")
        RELEASED = "released", _("checked")
        REFUSED = "refused", _("refused")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="attachments")
    draft = models.ForeignKey(Draft, on_delete=models.SET_NULL, null=True, related_name="attachments")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, null=True, related_name="attachments")
    request = models.ForeignKey(InformationRequest, on_delete=models.PROTECT, null=True, related_name="attachments")
    stored = models.CharField(max_length=64, unique=True)  # the file's random name in the store
    name = SealedTextField()  # as the employer's machine called it: names of people are in names of files
    kind = models.CharField(_("kind"), max_length=8)  # one of employers.applications.formats.KINDS
    size = models.PositiveIntegerField(_("size"))  # bytes, before encryption
    sha256 = models.BinaryField(max_length=32, editable=False)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.HELD)
    found = models.CharField(_("found by the scanner"), max_length=100, blank=True)  # the signature's name
    trouble = models.CharField(_("why it waits"), max_length=40, blank=True)  # of the last try
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    not_before = models.DateTimeField(null=True)  # a worker has it, or the next try is then
    channel = models.CharField(max_length=8, choices=Channel.choices, default=Channel.WEB)
    added_at = models.DateTimeField(_("added at"))
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    scanned_at = models.DateTimeField(_("checked at"), null=True)

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="attachment_one_place", condition=Q(draft__isnull=True) | Q(application__isnull=True)
            ),
            models.UniqueConstraint(fields=["application", "sha256"], name="attachment_once"),
            models.UniqueConstraint(fields=["draft", "sha256"], name="attachment_once_in_draft"),
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(state="held"), name="attachment_held"),
            models.Index(
                fields=["id"], condition=Q(draft__isnull=True, application__isnull=True), name="attachment_nobodys"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("attachment", args=[self.pk])
