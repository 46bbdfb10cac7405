"""Feeds stop before the oldest open transaction of the whole server, and other tests share the server."""

import threading
import time

from employers.records.models import Event
from employers.records.queries import OldestOpenTransaction

PATIENCE = 120  # seconds: a test in one transaction beside this one may take long on a busy machine


def until_shown(model=Event):
    """Wait until everything written so far is in front of every open transaction, also those of other databases."""
    deadline = time.monotonic() + PATIENCE
    while model.objects.filter(transaction__gte=OldestOpenTransaction()).exists():
        assert time.monotonic() < deadline, "a transaction stayed open"
        threading.Event().wait(0.02)
