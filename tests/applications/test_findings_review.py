"""Whose reports are looked through, and when: after a run of the employer's own, or of a subscription over many."""

from datetime import date, timedelta

import pytest

from employers.applications import review_register
from employers.applications.models_register import Finding, RegisterReview
from employers.income_register.models import RegisterCursor, RegisterSync
from employers.income_register.models_subscriptions import RegisterSubscription
from tests import cast
from tests.applications.reports import AT, absence, report, reviewed, told

pytestmark = pytest.mark.usefixtures("sandbox")
SICK = absence(date(2026, 3, 2), date(2026, 3, 31))


def subscription_run():
    """A file over the bakery and the café that was kept: their cursors name its run."""
    subscription = RegisterSubscription.objects.create(
        kind=300, status="active", modified_from=AT, valid_from=AT.date()
    )
    sync = RegisterSync.objects.create(
        subscription=subscription, source="a.xml", status="finished", requested_at=AT, finished_at=AT
    )
    RegisterCursor.objects.update(last_sync=sync, synced_until=AT + timedelta(hours=1))
    return sync


def test_a_run_over_many_employers_is_looked_through_for_each():
    told(report("b1", SICK))
    told(report("c1", SICK, payer=cast.CAFE), payer=cast.CAFE)
    run = subscription_run()
    review_register.review_register(at=AT)
    assert set(Finding.objects.values_list("organisation__business_id", flat=True)) == {cast.BAKERY, cast.CAFE}
    assert set(RegisterReview.objects.values_list("sync", flat=True)) == {run.pk}
    run.refresh_from_db()
    assert run.findings == 2  # of all its employers together
    assert not review_register.is_any_due()


def test_without_a_cursor_the_last_run_of_ones_own_counts():
    sync = told(report("b1", SICK))
    RegisterCursor.objects.all().delete()
    review_register.review_register(at=AT)
    assert RegisterReview.objects.get().sync == sync
    told(report("b2", absence(date(2026, 4, 1), date(2026, 4, 10))))
    RegisterCursor.objects.update(last_sync=None)
    assert review_register.is_any_due()


def test_a_dry_run_is_not_looked_through():
    reviewed(report("b1", SICK))
    RegisterCursor.objects.all().delete()
    RegisterSync.objects.create(
        organisation=cast.employer(),
        status="finished",
        requested_at=AT,
        finished_at=AT + timedelta(days=1),
        dry_run=True,
    )
    assert not review_register.is_any_due()


def test_an_employer_that_keeps_its_data_to_itself_is_left_alone():
    told(report("b1", SICK))
    cast.employer().__class__.objects.update(register_access=False)
    assert not review_register.is_any_due()
    review_register.review_register(at=AT)
    assert not Finding.objects.exists()
