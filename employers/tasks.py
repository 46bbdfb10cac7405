"""Tasks: find the rows that wait, call one action, end. The table is the queue."""

from celery import shared_task


@shared_task(name="employers.sweep")
def sweep() -> None:
    """Rung by the doorbell, and by the timetable in case nobody heard."""


@shared_task(name="employers.request_register_syncs")
def request_register_syncs() -> None:
    """Every night: ask for a sync of every employer that lets its register data be read."""
