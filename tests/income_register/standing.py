"""A register of a test's own with SFTP, and a subscription there of two employers."""

import shutil
import threading
from datetime import datetime, timedelta

import pytest

from employers.income_register import extracts, subscribe
from employers.income_register import sync as syncs
from employers.income_register.models import RegisterCursor, RegisterSync
from employers.income_register.models_subscriptions import RegisterAlarm
from employers.income_register.orders import HELSINKI
from employers.income_register.pickup import Limits
from employers.organisations.models import Organisation
from portal.sandbox.register.extraction import extract_due
from portal.sandbox.register.server import Register
from tests.income_register.conftest import AT, PAYERS, TODAY

BAKERY, CARE = "9000004-6", "9000006-2"
DAY = timedelta(days=1)
SINCE = AT - 3 * DAY
EARLY = AT - 40 * DAY  # two months' pay came since then
AT_ONCE = Limits(settles=0, patience=5)


@pytest.fixture
def there(keys, tmp_path, settings):
    """With keys in a folder of its own: each test opens another port."""
    shutil.copytree(keys, tmp_path / "keys")
    made = Register(port=0, folder=tmp_path / "keys", payers=PAYERS, today=TODAY, memory=tmp_path / "sent")
    settings.REGISTER_FOLDER = made.keys
    settings.REGISTER_URL = f"http://127.0.0.1:{made.server_address[1]}"
    settings.REGISTER_SFTP_URL = f"sftp://portal@127.0.0.1:{made.open_sftp()}"
    made.office.clock.move(AT)
    threading.Thread(target=made.serve_forever, args=(0.02,), daemon=True).start()
    yield made
    made.shutdown()
    made.server_close()


@pytest.fixture
def standing(there):
    """Both employers are read up to where the subscription begins."""
    found = employers()
    for one in found:
        RegisterCursor.objects.create(organisation=one, synced_until=EARLY, last_good_at=EARLY)
    return order(found, since=EARLY)


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


def untils():
    return set(RegisterCursor.objects.values_list("synced_until", flat=True))


def folder(there):
    return sorted(file.name for file in there.office.outgoing.iterdir())


def put(there, name, octets):
    (there.office.outgoing / name).write_bytes(octets)
