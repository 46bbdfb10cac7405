"""A real web server on the test's own database."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import httpx

from tests.workers import PATIENCE, PROJECT, until, url_of_test_database


@contextmanager
def server(**environment: str) -> Iterator[str]:
    """Its address, `http://127.0.0.1:port`. gunicorn as the portal runs it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "-c", "python:portal.gunicorn", "--log-level", "error", "portal.wsgi"]
    own = {**os.environ, "DATABASE_URL": url_of_test_database(), "PORT": str(port), "WEB_CONCURRENCY": "2"}
    process = subprocess.Popen(command, cwd=PROJECT, env=own | environment, start_new_session=True)
    try:
        until(lambda: _answers(f"http://127.0.0.1:{port}/healthz"))
        yield f"http://127.0.0.1:{port}"
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(PATIENCE)


def _answers(address: str) -> bool:
    with suppress(httpx.HTTPError):
        return httpx.get(address, timeout=PATIENCE).status_code == 200
    return False
