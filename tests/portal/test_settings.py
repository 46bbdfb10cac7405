"""Settings of production: names and switches nobody sees in the sandbox."""

import base64
import os
import subprocess
import sys

import pytest

KEY = base64.urlsafe_b64encode(bytes(range(32))).decode()
PRODUCTION = {
    "SECRET_KEY": "a-long-production-key-that-nobody-else-has-0123456789-abcdefghij",
    "IDENTITY_KEYS": f"k1:{KEY}",
    "INDEX_KEY": KEY,
    "ALLOWED_HOSTS": "portal.example",
    "DATABASE_URL": "postgres://portal@localhost/portal",
    "CELERY_BROKER_URL": "amqp://localhost",
    "PATH": os.environ["PATH"],
}
SHOW = """
from django.conf import settings
print(settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.DEBUG, settings.CLOCK_FILE,
      settings.SESSION_COOKIE_SECURE, settings.SECURE_HSTS_SECONDS > 0)
"""


def run(*arguments: str, **changes: str | None) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in (PRODUCTION | changes).items() if value is not None}
    environment["DJANGO_SETTINGS_MODULE"] = "portal.settings"
    return subprocess.run([sys.executable, *arguments], env=environment, capture_output=True, text=True)


def test_cookies_carry_the_host_prefix_outside_the_sandbox():
    shown = run("-c", SHOW)
    assert shown.stdout.split() == ["__Host-session", "__Host-csrf", "False", "None", "True", "True"], shown.stderr


def test_the_deployment_check_is_clean():
    checked = run("manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.parametrize("name", ["SECRET_KEY", "IDENTITY_KEYS", "INDEX_KEY", "DATABASE_URL"])
def test_nothing_starts_without_its_keys(name: str):
    refused = run("manage.py", "check", **{name: None})
    assert refused.returncode != 0
    assert name in refused.stderr


def test_the_sandbox_serves_loopback_names_only():
    refused = run("manage.py", "check", SANDBOX="1")
    assert refused.returncode != 0
    assert "loopback" in refused.stderr
