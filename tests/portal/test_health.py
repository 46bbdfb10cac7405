"""Ready says whether the portal can work, and tells how fresh the register's data is."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from employers.income_register.alarm import Kind, raise_alarm
from employers.income_register.models import RegisterCursor
from tests import cast

pytestmark = pytest.mark.usefixtures("sandbox")
AT = datetime(2026, 11, 21, 9, tzinfo=UTC)


def ready():
    answer = Client().get("/readyz")
    return answer.status_code, answer.json()


def test_without_a_good_run_it_is_ready_and_says_so():
    assert ready() == (
        200,
        {"database": True, "demo_data": True, "register": {"last_good_run": None, "open_alarms": 0}},
    )


def test_the_last_good_run_and_the_open_alarms_are_told():
    for business_id, at in ((cast.BAKERY, AT), (cast.CAFE, AT.replace(hour=1))):
        RegisterCursor.objects.create(organisation=cast.employer(business_id), synced_until=at, last_good_at=at)
    raise_alarm(Kind.LATE, about=cast.CAFE, at=AT)
    status, told = ready()
    assert (status, told["register"]) == (200, {"last_good_run": "2026-11-21T09:00:00Z", "open_alarms": 1})
