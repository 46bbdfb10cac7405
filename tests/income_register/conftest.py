"""A simulated register in this process, and the two keys of its connection."""

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from employers.income_register import client
from portal.sandbox.register.data import Payer
from portal.sandbox.register.keys import make_keys
from portal.sandbox.register.knowledge import Knowledge
from portal.sandbox.register.memory import Memory
from portal.sandbox.register.office import Office
from portal.sandbox.register.server import Register
from portal.sandbox.register.signatures import Signer, Trust
from tests.income_register.feeding import Desk
from tests.income_register.service import serving

TODAY = date(2026, 11, 21)
AT = datetime(2026, 11, 21, 9, tzinfo=UTC)
PAYERS = {
    "9000004-6": Payer(business_id="9000004-6", employees=19),
    "9000006-2": Payer(business_id="9000006-2", employees=200),
}


@pytest.fixture(scope="session")
def keys(tmp_path_factory) -> Path:
    return keys_of("register", tmp_path_factory)


@pytest.fixture
def simulator(keys, tmp_path) -> Iterator[Register]:
    server = Register(port=0, folder=keys, payers=PAYERS, today=TODAY, memory=tmp_path / "sent")
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield server
    server.behave("well")
    server.shutdown()
    server.server_close()


@pytest.fixture
def register(simulator, keys) -> client.Register:
    url = f"http://127.0.0.1:{simulator.server_address[1]}"
    return client.Register(url=url, owner="9000000-3", folder=keys, attempts=1)


@pytest.fixture(scope="module")
def stranger(tmp_path_factory) -> Path:
    return keys_of("stranger", tmp_path_factory)


def keys_of(whom: str, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp(whom)
    make_keys(folder)
    return folder


@pytest.fixture
def called(keys) -> Iterator[Callable[..., Any]]:
    """Serve a behaviour; what comes back is the service and the register as the client sees it."""
    with ExitStack() as stack:

        def start(behaviour, **changed):
            service = stack.enter_context(serving(behaviour))
            usual = {"url": service.url, "owner": "9000000-3", "folder": keys, "patience": 5, "longest": 5}
            return service, client.Register(**(usual | changed))

        yield start


@pytest.fixture(scope="session")
def signer(keys) -> Signer:
    return Signer(keys)


@pytest.fixture
def desk(keys, signer, tmp_path) -> Desk:
    """The register without a network, on a day that a test moves."""
    knowledge = Knowledge(payers=PAYERS, memory=Memory(tmp_path), today=TODAY)
    office = Office(knowledge=knowledge, signer=signer, trust=Trust(keys), folder=tmp_path)
    office.clock.move(AT)
    return Desk(office=office, keys=keys)
