"""Change a topic from a day on: the text before stays in force until then."""

from datetime import date, datetime, timedelta

from django.db import transaction
from uuid_utils.compat import uuid7

from employers.guidance.models import GuidanceTopic


class NotInside(ValueError):
    """A new text begins after the first day of the version that it replaces, and not after its last."""


@transaction.atomic
def revise(*, changed: GuidanceTopic, applies_from: date, at: datetime) -> GuidanceTopic:
    """`changed` holds the new text under the key of the version it replaces. Returns the new version. Raises NotInside.

    The old version ends the day before; the new one goes on for as long as the old one would have.
    """
    old = GuidanceTopic.objects.select_for_update().get(pk=changed.pk)
    if not can_begin(old, applies_from):
        raise NotInside
    until, old.valid_until = old.valid_until, applies_from - timedelta(days=1)
    old.edited, old.updated_at = True, at
    old.save()
    changed.pk, changed._state.adding = uuid7(), True
    changed.valid_from, changed.valid_until = applies_from, until
    changed.edited, changed.updated_at = True, at
    changed.save()
    return changed


def can_begin(old: GuidanceTopic, day: date) -> bool:
    after_start = old.valid_from is None or old.valid_from < day
    return after_start and (old.valid_until is None or day <= old.valid_until)
