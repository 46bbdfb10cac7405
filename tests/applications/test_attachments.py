"""Documents on the web: attached, refused with words, checked, opened, taken away, sent along."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from employers.applications.ask import ask
from employers.applications.attach import MOST, WORDS, attach
from employers.applications.decide import decide
from employers.applications.models import Application
from employers.applications.models_files import Attachment
from employers.applications.release import refuse, release
from employers.records import events
from employers.records.models import Event, ReadLog
from tests import cast
from tests.applications import files
from tests.pages import begun, come_in, filled_in, send, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sandbox")]


@pytest.fixture(autouse=True)
def folder(settings, tmp_path, clock_at) -> Path:
    clock_at(datetime(2026, 4, 16, 9, tzinfo=UTC))
    settings.UPLOADS_DIR = tmp_path / "uploads"
    return settings.UPLOADS_DIR


@pytest.fixture
def application() -> Application:
    return cast.sent()


@pytest.fixture
def aino(client: Client) -> Client:
    return come_in(client, "Aino")


def path_of(application: Application) -> str:
    return f"/en/applications/{application.pk}/attachments/"


def upload(client: Client, path: str, name: str = "todistus.pdf", content: bytes | None = None, **more: object):
    kept = SimpleUploadedFile(name, files.pdf() if content is None else content, content_type="text/html")
    return client.post(path, {"document": kept, **more}, follow=True)


def test_attached_and_being_checked(aino, application):
    page = text(upload(aino, path_of(application)))
    assert "It is now being checked." in page
    assert "todistus.pdf" in page
    assert "Being checked" in page
    attachment = Attachment.objects.get()
    assert (attachment.kind, attachment.state, attachment.added_by) == ("pdf", "held", cast.user("Aino"))
    assert attachment.get_absolute_url() not in page


def test_checked_it_can_be_opened_and_is_only_saved(aino, application):
    content = files.xlsx()
    upload(aino, path_of(application), "palkat äö.xlsx", content)
    attachment = Attachment.objects.get()
    address = f"/en/attachments/{attachment.pk}/"
    assert aino.get(address).status_code == 404
    release(attachment_id=attachment.pk, at=cast.AT)
    assert address in text(aino.get(f"/en/applications/{application.pk}/"))
    response = aino.get(address)
    assert response.content == content
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''palkat%20%C3%A4%C3%B6.xlsx"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert "no-store" in response["Cache-Control"]


def test_opening_leaves_a_row(aino, application):
    attachment = files.checked(application)
    aino.get(f"/en/attachments/{attachment.pk}/")
    row = ReadLog.objects.get(action="open")
    assert (row.person, row.actor, row.purpose) == (application.person_id, cast.user("Aino").pk, "attachment")


def test_what_was_refused_is_told_and_never_opened(aino, application):
    upload(aino, path_of(application))
    attachment = Attachment.objects.get()
    refuse(attachment_id=attachment.pk, found="Eicar-Test-Signature", at=cast.AT)
    page = text(aino.get(path_of(application)))
    assert "We found something harmful in this file" in page
    assert "Eicar" not in page
    assert aino.get(f"/en/attachments/{attachment.pk}/").status_code == 404


BAD = {
    "file_empty": ("a.pdf", b""),
    "file_kind_not_taken": ("a.exe", b"MZ"),
    "file_not_what_it_says": ("a.pdf", b"<!doctype html><script>alert(1)</script>"),
    "file_can_run": ("a.xlsx", files.xlsx_with(xl__vbaProject=b"x")),
    "file_too_large": ("a.csv", b"x" * (10 * 1024 * 1024 + 1)),
}


@pytest.mark.parametrize("code", BAD)
def test_what_is_not_taken_is_told_beside_the_field(aino, application, folder, code):
    name, content = BAD[code]
    page = text(upload(aino, path_of(application), name, content))
    assert str(WORDS[code]) in page
    assert 'href="#id_document"' in page
    assert not Attachment.objects.exists()
    assert not folder.exists()


def test_nothing_chosen(aino, application):
    assert "Choose a file." in text(aino.post(path_of(application)))


def test_what_is_far_too_large_is_dropped_and_told(aino, application, settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = settings.LARGEST_BODY = 11 * 1024 * 1024
    page = text(upload(aino, path_of(application), "a.csv", b"x" * (12 * 1024 * 1024)))
    assert "The file is larger than 10 MB." in page
    assert not Attachment.objects.exists()


def test_the_same_file_twice(aino, application):
    upload(aino, path_of(application))
    page = text(upload(aino, path_of(application), "another name.pdf"))
    assert "You have attached this file already." in page
    assert Attachment.objects.count() == 1


def test_twenty_and_no_more(aino, application):
    for number in range(MOST):
        attach(to=application, name="a.csv", content=b"a;%d\n" % number, by=cast.by_web(), at=cast.AT)
    assert "You have attached 20 files" in text(upload(aino, path_of(application)))
    assert Attachment.objects.count() == MOST


def test_to_what_was_decided_nothing_is_attached(aino, application):
    decide(application_id=application.pk, outcome="lapsed", reason="No.", by=cast.by_official(), at=cast.AT)
    assert 'type="file"' not in text(aino.get(path_of(application)))
    assert str(WORDS["file_too_late"]) in text(upload(aino, path_of(application)))
    assert not Attachment.objects.exists()


def test_a_full_disk_leaves_nothing_half_written(aino, application, folder):
    folder.write_text("not a folder")
    response = upload(aino, path_of(application))
    assert response.status_code == 503
    assert response["Retry-After"]
    assert "The file was not kept." in text(response)
    assert not Attachment.objects.exists()


def test_a_document_that_cannot_be_read_now_is_no_error_page(aino, application, folder):
    attachment = files.checked(application)
    folder.rename(folder.with_name("away"))
    assert aino.get(f"/en/attachments/{attachment.pk}/").status_code == 503


def test_documents_of_a_draft_go_with_it(aino):
    draft = filled_in(aino)
    upload(aino, f"/en/apply/{draft.pk}/attachments/")
    send(aino, draft)
    attachment, application = Attachment.objects.get(), Application.objects.get()
    assert (attachment.application, attachment.draft) == (application, None)
    assert Event.objects.get(type=events.ATTACHED).subject == attachment.pk
    assert "todistus.pdf" in text(aino.get(f"/en/applications/{application.pk}/"))
    assert aino.get(f"/en/apply/{draft.pk}/attachments/").status_code == 302


def test_own_document_is_taken_away_while_nothing_was_sent(aino):
    draft = filled_in(aino)
    upload(aino, f"/en/apply/{draft.pk}/attachments/")
    address = f"/en/attachments/{Attachment.objects.get().pk}/delete/"
    assert address in text(aino.get(f"/en/apply/{draft.pk}/attachments/"))
    assert aino.get(address).status_code == 405
    page = text(aino.post(address, follow=True))
    assert "The file was deleted." in page
    assert "todistus.pdf" not in page


def test_what_was_sent_is_not_taken_away(aino, application):
    attachment = files.checked(application)
    assert aino.post(f"/en/attachments/{attachment.pk}/delete/").status_code == 404
    assert Attachment.objects.filter(application=application).exists()


def test_an_answer_takes_a_document_along(aino, application):
    asked = ask(application_id=application.pk, items=[("certificate", "")], due=date(2026, 5, 4),
                by=cast.by_official(), at=cast.AT)  # fmt: skip
    item, path = str(asked.items.get().pk), f"/en/applications/{application.pk}/requests/{asked.pk}/"
    page = text(upload(aino, path, "a.pdf", b"no pdf", **{item: "Here it is."}))
    assert str(WORDS["file_not_what_it_says"]) in page
    assert "Here it is." in page
    assert "Your answer was sent." in text(upload(aino, path, **{item: "Here it is."}))
    assert Attachment.objects.get().request == asked
    application.refresh_from_db()
    assert application.status == "in_handling"


def test_an_answer_needs_no_document(aino, application):
    asked = ask(application_id=application.pk, items=[("other", "Why?")], due=date(2026, 5, 4),
                by=cast.by_official(), at=cast.AT)  # fmt: skip
    item = str(asked.items.get().pk)
    page = aino.post(f"/en/applications/{application.pk}/requests/{asked.pk}/", {item: "So."}, follow=True)
    assert "Your answer was sent." in text(page)


def test_who_may_read_decisions_opens_what_was_sent_and_nothing_else(client, aino, application):
    sent, unsent = files.checked(application), files.checked(begun(aino), content=b"c;d\n")
    bo = come_in(client, "Bo")
    assert bo.get(f"/en/attachments/{sent.pk}/").status_code == 200
    assert bo.get(path_of(application)).status_code == 403
    assert bo.get(f"/en/attachments/{unsent.pk}/").status_code == 404
    cecilia = come_in(client, "Cecilia")
    assert cecilia.get(f"/en/attachments/{sent.pk}/").status_code == 404


def test_as_many_queries_for_twenty_as_for_one(aino, application):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            aino.get(path_of(application))
        return len(asked)

    files.checked(application)
    one = queries()
    for number in range(MOST - 1):
        attach(to=application, name="a.csv", content=b"a;%d\n" % number, by=cast.by_web(), at=cast.AT)
    assert queries() == one
