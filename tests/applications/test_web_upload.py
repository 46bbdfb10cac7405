"""A file in the page: looked through row by row, nothing sent before one says so, nothing sent twice."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from employers.applications import preview as previews
from employers.applications.models import Application
from employers.applications.receive_rows import work_next
from employers.intake.models_previews import Preview
from employers.records.models import ReadLog
from tests import cast
from tests.applications.sittings import found_of, kept_file, lines_of, looked_file
from tests.intake.files import CODES, cells, csv_file
from tests.pages import come_in, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sandbox")]
AT = datetime(2026, 4, 15, 9, tzinfo=UTC)
WRONG = {"absence.end": "2026-02-27", "pay_periods.1.end": "2026-02-27"}
OVERLAPS = {"absence.end": "2026-03-20", "pay_periods.1.end": "2026-03-20", "pay_periods.1.amount": "1800"}


@pytest.fixture(autouse=True)
def april(clock_at) -> None:
    clock_at(AT)


@pytest.fixture
def aino(client: Client) -> Client:
    return come_in(client, "Aino")


def place(rest: str = "") -> str:
    return f"/en/employers/{cast.employer().pk}/upload/{rest}"


def chosen(client: Client, content: bytes, name: str = "palkat.csv", **more):
    return client.post(place(), {"document": SimpleUploadedFile(name, content)}, **more)


def uploaded(client: Client, *rows: dict[str, str]) -> Preview:
    answer = chosen(client, csv_file(*rows))
    assert answer.status_code == 302, text(answer)
    return Preview.objects.latest("id")


def send(client: Client, one: Preview, mode: str = "partial") -> Preview:
    client.post(f"{one.get_absolute_url()}send/", {"mode": mode})
    while work_next(at=AT):
        pass
    return Preview.objects.select_related("batch").get(pk=one.pk)


def test_the_file_is_looked_through_and_nothing_is_sent(aino: Client) -> None:
    one = uploaded(aino, cells(1), cells(2, **WRONG))
    page = text(aino.get(one.get_absolute_url()))
    for shown in ("Aino Esimerkki", "010190-••••", "2 March – 10 April 2026", "To be corrected", "absence.end"):
        assert shown in page
    assert "Send the 1 application that is fine" in page
    assert CODES[0] not in page
    assert CODES[1] not in page
    assert Application.objects.count() == 0


def test_problems_stand_in_words_at_their_column(aino: Client) -> None:
    page = text(aino.get(uploaded(aino, cells(1, **WRONG)).get_absolute_url()))
    assert "<strong>Last day of the absence <code>absence.end</code>:</strong> The end is before the start." in page
    assert "Send the" not in page


def test_those_that_are_fine_are_sent_and_the_others_left(aino: Client) -> None:
    one = send(aino, uploaded(aino, cells(1, **WRONG), cells(2), cells(3)))
    assert (one.status, one.batch.accepted, one.batch.rejected) == ("sent", 2, 0)
    sent = Application.objects.order_by("id").first()
    assert (sent.channel, sent.submitted_by, sent.reference) == ("batch", cast.user("Aino"), "row-2")
    page = text(aino.get(one.get_absolute_url()))
    assert page.count('href="/en/applications/') == 2
    assert "Left out, to be corrected" in page


def test_all_or_none_sends_none_while_a_row_is_wrong(aino: Client) -> None:
    one = send(aino, uploaded(aino, cells(1, **WRONG), cells(2)), mode="all_or_nothing")
    assert one.status == "checked"
    assert Application.objects.count() == 0


def test_sent_twice_it_is_one_batch(aino: Client) -> None:
    one = uploaded(aino, cells(1))
    first, again = send(aino, one), send(aino, one)
    assert (first.batch, Application.objects.count()) == (again.batch, 1)


def test_uploaded_again_what_was_sent_is_told_as_such(aino: Client) -> None:
    send(aino, uploaded(aino, cells(1)))
    one = uploaded(aino, cells(1), cells(2))
    assert [status for status, _codes in found_of(one)] == ["sent", "warned"]
    assert str(Application.objects.get().pk) in text(aino.get(one.get_absolute_url()))
    send(aino, one)
    assert Application.objects.count() == 2


@pytest.mark.parametrize("changes", [{}, OVERLAPS])
def test_two_rows_for_the_same_days_are_told_before_sending(aino: Client, changes: dict[str, str]) -> None:
    one = uploaded(aino, cells(1), cells(1, reference="again", **changes))
    assert "row_twice" in found_of(one)[1][1]
    assert "Row 1 claims the same days" in text(aino.get(one.get_absolute_url()))


def test_the_wrong_rows_come_back_with_what_to_do_and_are_corrected(aino: Client) -> None:
    one = send(aino, uploaded(aino, cells(1), cells(2, **WRONG)))
    (row,) = lines_of(aino.get(f"{one.get_absolute_url()}errors/csv/").content)
    assert "absence.end: The end is before the start." in row["errors"]
    corrected = uploaded(aino, {**row, "absence.end": "10.4.2026", "pay_periods.1.end": "10.4.2026"})
    assert send(aino, corrected).batch.accepted == 1
    assert Application.objects.count() == 2
    assert aino.get(f"{one.get_absolute_url()}errors/xlsx/").content.startswith(b"PK")


def test_employer_and_reference_need_not_be_said(aino: Client) -> None:
    row = {name: said for name, said in cells(1).items() if name not in ("employer", "reference")}
    assert send(aino, uploaded(aino, row)).batch.accepted == 1
    assert len(Application.objects.get().reference) == 9


def test_a_row_of_another_employer_is_not_sent_from_here(aino: Client) -> None:
    """Not even of one that the same person acts for: colleagues here may know nothing of it."""
    assert found_of(uploaded(aino, cells(1, employer=cast.CAFE))) == [("wrong", ["employer_unknown"])]


def test_occupational_health_needs_the_right_for_it(client: Client) -> None:
    one = looked_file({"benefit": "occupational_health_reimbursement"}, name="Bo")
    assert "mandate_missing" in found_of(one)[0][1]


def test_a_formula_is_refused_and_comes_back_as_text(aino: Client) -> None:
    one = uploaded(aino, cells(1, **{"employee.given_name": "=1+1"}))
    assert "formula" in found_of(one)[0][1]
    (row,) = lines_of(aino.get(f"{one.get_absolute_url()}errors/csv/").content)
    assert row["employee.given_name"] == "'=1+1"


REFUSED = {
    "another kind of file": ("palkat.pdf", b"%PDF-1.7", "We take CSV and XLSX files."),
    "an empty file": ("palkat.csv", b"", "The file is empty."),
    "a workbook in name only": ("palkat.xlsx", b"PK\x03\x04 nothing", "The file is damaged"),
    "no header": ("palkat.csv", b"010190-9123;Aino\n", "Check the header line of the file"),
    "no rows": ("palkat.csv", b"benefit;reference\n", "The file has no rows."),
    "an unknown column": ("palkat.csv", b"benefit;salary\na;b\n", "Column 2:"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_file_that_cannot_be_taken_says_why(aino: Client, case: str) -> None:
    name, content, told = REFUSED[case]
    page = text(chosen(aino, content, name))
    assert told in page
    assert "010190-9123" not in page
    assert not Preview.objects.exists()


def test_too_many_rows_are_refused(aino: Client, monkeypatch) -> None:
    monkeypatch.setattr(previews, "MOST", 1)
    assert "Send at most 1 in one file." in text(chosen(aino, csv_file(cells(1), cells(2))))


def test_many_rows_are_looked_through_by_a_worker_meanwhile(aino: Client, monkeypatch) -> None:
    monkeypatch.setattr(previews, "AT_ONCE", 1)
    one = uploaded(aino, cells(1), cells(2))
    answer = aino.get(one.get_absolute_url())
    assert (one.status, answer["Refresh"]) == ("checking", "5")
    assert "We are looking through the file." in text(answer)
    assert previews.check_next(at=AT)
    assert not previews.check_next(at=AT)
    answer = aino.get(one.get_absolute_url())
    assert "Refresh" not in answer
    assert "Send the 2 applications that are fine" in text(answer)


def test_while_it_is_being_sent_the_page_looks_again(aino: Client) -> None:
    one = uploaded(aino, cells(1))
    aino.post(f"{one.get_absolute_url()}send/")
    answer = aino.get(one.get_absolute_url())
    assert answer["Refresh"] == "5"
    assert "Being sent: 0 of 1 done." in text(answer)


def test_what_kills_its_worker_three_times_is_given_up() -> None:
    one = kept_file()
    Preview.objects.update(attempts=previews.ATTEMPTS)
    assert not previews.is_any_due()
    assert previews.expire(at=AT + timedelta(days=2)) == 1
    assert not Preview.objects.filter(pk=one.pk).exists()


def test_after_a_day_it_is_gone_and_what_was_sent_stays(aino: Client, clock_at) -> None:
    one = send(aino, uploaded(aino, cells(1)))
    clock_at(AT + timedelta(days=1, minutes=1))
    assert aino.get(one.get_absolute_url()).status_code == 404
    assert previews.expire(at=AT + timedelta(days=1, minutes=1)) == 1
    assert Application.objects.count() == 1


def test_it_can_be_deleted_at_once(aino: Client) -> None:
    aino.post(f"{uploaded(aino, cells(1)).get_absolute_url()}delete/")
    assert not Preview.objects.exists()


def test_every_read_is_logged_and_queries_do_not_grow_with_rows(aino: Client) -> None:
    cast.sent(employee=cast.claim().employee, reference="known")
    few = queries(aino, looked_file(cells(1)))
    many = looked_file(*[cells(1, reference=f"row-{number}") for number in range(20)])
    assert queries(aino, many) == few
    assert ReadLog.objects.filter(action="preview", actor=cast.user("Aino").pk).count() == 2


def queries(client: Client, one: Preview) -> int:
    with CaptureQueriesContext(connection) as asked:
        client.get(one.get_absolute_url())
    return len(asked)
