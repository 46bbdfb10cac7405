"""What surrounds a mandate: which of a firm's people may use it, how rights came and went, what Suomi.fi was asked."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from employers.organisations.models import Organisation, Source, User


class Representation(models.Model):
    """A mandate to represent: a firm lets one of its own people use what its customers gave the firm.

    Even the firm's managing director needs one. Its rights are met with those of the customer's mandate: the smaller
    set counts.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    firm = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="representations")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="representations")
    principal = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, related_name="+"
    )  # null: every one
    rights = ArrayField(models.CharField(max_length=32))
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)  # the last day
    source = models.CharField(_("source"), max_length=8, choices=Source.choices, default=Source.PORTAL)
    agent_name = models.CharField(_("name, as the giver wrote it"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("mandate to represent")
        verbose_name_plural = _("mandates to represent")
        indexes = [models.Index(fields=["firm", "user"], name="representation_by_firm")]

    def __str__(self) -> str:
        return f"{self.valid_from}\u2013{self.valid_until or ''}"


class RightsChange(models.Model):
    """Who gave, changed or ended what, and when. Rows are written once and never changed."""

    class Act(models.TextChoices):
        GIVEN = "given", _("given")
        CHANGED = "changed", _("changed")
        ENDED = "ended", _("ended")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="rights_changes")
    subject = models.UUIDField()  # the mandate, the mandate to represent or the register role
    act = models.CharField(max_length=8, choices=Act.choices)
    whose = models.CharField(max_length=200)  # the name of the person or firm
    rights = ArrayField(models.CharField(max_length=32))
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")  # null: a source outside
    source = models.CharField(max_length=8, choices=Source.choices, default=Source.PORTAL)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("change of rights")
        verbose_name_plural = _("changes of rights")
        indexes = [models.Index(fields=["organisation", "-at"], name="rights_change_by_employer")]

    def __str__(self) -> str:
        return f"{self.act} {self.at:%Y-%m-%d %H:%M}"


class RightsQuery(models.Model):
    """What Suomi.fi was asked about a person and what it said: kept as evidence, without identity codes.

    `answer` holds a list of business_id, complete and roles; it is empty where nothing was answered.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    answered = models.CharField(max_length=12)  # ok, gone, unavailable, refused
    answer = models.JSONField(default=list)

    class Meta:
        verbose_name = _("question to Suomi.fi")
        verbose_name_plural = _("questions to Suomi.fi")
        indexes = [models.Index(fields=["user", "-at"], name="rights_query_by_user")]

    def __str__(self) -> str:
        return f"{self.answered} {self.at:%Y-%m-%d %H:%M}"
