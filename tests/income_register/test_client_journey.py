"""The client against the simulated register by mutual TLS and SFTP: an order, its extract, its end."""

import shutil
import threading
from datetime import date, datetime, time, timedelta
from io import BytesIO

import pytest

from employers.income_register import messages
from employers.income_register.client import (
    CertificateRefused,
    Register,
    RegisterUncertain,
    Status,
    echo,
    end_subscription,
    subscribe,
    subscription_status,
    wage_reports,
)
from employers.income_register.messages import RECORD_OF_SUBSCRIPTION
from employers.income_register.orders import EARNERS, HELSINKI, PAYERS, PAYERS_AND_EARNERS, Daily, Once, Order
from employers.income_register.parser import read, reports_in
from employers.income_register.pickup import Limits, opened
from employers.income_register.verifying import verify
from portal.sandbox.register import server
from portal.sandbox.register.data import person
from portal.sandbox.register.extraction import extract_due
from tests.income_register.conftest import AT, TODAY
from tests.income_register.conftest import PAYERS as EMPLOYERS

BAKERY = "9000004-6"
AINO = person(EMPLOYERS[BAKERY], 3).identity_code
TOMORROW = date(2026, 11, 22)
NIGHT = datetime(2026, 11, 22, 3, tzinfo=HELSINKI)
SINCE = AT - timedelta(days=400)


@pytest.fixture
def there(keys, tmp_path):
    """The register's side, with a folder of keys of its own: each test opens another port."""
    shutil.copytree(keys, tmp_path / "keys")
    made = server.Register(
        port=0, folder=tmp_path / "keys", payers=EMPLOYERS, today=TODAY, memory=tmp_path / "sent", tls=True
    )
    made.office.clock.move(AT)
    made.open_sftp()
    threading.Thread(target=made.serve_forever, args=(0.02,), daemon=True).start()
    yield made
    made.behave("well")
    made.shutdown()
    made.server_close()


@pytest.fixture
def here(there):
    url = f"https://127.0.0.1:{there.server_address[1]}"
    return Register(url=url, owner="9000000-3", folder=there.keys, attempts=1, patience=5)


def picked_up(there):
    """Every extract that waits, verified, with its header; they are removed."""
    there.office.clock.move(NIGHT + timedelta(minutes=1))
    extract_due(there.office)
    found = []
    url = f"sftp://portal@127.0.0.1:{there.sftp.server_address[1]}"
    with opened(url, there.keys, limits=Limits(settles=0, patience=5)) as pickup:
        for file in pickup.files():
            target = BytesIO()
            pickup.fetch(file.name, target)
            verify(target.getvalue(), certificate=there.keys / "register.crt", at=AT)
            extract = read(target)
            found.append((file, extract.header, list(extract)))
            pickup.remove(file.name)
        assert pickup.files() == []
    return found


@pytest.mark.parametrize(
    ("kind", "schedule", "lists"),
    [
        (PAYERS, Daily(times=(time(3),)), {"payers": (BAKERY,)}),
        (PAYERS, Once(at=time(3)), {"payers": (BAKERY,)}),
        (EARNERS, Once(at=time(3)), {"earners": (AINO,)}),
        (PAYERS_AND_EARNERS, Daily(times=(time(3),)), {"payers": (BAKERY,), "earners": (AINO,)}),
    ],
)
def test_an_order_becomes_an_extract(there, here, kind, schedule, lists):
    order = Order(
        reference="a1",
        kind=kind,
        schedule=schedule,
        valid_from=TOMORROW,
        modified_from=SINCE,
        all_versions=True,
        **lists,
    )
    assert subscribe(here, order, at=AT).stored
    [(file, header, reports)] = picked_up(there)
    assert (file.kind, header.kind, header.main_subscription) == (kind, int(kind), "a1")
    assert (header.window_start, header.window_end) == (SINCE, NIGHT)
    assert len(reports) == header.promised
    assert len({one.report_id for one in reports}) == (12 if "earners" in lists else 12 * 19)
    assert {one.business_id for one in reports} == {BAKERY}


def test_an_uncertain_order_is_found_by_its_status(there, here):
    there.behave("hang_after", 1)
    order = Order(
        reference="a1",
        kind=PAYERS,
        schedule=Once(at=time(3)),
        valid_from=TOMORROW,
        payers=(BAKERY,),
        modified_from=SINCE,
    )
    with pytest.raises(RegisterUncertain):
        subscribe(Register(url=here.url, owner=here.owner, folder=here.folder, patience=0.5), order, at=AT)
    assert subscription_status(here, delivery_id="a1", at=AT).status is Status.VALID
    assert subscription_status(here, delivery_id="a2", at=AT).status is Status.UNKNOWN
    again = subscribe(here, order, at=AT)
    assert again.status is Status.REFUSED
    assert again.errors


@pytest.mark.parametrize("named", [{"reference": "a1"}, {"reference": "a1", "kind": RECORD_OF_SUBSCRIPTION}])
def test_what_was_ended_is_extracted_no_more(there, here, named):
    order = Order(
        reference="a1",
        kind=PAYERS,
        schedule=Daily(times=(time(3),)),
        valid_from=TOMORROW,
        payers=(BAKERY,),
        modified_from=SINCE,
    )
    assert subscribe(here, order, at=AT).stored
    assert end_subscription(here, delivery_id="a1-end", at=AT, **named).stored
    assert picked_up(there) == []
    assert end_subscription(here, delivery_id="a1-again", at=AT, **named).status is Status.REJECTED


def test_it_answers(here):
    assert echo(here, text="hei", at=AT)


def test_one_earner(here):
    with wage_reports(here, messages.wage_reports(here.user, at=AT, earner=AINO), at=AT) as file:
        reports = list(reports_in(file))
    assert len(reports) == 12
    assert {one.identity_code for one in reports} == {AINO}


def test_a_register_that_does_not_take_our_certificate(there, here):
    there.behave("certificate_refused")
    with pytest.raises(CertificateRefused):
        echo(here, text="hei", at=AT)
