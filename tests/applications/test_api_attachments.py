"""Documents by machine: held until they are checked, refused when they are not what they say, attached once a key."""

import io
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.client import encode_multipart
from django.test.utils import CaptureQueriesContext

from employers.applications import store
from employers.applications.ask import ask
from employers.applications.attach import MOST
from employers.applications.formats import LARGEST
from employers.applications.models import Application
from employers.applications.models_files import Attachment
from employers.applications.release import refuse, release
from employers.applications.scan import scan_next
from employers.applications.withdraw import withdraw
from employers.records.models import Event, ReadLog
from tests import cast
from tests.applications import files
from tests.machine import KEY, Machine, codes
from tests.portal.test_api_openapi import shaped

pytestmark = pytest.mark.usefixtures("sandbox")
ELSEWHERE = "01a2006e-87d8-74b6-aab1-46b3f694a12f"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path, clock_at) -> Path:
    clock_at(datetime(2026, 4, 16, 9, tzinfo=UTC))
    settings.UPLOADS_DIR = tmp_path / "uploads"
    return settings.UPLOADS_DIR


@pytest.fixture
def machine() -> Machine:
    return Machine()


@pytest.fixture
def application(machine) -> Application:
    return Application.objects.get(pk=machine.submit().json()["id"])


def upload(
    machine: Machine,
    application: Any,
    name: str = "todistus.pdf",
    content: Any = None,
    *,
    key: str = KEY,
    mark="x",
    **more,
):
    kept = SimpleUploadedFile(name, files.pdf() if content is None else content)
    return post(machine, application, encode_multipart(mark, {"file": kept, **more}), key=key, mark=mark)


def post(machine: Machine, application: Any, raw: bytes, *, key: str = KEY, mark: str = "x", kind: str = ""):
    kind = kind or f"multipart/form-data; boundary={mark}"
    return machine.post(f"applications/{application.pk}/attachments", raw, key=key, kind=kind)


def address(application: Any, attachment: Any) -> str:
    return f"applications/{application.pk}/attachments/{attachment}"


def test_attached_it_is_held_and_not_given_out_while_the_scanner_is_down(machine, application, settings):
    """Fault 22: accepted, held, not downloadable."""
    answer = upload(machine, application)
    told = answer.json()
    assert (answer.status_code, answer["Location"]) == (201, f"/api/v1/{address(application, told['id'])}")
    assert shaped("Attachment", told) == []
    assert (told["name"], told["kind"], told["status"], told["size"]) == (
        "todistus.pdf",
        "pdf",
        "held",
        len(files.pdf()),
    )
    settings.CLAMD_URL = "unix:///nowhere/clamd"
    assert not scan_next(at=cast.AT)
    held = machine.get(address(application, told["id"]))
    assert (held.status_code, held.json()["code"], held["Retry-After"]) == (409, "attachment-held", "30")
    kept = Attachment.objects.get()
    assert (kept.channel, kept.added_by, kept.client, kept.organisation) == (
        "api",
        None,
        cast.client_system(),
        cast.employer(),
    )
    assert Event.objects.filter(type="application.attached", subject=kept.pk).count() == 1


def test_checked_it_is_given_out_as_a_file_and_the_read_is_written_down(machine, application):
    content = files.xlsx()
    told = upload(machine, application, "palkat äö.xlsx", content).json()
    release(attachment_id=told["id"], at=cast.AT)
    answer = machine.get(address(application, told["id"]), {"Accept": "application/octet-stream"})
    assert (answer.status_code, answer.content) == (200, content)
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''palkat%20%C3%A4%C3%B6.xlsx"
    assert (answer["X-Content-Type-Options"], answer["Cache-Control"]) == ("nosniff", "no-store")
    row = ReadLog.objects.get(action="attachment")
    assert (row.person, row.actor, row.principal) == (
        application.person_id,
        cast.client_system().pk,
        cast.employer().pk,
    )


def test_what_a_scanner_refused_is_gone(machine, application):
    told = upload(machine, application).json()
    refuse(attachment_id=told["id"], found="Eicar-Test-Signature", at=cast.AT)
    answer = machine.get(address(application, told["id"]))
    assert (answer.status_code, answer.json()["code"]) == (410, "attachment-refused")
    assert b"Eicar" not in answer.content
    assert machine.get(f"applications/{application.pk}/attachments").json()["items"][0]["status"] == "refused"


def test_made_again_with_another_boundary_the_same_key_attaches_once(machine, application):
    first, again = upload(machine, application), upload(machine, application, mark="another-boundary")
    assert (again.status_code, again.content, again["Idempotency-Replayed"]) == (201, first.content, "true")
    assert Attachment.objects.count() == 1
    for other in ({"content": files.pdf(body=b"1 0 obj\n<< >>\nendobj\n")}, {"name": "b.pdf"}, {"request": ELSEWHERE}):
        answer = upload(machine, application, **other)
        assert (answer.status_code, answer.json()["code"]) == (422, "idempotency-key-reused"), other
    assert upload(machine, application, key="").json()["code"] == "idempotency-key-missing"


def test_the_same_file_under_a_new_key_leads_to_the_first(machine, application):
    first = upload(machine, application)
    answer = upload(machine, application, "other.pdf", key=f"{KEY}-2")
    assert (answer.status_code, answer.json()["code"]) == (409, "attachment-exists")
    assert answer.json()["existing"]["href"] == first["Location"]


def test_it_answers_a_request_of_this_application_only(machine, application):
    asked = ask(
        application_id=application.pk, items=[("other", "")], due=date(2026, 5, 1), by=cast.by_official(), at=cast.AT
    )
    told = upload(machine, application, request=str(asked.pk))
    assert told.json()["request"] == str(asked.pk)
    for id, code in ((ELSEWHERE, "unknown_request"), ("x", "id_invalid")):
        assert codes(upload(machine, application, "b.csv", files.CSV, key=f"{KEY}-{code}", request=id)) == [
            ("/request", code)
        ]


def bomb() -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * (61 * 1024 * 1024))
    return kept.getvalue()


UNFIT = {
    "empty": ("a.pdf", b"", 422, "file_empty"),
    "of a kind not taken": ("a.exe", b"MZ", 415, "file_kind_not_taken"),
    "without a kind": ("a", b"x", 415, "file_kind_not_taken"),
    "not what it says": ("a.pdf", b"<!doctype html>", 422, "file_not_what_it_says"),
    "a picture by name": ("a.png", files.pdf(), 422, "file_not_what_it_says"),
    "with macros": ("a.xlsx", files.xlsx_with(xl__vbaProject=b"x"), 422, "file_can_run"),
    "a bomb": ("a.xlsx", bomb(), 422, "file_too_large_inside"),
}


@pytest.mark.parametrize("what", UNFIT)
def test_what_is_not_fit_is_told_and_the_key_is_free(machine, application, what):
    name, content, status, code = UNFIT[what]
    answer = upload(machine, application, name, content)
    assert (answer.status_code, codes(answer)) == (status, [("/file", code)])
    assert not Attachment.objects.exists()
    assert upload(machine, application).status_code == 201


def test_too_large(machine, application):
    for size in (LARGEST + 1, LARGEST + 100_000):
        answer = upload(machine, application, "a.csv", b"x" * size)
        assert (answer.status_code, answer.json()["code"]) == (413, "body-too-large")


def test_too_late_and_too_many(machine, application):
    for number in range(MOST):
        files.checked(application, name="a.csv", content=b"a;%d\n" % number)
    assert codes(upload(machine, application)) == [("/file", "too_many_files")]
    withdraw(application_id=application.pk, reason="x", by=cast.by_web(), at=cast.AT)
    answer = upload(machine, application)
    assert (answer.status_code, answer.json()["code"], answer.json()["application_status"]) == (
        409, "wrong-state", "withdrawn",
    )  # fmt: skip


def test_a_store_that_cannot_be_written_is_told_and_nothing_is_kept(machine, application, folder):
    folder.parent.mkdir(exist_ok=True)
    folder.write_text("a file where the folder should be")
    answer = upload(machine, application)
    assert (answer.status_code, answer.json()["code"], answer["Retry-After"]) == (503, "unavailable", "120")
    assert not Attachment.objects.exists()
    folder.unlink()
    assert upload(machine, application).status_code == 201
    assert store.get(Attachment.objects.get().stored) == files.pdf()


def test_nobody_elses(machine, application):
    told = upload(machine, application).json()
    stranger = Machine("sandbox-other")
    for path in (f"applications/{application.pk}/attachments", address(application, told["id"])):
        assert stranger.get(path).status_code == 404
    assert upload(stranger, application).status_code == 404
    other = cast.sent(reference="other", business_id=cast.WHOLESALER)
    assert machine.get(address(application, files.checked(other).pk)).status_code == 404


def test_the_number_of_queries_does_not_depend_on_rows(machine, application):
    found = []
    for number in range(3):
        files.checked(application, content=b"a;%d\n" % number)
        with CaptureQueriesContext(connection) as queries:
            page = machine.get(f"applications/{application.pk}/attachments").json()
        found.append(len(queries))
    assert shaped("AttachmentPage", page) == []
    assert found[1] == found[2] <= 9
