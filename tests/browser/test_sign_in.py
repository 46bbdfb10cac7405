"""Signing in as a person does: to the broker and back, once more before what matters most, and out of both."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from employers.organisations.identification.tokens import read_keys
from portal.sandbox.identification.broker import registered
from portal.sandbox.identification.keys import make_keys
from portal.sandbox.identification.server import Identification
from tests.browser.journey import go
from tests.organisations.broker import served

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("sandbox")]


@pytest.fixture
def broker(live_server: Any, settings: Any, tmp_path: Path) -> Iterator[Identification]:
    make_keys(tmp_path)
    keys = read_keys(tmp_path)
    with served(keys) as server:
        server.broker.client = registered("portal", keys.public(), urlsplit(live_server.url).netloc)
        settings.IDENTIFICATION_URL, settings.IDENTIFICATION_FOLDER = server.broker.issuer, tmp_path
        directives = dict(settings.CONTENT_SECURITY_POLICY["DIRECTIVES"])
        directives["form-action"] = [*directives["form-action"], server.broker.issuer]  # as the settings make it
        settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": directives}
        yield server


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_to_the_broker_and_back_and_out_of_both(live_server, open_page, broker: Identification, language: str) -> None:
    page: Page = open_page(java_script_enabled=False)
    page.goto(f"{live_server.url}/{language}/employers/")
    assert page.url.startswith(broker.broker.issuer)
    assert page.locator("html").get_attribute("lang") == language
    go(page, "button[value='3']")
    assert page.url.startswith(f"{live_server.url}/sv/employers/")  # Dan's own language
    page.goto(f"{live_server.url}/{language}/sign-in?step-up=1&next=/{language}/employers/?all")
    go(page, "main a.button")
    go(page, "button[value='3']")
    expect(page).to_have_url(f"{live_server.url}/sv/employers/?all")
    go(page, ".who-links form button")
    expect(page).to_have_url(f"{live_server.url}/sv/signed-out")
    page.goto(f"{live_server.url}/{language}/sign-in")
    expect(page.locator("button[value='3']"), "asked again").to_have_count(1)


def test_who_stops_at_the_broker_is_told_so(live_server, open_page, broker: Identification) -> None:
    page: Page = open_page()
    page.goto(f"{live_server.url}/en/sign-in")
    go(page, "button[name='cancel']")
    expect(page.locator("main")).to_contain_text("You stopped the identification")
    go(page, "main a.button")
    assert page.url.startswith(broker.broker.issuer)
