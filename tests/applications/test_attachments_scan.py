"""Held, checked, released or refused: with the scanner there, away, and with two workers at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from django.db import connection, transaction

from employers.applications import purge, scan, store
from employers.applications.attach import attach, let_go
from employers.applications.draft import begin, discard
from employers.applications.models_files import Attachment
from portal.sandbox.clamd import Clamd
from tests import cast
from tests.applications import files
from tests.applications.test_scanner import saying, served

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sandbox")]
AT = cast.AT


@pytest.fixture(autouse=True)
def folder(settings, tmp_path) -> Path:
    settings.UPLOADS_DIR = tmp_path / "uploads"
    return settings.UPLOADS_DIR


@pytest.fixture
def scanner(settings):
    with served(Clamd(0)) as url:
        settings.CLAMD_URL = url
        yield url


def attached(content: bytes = files.CSV, name: str = "palkat.csv") -> Attachment:
    return attach(to=cast.sent(), name=name, content=content, by=cast.by_web(), at=AT)


def state(attachment: Attachment) -> tuple[str, str]:
    attachment.refresh_from_db()
    return attachment.state, attachment.trouble


def on_disk(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_a_document_is_held_until_it_was_checked(scanner):
    attachment = attached()
    assert state(attachment) == ("held", "")
    assert scan.is_any_due(at=AT)
    assert scan.scan_next(at=AT)
    assert state(attachment) == ("released", "")
    assert not scan.scan_next(at=AT)


def test_what_is_found_is_refused_and_its_file_deleted(scanner, folder):
    attachment = attached(files.CSV + files.EICAR)
    assert scan.scan_next(at=AT)
    assert state(attachment)[0] == "refused"
    assert attachment.found == "Eicar-Test-Signature"
    assert on_disk(folder) == []


def test_nothing_of_the_document_is_readable_on_the_disk(folder):
    attachment = attached(b"Maija Mallikas;010190-9123\n")
    (path,) = on_disk(folder)
    assert b"Mallikas" not in path.read_bytes()
    assert "palkat" not in str(path)
    assert store.get(attachment.stored) == b"Maija Mallikas;010190-9123\n"
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM employers_attachment")
        assert b"palkat" not in bytes(cursor.fetchone()[0])


def test_a_file_put_in_the_place_of_another_does_not_open(folder):
    first, second = attached(), store.put(b"another")
    (folder / second[:2] / second).replace(folder / first.stored[:2] / first.stored)
    with pytest.raises(InvalidTag):
        store.get(first.stored)


def test_without_a_scanner_everything_is_held(settings):
    settings.CLAMD_URL = ""
    attachment = attached()
    assert not scan.is_any_due(at=AT)
    assert not scan.scan_next(at=AT)
    assert state(attachment) == ("held", "")


def test_a_scanner_that_is_down_is_asked_again_later(settings, folder):
    attachment = attached()
    with served(saying(b"")) as settings.CLAMD_URL:
        pass
    for tried in range(5):  # more often than a document may fail: the scanner is not the document's fault
        at = AT + tried * scan.AGAIN_AFTER
        assert not scan.scan_next(at=at)
        assert state(attachment) == ("held", "scanner_silent")
        assert not scan.is_any_due(at=at)
    with served(Clamd(0)) as settings.CLAMD_URL:
        assert scan.scan_next(at=at + scan.AGAIN_AFTER)
    assert state(attachment) == ("released", "")


def test_a_file_that_cannot_be_read_is_held_and_does_not_stop_the_others(scanner, folder):
    lost = attached()
    other = attach(to=lost.application, name="a.csv", content=b"a;b\n", by=cast.by_web(), at=AT)
    store.remove(lost.stored)
    assert scan.scan_next(at=AT)
    assert scan.scan_next(at=AT)
    assert [state(lost), state(other)] == [("held", "file_unreadable"), ("released", "")]


def test_a_worker_that_was_killed_holds_nobody_up_for_long(scanner):
    attachment = attached()
    assert scan._leased(AT) == attachment
    assert not scan.scan_next(at=AT)
    assert scan.scan_next(at=AT + scan.LEASE)
    assert state(attachment)[0] == "released"


def test_a_document_that_kills_every_worker_is_left_to_the_staff(scanner):
    attachment, at = attached(), AT
    for _ in range(scan.MOST_TRIES):
        assert scan._leased(at) == attachment
        at += scan.LEASE
    assert not scan.is_any_due(at=at)
    assert state(attachment)[0] == "held"


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_have_the_same_document(scanner):
    attachment = attached()
    with transaction.atomic(), ThreadPoolExecutor() as beside:
        assert scan._leased(AT) == attachment
        assert beside.submit(leased_beside).result() is None


def leased_beside() -> Attachment | None:
    try:
        return scan._leased(AT)
    finally:
        connection.close()


def drafted(at: datetime = AT) -> Attachment:
    content = {"body": {}, "done": [], "annual_income": None}
    draft = begin(
        organisation=cast.employer(), user=cast.user("Aino"), benefit="sickness_allowance", content=content, at=at
    )
    return attach(to=draft, name="todistus.pdf", content=files.pdf(), by=cast.by_web(), at=at)


def test_documents_of_a_draft_that_is_thrown_away_go(folder):
    attachment = drafted()
    discard(draft=attachment.draft)
    assert purge.is_any_due()
    assert purge.purge() == 1
    assert not purge.is_any_due()
    assert not Attachment.objects.exists()
    assert on_disk(folder) == []


def test_a_document_taken_away_goes_and_one_that_was_sent_stays(folder):
    sent, unsent = attached(), drafted()
    assert let_go(attachment_id=unsent.pk)
    assert not let_go(attachment_id=sent.pk)
    assert purge.purge() == 1
    assert list(Attachment.objects.all()) == [sent]
    assert len(on_disk(folder)) == 1


def test_while_the_folder_is_away_the_row_stays(settings, tmp_path):
    attachment = drafted()
    let_go(attachment_id=attachment.pk)
    (tmp_path / "no-folder").write_text("")
    settings.UPLOADS_DIR = tmp_path / "no-folder"
    with pytest.raises(store.Unavailable):
        purge.purge()
    assert Attachment.objects.filter(pk=attachment.pk).exists()


def test_files_that_no_row_knows_go_after_an_hour(folder):
    known, stray = attached(), store.put(b"its row was never written")
    half = folder / "ab" / ("ab" + "0" * 30 + ".part")
    half.parent.mkdir(exist_ok=True)
    half.write_bytes(b"half")
    written = datetime.fromtimestamp((folder / stray[:2] / stray).stat().st_mtime).astimezone()
    assert purge.purge_strays(before=written - timedelta(hours=1)) == 0
    assert purge.purge_strays(before=written + timedelta(hours=1)) == 2
    assert [path.name for path in on_disk(folder)] == [known.stored]
