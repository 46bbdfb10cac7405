"""Every page in every language against WCAG 2.2 AA, as far as a machine can judge it."""

from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import transaction
from playwright.sync_api import Page

from employers.applications.models_register import Finding
from tests.applications.reports import EERO, absence, report, reviewed, year_of_wages
from tests.browser.benefits import page_of, to_receipt_of
from tests.browser.journey import to_decision, to_receipt

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("sandbox", "guidance", "april"),
]
HEALTH = "occupational_health_reimbursement"
ESTIMATES = ("estimate/special-care/", "estimate/annual-leave-compensation/")
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}


def unclaimed() -> str:
    """The page of a paid absence that nobody has claimed."""
    with transaction.atomic():
        reviewed(*year_of_wages(code=EERO), report("march", absence(date(2026, 3, 2), date(2026, 3, 27)), code=EERO))
    return f"findings/{Finding.objects.get().pk}/"


def drafts() -> list[str]:
    """Pages with boxes, with yes or no, and with rows."""
    pages = [("special_pregnancy_allowance", "hazard"), (HEALTH, "conditions"), (HEALTH, "costs")]
    return [page_of(benefit, step) for benefit, step in pages]


def unfolded(page: Page) -> None:
    """A click ends when the next page has begun; what is measured is the page that has come whole."""
    page.wait_for_load_state()
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")


def violations(page: Page) -> list[str]:
    unfolded(page)
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{one['id']}: {node['html']}" for one in found for node in one["nodes"]]


@pytest.mark.parametrize("language", ["fi", *(pytest.param(one, marks=pytest.mark.proof) for one in ("sv", "en"))])
def test_no_violation_on_any_page(live_server, open_page, language: str) -> None:
    page = open_page()
    found = {}
    for walk in (to_receipt, to_decision):
        for name in walk(page, live_server.url, language):
            found[name] = violations(page)
    for path in ("employers/?all", "guidance/", "guidance/two-months/", unclaimed(), *ESTIMATES, *drafts()):
        page.goto(f"{live_server.url}/{language}/{path}")
        found[path] = violations(page)
    assert {name: told for name, told in found.items() if told} == {}
    assert len(found) == 29


def test_no_page_scrolls_sideways_on_a_small_phone(live_server, open_page) -> None:
    """320 CSS pixels: also what 400 % zoom leaves of a screen (WCAG 1.4.10)."""
    page = open_page(viewport={"width": 320, "height": 568}, has_touch=True, is_mobile=True)
    too_wide = []
    base = f"{live_server.url}/fi"
    walks = (to_receipt(page, live_server.url, "fi"), to_decision(page, live_server.url, "fi"))
    for walk in (*walks, to_receipt_of(page, base, HEALTH)):
        for name in walk:
            unfolded(page)
            if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
                too_wide.append(name)
    assert too_wide == []


def test_everything_is_reached_by_keyboard_and_shows_its_focus(live_server, open_page) -> None:
    page = open_page()
    page.goto(f"{live_server.url}/en/estimate/sickness-allowance/")
    reached = []
    for _ in range(30):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.name || document.activeElement.textContent.trim()"))
        width = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
        assert width == "3px" or page.evaluate("document.activeElement === document.body")
    assert reached[0] == "Skip to the content"
    for name in ("absence.start", "absence.end", "pay", "annual_income", "Show the estimate"):
        assert name in reached
