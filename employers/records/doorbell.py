"""Tell the workers that something waits. The table is the queue; a bell nobody hears loses nothing."""

import structlog
from celery import current_app

log = structlog.get_logger()
unheard = 0  # rings this process could not deliver; the sweep every few seconds makes up for them


def ring(task: str = "employers.sweep") -> None:
    """Never raises, never waits long, never retries: the sweep is the net."""
    global unheard
    try:
        current_app.send_task(task, retry=False, ignore_result=True)
    except Exception as error:  # any broker's own errors: none of them may reach the caller
        unheard += 1
        log.warning("doorbell unheard", task=task, error=type(error).__name__, unheard=unheard)
