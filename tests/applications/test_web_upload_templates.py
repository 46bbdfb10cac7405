"""Templates of files: the columns of each benefit, an example, every column in words of three languages."""

import io
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from python_calamine import CalamineWorkbook

from employers.benefits.claim import BENEFITS
from employers.intake import columns
from employers.intake.forms.sitting import BENEFITS as ABSENCES
from employers.intake.models_previews import Preview
from tests import cast
from tests.applications.sittings import found_of, lines_of
from tests.pages import come_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sandbox")]
# The day of the month, the classes and the conditions of an example are nobody's: these say what is missing of it.
UNREADABLE = ("unparseable", "date_invalid", "money_invalid", "number_invalid", "count_invalid", "invalid_type",
              "month_invalid", "invalid_choice", "unknown_field")  # fmt: skip


@pytest.fixture
def aino(client: Client, clock_at) -> Client:
    clock_at(datetime(2026, 4, 15, 9, tzinfo=UTC))
    return come_in(client, "Aino")


def template(client: Client, benefit: str, kind: str) -> bytes:
    answer = client.get(f"/en/employers/{cast.employer().pk}/upload/template/{benefit.replace('_', '-')}/{kind}/")
    assert answer.status_code == 200
    assert f'filename="{benefit}.{kind}"' in answer["Content-Disposition"]
    return answer.content


@pytest.mark.parametrize("benefit", BENEFITS)
def test_every_benefit_has_one_whose_example_can_be_read(aino: Client, benefit: str) -> None:
    content = template(aino, benefit, "xlsx")
    path = f"/en/employers/{cast.employer().pk}/upload/"
    aino.post(path, {"document": SimpleUploadedFile(f"{benefit}.xlsx", content)})
    ((status, codes),) = found_of(Preview.objects.get())
    assert not set(codes) & set(UNREADABLE)
    if benefit in ABSENCES:
        assert status in ("fine", "warned")


def test_each_column_is_explained_in_three_languages(aino: Client) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(template(aino, "sickness_allowance", "xlsx")))
    header = book.get_sheet_by_index(0).to_python()[0]
    told = book.get_sheet_by_index(1).to_python()
    assert told[0][1:] == ["Suomi", "Svenska", "English"]
    assert [row[0] for row in told[1:]] == header
    assert all(all(row) for row in told[1:])
    (pay,) = [row for row in told if row[0] == "pay_basis"]
    assert "full = Full pay" in pay[3]
    assert set(header) <= set(columns.kinds())


def test_as_csv_it_says_the_same(aino: Client) -> None:
    (row,) = lines_of(template(aino, "sickness_allowance", "csv"))
    assert (row["benefit"], row["employee.given_name"]) == ("sickness_allowance", "Aino")


def test_there_are_no_other_kinds_or_benefits(aino: Client) -> None:
    path = f"/en/employers/{cast.employer().pk}/upload/template/"
    assert aino.get(f"{path}sickness-allowance/pdf/").status_code == 404
    assert aino.get(f"{path}no-such-benefit/csv/").status_code == 404
