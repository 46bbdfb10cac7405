"""Which everyday life a person leads, as far as we know, since when, and what we know it from."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from employers.applications.models import Application
from employers.people.models import Person
from employers.records.models import CurrentTransaction


class Fact(models.Model):
    """What one application tells of its person. Copied from the application each time it moves."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)  # the benefit
    start = models.DateField()
    end = models.DateField()
    paid_days = models.PositiveIntegerField(default=0)  # payable weekdays, as estimated or decided
    submitted_on = models.DateField()
    status = models.CharField(max_length=24)
    outcome = models.CharField(max_length=16, blank=True)

    class Meta:
        indexes = [models.Index(fields=["person", "start"], name="fact_by_person")]

    def __str__(self) -> str:
        return f"{self.kind} {self.start}"


class SegmentAssignment(models.Model):
    """A person's segment since a day, with the reasons. A new one supersedes the last; none is ever changed.

    Rows hold the place they have in the feed as events do: by the transaction that wrote them, then by id.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    transaction = models.BigIntegerField(db_default=CurrentTransaction(), editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    segment = models.CharField(_("segment"), max_length=16)  # a code of customers.segments.codes
    previous = models.CharField(_("previous segment"), max_length=16)
    sliding = models.BooleanField(_("sliding towards supported"), default=False)
    reasons = models.JSONField(_("reasons"))  # [{"code", "since"}], strongest first
    assigned_on = models.DateField(_("assigned on"))
    valid_from = models.DateField(_("valid from"))
    next_change_on = models.DateField(null=True)  # when time alone may change it
    superseded = models.BooleanField(_("superseded"), default=False)

    class Meta:
        verbose_name = _("segment assignment")
        verbose_name_plural = _("segment assignments")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(superseded=False), name="one_current_segment"),
        ]
        indexes = [
            models.Index(fields=["transaction", "id"], name="segment_feed_order"),
            models.Index(fields=["person", "-id"], name="segment_by_person"),
            models.Index(fields=["next_change_on"], condition=Q(superseded=False), name="segment_due"),
        ]

    def __str__(self) -> str:
        return f"{self.segment} {self.valid_from}"
