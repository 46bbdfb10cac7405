"""Bodies that bring no document, more than one, or something else: told as such, and never a trace of half a file."""

import io
from pathlib import Path
from typing import Any

import pytest

from employers.applications.models import Application
from employers.applications.models_files import Attachment
from tests.applications import files
from tests.applications.test_api_attachments import post
from tests.machine import KEY, Machine, codes

pytestmark = pytest.mark.usefixtures("sandbox")


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> None:
    settings.UPLOADS_DIR = tmp_path / "uploads"


@pytest.fixture
def machine() -> Machine:
    return Machine()


@pytest.fixture
def application(machine: Machine) -> Application:
    return Application.objects.get(pk=machine.submit().json()["id"])


def part(disposition: str, content: bytes = b"") -> bytes:
    return b"--x\r\nContent-Disposition: form-data; " + disposition.encode() + b"\r\n\r\n" + content + b"\r\n"


FILE = 'name="file"; filename="a.csv"'
END = b"--x--\r\n"
HOSTILE: dict[str, tuple[bytes, list[tuple[str, str]]]] = {
    "no file": (part('name="request"', b"") + END, [("/file", "file_missing")]),
    "two files": (part(FILE, b"a") + part(FILE, b"b") + END, [("/file", "too_many_items")]),
    "a text for a file": (part('name="file"', b"a") + END, [("/file", "file_missing")]),
    "a file for a text": (
        part(FILE, b"a") + part('name="request"; filename="b.csv"', b"b") + END,
        [("/request", "invalid_type")],
    ),
    "another part": (part(FILE, b"a") + part('name="note"', b"b") + END, [("/note", "unknown_field")]),
    "a name no one gives": (part(FILE, b"a") + part('name="010190-9123"', b"b") + END, [("", "unknown_field")]),
    "two requests": (part(FILE, b"a") + 2 * part('name="request"', b"b") + END, [("/request", "too_many_items")]),
    "another boundary": (part(FILE, b"a").replace(b"--x", b"--y"), [("/file", "file_missing")]),
    "no parts": (b"nothing", [("/file", "file_missing")]),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_parts_that_are_not_those_of_a_document(machine, application, what):
    raw, expected = HOSTILE[what]
    answer = post(machine, application, raw)
    assert (answer.status_code, codes(answer)) == (422, expected)
    assert "010190" not in answer.content.decode()
    assert not Attachment.objects.exists()


def test_bodies_that_are_no_parts(machine, application):
    for kind, status in {
        "application/json": 415, "text/csv": 415, "multipart/form-data": 400,
        "multipart/form-data; boundary=" + "é" * 9: 400,
    }.items():  # fmt: skip
        assert post(machine, application, b"{}", kind=kind).status_code == status, kind
    assert post(machine, application, b"").status_code == 400
    many = b"".join(part(f'name="n{number}"', b"a") for number in range(1_100)) + END
    assert post(machine, application, many).status_code == 400


NAMES = {
    "../../etc/passwd.csv": "passwd.csv",
    "C:\\\\Users\\\\Maija\\\\a.csv": "a.csv",
    "a\u202evsc.csv": "avsc.csv",
    "&lt;b&gt;.csv": "<b>.csv",
    "a" * 400 + ".csv": "a" * 150 + ".csv",
}


@pytest.mark.parametrize("given", NAMES)
def test_a_name_is_kept_as_it_can_be_shown(machine, application, given):
    answer = post(machine, application, part(f'name="file"; filename="{given}"', files.CSV) + END)
    assert (answer.status_code, answer.json()["name"]) == (201, NAMES[given])


def test_half_a_body_is_no_body(machine, application):
    """A line that was cut: the same key has to stay free for the whole of it."""
    whole = part(FILE, files.CSV) + END
    cut = machine.http.generic(
        "POST",
        f"/api/v1/applications/{application.pk}/attachments",
        whole,
        content_type="multipart/form-data; boundary=x",
        headers=machine.headers({"Idempotency-Key": KEY}),
        **{"wsgi.input": io.BytesIO(whole[:-20])},
    )
    assert (cut.status_code, cut.json()["code"]) == (400, "malformed-request")
    assert post(machine, application, whole).status_code == 201
