"""Every employer one may apply for on one page, by the time that is left or by what it is worth."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from employers.organisations.models import Mandate, Organisation
from tests import cast
from tests.applications.findings_there import difference, finding, many
from tests.pages import come_in, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sandbox")]
PATH = "/en/clients/"


@pytest.fixture(autouse=True)
def april(clock_at) -> None:
    clock_at(datetime(2026, 4, 15, 9, tzinfo=UTC))


@pytest.fixture
def aino(client: Client) -> Client:
    return come_in(client, "Aino")


def names(client: Client, query: str = "") -> list[str]:
    return [row["employer"].business_id for row in client.get(f"{PATH}?{query}").context["rows"]]


def two() -> None:
    finding(1, deadline=date(2026, 5, 20), estimated_amount=Decimal("5000.00"))
    finding(2, deadline=date(2026, 6, 1), estimated_amount=None)
    finding(3, business_id=cast.CAFE, deadline=date(2026, 4, 20), estimated_amount=Decimal("100.00"))


def test_each_employer_has_its_sum_its_time_and_its_differences(aino: Client) -> None:
    two()
    difference()
    page = aino.get(PATH)
    rows = {row["employer"].business_id: row for row in page.context["rows"]}
    bakery, cafe = rows[cast.BAKERY], rows[cast.CAFE]
    assert (bakery["employer"].open, bakery["employer"].worth, bakery["without_sum"]) == (2, Decimal("5000.00"), 1)
    assert (bakery["employer"].differ, bakery["days_left"], bakery["soon"]) == (1, 35, False)
    assert (cafe["employer"].open, cafe["days_left"], cafe["soon"]) == (1, 5, True)
    assert page.context["all"] == {"count": 3, "worth": Decimal("5100.00"), "employers": 2, "differ": 1}
    assert f"/en/employers/{cast.employer().pk}/findings/" in text(page)


def test_it_is_sorted_by_the_time_left_by_sum_or_by_name(aino: Client) -> None:
    two()
    assert names(aino)[:2] == [cast.CAFE, cast.BAKERY]
    assert names(aino, "order=sum")[:2] == [cast.BAKERY, cast.CAFE]
    assert names(aino, "order=odd")[:2] == [cast.CAFE, cast.BAKERY]
    by_name = [row["employer"].name for row in aino.get(f"{PATH}?order=name").context["rows"]]
    assert by_name == sorted(by_name)


@pytest.mark.parametrize(("q", "found"), [("leipomo", [cast.BAKERY]), (cast.CAFE, [cast.CAFE]), ("% ' or", [])])
def test_one_is_found_by_name_or_business_id(aino: Client, q: str, found: list[str]) -> None:
    assert [row["employer"].business_id for row in aino.get(PATH, {"q": q}).context["rows"]] == found


def test_only_those_one_may_apply_for_are_there(client: Client) -> None:
    finding()
    come_in(client, "Bo")  # may read decisions
    assert names(client) == []
    assert client.get(PATH).context["all"]["count"] == 0
    assert "You may not apply for any employer yet." in text(client.get(PATH))


def test_closed_ones_and_those_of_others_do_not_count(aino: Client) -> None:
    finding(1, status="covered")
    finding(2, status="dismissed")
    finding(3, business_id=cast.WHOLESALER)
    assert aino.get(PATH).context["all"]["count"] == 0


def test_sixty_employers_with_many_findings_take_as_many_queries_as_two(aino: Client) -> None:
    few = asked(aino)
    for number in range(60):
        one = Organisation.objects.create(business_id=f"T-{number:07}"[:9], name=f"Testi {number:02}", kind="employer")
        Mandate.objects.create(
            principal=one, agent_user=cast.user("Aino"), rights=["apply"], valid_from=date(2026, 1, 1)
        )
    many(300)
    assert asked(aino) == few
    assert len(aino.get(f"{PATH}?page=2").context["rows"]) == 12


def asked(client: Client) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get(PATH)
    return len(queries)
