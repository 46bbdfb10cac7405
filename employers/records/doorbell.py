"""Tell the workers that something waits. The table is the queue; a bell nobody hears loses nothing."""

from functools import cache
from typing import Any

import structlog
from celery import current_app
from kombu.connection import Connection
from kombu.pools import producers

PATIENCE = 0.5  # seconds; for a broker that takes the line and says nothing, too
log = structlog.get_logger()
unheard = 0  # rings this process could not deliver; the sweep every few seconds makes up for them


def ring(task: str = "employers.sweep") -> None:
    """Never raises, never waits long, never retries: the sweep is the net."""
    global unheard
    try:
        with producers[_line()].acquire(block=True, timeout=PATIENCE) as producer:
            current_app.send_task(task, producer=producer, retry=False, ignore_result=True)
    except Exception as error:  # any broker's own errors: none of them may reach the caller
        unheard += 1
        log.warning("doorbell unheard", task=task, error=type(error).__name__, unheard=unheard)


@cache
def _line() -> Connection:
    """One of our own: a worker tries for ever to reach its broker, whoever answers a request tries once."""
    once: dict[str, Any] = {"max_retries": 0}
    if str(current_app.conf.broker_url).startswith("redis"):
        once["socket_timeout"] = PATIENCE
    line: Connection = current_app.connection_for_write(connect_timeout=PATIENCE, transport_options=once)
    return line
