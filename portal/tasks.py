"""Tasks of the sandbox: find the rows that wait, call one action, end."""

from celery import shared_task
from django.conf import settings

from employers.law.queries import overlay
from employers.records import clock, doorbell


@shared_task(name="portal.stand_in")
def stand_in() -> None:
    """Only the sandbox has an official who stands in, and a today that stays where the law's amounts are official;
    elsewhere a message by this name does nothing."""
    if not settings.SANDBOX:
        return
    from portal.sandbox import official, today

    if clock.today() > today.last_day():
        today.keep_to_official_years(overlay=overlay())
    if official.stand_in(at=clock.now()):
        doorbell.ring()
