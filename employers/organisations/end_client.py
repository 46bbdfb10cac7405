"""End a machine client. What it did stays, in its name."""

from datetime import datetime

from django.db import transaction
from oauth2_provider.models import AccessToken

from employers.organisations.models import ClientSystem, User
from employers.organisations.models_clients import ClientChange, ClientKey, ClientSecret
from employers.organisations.rotate_secret import locked


@transaction.atomic
def end_client(*, client: ClientSystem, by: User, at: datetime) -> None:
    """Its tokens open nothing from the next request on. Raises Ended."""
    row = locked(client)
    row.ended_at = at
    row.save(update_fields=["ended_at"])
    AccessToken.objects.filter(application=row.application_id).delete()
    ClientSecret.objects.filter(client=row).exclude(ends_at__lte=at).update(ends_at=at)
    ClientKey.objects.filter(client=row, removed_at__isnull=True).update(removed_at=at)
    ClientChange.objects.create(client=row, act=ClientChange.Act.ENDED, by=by, at=at)
