"""In whose name something was written: columns of every record that somebody may write for an employer."""

from django.db import models

from employers.organisations.models import ClientSystem, Organisation


class ActedBy(models.Model):
    """The machine client, the organisation that acted and the mandate it acted by; the principal is the employer that
    the record is about. An official acts for no organisation. `access.Actor.columns` fills them."""

    client = models.ForeignKey(ClientSystem, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    acting_organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    mandate = models.UUIDField(null=True)

    class Meta:
        abstract = True
