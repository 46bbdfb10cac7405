"""From a question about benefits to the estimate, and from there to the application."""

from playwright.sync_api import expect

from tests import cast
from tests.browser.journey import SAVE
from tests.browser.journeys.visitor import FINNISH_FIRST, MARKS
from tests.browser.journeys.visitor import visit as visit

pytestmark = MARKS


@FINNISH_FIRST
def test_which_benefit_then_an_estimate_then_the_application(visit, language: str) -> None:
    visitor = visit(language, java_script_enabled=False).arrive().follow("Which benefit?")
    for name, said in {"reason": "illness", "paid": "yes", "length": "long"}.items():
        visitor.answer({name: said})
    visitor.go("main .actions a.button").at("/estimate/sickness-allowance/")
    visitor.answer({"absence.start": "2.3.2026", "absence.end": "10.4.2026", "pay": "3600"}, save=False)
    visitor.page.fill("[name='annual_income']", "42 000")
    visitor.go(SAVE)
    assert "€" in visitor.page.inner_text(".big")
    visitor.follow("Apply for this").go("button[name='person'][value='0']")
    if visitor.page.locator("html").get_attribute("lang") != language:
        visitor.go(f".languages a[lang='{language}']")
    visitor.go(visitor.page.locator("main form", has_text=cast.employer().name).locator("button")).at("/employee/")


@FINNISH_FIRST
def test_a_topic_is_read_and_judged(visit, language: str) -> None:
    visitor = visit(language).arrive().follow("Read the guidance")
    visitor.go(visitor.page.locator("main a[href*='/guidance/']").last).press("Yes, it helped")
    expect(visitor.page.locator("h1")).to_have_count(1)
