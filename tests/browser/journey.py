"""An employer's way from the estimate to the payment, page by page, in any language."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from playwright.sync_api import Locator, Page

from employers.applications.ask import ask
from employers.applications.decide import decide
from employers.applications.models import Application
from employers.applications.pay import pay
from employers.benefits.claim import Income
from tests import cast

SAVE = "form .actions button.button:not(.button-plain)"


def go(page: Page, where: Locator | str) -> None:
    """By a link or a button, or the first of a selector, to the page behind it, until that page is there whole.

    The browser's own click ends when the page has begun, and what is counted or read then may be half of it.
    """
    with page.expect_navigation():
        (page.locator(where).first if isinstance(where, str) else where).click()


def to_receipt(page: Page, base: str, language: str) -> Iterator[str]:
    """Stops at every page and gives its name. Aino estimates, signs in, applies for the bakery and sends."""
    page.goto(f"{base}/{language}/")
    yield "front"
    go(page, ".hero a.button")
    yield "choice of benefit"
    go(page, "main a[href$='/estimate/sickness-allowance/']")
    go(page, SAVE)
    yield "estimate with mistakes"
    yield from _estimate(page, language)
    yield from _first_pages(page)
    yield from _last_pages(page)
    go(page, SAVE)
    yield "receipt"


def to_decision(page: Page, base: str, language: str) -> Iterator[str]:
    """From the receipt on: an official asks, the employer answers, the official decides and pays."""
    go(page, ".actions a.button")
    yield "application"
    application = Application.objects.get()
    items = [("pay_detail", "Which days of March?")]
    ask(application_id=application.pk, items=items, due=date(2026, 5, 4), by=cast.by_official(), at=cast.AT)
    page.goto(f"{base}/{language}/employers/{application.organisation_id}/")
    yield "start page"
    go(page, ".tasks .is-asked a")
    go(page, SAVE)
    yield "answer with mistakes"
    page.fill("textarea", "2.3.–27.3.2026")
    go(page, SAVE)
    yield "answered"
    income = Income(after_deduction=Decimal(40000))
    decide(
        application_id=application.pk, outcome="granted", reason="", by=cast.by_official(), at=cast.AT, income=income
    )
    pay(application_id=application.pk, by=cast.by_official(), at=cast.AT)
    page.reload()
    yield "paid"


def _estimate(page: Page, language: str) -> Iterator[str]:
    page.fill("[name='absence.start']", "2.3.2026")
    page.fill("[name='absence.end']", "10.4.2026")
    page.fill("[name='pay']", "3600,00")
    page.fill("[name='annual_income']", "42 000")
    go(page, SAVE)
    yield "estimate"
    go(page, ".actions a.button")
    yield "sign-in"
    go(page, "button[name='person'][value='0']")
    page.goto(page.url.replace("/fi/", f"/{language}/"))  # signing in speaks the language of who comes
    yield "choice of employer"
    go(page, "main form button.button")


def _first_pages(page: Page) -> Iterator[str]:
    go(page, SAVE)
    yield "employee with mistakes"
    page.fill("[name='employee.personal_identity_code']", "010190-9123")
    page.fill("[name='employee.given_name']", "Maija")
    page.fill("[name='employee.family_name']", "Mallikas")
    page.fill("[name='employment.start']", "2.5.2019")
    go(page, SAVE)
    yield "absence"
    go(page, "button[name='add']")
    yield "other days"
    page.fill("[name='other_days.0.start']", "16.3.2026")
    page.fill("[name='other_days.0.end']", "17.3.2026")
    page.select_option("[name='other_days.0.kind']", "annual_leave")
    go(page, SAVE)
    yield "earlier"
    page.check("[name='earlier'][value='no']")
    go(page, SAVE)


def _last_pages(page: Page) -> Iterator[str]:
    yield "pay"
    page.check("[name='pay_basis'][value='full']")
    go(page, SAVE)
    yield "certificate"
    page.check("[name='certificate'][value='electronic']")
    page.check("[name='insurer_case'][value='none']")
    go(page, SAVE)
    yield "payment"
    page.fill("[name='payment_specifier']", "KP 12")
    go(page, SAVE)
    yield "check"
