"""The day pay ends while the absence goes on: known from the claim, told once."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from employers.applications.correct import correct
from employers.applications.end_pay import end_pay
from employers.applications.models import Application
from employers.applications.report_pay import PayReport, report_pay
from employers.applications.withdraw import withdraw
from employers.benefits.claim import PayPeriod, Period
from employers.benefits.law import Law
from employers.benefits.pay_end import apply_by, may_report, pay_ends
from employers.records import events
from employers.records.models import Event
from tests import cast

LAST = date(2026, 4, 30)
THAT_DAY = datetime(2026, 4, 30, 6, tzinfo=UTC)
DAY = timedelta(days=1)


def claim(**said):
    paid = PayPeriod(start=date(2026, 3, 2), end=LAST, amount=Decimal("5000.00"))
    absence = Period(start=date(2026, 3, 2), end=date(2026, 6, 30))
    return cast.claim(**{"absence": absence, "pay_periods": (paid,), **said})


@pytest.fixture
def application(sandbox: None) -> Application:
    said = claim()
    return cast.sent(absence=said.absence, pay_periods=said.pay_periods)


def told(application: Application) -> int:
    return Event.objects.filter(application=application.pk, type=events.PAY_ENDED).count()


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, LAST),
        ({"pay_continues_from": LAST + DAY}, None),
        ({"absence": Period(start=date(2026, 3, 2), end=LAST)}, None),
        ({"absence": Period(start=date(2026, 3, 2), end=date(2026, 5, 1))}, None),  # May Day is no weekday
        ({"absence": Period(start=date(2026, 3, 2), end=date(2026, 5, 2))}, LAST),
        ({"pay_basis": "difference"}, None),
        ({"benefit": "family_leave_compensation"}, None),
        ({"absence": None}, None),
        ({"pay_periods": ()}, None),
    ],
)
def test_the_last_day_of_pay_where_weekdays_of_the_absence_follow(said: dict, expected: date | None) -> None:
    assert pay_ends(claim(**said)) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, True),
        ({"pay_continues_from": LAST + DAY, "absence": Period(start=date(2026, 3, 2), end=LAST)}, True),
        ({"absence": Period(start=date(2026, 3, 2), end=LAST)}, False),
        ({"benefit": "family_leave_compensation"}, False),
    ],
)
def test_further_pay_is_reported_while_pay_or_absence_goes_on(said: dict, expected: bool) -> None:
    assert may_report(claim(**said)) is expected


@pytest.mark.parametrize(
    ("benefit", "day"),
    [
        ("sickness_allowance", date(2026, 6, 30)),
        ("parental_allowance", date(2026, 6, 30)),
        ("rehabilitation_allowance", date(2026, 10, 30)),
        ("family_leave_compensation", None),
    ],
)
def test_the_employee_has_the_benefits_own_time_limit(benefit: str, day: date | None) -> None:
    assert apply_by(benefit, after=LAST, law=Law.on(LAST)) == day


@pytest.mark.django_db
def test_it_is_told_on_the_day_and_once(application: Application) -> None:
    assert application.pay_ends == LAST
    assert end_pay(at=THAT_DAY - DAY) == 0
    assert end_pay(at=THAT_DAY) == 1
    assert end_pay(at=THAT_DAY) == end_pay(at=THAT_DAY + DAY) == 0
    assert told(application) == 1


@pytest.mark.django_db
def test_a_day_that_moves_is_told_again(application: Application) -> None:
    end_pay(at=THAT_DAY)
    may = PayPeriod(start=date(2026, 5, 2), end=date(2026, 5, 31), amount=Decimal("2500.00"))
    report_pay(
        application_id=application.pk,
        report=PayReport(pay_periods=(may,)),
        version=1,
        by=cast.by_web(),
        at=THAT_DAY,
    )
    assert end_pay(at=THAT_DAY + DAY) == 0
    assert end_pay(at=THAT_DAY + 31 * DAY) == 1
    assert told(application) == 2


@pytest.mark.django_db
def test_a_correction_can_take_the_day_away(application: Application) -> None:
    said = replace(claim(), pay_continues_from=LAST + DAY)
    correct(application_id=application.pk, claim=said, reason="Goes on.", version=1, by=cast.by_web(), at=cast.AT)
    assert end_pay(at=THAT_DAY) == 0


@pytest.mark.django_db
def test_of_a_withdrawn_application_nothing_is_told(application: Application) -> None:
    withdraw(application_id=application.pk, reason="A mistake.", by=cast.by_web(), at=cast.AT)
    assert end_pay(at=THAT_DAY) == 0
    assert told(application) == 0
