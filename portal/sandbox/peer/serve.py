"""Start the bare API with the portal's own web server, and make its table; both are gone at the end."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import django
import httpx

from portal.sandbox.state import PROJECT, free_port

WITHIN = 60  # seconds


@contextmanager
def served() -> Iterator[str]:
    """Where to post to."""
    port = free_port()
    own = os.environ | {"DJANGO_SETTINGS_MODULE": "portal.sandbox.peer.settings", "PORT": str(port)}
    subprocess.run([sys.executable, "-m", "portal.sandbox.peer.serve", "create"], env=own, cwd=PROJECT, check=True)
    command = [sys.executable, "-m", "gunicorn", "-c", "python:portal.gunicorn", "portal.sandbox.peer.wsgi"]
    server = subprocess.Popen([*command, "--log-level", "error"], env=own, cwd=PROJECT)
    try:
        address = f"http://127.0.0.1:{port}/peers/"
        _wait_for(address)
        yield address
    finally:
        server.terminate()
        server.wait()
        subprocess.run([sys.executable, "-m", "portal.sandbox.peer.serve", "drop"], env=own, cwd=PROJECT, check=True)


def _wait_for(address: str) -> None:
    until = time.monotonic() + WITHIN
    while time.monotonic() < until:
        try:
            httpx.get(address, trust_env=False).raise_for_status()
        except httpx.HTTPError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"the bare API did not answer within {WITHIN} s")


def table(verb: str) -> None:
    django.setup()
    from django.db import connection

    from portal.sandbox.peer.models import PeerApplication

    there = PeerApplication._meta.db_table in connection.introspection.table_names()
    with connection.schema_editor() as editor:
        if there:
            editor.delete_model(PeerApplication)
        if verb == "create":
            editor.create_model(PeerApplication)


if __name__ == "__main__":
    table(sys.argv[1])
