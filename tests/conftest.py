"""Real PostgreSQL and a real broker in every run; the environment is set before Django loads."""

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

if "DATABASE_URL" not in os.environ:
    from portal.sandbox.servers import test_environment

    os.environ |= test_environment()

# Tests that run side by side have files and queues of their own: one would clear away files that its own database does
# not know, and a worker of one would answer the bell of the other.
if "UPLOADS_DIR" not in os.environ:
    beside = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
    os.environ["UPLOADS_DIR"] = str(Path(os.environ.get("PORTAL_VAR", "var")).resolve() / f"uploads-{beside}")

if os.environ["CELERY_BROKER_URL"].startswith("redis:"):
    beside = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
    number = int(beside.removeprefix("gw")) % 16
    broker = urlsplit(os.environ["CELERY_BROKER_URL"])
    os.environ["CELERY_BROKER_URL"] = broker._replace(path=f"/{number}").geturl()

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

import portal.celery  # noqa: F401  as in manage.py and wsgi.py


def pytest_configure() -> None:
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # the real one takes 0.3 s a secret


@pytest.fixture(scope="session")
def _cast(django_db_setup: None, django_db_blocker: Any) -> Any:
    from employers.records import clock
    from portal.sandbox import data
    from tests import planted_cast

    with django_db_blocker.unblock():
        return planted_cast.taken(lambda: data.load(at=clock.now()))


@pytest.fixture
def sandbox(_cast: Any, db: None) -> None:
    """The cast of portal.sandbox.cast, in place: employers, people, mandates, machine clients, an official."""
    from tests import planted_cast

    planted_cast.put(_cast)


@pytest.fixture
def clock_at(settings: Any, tmp_path: Path) -> Callable[[datetime], None]:
    """Moves the clock of this test alone."""
    from employers.records import clock

    settings.CLOCK_FILE = tmp_path / "clock"
    return clock.move_to
