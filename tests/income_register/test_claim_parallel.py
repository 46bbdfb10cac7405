"""Many workers at the same rows: each is claimed by one, employers and subscriptions side by side."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from employers.income_register.lease import claim_next
from employers.income_register.models import RegisterSync
from employers.income_register.models_subscriptions import RegisterSubscription
from employers.organisations.models import Organisation
from tests.income_register.conftest import AT
from tests.income_register.standing import DAY

pytestmark = pytest.mark.django_db(transaction=True)
WORKERS = 8


def test_each_is_claimed_once_and_one_at_a_time_for_each(settings):
    for number in range(3):
        employer = Organisation.objects.create(business_id=f"900000{number}-X", register_access=True)
        RegisterSync.objects.create(organisation=employer, requested_at=AT)
        RegisterSync.objects.create(organisation=employer, requested_at=AT, dry_run=True)
    subscription = RegisterSubscription.objects.create(kind=302, modified_from=AT, valid_from=AT.date())
    for number in range(3):
        RegisterSync.objects.create(
            subscription=subscription, source=f"{number}", window_from=AT + number * DAY, requested_at=AT - number * DAY
        )
    together = Barrier(WORKERS)

    def claim(_):
        together.wait()
        try:
            return [one for one in (claim_next(at=AT) for _ in range(WORKERS)) if one is not None]
        finally:
            connection.close()

    with ThreadPoolExecutor(WORKERS) as pool:
        claimed = [one for found in pool.map(claim, range(WORKERS)) for one in found]
    assert max(Counter(one.pk for one in claimed).values()) == 1
    assert max(Counter(one.organisation_id or one.subscription_id for one in claimed).values()) == 1
    assert len(claimed) == 4
    assert [one.source for one in claimed if one.subscription_id] == ["0"]
