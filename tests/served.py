"""The portal behind its real web server, several processes of it, on the test's own database."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from portal.sandbox.state import free_port
from tests.workers import PATIENCE, PROJECT, until, url_of_test_database


@contextmanager
def served(folder: Path, **environment: str) -> Iterator[str]:
    """Where it answers. `folder` holds its clock, so that no other run moves it."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "-c", "python:portal.gunicorn", "portal.wsgi"]
    own = {"PORT": str(port), "PORTAL_VAR": str(folder), "LOG_LEVEL": "ERROR", "DATABASE_URL": url_of_test_database()}
    process = subprocess.Popen(command, cwd=PROJECT, env={**os.environ, **own, **environment})
    base = f"http://127.0.0.1:{port}"
    try:
        until(lambda: _answers(base))
        yield base
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _answers(base: str) -> bool:
    try:
        return httpx.get(f"{base}/healthz", trust_env=False).status_code == 200
    except httpx.TransportError:
        return False
