"""What becomes of a claim. What the employer said is sealed; beside it stand only the columns that queries need."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from employers.applications import lifecycle
from employers.organisations.models import ClientSystem, Organisation, User
from employers.organisations.models_acting import ActedBy
from employers.people.models import Person
from employers.records.fields import SealedJSONField, SealedTextField


class Channel(models.TextChoices):
    WEB = "web", _("web service")
    API = "api", _("machine interface")
    BATCH = "batch", _("batch file")
    REGISTER = "register", _("Incomes Register")
    PAPER = "paper", _("paper")
    PHONE = "phone", _("telephone")


class Status(models.TextChoices):
    SUBMITTED = lifecycle.SUBMITTED, _("Sent")
    IN_HANDLING = lifecycle.IN_HANDLING, _("In handling")
    INFORMATION_REQUESTED = lifecycle.INFORMATION_REQUESTED, _("Waiting for information")
    DECIDED = lifecycle.DECIDED, _("Decided")
    PAID = lifecycle.PAID, _("Paid")
    WITHDRAWN = lifecycle.WITHDRAWN, _("Withdrawn")


class Outcome(models.TextChoices):
    GRANTED = lifecycle.GRANTED, _("Granted")
    PARTLY_GRANTED = lifecycle.PARTLY_GRANTED, _("Partly granted")
    REJECTED = lifecycle.REJECTED, _("Rejected")
    LAPSED = lifecycle.LAPSED, _("Lapsed")


LIVE = ~Q(status=lifecycle.WITHDRAWN) & ~Q(outcome__in=lifecycle.DEAD_OUTCOMES)


class AbsenceDays(Func):
    function = "daterange"
    template = "%(function)s(%(expressions)s, '[]')"


class Application(models.Model):
    """One employer's claim for one benefit. It is never changed by saving a form, and never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="applications")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="applications")
    benefit = models.CharField(_("benefit"), max_length=40)
    status = models.CharField(_("status"), max_length=24, choices=Status.choices)
    outcome = models.CharField(_("outcome"), max_length=16, choices=Outcome.choices, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1)
    channel = models.CharField(_("channel"), max_length=8, choices=Channel.choices)
    reference = models.CharField(_("reference"), max_length=64)
    content_hash = models.BinaryField(max_length=32, editable=False)  # keyed: the same claim said again
    absence_start = models.DateField(_("absence from"), null=True)
    absence_end = models.DateField(_("absence until"), null=True)
    continues = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="continued_by")
    pay_ends = models.DateField(null=True)  # the last day the employer pays, where the absence goes on after it
    pay_end_told = models.DateField(null=True)  # the day of it that the event went out for
    decision = models.OneToOneField("Decision", on_delete=models.PROTECT, null=True, related_name="+")  # in force
    law_day = models.DateField(null=True)  # the day whose year's parameters apply; a continuation inherits it
    deadline = models.DateField(_("deadline"), null=True)
    late = models.BooleanField(_("late"), default=False)
    amount = models.DecimalField(_("estimate to employer"), max_digits=12, decimal_places=2, null=True)
    submitted_at = models.DateTimeField(_("sent at"))
    submitted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    client = models.ForeignKey(ClientSystem, on_delete=models.PROTECT, null=True, related_name="+")
    acting_organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    mandate = models.UUIDField(null=True)
    handler = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="handled")

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        constraints = [
            models.UniqueConstraint(
                fields=["client", "reference"], condition=Q(client__isnull=False), name="application_reference_once"
            ),
            models.CheckConstraint(
                name="application_absence_whole",
                condition=Q(absence_start__isnull=True, absence_end__isnull=True)
                | Q(absence_start__lte=F("absence_end")),
            ),
            ExclusionConstraint(
                name="application_no_overlap",
                expressions=[
                    ("organisation", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    ("benefit", RangeOperators.EQUAL),
                    (AbsenceDays("absence_start", "absence_end"), RangeOperators.OVERLAPS),
                ],
                condition=LIVE & Q(absence_start__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "-id"], name="application_by_employer"),
            models.Index(fields=["organisation", "benefit", "-id"], name="application_by_benefit"),
            models.Index(fields=["status", "submitted_at"], name="application_queue"),
            models.Index(fields=["person", "submitted_at"], name="application_by_person"),
            models.Index(fields=["pay_ends"], condition=Q(pay_ends__isnull=False), name="application_pay_ends"),
        ]

    def __str__(self) -> str:
        return f"{self.benefit} {self.reference}"

    def get_absolute_url(self) -> str:
        return reverse("application", args=[self.pk])


class ApplicationVersion(ActedBy):
    """What was said, whole, each time it was said, with what was estimated and remarked then."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = SealedJSONField()  # the claim, as employers.benefits.claim.to_json has it
    estimate = models.JSONField()
    basis = SealedJSONField(null=True)  # what it was made from: employers.applications.basis
    problems = models.JSONField(default=list)  # warnings kept
    at = models.DateTimeField()
    reason = SealedTextField(null=True)  # why it was said anew

    class Meta:
        constraints = [models.UniqueConstraint(fields=["application", "number"], name="application_version_once")]

    def __str__(self) -> str:
        return str(self.number)


class StatusChange(ActedBy):
    """One row for every move, written in the transaction that made it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="history")
    verb = models.CharField(max_length=16)
    source = models.CharField(max_length=24)
    target = models.CharField(max_length=24)
    at = models.DateTimeField()
    role = models.CharField(max_length=8)
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)
    reason = SealedTextField(null=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.source} \u2192 {self.target}"


class InformationRequest(models.Model):
    """What an official still needs to know, item by item, by a day."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="requests")
    due = models.DateField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("information request")
        verbose_name_plural = _("information requests")
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.due)


class RequestItem(ActedBy):
    """One question. Who acted is who answered it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    request = models.ForeignKey(InformationRequest, on_delete=models.PROTECT, related_name="items")
    code = models.CharField(max_length=40)  # one of employers.intake.words.QUESTIONS
    note = SealedTextField(null=True)  # the official's own words beside the standard ones
    answer = SealedTextField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.code


class Decision(models.Model):
    """One that a later one replaced stays, with what was paid by it; `Application.decision` is the one in force."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=16, choices=Outcome.choices)
    amount = models.DecimalField(max_digits=12, decimal_places=2)  # EUR to the employer
    reason = models.TextField(blank=True)
    calculation = models.JSONField()  # an estimate made with every wage the register knows of
    basis = SealedJSONField(null=True)  # what that was made from
    differences = models.JSONField(default=list)  # line, estimate, decision, why
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    appeal_until = models.DateField()

    def __str__(self) -> str:
        return self.outcome


class Payment(models.Model):
    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENT = "sent", _("sent")
        CANCELLED = "cancelled", _("replaced before it was sent")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="payment")
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    status = models.CharField(max_length=10, choices=State.choices)
    paid_on = models.DateField(null=True)
    reference = models.CharField(max_length=40, unique=True)
    looked_at_by = models.ForeignKey(  # the first of two officials, where a payment needs both
        User, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    looked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.reference


class Draft(ActedBy):
    """An application on its way, through the web form or by the machine interface, shared by all who may apply for the
    employer. Who acted is who changed it last. Idle for thirty days, it goes.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="drafts")
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="drafts")  # None: no person
    benefit = models.CharField(max_length=40)
    content = SealedJSONField(default=dict)  # answers by step
    version = models.PositiveIntegerField(default=1)  # one more with every change, whichever door it comes by
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    channel = models.CharField(max_length=8, choices=Channel.choices, default=Channel.WEB)
    changed_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    seconds = models.PositiveIntegerField(default=0)  # of work on it: the pauses between its pages are left out
    corrects = models.ForeignKey(Application, on_delete=models.CASCADE, null=True, related_name="corrections_drafted")
    ready_at = models.DateTimeField(null=True)  # when who may not send it gave it to those who may
    ready_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, null=True, related_name="drafts")
    told_at = models.DateTimeField(null=True)  # when the register told the claim: it decides the deadline once sent

    class Meta:
        indexes = [models.Index(fields=["organisation", "-changed_at"], name="draft_by_employer")]
        permissions = [("enter_application", "Can enter a paper or phone application")]

    def __str__(self) -> str:
        return self.benefit

    @property
    def changer(self) -> str:
        """Who changed it last, by name: a person, or the organisation whose program did. Empty: the register."""
        if self.changed_by:
            return str(self.changed_by)
        return self.acting_organisation.name if self.client_id and self.acting_organisation else ""
