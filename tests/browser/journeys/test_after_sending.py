"""What one does with an application that was sent: correct, withdraw, report, answer, read the decision."""

from datetime import date
from decimal import Decimal

from playwright.sync_api import expect

from employers.applications.ask import ask
from employers.applications.decide import decide
from employers.applications.models import Application
from employers.applications.pay import pay
from employers.benefits.claim import Income, PayPeriod, Period
from tests import cast
from tests.applications import files
from tests.browser.journeys.visitor import MARKS, SWEDISH_FIRST, Visitor
from tests.browser.journeys.visitor import visit as visit

pytestmark = MARKS
SHORTER = {"pay_periods.0.end": "31.3.2026", "pay_periods.0.amount": "3000"}
NEXT = {"pay_periods.0.start": "1.4.2026", "pay_periods.0.end": "14.4.2026", "pay_periods.0.amount": "1200"}


def open_one(visitor: Visitor, name: str = "Aino Esimerkki") -> Visitor:
    links = visitor.page.locator("main h3 a[href*='/applications/']:not([href$='/pay-end/'])", has_text=name)
    return visitor.go(links.first)


def shorten(visitor: Visitor) -> Visitor:
    """The pay first: it has to stay within the absence."""
    visitor.go("a[href*='/pay/?from=check']").answer(SHORTER)
    return visitor.go("a[href*='/absence/?from=check']").answer({"absence.end": "31.3.2026"})


def decided(application: Application, *, income: int = 40000) -> None:
    told = Income(after_deduction=Decimal(income))
    by = cast.by_official()
    decide(application_id=application.pk, outcome="granted", reason="", by=by, at=cast.AT, income=told)


@SWEDISH_FIRST
def test_corrected_before_the_decision_then_withdrawn(visit, language: str) -> None:
    application = cast.sent()
    aino = open_one(visit(language).at_the_bakery()).press("Correct the application")
    shorten(aino).sees("What changes")
    aino.press("Send the correction")
    assert aino.told_at("reason"), "a reason is needed"
    aino.answer({"reason": "KP"}).sees("The application was corrected.")
    application.refresh_from_db()
    assert (application.version, application.absence_end) == (2, date(2026, 3, 31))
    aino.follow("Withdraw the application").sees("What follows").answer({"reason": "KP"})
    aino.sees("Do you want to withdraw the application for good?").press("Yes, withdraw the application")
    aino.sees("The application was withdrawn.")
    application.refresh_from_db()
    assert application.status == "withdrawn"


@SWEDISH_FIRST
def test_the_next_pay_is_reported_on_one_page(visit, language: str) -> None:
    march = PayPeriod(start=date(2026, 3, 2), end=date(2026, 3, 31), amount=Decimal("2500.00"))
    application = cast.sent(
        absence=Period(start=march.start, end=march.end), pay_periods=(march,), pay_continues_from=date(2026, 4, 1)
    )
    aino = open_one(visit(language).at_the_bakery()).follow("Report the next pay")
    aino.answer(NEXT | {"absence.end": "14.4.2026"}).sees("The pay was added to the application. Thank you.")
    application.refresh_from_db()
    assert (application.version, application.absence_end) == (2, date(2026, 4, 14))


@SWEDISH_FIRST
def test_a_correction_asked_for_after_the_decision_is_taken_up(visit, language: str) -> None:
    application = cast.sent()
    decided(application)
    aino = open_one(visit(language).at_the_bakery()).press("Ask for a correction")
    shorten(aino).answer({"reason": "KP"}).sees("Your correction waits for us")
    official = visit(language).sign_in_as_official()
    official.page.goto(f"{official.base}/admin/employers/application/")
    official.go(official.page.get_by_role("link", name=application.reference).first)
    official.follow("Take up the correction").go(".submit-row input.default")
    application.refresh_from_db()
    assert (application.status, application.version) == ("in_handling", 2)
    aino.page.reload()
    assert aino.words("Your correction waits for us") not in aino.text
    aino.sees("Where the application stands")


@SWEDISH_FIRST
def test_a_question_is_answered_with_a_document(visit, language: str) -> None:
    application, by = cast.sent(), cast.by_official()
    ask(application_id=application.pk, items=[("certificate", "")], due=date(2026, 5, 4), by=by, at=cast.AT)
    aino = visit(language).at_the_bakery()
    aino.go("a[href*='/requests/']").press("Send the answer")
    item = application.requests.get().items.get()
    assert aino.told_at(str(item.pk))
    assert aino.topic()
    aino.page.fill("textarea", "KP 12")
    document = {"name": "todistus.pdf", "mimeType": "application/pdf", "buffer": files.pdf()}
    aino.page.set_input_files("input[type=file]", document)
    aino.press("Send the answer").sees("Your answer was sent. Thank you.")
    assert "todistus.pdf" in aino.text
    item.refresh_from_db()
    assert item.answer == "KP 12"
    assert item.request.application.attachments.get().name == "todistus.pdf"


@SWEDISH_FIRST
def test_the_decision_its_differences_its_appeal_and_its_payment(visit, language: str) -> None:
    application = cast.sent()
    decided(application, income=30000)
    pay(application_id=application.pk, by=cast.by_official(), at=cast.AT)
    aino = open_one(visit(language).at_the_bakery())
    aino.open("How to appeal").sees("If you do not agree", "Tell in the letter:")
    with aino.page.expect_download() as downloading:
        aino.page.click("a[href$='/decision.pdf']")
    assert downloading.value.path().read_bytes().startswith(b"%PDF-")
    application.refresh_from_db()
    reference = application.decision.payment.reference
    aino.go(".employer-nav a[href$='/payments/']")
    aino.page.fill("[name='reference']", reference)
    aino.press("Find the payment")
    expect(aino.page.locator("main li.card")).to_have_count(1)
    assert reference in aino.text
    aino.page.fill("[name='reference']", "1")
    aino.press("Find the payment").sees("No payment of ours has this reference. Check each digit.")
    aino.follow("Show all payments").go("main li.card a")
    assert application.reference in aino.text
