"""A draft that nobody has touched for a month goes, with everything that was said in it."""

from datetime import date, datetime, timedelta

from employers.applications.models import Draft
from employers.records.clock import day_of

KEPT_FOR = timedelta(days=30)  # after the last change


def expire(*, at: datetime) -> int:
    """Returns how many went. What was sent stays: it is the measure of how long applying takes.

    A claim that the register told waits for its employer as long as the register tells it.
    """
    idle = Draft.objects.filter(application__isnull=True, told_at__isnull=True, changed_at__lt=at - KEPT_FOR)
    return idle.delete()[1].get(Draft._meta.label, 0)


def days_left(draft: Draft, *, on: date) -> int:
    """Of a draft that nobody touches from now on."""
    return (day_of(draft.changed_at) + KEPT_FOR - on).days
