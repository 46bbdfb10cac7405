"""What a machine client proves itself by, what became of it, and the rights its organisation asks employers for."""

from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from employers.organisations.models import ClientSystem, Mandate, Organisation, User
from employers.records.fields import SealedTextField

ANSWER_WITHIN = timedelta(days=30)


class ClientSecret(models.Model):
    """A secret of a machine client, kept as the OAuth library hashes it. Two may be in use at a time."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(ClientSystem, on_delete=models.CASCADE, related_name="secrets")
    name = models.CharField(_("name"), max_length=100)
    hashed = models.CharField(max_length=255)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    ends_at = models.DateTimeField(null=True)  # real time, also in the sandbox
    last_used_at = models.DateTimeField(null=True)  # to the minute

    class Meta:
        verbose_name = _("client secret")
        verbose_name_plural = _("client secrets")

    def __str__(self) -> str:
        return self.name


class ClientKey(models.Model):
    """A public key of a machine client, as a JWK (RFC 7517). The private one never comes here."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(ClientSystem, on_delete=models.CASCADE, related_name="keys")
    name = models.CharField(_("name"), max_length=100)
    kid = models.CharField(max_length=100)
    jwk = models.JSONField()
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)  # to the minute

    class Meta:
        verbose_name = _("client key")
        verbose_name_plural = _("client keys")
        constraints = [
            models.UniqueConstraint(
                fields=["client", "kid"], condition=Q(removed_at__isnull=True), name="client_key_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SpentAssertion(models.Model):
    """The `jti` of an assertion that got a token. It gets no second one; after its end nobody could try."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(ClientSystem, on_delete=models.CASCADE, related_name="+")
    jti = models.CharField(max_length=255)
    ends_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["client", "jti"], name="assertion_once")]

    def __str__(self) -> str:
        return self.jti


class ClientChange(models.Model):
    """Who did what with a machine client, and when. Rows are written once and never changed."""

    class Act(models.TextChoices):
        MADE = "made", _("The client was made")
        CHANGED = "changed", _("The client was changed")
        ENDED = "ended", _("The client was ended")
        SECRET_MADE = "secret_made", _("A secret was made")
        SECRET_ENDED = "secret_ended", _("A secret was ended")
        KEY_ADDED = "key_added", _("A key was added")
        KEY_REMOVED = "key_removed", _("A key was removed")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client = models.ForeignKey(ClientSystem, on_delete=models.CASCADE, related_name="changes")
    act = models.CharField(max_length=12, choices=Act.choices)
    what = models.CharField(max_length=255, blank=True)  # the name of the secret or key, or the scopes
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("change of a machine client")
        verbose_name_plural = _("changes of machine clients")
        indexes = [models.Index(fields=["client", "-at"], name="client_change_by_client")]

    def __str__(self) -> str:
        return f"{self.act} {self.at:%Y-%m-%d %H:%M}"


class RightsRequest(models.Model):
    """A firm asks an employer for rights. The employer stands as the firm wrote it: whether it is known here, nobody
    learns by asking."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waits for an answer")
        APPROVED = "approved", _("approved")
        DECLINED = "declined", _("declined")
        EXPIRED = "expired", _("not answered in time")
        WITHDRAWN = "withdrawn", _("taken back")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    firm = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="rights_asked")
    business_id = models.CharField(_("Business ID"), max_length=9)
    rights = ArrayField(models.CharField(max_length=32))
    until = models.DateField(null=True)  # the last day asked for
    message = SealedTextField(null=True)
    status = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    mandate = models.ForeignKey(Mandate, on_delete=models.SET_NULL, null=True, related_name="+")  # what came of it

    class Meta:
        verbose_name = _("request for rights")
        verbose_name_plural = _("requests for rights")
        indexes = [models.Index(fields=["business_id", "status"], name="rights_request_by_id")]
        constraints = [
            models.UniqueConstraint(
                fields=["firm", "business_id"], condition=Q(status="waiting"), name="rights_request_waits_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.business_id} {self.status}"
