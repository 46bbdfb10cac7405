"""Whom it concerns. A person has a code and nothing else here: a name is what an employer says it is."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from employers.organisations.models import Organisation
from employers.records import crypto
from employers.records.fields import SealedTextField


class Person(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    identity_code = SealedTextField()
    identity_index = models.BinaryField(max_length=32, unique=True, editable=False)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("persons")

    def __str__(self) -> str:
        return str(self.pk)

    @staticmethod
    def index_of(personal_identity_code: str) -> bytes:
        return crypto.index(personal_identity_code, purpose="person")


class Employment(models.Model):
    """A person's employment as one employer says it: names are that employer's words, not another's to see."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="employments")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="employments")
    given_name = SealedTextField(null=True)
    family_name = SealedTextField(null=True)
    start = models.DateField(null=True)
    end = models.DateField(null=True)
    named_by = models.CharField(max_length=100, blank=True)  # the report these names are from: when, which, version
    dated_by = models.CharField(max_length=100, blank=True)  # the same of the dates; an older report does not count

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "person"], name="employment_once"),
        ]

    def __str__(self) -> str:
        return f"{self.start or ''}\u2013{self.end or ''}"
