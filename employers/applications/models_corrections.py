"""What an employer said anew after the decision: it changes nothing until an official takes it up."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from employers.applications.models import Application
from employers.organisations.models import User
from employers.organisations.models_acting import ActedBy
from employers.records.fields import SealedJSONField, SealedTextField


class CorrectionRequest(ActedBy):
    """One at a time: a second one would not know what the first asks for."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        TAKEN_UP = "taken_up", _("taken up")
        REFUSED = "refused", _("not taken up")

    class Kind(models.TextChoices):
        CORRECTION = "correct", _("correction")
        PAY_REPORT = "report_pay", _("pay report")
        CANCELLATION = "cancel", _("no longer claimed")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="corrections")
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.WAITING)
    version = models.PositiveIntegerField()  # the one it was made from
    content = SealedJSONField()  # the whole claim as it should read
    reason = SealedTextField(null=True)
    asked_at = models.DateTimeField(_("asked at"))
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    answer = SealedTextField(null=True)  # the official's words to the employer
    answered_at = models.DateTimeField(_("answered at"), null=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("request for correction")
        verbose_name_plural = _("requests for correction")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(state="waiting"), name="correction_request_one_waits"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"

    @property
    def is_of_register(self) -> bool:
        """The register told something else after the decision; nobody asked here."""
        return self.asked_by_id is None and self.client_id is None
