"""A broker to be identified by."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from employers.organisations.identification.tokens import OurKeys, read_keys
from portal.sandbox.identification.keys import make_keys
from portal.sandbox.identification.server import Identification
from portal.sandbox.mandates.server import Mandates
from tests.organisations.broker import Browser, served
from tests.organisations.suomi_fi import connected
from tests.organisations.suomi_fi import served as mandates_served


@pytest.fixture(scope="session")
def our_keys(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, OurKeys]:
    folder = tmp_path_factory.mktemp("identification")
    make_keys(folder)
    return folder, read_keys(folder)


@pytest.fixture
def broker(settings, our_keys: tuple[Path, OurKeys]) -> Iterator[Identification]:
    """Connected to the portal for this test."""
    settings.IDENTIFICATION_FOLDER, keys = our_keys
    with served(keys) as server:
        settings.IDENTIFICATION_URL = server.broker.issuer
        yield server


@pytest.fixture
def browser(broker: Identification) -> Browser:
    return Browser()


@pytest.fixture
def suomi_fi(settings) -> Iterator[Mandates]:
    """Connected to the portal for this test."""
    with mandates_served() as server:
        connected(server, settings)
        yield server
