"""Paid absences nobody claimed, as a payroll system reads them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from employers.applications.models_register import Finding
from employers.people.record import person_for
from tests import cast
from tests.machine import Machine

pytestmark = pytest.mark.usefixtures("sandbox")
SATURDAY = date(2026, 5, 2)


@pytest.mark.parametrize(("day", "left"), [(1, 3), (2, 2), (4, 0), (5, 0)])
def test_days_are_counted_to_the_day_that_is_still_in_time(clock_at, day: int, left: int):
    Finding.objects.create(
        organisation=cast.employer(),
        person=person_for("010190-9123"),
        benefit="sickness_allowance",
        absence_start=date(2026, 3, 2),
        absence_end=date(2026, 4, 10),
        paid=Decimal("3600.00"),
        estimated_amount=Decimal("1500.00"),
        deadline=SATURDAY,
        found_at=cast.AT,
    )
    clock_at(datetime(2026, 5, day, 9, tzinfo=UTC))
    [found] = Machine().get(f"register-findings?employer={cast.BAKERY}").json()["items"]
    assert (found["deadline"], found["days_left"], found["at_least"]) == ("2026-05-02", left, True)
