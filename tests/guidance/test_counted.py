"""What flows count: the last day to apply, and what an absence would give."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from employers.benefits.law import Law
from employers.guidance.flows.by_when import deadline
from employers.guidance.flows.examples import examples
from employers.guidance.flows.worth import estimated

DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("said", "last"),
    [
        ({"benefit": "sickness_allowance", "part": "first", "first_day": DAY}, date(2026, 5, 2)),
        ({"benefit": "sickness_allowance", "part": "first", "first_day": date(2026, 12, 31)}, date(2027, 2, 28)),
        ({"benefit": "sickness_allowance", "part": "continuation", "previous_end": DAY}, date(2026, 5, 2)),
        ({"benefit": "partial_sickness_allowance", "part": "continuation", "previous_end": DAY}, date(2026, 5, 2)),
        ({"benefit": "pregnancy_allowance", "first_day": DAY}, date(2026, 5, 2)),
        ({"benefit": "rehabilitation_allowance", "first_day": DAY}, date(2026, 9, 2)),
        ({"benefit": "family_leave_compensation", "first_day": DAY}, date(2028, 3, 2)),
        ({"benefit": "annual_leave_compensation", "month": DAY}, date(2028, 3, 1)),
        ({"benefit": "occupational_health_reimbursement", "period_end": date(2025, 12, 31)}, date(2026, 6, 30)),
        ({"benefit": "sickness_allowance", "part": "first", "first_day": date(2009, 3, 2)}, None),
    ],
)
def test_the_last_day_is_the_one_of_the_rules(said: dict[str, Any], last: date | None) -> None:
    first = next(day for day in said.values() if isinstance(day, date))
    assert deadline(said, law=Law.on(first)) == last


@pytest.fixture
def on(db: None, clock_at: Callable[[datetime], None]) -> Callable[[date], None]:
    return lambda day: clock_at(datetime(day.year, day.month, day.day, 9, tzinfo=UTC))


ASKED = "/en/guidance/by-when/?benefit=sickness_allowance&part=first&first_day=2.3.2026"


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (date(2026, 4, 15), ("4 May 2026", "You have 19 days left.", "The time ends on 2 May 2026")),
        (date(2026, 5, 3), ("You have 1 day left.",)),
        (date(2026, 5, 4), ("Today is the last day.",)),
        (date(2026, 5, 5), ("The day has passed. You can still apply",)),
    ],
)
def test_the_page_moves_the_day_off_the_weekend(
    on: Callable[[date], None], client: Client, today: date, words: tuple[str, ...]
) -> None:
    """2 May 2026 is a Saturday."""
    on(today)
    page = client.get(ASKED).content.decode()
    assert all(text in page for text in words)


def test_a_day_of_another_time_is_asked_again(on: Callable[[date], None], client: Client) -> None:
    on(DAY)
    page = client.get(ASKED.replace("2026", "2009")).content.decode()
    assert "Check the year of this day." in page


def test_a_month_of_illness_gives_what_the_rules_say() -> None:
    """28 days from a Monday are 24 weekdays, 14 of them after the waiting period: 2 March to 29 March 2026."""
    made = estimated("sickness_allowance", days=28, monthly_pay=Decimal(3000), on=DAY, law=Law.on(DAY))
    assert made.payable_days == 14
    assert made.to_employer == made.amount
    assert made.daily_allowance is not None
    assert made.to_employer == made.daily_allowance * 14


def test_examples_follow_the_rules_and_leave_out_what_is_not_known() -> None:
    made = examples(DAY, law=Law.on(DAY))
    assert [one.benefit for one in made] == [
        "sickness_allowance",
        "pregnancy_allowance",
        "family_leave_compensation",
    ]
    assert made[2].sum == Law.on(DAY).value("family_leave.amount")
    assert [one.benefit for one in examples(date(2009, 3, 2), law=Law.on(date(2009, 3, 2)))] == []


def test_an_absence_within_the_waiting_period_is_not_worth_it(on: Callable[[date], None], client: Client) -> None:
    on(DAY)
    asked = "/en/guidance/is-it-worth-it/?benefit=sickness_allowance&monthly_pay=3000&days="
    assert "You need not apply." in client.get(asked + "5").content.decode()
    page = client.get(asked + "28").content.decode()
    assert "14 weekdays" in page
    assert "Not measured yet" in page
