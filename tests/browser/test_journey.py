"""From the estimate to the payment, as a rare small employer walks it."""

import re

import pytest
from playwright.sync_api import expect

from employers.applications.models import Application
from tests.browser.journey import go, to_decision, to_receipt

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("sandbox", "guidance", "april"),
]


def test_whole_way_in_finnish_without_javascript(live_server, open_page) -> None:
    page = open_page(java_script_enabled=False)
    for _name in to_receipt(page, live_server.url, "fi"):
        assert page.locator("html").get_attribute("lang") == "fi"
        assert page.locator("h1").count() == 1
    application = Application.objects.get()
    assert application.reference in page.inner_text("main")
    for _name in to_decision(page, live_server.url, "fi"):
        assert page.locator("html").get_attribute("lang") == "fi"
    application.refresh_from_db()
    assert application.status == "paid"


def test_enter_key_continues_and_never_removes(live_server, open_page) -> None:
    """The first button of a form is the one that Enter presses: it must not be `Remove`."""
    page = open_page(java_script_enabled=False)
    for name in to_receipt(page, live_server.url, "en"):
        if name == "pay":
            page.check("[name='pay_basis'][value='full']")
            page.press("[name='pay_periods.0.amount']", "Enter")
            break
    expect(page).to_have_url(re.compile("/certificate/$"))


def test_errors_are_read_first_and_lead_to_their_field(live_server, open_page) -> None:
    page = open_page()
    page.goto(f"{live_server.url}/en/estimate/sickness-allowance/")
    go(page, "form .actions button")
    assert page.title().startswith("Error:")
    assert page.evaluate("document.activeElement.className") == "error-summary"
    page.click(".error-summary a >> nth=0")
    assert page.evaluate("document.activeElement.name") == "absence.start"


def test_language_switch_keeps_the_page_and_what_was_asked(live_server, open_page) -> None:
    page = open_page(java_script_enabled=False)
    for name in to_receipt(page, live_server.url, "fi"):
        if name == "estimate":
            break
    go(page, ".languages a[lang='sv']")
    expect(page).to_have_url(f"{live_server.url}/sv/estimate/sickness-allowance/result/")
    assert "1\u00a0657,84\u00a0€" in page.inner_text(".big")
