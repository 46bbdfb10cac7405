"""Agree to something for an employer, or take it back."""

from datetime import datetime

from django.db import transaction

from employers.organisations.access import Actor
from employers.organisations.models import Organisation
from employers.organisations.models_account import ConsentChange


@transaction.atomic
def consent(*, organisation: Organisation, what: str, given: bool, by: Actor, at: datetime) -> Organisation:
    """`what`: one of ConsentChange.What, which is also the column's name. The same said again leaves no row."""
    locked = Organisation.objects.select_for_update().get(pk=organisation.pk)
    column = ConsentChange.What(what).value
    if getattr(locked, column) != given:
        setattr(locked, column, given)
        locked.save(update_fields=[column])
        ConsentChange.objects.create(organisation=locked, what=column, given=given, at=at, by=by.user)
    return locked
