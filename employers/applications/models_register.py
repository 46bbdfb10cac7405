"""What the register tells that nobody claimed, the claims that its reports carry, and how far it was looked through."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from employers.applications.models import Application
from employers.income_register.models import PaidAbsence, RegisterSync
from employers.organisations.models import Organisation
from employers.people.models import Person


class Finding(models.Model):
    """A paid absence in the register that no application covers."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        COVERED = "covered", _("applied for")
        EXPIRED = "expired", _("expired")
        DISMISSED = "dismissed", _("dismissed")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="findings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="findings")
    kind = models.CharField(max_length=12, default="unclaimed")
    benefit = models.CharField(max_length=40)
    absence_start = models.DateField()
    absence_end = models.DateField()
    paid = models.DecimalField(max_digits=12, decimal_places=2)
    estimated_amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    deadline = models.DateField()
    status = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, null=True, related_name="findings")
    found_at = models.DateTimeField()

    class Meta:
        verbose_name = _("unclaimed absence")
        verbose_name_plural = _("unclaimed absences")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "person", "benefit", "absence_start"], name="finding_once"),
        ]
        indexes = [models.Index(fields=["organisation", "status", "deadline"], name="finding_by_employer")]

    def __str__(self) -> str:
        return f"{self.benefit} {self.absence_start}"


class RegisterClaim(models.Model):
    """A claim that a report in the register carried, and what became of it. One it is, however often it is told."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RECEIVED = "received", _("became an application")
        REFUSED = "refused", _("refused")
        DUPLICATE = "duplicate", _("claimed already")

    paid_absence = models.OneToOneField(PaidAbsence, on_delete=models.PROTECT, primary_key=True, related_name="claim")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, null=True, related_name="register_claims")
    status = models.CharField(_("status"), max_length=9, choices=State.choices, default=State.WAITING, db_index=True)
    problems = models.JSONField(_("problems"), default=list)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)  # that ended in an error of ours

    class Meta:
        verbose_name = _("claim in the register")
        verbose_name_plural = _("claims in the register")

    def __str__(self) -> str:
        return self.status


class RegisterReview(models.Model):
    """The last sync of an employer whose reports were looked through. Its row is the lock of whoever looks."""

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, primary_key=True, related_name="+")
    sync = models.ForeignKey(RegisterSync, on_delete=models.CASCADE, null=True, related_name="+")
    attempts = models.PositiveSmallIntegerField(default=0)  # at the sync that follows, each ended in an error of ours

    def __str__(self) -> str:
        return str(self.sync_id)
