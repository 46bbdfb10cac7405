"""Submitting to the real web server while the line, the broker or the caller misbehaves."""

import json
import socket
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from urllib.parse import urlsplit

import httpx
import pytest

from employers.applications.models import Application, StatusChange
from employers.records import events
from employers.records.models import Event, IdempotencyKey
from portal.conformance.claims import identity_code
from portal.sandbox.state import free_port
from tests.machine import EXAMPLE, KEY, Machine, body
from tests.served import served
from tests.workers import until

TOGETHER, KEYS = 32, 20
REPLAYED = "Idempotency-Replayed"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def base(sandbox, tmp_path: Path) -> Iterator[str]:
    with served(tmp_path) as address:
        yield address


def test_thirty_two_posts_with_one_key_have_one_effect(base):
    """Fault 13, for 20 keys: one effect each, everybody else gets its answer again or is told to wait."""
    headers, gate = to_send(Machine("sandbox-bench").token), Barrier(TOGETHER)
    claims = [somebody_else(number) for number in range(KEYS)]

    def caller(_: int) -> list[httpx.Response]:
        with httpx.Client(base_url=base, headers=headers, timeout=60, trust_env=False) as http:
            return [one_of_many(http, gate, number, content) for number, content in enumerate(claims)]

    with ThreadPoolExecutor(TOGETHER) as pool:
        by_key = list(zip(*pool.map(caller, range(TOGETHER)), strict=True))
    for answers in by_key:
        kinds = Counter((answer.status_code, REPLAYED in answer.headers) for answer in answers)
        assert kinds[201, False] == 1
        assert kinds[201, True] + kinds[409, False] == TOGETHER - 1
        assert len({answer.content for answer in answers if answer.status_code == 201}) == 1
    assert [model.objects.count() for model in (Application, StatusChange, IdempotencyKey)] == [KEYS] * 3
    assert Event.objects.filter(type=events.SUBMITTED).count() == KEYS


def one_of_many(http: httpx.Client, gate: Barrier, number: int, content: bytes) -> httpx.Response:
    gate.wait(60)
    return http.post("/api/v1/applications", content=content, headers={"Idempotency-Key": f"{KEY}-{number}"})


def test_a_line_cut_after_the_commit_costs_nothing(base):
    """Fault 7: COMMIT is done and the answer is lost; the retry replays the 201, and there is one effect."""
    machine, content = Machine(), json.dumps(body()).encode()
    with connected(base) as line:
        line.sendall(request(machine, base, content))
        until(lambda: Application.objects.exists())  # committed; closed without a byte of the answer read
    headers = to_send(machine.token) | {"Idempotency-Key": KEY}
    again = httpx.post(f"{base}/api/v1/applications", content=content, headers=headers, trust_env=False)
    assert (again.status_code, again.headers.get(REPLAYED)) == (201, "true")
    assert again.json()["id"] == str(Application.objects.get().pk)
    assert (StatusChange.objects.count(), Event.objects.count(), IdempotencyKey.objects.count()) == (1, 1, 1)


def test_a_line_cut_in_the_middle_of_the_body_leaves_the_key_unused(base):
    machine, content = Machine(), json.dumps(body()).encode()
    with connected(base) as line:
        line.sendall(request(machine, base, content)[:-20])
    headers = to_send(machine.token) | {"Idempotency-Key": KEY}
    again = httpx.post(f"{base}/api/v1/applications", content=content, headers=headers, trust_env=False)
    assert (again.status_code, again.headers.get(REPLAYED)) == (201, None)
    assert Application.objects.count() == 1


@pytest.mark.parametrize("broker", ["gone", "silent"])
def test_without_a_broker_a_submit_is_answered_within_a_second(sandbox, tmp_path, broker):
    """Fault 8: 201 within a second; the application waits in its table until somebody rings again."""
    token = Machine().token
    with socket.create_server(("127.0.0.1", 0)) as silent:  # takes the line and says nothing
        port = free_port() if broker == "gone" else silent.getsockname()[1]
        broken = {"CELERY_BROKER_URL": f"redis://127.0.0.1:{port}/0", "WEB_CONCURRENCY": "1"}
        with served(tmp_path, **broken) as base:
            seconds = [timed_submit(base, token, number) for number in range(4)]
    assert min(seconds) < 1, seconds  # a busy machine may be slow at times; a broker that is waited for, every time
    assert Application.objects.filter(status="submitted").count() == 4


def timed_submit(base: str, token: str, number: int) -> float:
    headers = to_send(token) | {"Idempotency-Key": f"{KEY}-{number}"}
    with httpx.Client(base_url=base, timeout=60, trust_env=False) as http:
        began = time.monotonic()
        answer = http.post("/api/v1/applications", content=somebody_else(number), headers=headers)
    assert answer.status_code == 201, answer.text
    return time.monotonic() - began


def somebody_else(number: int) -> bytes:
    employee = EXAMPLE["employee"] | {"personal_identity_code": identity_code()}
    return json.dumps(body(reference=f"row-{number}", employee=employee)).encode()


def to_send(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}


def connected(base: str) -> socket.socket:
    where = urlsplit(base)
    return socket.create_connection((where.hostname or "", where.port or 80), timeout=30)


def request(machine: Machine, base: str, content: bytes) -> bytes:
    headers = to_send(machine.token) | {
        "Idempotency-Key": KEY, "Host": urlsplit(base).netloc, "Content-Length": str(len(content)),
    }  # fmt: skip
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"POST /api/v1/applications HTTP/1.1\r\n{head}\r\n".encode() + content
