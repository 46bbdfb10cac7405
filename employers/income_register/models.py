"""What was paid, as the Incomes Register tells it; and the syncs that fetched it.

Versions are facts and never change. `current` says what counts today and always follows from the versions kept, so the
order in which they came does not matter.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from employers.organisations.models import ClientSystem, Organisation, User
from employers.people.models import Person
from employers.records.fields import SealedJSONField, SealedTextField


class RegisterSync(models.Model):
    """One reading: of one employer's reports, or of one file of a subscription.

    The row is the queue entry, the lease and the result.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        FINISHED = "finished", _("finished")
        FAILED = "failed", _("failed")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="register_syncs"
    )
    subscription = models.ForeignKey(
        "employers.RegisterSubscription", on_delete=models.CASCADE, null=True, blank=True, related_name="syncs"
    )
    source = models.CharField(_("file"), max_length=150, blank=True)  # as it is called in the pick-up folder
    status = models.CharField(_("status"), max_length=8, choices=Status.choices, default=Status.WAITING)
    dry_run = models.BooleanField(_("dry run"), default=False)  # counts what would change, and changes nothing
    again = models.BooleanField(_("once more"), default=False)  # reads its own window, whatever the cursor says
    reached = models.DateTimeField(null=True)  # how far into its window it came; where no cursor tells
    window_from = models.DateTimeField(null=True)  # half-open; known once it runs
    window_until = models.DateTimeField(null=True)
    read = models.PositiveIntegerField(_("read so far"), default=0)  # of the window being brought, kept or not
    promised = models.PositiveIntegerField(_("promised"), null=True, blank=True)  # `NrOfReports` of that window
    reports = models.PositiveIntegerField(_("reports"), default=0)
    new = models.PositiveIntegerField(_("new"), default=0)
    replaced = models.PositiveIntegerField(_("replaced"), default=0)
    invalidated = models.PositiveIntegerField(_("invalidated"), default=0)
    quarantined = models.PositiveIntegerField(_("quarantined"), default=0)
    findings = models.PositiveIntegerField(_("findings"), default=0)
    by_user = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    by_client = models.ForeignKey(ClientSystem, on_delete=models.SET_NULL, null=True, related_name="+")
    requested_at = models.DateTimeField(_("requested"))
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(_("finished at"), null=True)
    error = models.CharField(_("error"), max_length=24, blank=True)
    timings = models.JSONField(_("timings"), default=dict, blank=True)  # seconds by phase, over all windows
    query_id = models.CharField(max_length=40, blank=True)  # the register's own name of the last extraction
    digest = models.CharField(max_length=64, blank=True)  # SHA-256 of the signed octets of the last extract kept
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)  # since it last got anywhere
    outages = models.PositiveSmallIntegerField(default=0)  # how often in a row the register was down
    fence = models.PositiveIntegerField(default=0)  # grows with every claim; a writer with an old number is refused
    lease_until = models.DateTimeField(null=True)  # by the database's clock
    run_after = models.DateTimeField(null=True)  # by the database's clock

    class Meta:
        verbose_name = _("register sync")
        verbose_name_plural = _("register syncs")
        constraints = [
            models.UniqueConstraint(fields=["organisation"], condition=Q(status="running"), name="sync_one_running"),
            models.UniqueConstraint(
                fields=["subscription"], condition=Q(status="running"), name="sync_one_file_running"
            ),
            models.UniqueConstraint(
                fields=["subscription", "source"], condition=~Q(status="failed"), name="sync_file_once"
            ),
            models.CheckConstraint(
                condition=Q(organisation__isnull=True) ^ Q(subscription__isnull=True), name="sync_of_one"
            ),
        ]
        indexes = [
            models.Index(fields=["status", "requested_at"], name="sync_queue"),
            models.Index(fields=["organisation", "-finished_at"], name="sync_last"),
        ]

    def __str__(self) -> str:
        return f"{self.status} {self.requested_at:%Y-%m-%d %H:%M}"


class RegisterCursor(models.Model):
    """Up to when an employer's reports are here. Moves only with the commit that brought them."""

    organisation = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, primary_key=True, related_name="register_cursor"
    )
    synced_until = models.DateTimeField()
    last_sync = models.ForeignKey(RegisterSync, on_delete=models.SET_NULL, null=True, related_name="+")  # that was kept
    last_good_at = models.DateTimeField(_("last good run"), null=True)

    def __str__(self) -> str:
        return f"{self.synced_until:%Y-%m-%d %H:%M}"


class ReportVersion(models.Model):
    """One version of one report. `wages` and `person` are None where the register masks them."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="report_versions")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="report_versions")
    report_id = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    status = models.PositiveSmallIntegerField()  # 1 valid, 2 invalidated
    payment_date = models.DateField()
    period_start = models.DateField()
    period_end = models.DateField()
    wages = models.DecimalField(max_digits=17, decimal_places=2, null=True)  # EUR, subject to pension insurance
    absences_told = models.BooleanField(default=False)  # False: masked, so an earlier version's absences still count
    absences_from = models.DateField(null=True)  # the days of which the report says that all absences are told
    absences_until = models.DateField(null=True)
    received_at = models.DateTimeField()
    current = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report_id", "version"], name="report_version_once"),
            models.UniqueConstraint(fields=["report_id"], condition=Q(current=True), name="report_one_current"),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "person", "payment_date"], condition=Q(current=True), name="report_wages"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} v{self.version}"


class PaidAbsence(models.Model):
    """An absence the employer paid for, or told as `unpaid`. With a `reimbursement_type` the report itself asks for
    the benefit."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    report = models.ForeignKey(ReportVersion, on_delete=models.CASCADE, related_name="paid_absences")
    number = models.PositiveSmallIntegerField()  # its place in the report: see `rows.UNPAID_FROM`
    start = models.DateField(null=True)
    end = models.DateField(null=True)
    until = models.DateField(null=True)  # it is known to go on until this day; what of it is told: `queries.LAST_DAY`
    unpaid = models.BooleanField(default=False)
    cause_code = models.PositiveIntegerField(null=True)
    amount = models.DecimalField(max_digits=17, decimal_places=2, null=True)  # EUR
    reimbursement_type = models.PositiveIntegerField(null=True)  # 1 daily allowance, 2 family leave compensation
    reimbursement_reference = models.CharField(max_length=50, null=True)  # noqa: DJ001  None: not told
    reimbursement_specifier = models.CharField(max_length=200, null=True)  # noqa: DJ001
    further = models.JSONField(null=True)  # what else is asked for on this absence: type, reference, specifier
    information = SealedTextField(null=True)  # the employer's own words to the benefit's payer
    contact = SealedJSONField(null=True)  # name, phone, email of whoever answers for the content of a claim
    current = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="paid_absence_once")]
        indexes = [models.Index(fields=["report"], condition=Q(current=True), name="paid_absence_current")]

    def __str__(self) -> str:
        return f"{self.start} {self.cause_code}"


class QuarantinedReport(models.Model):
    """A report that could not be read or is another payer's. The reason names an element, never its value."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(  # None: a report of an extract over many payers that does not tell whose it is
        Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="quarantined_reports"
    )
    sync = models.ForeignKey(RegisterSync, on_delete=models.CASCADE, related_name="quarantined_reports")
    report_id = models.CharField(max_length=40)
    reason = models.CharField(_("reason"), max_length=100)
    at = models.DateTimeField(_("time"))
    resolved_at = models.DateTimeField(_("read later"), null=True, blank=True)  # a later run could read it

    class Meta:
        verbose_name = _("quarantined report")
        verbose_name_plural = _("quarantined reports")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "report_id", "reason"], name="quarantined_once"),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.reason}"
