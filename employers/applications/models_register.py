"""What the register tells that nobody claimed, the claims that its reports carry, and how far it was looked through."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from employers.applications.models import Application, Draft
from employers.benefits.deadlines import moved
from employers.income_register.models import PaidAbsence, RegisterSync
from employers.organisations.models import Organisation
from employers.people.models import Person


class Finding(models.Model):
    """What the register shows and nobody claimed, or what an application and the register do not agree about.

    Of an `unclaimed` one the row is about an absence, or the time an allowance was paid for. A `mismatch` is about one
    application and one thing (`code`), told in `facts` as `{"claimed": ..., "register": ...}`; it has no deadline.
    """

    class Kind(models.TextChoices):
        UNCLAIMED = "unclaimed", _("not applied for")
        MISMATCH = "mismatch", _("differs from the register")

    class State(models.TextChoices):
        OPEN = "open", _("open")
        COVERED = "covered", _("applied for")
        EXPIRED = "expired", _("expired")
        DISMISSED = "dismissed", _("dismissed")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="findings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="findings")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.UNCLAIMED)
    code = models.CharField(_("what differs"), max_length=30, blank=True)
    facts = models.JSONField(_("facts"), default=dict, blank=True)  # dates, sums and codes as text, nobody's name
    benefit = models.CharField(max_length=40)
    absence_start = models.DateField()
    absence_end = models.DateField()
    paid = models.DecimalField(max_digits=17, decimal_places=2, null=True)  # EUR, what the register shows as pay
    estimated_amount = models.DecimalField(max_digits=17, decimal_places=2, null=True)
    deadline = models.DateField(null=True)  # of every unclaimed one
    status = models.CharField(_("status"), max_length=10, choices=State.choices, default=State.OPEN)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, null=True, related_name="findings")
    version = models.PositiveIntegerField(null=True)  # of the application that a mismatch was found in
    found_at = models.DateTimeField(_("found"))
    dismissed_because = models.CharField(_("dismissed because"), max_length=30, blank=True)  # a code of `dismiss`
    dismissed_at = models.DateTimeField(_("dismissed at"), null=True)

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "person", "benefit", "absence_start"],
                condition=models.Q(kind="unclaimed"),
                name="finding_once",
            ),
            models.UniqueConstraint(
                fields=["application", "code"], condition=models.Q(kind="mismatch"), name="finding_mismatch_once"
            ),
            models.CheckConstraint(
                condition=models.Q(kind="mismatch") | models.Q(paid__isnull=False, deadline__isnull=False),
                name="finding_whole",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "status", "deadline"], name="finding_by_employer")]

    def __str__(self) -> str:
        return f"{self.benefit} {self.absence_start}"

    @property
    def due(self) -> date:
        """The last day, as lateness is judged; of an unclaimed one."""
        assert self.deadline
        return moved(self.deadline)


class RegisterClaim(models.Model):
    """One payment that a version of a report asks for on an absence, and what became of it.

    The claim that an application or a draft stands on is the one of a status in `HOLDS`; those that it replaced keep
    pointing at what became of them.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RECEIVED = "received", _("became an application")
        NEEDS_DETAILS = "needs_details", _("the employer is asked for what is missing")
        REFUSED = "refused", _("refused")
        DUPLICATE = "duplicate", _("claimed already")
        CORRECTED = "corrected", _("corrected an application")
        ASKED = "asked", _("an official is asked")
        REPLACED = "replaced", _("told anew")
        WITHDRAWN = "withdrawn", _("no longer claimed")

    HOLDS = (State.RECEIVED, State.NEEDS_DETAILS, State.CORRECTED, State.ASKED)

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    paid_absence = models.ForeignKey(PaidAbsence, on_delete=models.PROTECT, db_index=False, related_name="claims")
    place = models.PositiveSmallIntegerField(default=0)  # among the payments asked for on the absence
    application = models.ForeignKey(Application, on_delete=models.PROTECT, null=True, related_name="register_claims")
    draft = models.ForeignKey(Draft, on_delete=models.SET_NULL, null=True, related_name="register_claims")
    status = models.CharField(_("status"), max_length=16, choices=State.choices, default=State.WAITING, db_index=True)
    problems = models.JSONField(_("problems"), default=list)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)  # that ended in an error of ours

    class Meta:
        verbose_name = _("claim in the register")
        verbose_name_plural = _("claims in the register")
        constraints = [models.UniqueConstraint(fields=["paid_absence", "place"], name="register_claim_once")]

    def __str__(self) -> str:
        return self.status


class RegisterReview(models.Model):
    """The last sync of an employer whose reports were looked through. Its row is the lock of whoever looks."""

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, primary_key=True, related_name="+")
    sync = models.ForeignKey(RegisterSync, on_delete=models.CASCADE, null=True, related_name="+")
    attempts = models.PositiveSmallIntegerField(default=0)  # at the sync that follows, each ended in an error of ours

    def __str__(self) -> str:
        return str(self.sync_id)
