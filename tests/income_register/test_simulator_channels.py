"""The register's channels as the product uses them: mutual TLS, SFTP in both directions, and the clock."""

import ssl
import threading
from datetime import UTC, datetime, timedelta
from io import BytesIO

import httpx
import paramiko
import pytest
from lxml import etree

from employers.income_register import client, pickup
from employers.income_register.parser import read
from employers.income_register.verifying import copy_verified
from portal.sandbox.register.clock import Clock
from portal.sandbox.register.keys import VALID, issue, make_authority, make_keys
from portal.sandbox.register.server import Register
from tests.income_register.conftest import AT, PAYERS, TODAY
from tests.income_register.feeding import CODE, outcome, record, report
from tests.income_register.test_simulator_subscriptions import DAY, START, nights, order

LIMITS = pickup.Limits(settles=0.01)


@pytest.fixture
def portal(keys, tmp_path):
    """The portal's own folder: what it would have if the register ran elsewhere."""
    for name in ("portal.key", "portal.crt", "register.crt", "authority.crt", "connection.key", "connection.crt"):
        (tmp_path / name).write_bytes((keys / name).read_bytes())
    (tmp_path / "sftp.key").write_bytes((keys / "sftp.key").read_bytes())
    return tmp_path


@pytest.fixture
def secure(keys, portal, tmp_path):
    clock = Clock()
    clock.move(AT)
    server = Register(port=0, folder=keys, payers=PAYERS, today=TODAY, memory=tmp_path / "sent", tls=True, clock=clock)
    server.sftp_url = f"sftp://portal@127.0.0.1:{server.open_sftp()}"
    (portal / "sftp_known_hosts").write_bytes((keys / "sftp_known_hosts").read_bytes())
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield server
    server.behave("well")
    server.shutdown()
    server.server_close()


@pytest.fixture
def register(secure, portal):
    url = f"https://127.0.0.1:{secure.server_address[1]}"
    return client.Register(url=url, owner="9000000-3", folder=portal, attempts=1, patience=10)


def moved(register, moment):
    """As a test or a person moves it from outside."""
    context = ssl.create_default_context(cafile=str(register.folder / "authority.crt"))
    context.load_cert_chain(register.folder / "connection.crt", register.folder / "connection.key")
    body = f'{{"now": "{moment.isoformat()}"}}'
    return httpx.post(f"{register.url}/sandbox/clock", content=body, verify=context).status_code


def test_ordered_extracted_picked_up_and_ended(register, secure, portal):
    assert client.echo(register, text="hello", at=AT)
    reply = client.subscribe(register, order(), at=AT)
    assert reply.stored
    assert moved(register, nights(1)) == 204
    with pickup.opened(secure.sftp_url, portal, limits=LIMITS) as session:
        [file] = session.files()
        assert file.kind == "302"
        whole, signed = BytesIO(), BytesIO()
        session.fetch(file.name, whole)
        copy_verified(whole, signed, certificate=portal / "register.crt", at=AT)
        extract = read(signed)
        assert (extract.header.window_start, extract.header.window_end) == (START, nights(1))
        assert len(list(extract)) == 19
        session.remove(file.name)
        assert session.files() == []
    told = client.end_subscription(register, delivery_id="end-1", reference="order-1", at=nights(1))
    assert told.stored
    assert moved(register, nights(2)) == 204
    assert list(secure.office.outgoing.iterdir()) == []


def test_an_order_whose_answer_was_lost_is_found_by_its_status(register, secure):
    secure.behave("hang_after", 1)
    impatient = client.Register(
        url=register.url, owner=register.owner, folder=register.folder, attempts=1, patience=0.5
    )
    with pytest.raises(client.RegisterUncertain):
        client.subscribe(impatient, order(), at=AT)
    secure.behave("well")
    assert client.subscription_status(register, delivery_id="order-1", at=AT).stored


def connects(secure, portal, name):
    context = ssl.create_default_context(cafile=str(portal / "authority.crt"))
    if name:
        context.load_cert_chain(portal / f"{name}.crt", portal / f"{name}.key")
    try:
        url = f"https://127.0.0.1:{secure.server_address[1]}/healthz"
        return httpx.get(url, verify=context).status_code == 200
    except httpx.TransportError:
        return False


def test_who_may_connect(secure, portal, keys):
    (portal / "providers.key").write_bytes((keys / "providers.key").read_bytes())
    (portal / "providers.crt").write_bytes((keys / "providers.crt").read_bytes())
    make_authority(portal, "nobody", "Nobody CA")
    over = (VALID[0], datetime(2020, 1, 1, tzinfo=UTC))
    issue(portal, "foreign", subject="9000000-3", issuer="nobody")
    issue(portal, "expired", subject="9000000-3", issuer="providers", valid=over)
    assert [connects(secure, portal, name) for name in ("connection", "", "foreign", "expired")] == [True, *[False] * 3]


def test_the_clock_takes_a_moment_with_its_zone_or_nothing(simulator):
    url = f"http://127.0.0.1:{simulator.server_address[1]}/sandbox/clock"
    later = AT + 30 * DAY
    told = [f'{{"now": "{later.isoformat()}"}}', '{"now": "2026-12-01T03:00:00"}', '{"now": 7}', "[]"]
    assert [httpx.post(url, content=body).status_code for body in told] == [204, 400, 400, 400]
    assert later <= simulator.office.now() < later + timedelta(minutes=1)
    assert httpx.post(url).status_code == 204
    assert simulator.office.clock.shift is None


def test_the_clock_of_the_sandbox_is_followed(tmp_path):
    clock, file = Clock(tmp_path / "clock"), tmp_path / "clock"
    before = clock.now()
    file.write_text("86400")
    assert DAY <= clock.now() - before < DAY + timedelta(minutes=1)
    clock.move(AT)
    assert AT <= clock.now() < AT + timedelta(minutes=1)


@pytest.fixture
def session(secure, keys):
    transport = paramiko.Transport(("127.0.0.1", secure.sftp.server_address[1]))
    transport.connect(username="portal", pkey=paramiko.PKey.from_path(keys / "sftp.key"))
    yield paramiko.SFTPClient.from_transport(transport)
    transport.close()


def fed(session, secure, name, message):
    """Written under one name, renamed to another; the one feedback file that lies in OUT after it."""
    before = set(session.listdir("OUT"))
    with session.open(f"IN/{name}.tmp", "w") as file:
        file.write(message)
    assert set(session.listdir("OUT")) == before
    session.rename(f"IN/{name}.tmp", f"IN/{name}.xml")
    [feedback] = set(session.listdir("OUT")) - before
    assert session.listdir("IN") == []
    return feedback, secure.office.outgoing / feedback


def test_a_record_by_sftp_is_answered_with_a_feedback_file(session, secure):

    name, file = fed(session, secure, "100_1", record(report("a"), report("b")))
    assert outcome(etree.parse(file)) == ("3", {})
    assert name.split("_")[0] == "100"
    assert name.split("_")[2] == f"{etree.parse(file).findtext('StatusResponse/IRDeliveryId')}.xml"
    stored = secure.office.memory.rows("SELECT earner, content FROM version")
    assert {row["earner"] for row in stored} == {CODE}
    assert all("<DeliveryToIRChannelCode>3<" in row["content"] for row in stored)
    for number, bad in enumerate(("<cut", record(report()).replace("DeliveryId>", "Id>"), "<!DOCTYPE a><a/>")):
        _, file = fed(session, secure, f"bad-{number}", bad)
        assert outcome(etree.parse(file)) == ("4", {"MessageErrors": ["MSG-03"]})


def test_only_the_two_folders_are_there_and_only_for_who_is_known(session, secure, tmp_path):
    assert sorted(session.listdir("/")) == ["IN", "OUT"]
    with pytest.raises(OSError, match="No such file"):
        session.open("/../register.sqlite")
    make_keys(tmp_path / "other")
    transport = paramiko.Transport(("127.0.0.1", secure.sftp.server_address[1]))
    with pytest.raises(paramiko.AuthenticationException):
        transport.connect(username="portal", pkey=paramiko.PKey.from_path(tmp_path / "other" / "sftp.key"))
    transport.close()


@pytest.mark.parametrize("fault", ["broken", "reset"])
def test_sftp_that_breaks_is_well_the_next_time(secure, portal, fault):
    secure.behave(fault, 1)
    with pytest.raises(pickup.PickupUnavailable), pickup.opened(secure.sftp_url, portal, limits=LIMITS):
        pass
    with pickup.opened(secure.sftp_url, portal, limits=LIMITS) as session:
        assert session.files() == []
