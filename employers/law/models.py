"""Figures confirmed after the parameter files were written: entered by one official, approved by another."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from employers.law import words
from employers.organisations.models import User

WAITING = Q(approved_at__isnull=True, withdrawn_at__isnull=True)


class ConfirmedValue(models.Model):
    """What was approved stays as it was approved; a later approval for the same day takes its place from then on."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(_("figure"), max_length=100)  # <group>.<name>, as in employers/benefits/parameters/
    start = models.DateField(_("in force from"))
    value = models.DecimalField(_("value"), max_digits=16, decimal_places=6)
    reference = models.CharField(_("source"), max_length=500)
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("entered by"))
    entered_at = models.DateTimeField(_("entered"))
    approved_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("approved by")
    )
    approved_at = models.DateTimeField(_("approved"), null=True)
    withdrawn_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("withdrawn by")
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True)

    class Meta:
        verbose_name = _("confirmed figure")
        verbose_name_plural = _("confirmed figures")
        constraints = [
            models.CheckConstraint(
                name="confirmed_value_second_official",
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("entered_by")),
            ),
            models.CheckConstraint(
                name="confirmed_value_approval_whole",
                condition=Q(approved_by__isnull=True, approved_at__isnull=True)
                | Q(approved_by__isnull=False, approved_at__isnull=False),
            ),
            models.CheckConstraint(
                name="confirmed_value_withdrawal_whole",
                condition=Q(withdrawn_by__isnull=True, withdrawn_at__isnull=True)
                | Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False, approved_at__isnull=True),
            ),
            models.CheckConstraint(name="confirmed_value_not_negative", condition=Q(value__gte=0)),
            models.UniqueConstraint(fields=["name", "start"], condition=WAITING, name="confirmed_value_waits_once"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="confirmed_value_ended",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__approved_at__isnull=False) | pgtrigger.Q(old__withdrawn_at__isnull=False),
            ),
            pgtrigger.Protect(name="confirmed_value_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{words.title(self.name)} {self.start.isoformat()}"

    @property
    def is_waiting(self) -> bool:
        return self.approved_at is None and self.withdrawn_at is None

    @property
    def state(self) -> str:
        """One of words.STATES."""
        if self.is_waiting:
            return "waiting"
        return "approved" if self.approved_at else "withdrawn"
