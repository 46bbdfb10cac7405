"""A server that is killed loses no answer: what was saved is there when another one answers."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import httpx
import pytest
from django.conf import settings as django_settings
from django.test import Client

from employers.applications.draft import begin
from employers.records import clock
from tests import cast
from tests.pages import ANSWERS, come_in
from tests.shown import form_of
from tests.workers import PATIENCE, PROJECT, until, url_of_test_database

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("sandbox")]


@contextmanager
def server() -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A real gunicorn on the test's own database, killed at the end at the latest."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{free.getsockname()[1]}"
    command = [sys.executable, "-m", "gunicorn", "-w", "1", "-b", place, "--log-level", "warning", "portal.wsgi"]
    own = {**os.environ, "DATABASE_URL": url_of_test_database()}
    process = subprocess.Popen(command, cwd=PROJECT, env=own, start_new_session=True)
    try:
        until(lambda: answers(f"http://{place}/healthz"))
        yield f"http://{place}", process
    finally:
        kill(process)


def answers(address: str) -> bool:
    with suppress(httpx.HTTPError):
        return httpx.get(address, timeout=PATIENCE).status_code == 200
    return False


def kill(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(PATIENCE)


def browser(base: str, session: str) -> httpx.Client:
    return httpx.Client(base_url=base, cookies={django_settings.SESSION_COOKIE_NAME: session}, timeout=PATIENCE)


def test_answers_outlive_a_killed_server(client: Client) -> None:
    session = come_in(client, "Aino").cookies[django_settings.SESSION_COOKIE_NAME].value
    draft = begin(
        organisation=cast.employer(), user=cast.user("Aino"), benefit="sickness_allowance", content={}, at=clock.now()
    )
    page = f"/en/apply/{draft.pk}/employee/"
    with server() as (base, process), browser(base, session) as one:
        shown = form_of(one.get(page).text)
        assert one.post(page, data=shown | ANSWERS["employee"], headers={"Referer": base}).status_code == 302
        kill(process)
        with pytest.raises(httpx.HTTPError):
            one.get(page)
    with server() as (base, _process), browser(base, session) as another:
        assert form_of(another.get(page).text)["employee.given_name"] == "Maija"
