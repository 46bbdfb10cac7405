"""What was asked of an adviser, and what was answered. The words of both sides are sealed."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from employers.applications.models import Application, Channel
from employers.organisations.models import Organisation, User
from employers.organisations.models_acting import ActedBy
from employers.people.models import Person
from employers.records.fields import SealedJSONField, SealedTextField


class Thread(models.Model):
    """One question and what followed: about a page of the form, a problem, an application, or none of them."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="threads")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, null=True, related_name="threads")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")  # whom a reader reads of
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    language = models.CharField(_("language"), max_length=2)
    benefit = models.CharField(_("benefit"), max_length=40, blank=True)
    step = models.CharField(_("page"), max_length=32, blank=True)
    field = models.CharField(_("field"), max_length=100, blank=True)  # a path of the claim
    code = models.CharField(_("problem code"), max_length=64, blank=True)
    topic = models.CharField(_("topic"), max_length=64, blank=True)  # the address of the guidance read before asking
    draft = SealedJSONField(null=True)  # the answers at that time, where sharing them was agreed to
    opened_at = models.DateTimeField(_("asked at"))
    waits_since = models.DateTimeField(null=True)  # the employer's oldest words that nobody has answered
    answered_at = models.DateTimeField(_("first answered at"), null=True)
    closed_at = models.DateTimeField(_("closed at"), null=True)
    handler = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="threads_handled")

    class Meta:
        verbose_name = _("question to an adviser")
        verbose_name_plural = _("questions to an adviser")
        indexes = [
            models.Index(fields=["organisation", "-id"], name="thread_by_employer"),
            models.Index(fields=["waits_since"], condition=Q(closed_at__isnull=True), name="thread_inbox"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def get_absolute_url(self) -> str:
        return reverse("thread", args=[self.pk])


class Message(ActedBy):
    """One side's words. `read_at`: when the other side first opened them."""

    class Role(models.TextChoices):
        EMPLOYER = "employer", _("employer")
        AGENT = "agent", _("agent")
        OFFICIAL = "official", _("official")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="messages")
    text = SealedTextField()
    role = models.CharField(max_length=8, choices=Role.choices)
    channel = models.CharField(max_length=8, choices=Channel.choices, default=Channel.WEB)
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["thread"], condition=Q(read_at__isnull=True, role="official"), name="message_unread")
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.at:%Y-%m-%d %H:%M}"
