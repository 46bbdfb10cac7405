"""What is said of how long things take is measured, or not said."""

from datetime import timedelta
from decimal import Decimal

import pytest

from employers.applications.measured import ENOUGH, days_to_answer, minutes_to_apply
from employers.applications.models import Application, Decision, Draft
from employers.organisations.size import bounds, size_class
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sandbox")]
ILL = "sickness_allowance"


def application(number: int, days: int) -> Application:
    """Decided so many days after it was sent. Only the columns that are measured are real."""
    sent = Application.objects.create(
        organisation=cast.employer(),
        benefit=ILL,
        status="decided",
        outcome="granted",
        channel="web",
        reference=f"m-{number}",
        content_hash=bytes(32),
        submitted_at=cast.AT,
    )
    Decision.objects.create(
        application=sent,
        outcome="granted",
        amount=Decimal(0),
        calculation={},
        decided_at=cast.AT + timedelta(days=days),
        decided_by=cast.official(),
        appeal_until=cast.AT.date(),
    )
    return sent


def draft(number: int, seconds: int, **changes) -> None:
    said = {"benefit": ILL, "organisation": cast.employer(), "application": application(number, number)} | changes
    Draft.objects.create(user=cast.user("Aino"), created_at=cast.AT, changed_at=cast.AT, seconds=seconds, **said)


def test_the_middle_of_enough_cases(django_assert_num_queries) -> None:
    for number in range(1, ENOUGH + 1):
        draft(number, 60 * number)
    with django_assert_num_queries(1):
        assert minutes_to_apply(ILL, "small") == 6  # between the fifth and the sixth, rounded up
    with django_assert_num_queries(1):
        assert days_to_answer(ILL) == 6


def test_too_few_cases_tell_nothing() -> None:
    for number in range(1, ENOUGH):
        draft(number, 60)
    assert minutes_to_apply(ILL, "small") is None
    assert days_to_answer(ILL) is None


def test_only_the_same_benefit_and_size_class_count_and_only_what_was_sent() -> None:
    for number in range(1, ENOUGH):
        draft(number, 60)
    draft(20, 6000, benefit="donor_allowance")
    draft(21, 6000, organisation=cast.employer(cast.WHOLESALER))
    draft(22, 6000, application=None)
    draft(23, 6000, channel="paper")
    assert minutes_to_apply(ILL, "small") is None


@pytest.mark.parametrize("employees", [0, 19, 20, 1000, 1001, 50_000])
def test_bounds_are_those_of_the_size_classes(employees: int) -> None:
    least, most = bounds(size_class(employees))
    assert least <= employees <= most
