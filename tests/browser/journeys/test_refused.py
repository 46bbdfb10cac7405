"""What is wrong is told beside the field, in the reader's language, with the guidance about it open."""

from datetime import UTC, datetime

from playwright.sync_api import expect

from tests import cast
from tests.browser.journeys.visitor import ABSENCE, EMPLOYEE, MARKS, PAY, SWEDISH_FIRST
from tests.browser.journeys.visitor import visit as visit

pytestmark = MARKS


@SWEDISH_FIRST
def test_a_wrong_code_and_pay_outside_the_absence(visit, language: str) -> None:
    aino = visit(language).at_the_bakery().begin()
    aino.answer(EMPLOYEE | {"employee.personal_identity_code": "010190-9124"})
    assert aino.told_at("employee.personal_identity_code")
    assert aino.topic()
    aino.answer({"employee.personal_identity_code": "010190-9123"}).answer(ABSENCE).answer({"earlier": "no"})
    aino.answer(PAY | {"pay_periods.0.end": "12.4.2026"})
    assert aino.told_at("pay_periods.0.end")
    assert aino.topic()
    aino.follow("Ask about this")
    aino.sees("Ask an adviser").go("a.back").at("/pay/")


@SWEDISH_FIRST
def test_a_late_application(visit, clock_at, language: str) -> None:
    clock_at(datetime(2026, 6, 1, 9, tzinfo=UTC))
    aino = visit(language).at_the_bakery().begin().answer(EMPLOYEE).answer(ABSENCE)
    assert aino.topic(), "told at once, on the way"
    aino.go("a.back")
    notice = aino.page.locator(".field:has(.field-notice)").first
    described = notice.locator("input").first.get_attribute("aria-describedby") or ""
    assert (notice.locator("[id$='_notice']").get_attribute("id") or "-") in described.split()
    assert aino.topic()


@SWEDISH_FIRST
def test_a_missing_mandate(visit, language: str) -> None:
    """Bo may read decisions alone: what is shut to him says which right is missing, and who can give it."""
    bo = visit(language, refused=403).at_the_bakery("Bo")
    expect(bo.page.locator("main form[action$='/apply/']")).to_have_count(0)
    for page in ("payments", "account"):
        bo.go(f".employer-nav a[href$='/{page}/']")
        bo.sees("You may not do this", "This right is missing", "Who can give it")
        assert "Aino Esimerkki" in bo.text
        assert bo.topic() == "mandates"
    cecilia = visit(language).sign_in_as("Cecilia").arrive("employers/")
    cecilia.sees("You cannot act for any employer yet", "What else you can do")
    cecilia.go("main a[href$='/guidance/mandates/']")
    expect(cecilia.page.locator("h1")).to_have_count(1)


@SWEDISH_FIRST
def test_whom_the_service_cannot_take_is_shown_the_way(visit, language: str) -> None:
    visitor = visit(language).arrive().follow("See the way that works for you").at("/other-employers/")
    assert cast.employer().name not in visitor.text
