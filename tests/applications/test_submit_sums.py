"""Claims for sums: no month and no accounting period is covered twice."""

from datetime import date
from decimal import Decimal

import pytest

from employers.applications.models import Application
from employers.applications.submit import Duplicate, Overlap
from employers.benefits.details import CONDITIONS
from tests import cast

pytestmark = pytest.mark.usefixtures("sandbox")


def leave(*months: str, **changes):
    entries = tuple(
        {"month": month, "days": Decimal("2.5"), "paid_days": 25, "holiday_pay": Decimal("300.00")} for month in months
    )
    details = {"first_leave_day": date(2026, 1, 12), "months": entries}
    about = {"benefit": "annual_leave_compensation", "absence": None, "pay_periods": (), "details": details}
    return cast.sent(**about, **changes)


def care(start: date, end: date, **changes):
    details = {
        "accounting_period": {"start": start, "end": end},
        "employees": 19,
        "costs": ({"class": "I", "kind": "physician", "amount": Decimal("5200.00")},),
        "statement": {"date": date(2026, 1, 15), "opportunity_given": True},
        "conditions": dict.fromkeys(CONDITIONS, True),
    }
    about = {"benefit": "occupational_health_reimbursement", "absence": None, "pay_periods": (), "details": details}
    return cast.sent(**about, employee=None, employment=None, **changes)


def test_a_month_is_claimed_once():
    first = leave("2026-02", "2026-03")
    with pytest.raises(Overlap) as overlap:
        leave("2026-03", "2026-04", reference="row-2")
    assert overlap.value.existing == [first]
    leave("2026-04", reference="row-3")
    assert Application.objects.count() == 2


def test_the_same_months_again_are_a_duplicate():
    first = leave("2026-02")
    with pytest.raises(Duplicate) as duplicate:
        leave("2026-02", reference="row-2")
    assert duplicate.value.existing == first


def test_an_accounting_period_is_claimed_once():
    first = care(date(2025, 1, 1), date(2025, 12, 31))
    with pytest.raises(Overlap) as overlap:
        care(date(2025, 7, 1), date(2026, 3, 31), reference="row-2")
    assert overlap.value.existing == [first]
    care(date(2024, 1, 1), date(2024, 12, 31), reference="row-3")
    assert set(Application.objects.values_list("person", "absence_start")) == {(None, None)}
