"""The law with what was approved, now or as it was at a moment."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from employers.law.queries import law_on, laws, overlay, written
from employers.law.withdraw import withdraw
from tests.law.officials import AT, CEILING, LIMIT, approved, entered, official

pytestmark = pytest.mark.django_db
SUMMER = date(2027, 6, 1)
LATER = AT + timedelta(hours=1)


def test_only_what_is_approved_counts():
    entered()
    assert overlay() == {}
    withdraw(value_id=entered(start=date(2028, 1, 1)).pk, by=official(), at=AT)
    assert not law_on(SUMMER).knows(LIMIT)
    approved(name=CEILING, start=date(2024, 1, 1), value=Decimal("480.10"))
    use = law_on(date(2024, 5, 1)).use(CEILING)
    assert (use.value, use.status, use.reference, use.low) == (Decimal("480.10"), "official", "A decree", None)


def test_an_approval_counts_from_its_moment():
    approved(at=LATER)
    assert not law_on(SUMMER, at=AT).knows(LIMIT)
    assert law_on(SUMMER, at=LATER).value(LIMIT) == 29500
    assert law_on(SUMMER).value(LIMIT) == 29500


def test_a_later_approval_takes_the_place_of_an_earlier_one():
    approved()
    approved(at=LATER, value=Decimal(29600))
    assert law_on(SUMMER).value(LIMIT) == 29600
    assert law_on(SUMMER, at=AT).value(LIMIT) == 29500


def test_a_confirmed_figure_goes_before_the_estimate_in_the_file():
    assert law_on(date(2022, 1, 1)).use(CEILING).status == "estimate"
    approved(name=CEILING, start=date(2022, 1, 1), value=Decimal("455.00"))
    assert law_on(date(2022, 12, 31)).use(CEILING).status == "official"
    assert law_on(date(2023, 1, 1)).use(CEILING).status == "estimate"


def test_the_law_of_many_days_takes_one_query(django_assert_num_queries):
    approved()
    with django_assert_num_queries(1):
        law_of = laws()
        assert [law_of(date(year, 1, 1)).knows(LIMIT) for year in (2026, 2027, 2028)] == [True, True, False]


@pytest.mark.parametrize(
    ("stored", "expected"),
    [("29500.000000", "29500"), ("451.200000", "451.20"), ("0.700000", "0.70"), ("0.090700", "0.0907"), ("0", "0")],
)
def test_values_are_told_as_they_are_written(stored, expected):
    assert f"{written(Decimal(stored)):f}" == expected
