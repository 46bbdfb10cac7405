"""Every contact between an employer and the agency: when, by which channel, about what, how long it took."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from employers.applications.models import Application
from employers.organisations import size
from employers.organisations.models import Organisation, User
from employers.records.fields import SealedTextField


class Channel(models.TextChoices):
    """The channels of applications, and the ways that only people use."""

    WEB = "web", _("web service")
    API = "api", _("machine interface")
    BATCH = "batch", _("batch file")
    REGISTER = "register", _("Incomes Register")
    PAPER = "paper", _("paper")
    PHONE = "phone", _("telephone")
    EMAIL = "email", _("e-mail")
    VISIT = "visit", _("visit")


class Matter(models.TextChoices):
    APPLICATION = "application", _("application")
    CORRECTION = "correction", _("correction")
    WITHDRAWAL = "withdrawal", _("withdrawal")
    CLARIFICATION = "clarification", _("clarification asked by the agency")
    ANSWER = "answer", _("answer to a clarification")
    QUESTION = "question", _("question from the employer")
    REPLY = "reply", _("reply to a question")
    OTHER = "other", _("other matter")


class SizeClass(models.TextChoices):
    SMALL = size.SMALL, _("small")
    MEDIUM = size.MEDIUM, _("medium")
    LARGE = size.LARGE, _("large")


class Contact(models.Model):
    """Derived from one row of the event log, or entered by an official."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    event = models.UUIDField(null=True, unique=True, editable=False)
    at = models.DateTimeField(_("at"))
    channel = models.CharField(_("channel"), max_length=8, choices=Channel.choices)
    matter = models.CharField(_("matter"), max_length=16, choices=Matter.choices)
    codes = ArrayField(models.CharField(max_length=64), default=list)  # what was asked, or the problem asked about
    topic = models.CharField(_("guidance topic"), max_length=64, blank=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, null=True, related_name="+")
    benefit = models.CharField(_("benefit"), max_length=40, blank=True)
    size_class = models.CharField(_("size class"), max_length=8, choices=SizeClass.choices)  # of that day
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True)  # of work, where they were measured
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    note = SealedTextField(null=True)

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        default_permissions = ("view", "add")
        indexes = [
            models.Index(fields=["at", "matter"], name="contact_by_day"),
            models.Index(fields=["application", "at"], name="contact_by_application"),
        ]

    def __str__(self) -> str:
        return f"{self.matter} {self.at:%Y-%m-%d}"


class FeedCursor(models.Model):
    """How far the event log has been read. Its row lock is the right to read on: one worker at a time."""

    name = models.CharField(max_length=20, primary_key=True)
    transaction = models.BigIntegerField(default=0)
    event = models.UUIDField(null=True)

    def __str__(self) -> str:
        return self.name
