"""The documentation of the machine interface: WCAG 2.2 AA as far as a machine can judge it, and on a small phone."""

import pytest

from portal.docs import OTHERS, resources
from portal.guides import GUIDES
from tests.browser.test_accessibility import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
TOPICS = ("", "getting-started", "events", *OTHERS, "calls-applications")
WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


def test_every_kind_of_page_can_be_read_by_everybody(live_server, open_page) -> None:
    """With every example unfolded, 320 CSS pixels wide."""
    assert set(TOPICS) <= {"", *GUIDES, *OTHERS, *resources()}
    page, found = open_page(viewport={"width": 320, "height": 568}, locale="fi-FI"), {}
    for topic in TOPICS:
        page.goto(f"{live_server.url}/api/docs/{topic}")
        found[topic] = violations(page) + (["too wide"] if page.evaluate(WIDE) else [])
    assert {topic: told for topic, told in found.items() if told} == {}
