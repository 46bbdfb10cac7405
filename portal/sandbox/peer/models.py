"""An application as a tutorial would keep it: one table, nothing sealed, nothing judged."""

from django.db import models


class PeerApplication(models.Model):
    employer = models.CharField(max_length=9)
    benefit = models.CharField(max_length=40)
    reference = models.CharField(max_length=64, unique=True)
    employee = models.JSONField()
    employment = models.JSONField()
    absence = models.JSONField()
    pay_periods = models.JSONField()
    pay_basis = models.CharField(max_length=12)
    certificate = models.CharField(max_length=12)
    status = models.CharField(max_length=24, default="submitted", editable=False)
    submitted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "peer"

    def __str__(self) -> str:
        return self.reference
