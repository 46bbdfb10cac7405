"""The rates of a year against WCAG 2.2 AA, and on a small phone."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_accessibility import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("sandbox", "april")]


@pytest.mark.parametrize("language", ["sv", *(pytest.param(one, marks=pytest.mark.proof) for one in ("fi", "en"))])
def test_the_rates_can_be_read_by_everybody(live_server, open_page, language):
    page = open_page(viewport={"width": 320, "height": 568}, has_touch=True, is_mobile=True)
    for path in ("rates/", "rates/2022/"):
        page.goto(f"{live_server.url}/{language}/{path}")
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_the_years_lead_to_each_other_without_a_script(live_server, chromium):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/en/")
    page.get_by_role("link", name="Rates of each year").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Rates 2026")
    page.get_by_role("link", name="2025", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Rates 2025")
    context.close()
