"""A real Celery worker on the test's own database and broker."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from django.db import connection

PROJECT = Path(__file__).resolve().parents[1]
PATIENCE = 90.0  # seconds; only a broken system takes that long


@contextmanager
def worker(**environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """In a process group of its own, so that it can be killed as a whole."""
    command = [sys.executable, "-m", "celery", "-A", "portal.celery", "worker", "-c", "1", "--loglevel", "WARNING"]
    own = {**os.environ, "DATABASE_URL": url_of_test_database(), **environment}
    process = subprocess.Popen(command, cwd=PROJECT, env=own, start_new_session=True)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(PATIENCE)


def url_of_test_database() -> str:
    parts = urlsplit(os.environ["DATABASE_URL"])
    return urlunsplit(parts._replace(path=f"/{connection.settings_dict['NAME']}"))


def until(happens: Callable[[], bool], *, patience: float = PATIENCE) -> None:
    deadline = time.monotonic() + patience
    while not happens():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)
