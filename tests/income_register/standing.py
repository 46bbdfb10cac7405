"""A register of a test's own with SFTP, and a subscription there of two employers."""

from datetime import datetime, timedelta

from employers.income_register import extracts, subscribe
from employers.income_register import sync as syncs
from employers.income_register.models import RegisterSync
from employers.income_register.models_subscriptions import RegisterAlarm
from employers.income_register.orders import HELSINKI
from employers.income_register.pickup import Limits
from employers.organisations.models import Organisation
from portal.sandbox.register.extraction import extract_due
from tests.income_register.conftest import AT

BAKERY, CARE = "9000004-6", "9000006-2"
DAY = timedelta(days=1)
SINCE = AT - 3 * DAY
AT_ONCE = Limits(settles=0, patience=5)


def night(number):
    """Three o'clock in Finland, that many nights after AT."""
    return datetime.combine((AT + number * DAY).date(), subscribe.NIGHT, HELSINKI)


def employers():
    return [
        Organisation.objects.create(business_id=one, name=one, register_access=True, employees=19)
        for one in (BAKERY, CARE)
    ]


def order(organisations, *, since=SINCE, **facts):
    wanted = subscribe.want(organisations=organisations, since=since, valid_from=(AT + DAY).date(), **facts)
    return subscribe.order(wanted.pk, at=AT)


def extracted(register, number):
    """The register's night: names of the files that lie in its folder then."""
    register.office.clock.move(night(number) + timedelta(minutes=1))
    extract_due(register.office)
    return sorted(file.name for file in register.office.outgoing.iterdir())


def look(at):
    return extracts.look(at=at, limits=AT_ONCE)


def run_all(at):
    """Everything that waits, in the order it is claimed."""
    RegisterSync.objects.update(run_after=None)
    ran = 0
    while syncs.sync_next(at=at):
        ran += 1
    return ran


def alarms():
    return sorted(RegisterAlarm.objects.filter(cleared_at=None).values_list("kind", "about"))
