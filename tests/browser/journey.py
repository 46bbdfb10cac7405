"""An employer's way from the estimate to the payment, page by page, in any language."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from playwright.sync_api import Page

from employers.applications.ask import ask
from employers.applications.decide import decide
from employers.applications.models import Application
from employers.applications.pay import pay
from employers.benefits.claim import Income
from tests import cast

SAVE = "form .actions button.button:not(.button-plain)"


def to_receipt(page: Page, base: str, language: str) -> Iterator[str]:
    """Stops at every page and gives its name. Aino estimates, signs in, applies for the bakery and sends."""
    page.goto(f"{base}/{language}/")
    yield "front"
    page.click(".hero a.button")
    yield "choice of benefit"
    page.click("main a[href$='/estimate/sickness-allowance/']")
    page.click(SAVE)
    yield "estimate with mistakes"
    yield from _estimate(page, language)
    yield from _first_pages(page)
    yield from _last_pages(page)
    page.click(SAVE)
    yield "receipt"


def to_decision(page: Page, base: str, language: str) -> Iterator[str]:
    """From the receipt on: an official asks, the employer answers, the official decides and pays."""
    page.click(".actions a.button")
    yield "application"
    application = Application.objects.get()
    items = [("pay_detail", "Which days of March?")]
    ask(application_id=application.pk, items=items, due=date(2026, 5, 4), by=cast.by_official(), at=cast.AT)
    page.goto(f"{base}/{language}/employers/{application.organisation_id}/")
    yield "start page"
    page.click(".tasks .is-asked a")
    page.click(SAVE)
    yield "answer with mistakes"
    page.fill("textarea", "2.3.–27.3.2026")
    page.click(SAVE)
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
    page.click(SAVE)
    yield "estimate"
    page.click(".actions a.button")
    yield "sign-in"
    page.click("button[name='person'][value='0']")
    page.goto(page.url.replace("/fi/", f"/{language}/"))  # signing in speaks the language of who comes
    yield "choice of employer"
    page.click("main form button.button")


def _first_pages(page: Page) -> Iterator[str]:
    page.click(SAVE)
    yield "employee with mistakes"
    page.fill("[name='employee.personal_identity_code']", "010190-9123")
    page.fill("[name='employee.given_name']", "Maija")
    page.fill("[name='employee.family_name']", "Mallikas")
    page.fill("[name='employment.start']", "2.5.2019")
    page.click(SAVE)
    yield "absence"
    page.click("button[name='add']")
    yield "other days"
    page.fill("[name='other_days.0.start']", "16.3.2026")
    page.fill("[name='other_days.0.end']", "17.3.2026")
    page.select_option("[name='other_days.0.kind']", "annual_leave")
    page.click(SAVE)
    yield "earlier"
    page.check("[name='earlier'][value='no']")
    page.click(SAVE)


def _last_pages(page: Page) -> Iterator[str]:
    yield "pay"
    page.check("[name='pay_basis'][value='full']")
    page.click(SAVE)
    yield "certificate"
    page.check("[name='certificate'][value='electronic']")
    page.check("[name='insurer_case'][value='none']")
    page.click(SAVE)
    yield "payment"
    page.fill("[name='payment_specifier']", "KP 12")
    page.click(SAVE)
    yield "check"
