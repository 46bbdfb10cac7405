"""The list of what was found: every benefit, narrowed, drawn by week, set aside and taken back, taken along."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from employers.applications.models_register import Finding
from employers.records.models import ReadLog
from tests import cast
from tests.applications.findings_there import difference, finding, many
from tests.pages import come_in, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sandbox")]
LATE = date(2028, 3, 2)


@pytest.fixture(autouse=True)
def april(clock_at) -> None:
    clock_at(datetime(2026, 4, 15, 9, tzinfo=UTC))


@pytest.fixture
def aino(client: Client) -> Client:
    return come_in(client, "Aino")


def path(rest: str = "") -> str:
    return f"/en/employers/{cast.employer().pk}/findings/{rest}"


def several() -> None:
    finding(1, deadline=date(2026, 4, 20))
    finding(2, deadline=date(2026, 5, 4))
    finding(3, benefit="family_leave_compensation", deadline=LATE, estimated_amount=Decimal("2500.00"))


def test_every_benefit_is_listed_with_its_sum_and_its_last_day(aino: Client) -> None:
    several()
    page = text(aino.get(path()))
    for shown in ("Sickness allowance", "Family leave compensation", "at least €5,500.00", "5 days left"):
        assert shown in page
    assert page.count('name="chosen"') == 2  # the third asks something that no report tells
    assert "Complete and claim" in page


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("benefit=family_leave_compensation", 1),
        ("within=soon", 1),
        ("within=month", 2),
        ("within=soon&benefit=family_leave_compensation", 0),
        ("within=never&page=x", 3),
        ("benefit=nothing", 0),
    ],
)
def test_the_list_is_narrowed(aino: Client, query: str, count: int) -> None:
    several()
    assert len(aino.get(f"{path()}?{query}").context["rows"]) == count


def test_weeks_are_drawn_with_the_sums_that_end_in_them(aino: Client) -> None:
    several()
    page = aino.get(path())
    weeks = [(week.start, week.count, week.sum, week.wide) for week in page.context["weeks"]]
    assert weeks == [
        (date(2026, 4, 13), 0, Decimal(0), 0),
        (date(2026, 4, 20), 1, Decimal("1500.00"), 100),
        (date(2026, 4, 27), 0, Decimal(0), 0),
        (date(2026, 5, 4), 1, Decimal("1500.00"), 100),
    ]
    assert "style=" not in text(page)


def test_an_unknown_sum_says_why(aino: Client) -> None:
    finding(estimated_amount=None)
    page = text(aino.get(path()))
    assert "The sum of 1 is not known: the reports do not tell everything" in page


def test_twelve_and_five_thousand_take_as_many_queries(aino: Client) -> None:
    assert asked(aino, 12) == asked(aino, 5000)


def asked(client: Client, count: int) -> int:
    Finding.objects.all().delete()
    many(count)
    with CaptureQueriesContext(connection) as queries:
        page = client.get(f"{path()}?page=2")
    assert page.context["all"].count == count
    return len(queries)


def test_pages_hold_every_row_once(aino: Client) -> None:
    many(120)
    seen = [row["finding"].pk for number in (1, 2, 3) for row in aino.get(f"{path()}?page={number}").context["rows"]]
    assert len(set(seen)) == len(seen) == 120
    assert "?within=soon&amp;page=2" in text(aino.get(f"{path()}?within=soon")) or Finding.objects.count() == 120


def test_with_nothing_left_the_page_says_how_it_works(aino: Client) -> None:
    page = text(aino.get(path()))
    assert "How it works" in page
    assert "two years back" in page


def test_without_access_the_page_leads_to_giving_it(aino: Client) -> None:
    organisation = cast.employer()
    organisation.register_access = False
    organisation.save()
    assert f"/en/employers/{organisation.pk}/account/agree/register/" in text(aino.get(path()))


def test_several_are_set_aside_with_a_reason(aino: Client) -> None:
    chosen = [str(finding(number).pk) for number in (1, 2)]
    page = text(aino.post(path("set-aside/"), {"chosen": chosen}))
    assert "Set 2 absences aside" in page
    assert "We did not pay for this time" in page
    assert "Choose a reason." in text(aino.post(path("set-aside/"), {"chosen": chosen, "sure": "1"}))
    done = aino.post(path("set-aside/"), {"chosen": chosen, "sure": "1", "because": "not_paid"}, follow=True)
    assert "2 findings were set aside" in text(done)
    assert set(Finding.objects.values_list("status", "dismissed_because")) == {("dismissed", "not_paid")}
    assert ReadLog.objects.filter(purpose="finding", action="dismiss").count() == 2


def test_set_aside_it_is_listed_with_the_reason_and_taken_back(aino: Client) -> None:
    one = finding()
    aino.post(path("set-aside/"), {"chosen": [str(one.pk)], "sure": "1", "because": "no_claim_wanted"})
    assert "We do not want to apply for it" in text(aino.get(path("aside/")))
    assert "on the list again" in text(aino.post(path("aside/"), {"chosen": [str(one.pk)]}, follow=True))
    assert Finding.objects.get().status == "open"


def test_taken_back_after_its_last_day_it_says_so(aino: Client, clock_at) -> None:
    one = finding(status="dismissed", dismissed_because="other", dismissed_at=cast.AT)
    clock_at(datetime(2026, 5, 6, 9, tzinfo=UTC))
    assert "last day to apply has passed" in text(aino.post(path("aside/"), {"chosen": [str(one.pk)]}, follow=True))
    assert Finding.objects.get().status == "expired"


def test_a_foreign_one_is_neither_set_aside_nor_taken_back(aino: Client) -> None:
    one = finding(business_id=cast.WHOLESALER)
    assert aino.post(path("set-aside/"), {"chosen": [str(one.pk)], "sure": "1", "because": "other"}).status_code == 302
    assert aino.post(path("aside/"), {"chosen": [str(one.pk)]}).status_code == 404
    assert Finding.objects.get().status == "open"


def test_the_list_is_taken_along_as_a_workbook_and_as_text(aino: Client) -> None:
    finding(1)
    difference(code="pay")
    sheet = load_workbook(BytesIO(aino.get(path("file/xlsx/")).content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert [row[0] for row in rows] == ["Kind", "not applied for", "differs from the register"]
    lines = aino.get(path("file/csv/")).content.decode("utf-8-sig").splitlines()
    assert (
        lines[1].startswith("not applied for;Aino Esimerkki;Sickness allowance;2026-03-03") or "2026-05-04" in lines[1]
    )
    assert ReadLog.objects.filter(purpose="finding", action="download").exists()


def test_a_difference_tells_both_sides_and_what_to_do(aino: Client) -> None:
    one = difference(facts={"claimed": "1800.00", "register": "1500.00"}, code="pay")
    page = text(aino.get(path("differences/")))
    for shown in ("The pay differs", "€1,800.00", "€1,500.00", "Correct the application", "Leave it as it is"):
        assert shown in page
    assert "The pay differs" in text(aino.get(one.application.get_absolute_url()))
    aino.post(path("set-aside/"), {"chosen": [str(one.pk)], "sure": "1", "because": "both_right"})
    assert "The pay differs" not in text(aino.get(path("differences/")))
    assert "The pay differs" not in text(aino.get(one.application.get_absolute_url()))


def test_the_start_page_leads_to_differences(aino: Client) -> None:
    difference()
    page = text(aino.get(f"/en/employers/{cast.employer().pk}/"))
    assert "1 difference between an application and the register" in page


def test_days_left_are_those_of_the_moved_day(aino: Client) -> None:
    finding(deadline=date(2026, 5, 2))  # a Saturday
    week = aino.get(path()).context["weeks"][-1]
    assert week.start == date(2026, 5, 4)
    assert week.end - week.start == timedelta(days=6)
