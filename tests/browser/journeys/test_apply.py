"""The ways to a receipt: a first sick pay claim, an absence that goes on, a paid absence that the register shows."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from employers.applications.models import Application
from tests import cast
from tests.applications.reports import EERO, absence, report, reviewed, year_of_wages
from tests.applications.reports import date as day
from tests.browser.journey import SAVE
from tests.browser.journeys.visitor import ABSENCE, CERTIFICATE, EMPLOYEE, FINNISH_FIRST, MARKS, PAY, Visitor
from tests.browser.journeys.visitor import visit as visit

pytestmark = MARKS
FIRST = {
    "employee": EMPLOYEE,
    "absence": ABSENCE,
    "earlier": {"earlier": "no"},
    "pay": PAY,
    "certificate": CERTIFICATE,
    "payment": {"payment_specifier": "KP 12"},
}


def asked(visitor: Visitor) -> list[str]:
    """The labels that a person sees on this page."""
    labels = visitor.page.locator("main form .label:visible").all_inner_texts()
    return [label.partition("(")[0].strip() for label in labels]


def pages_to_check(visitor: Visitor, answers: dict[str, dict[str, str]]) -> Iterator[list[str]]:
    while not visitor.page.url.endswith("/check/"):
        step = visitor.page.url.rstrip("/").rpartition("/")[2]
        yield asked(visitor)
        visitor.answer(answers[step])


@FINNISH_FIRST
def test_a_first_claim_from_the_front_page_to_the_receipt(visit, language: str) -> None:
    aino: Visitor = visit(language).sign_in_as("Aino").arrive().follow("Choose an employer")
    aino.go(aino.page.get_by_role("link", name=cast.employer().name)).begin()
    labels = list(pages_to_check(aino, FIRST))
    assert len(labels) + 2 <= 8, "with what is checked, and the receipt"
    every = [label for page in labels for label in page]
    assert sorted(set(every)) == sorted(every), "nothing is asked twice"
    aino.sees("Check your answers").press("Send the application")
    sent = Application.objects.get()
    aino.sees("Your application has been sent", "What happens next")
    assert sent.reference in aino.text
    with aino.page.expect_download() as downloading:
        aino.link("Receipt as PDF").click()
    assert downloading.value.path().read_bytes().startswith(b"%PDF-")
    aino.follow("Follow the application").sees("Where the application stands")


@FINNISH_FIRST
def test_an_absence_that_goes_on_takes_three_pages(visit, language: str) -> None:
    earlier = cast.sent()
    aino: Visitor = visit(language).at_the_bakery()
    aino.go(aino.page.get_by_role("link", name="Aino Esimerkki")).press("The absence goes on")
    paid = {"pay_basis": "full", "pay_periods.0.start": "11.4.2026", "pay_periods.0.end": "14.4.2026"}
    answers = {
        "absence": {"absence.end": "14.4.2026"},
        "pay": paid | {"pay_periods.0.amount": "400"},
    }
    pages = list(pages_to_check(aino, answers))
    assert len(pages) + 1 == 3, "with what is checked"
    aino.press("Send the application").sees("Your application has been sent")
    sent = Application.objects.exclude(pk=earlier.pk).get()
    assert sent.versions.get().content["continues_application"] == str(earlier.pk)


@FINNISH_FIRST
def test_a_paid_absence_of_the_register_takes_one_page(visit, language: str) -> None:
    leave = absence(day(2026, 3, 2), day(2026, 3, 27))
    with transaction.atomic():
        reviewed(*year_of_wages(code=EERO), report("march", leave, code=EERO))
    aino: Visitor = visit(language).at_the_bakery()
    aino.go("h3 a[href*='/findings/']")
    assert aino.page.locator("main form input:visible").count() == 0, "nothing is asked"
    aino.press("Send as an application")
    aino.sees("Your application has been sent")
    assert Application.objects.get().reference in aino.text


@pytest.mark.parametrize("language", ["sv"])
def test_a_whole_application_by_keyboard_alone(visit, language: str) -> None:
    """Tab, arrows, space and Enter: from the start page to the receipt."""
    aino: Visitor = visit(language).at_the_bakery()
    to(aino, "button", within="form:has(input[value='sickness_allowance'])")
    aino.page.keyboard.press("Enter")
    for step, answers in FIRST.items():
        aino.page.wait_for_url(f"**/{step}/")
        for path, said in answers.items():
            type_at(aino, path, said)
        to(aino, ".actions button.button")
        aino.page.keyboard.press("Enter")
    aino.page.wait_for_url("**/check/")
    to(aino, SAVE)
    aino.page.keyboard.press("Enter")
    aino.page.wait_for_url("**/receipt/")
    aino.sees("Your application has been sent")


def to(visitor: Visitor, wanted: str, *, within: str = "main") -> None:
    """By Tab, as far as it takes; what has the focus shows it."""
    for _ in range(80):
        visitor.page.keyboard.press("Tab")
        there = "([wanted, within]) => document.activeElement.matches(wanted) && document.activeElement.closest(within)"
        if visitor.page.evaluate(there, [wanted, within]):
            outline = visitor.page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)")
            assert outline >= 2, "the focus is seen"
            return
    raise AssertionError(wanted)


def type_at(visitor: Visitor, path: str, said: str) -> None:
    to(visitor, f"[name='{path}']")
    kind = visitor.page.evaluate("document.activeElement.type")
    if kind == "radio":
        values = visitor.page.locator(f"[name='{path}']").evaluate_all("all => all.map(one => one.value)")
        visitor.page.keyboard.press("Space")
        for _ in range(values.index(said)):
            visitor.page.keyboard.press("ArrowDown")
        assert visitor.page.locator(f"[name='{path}']:checked").input_value() == said
    else:
        visitor.page.keyboard.press("ControlOrMeta+A")
        visitor.page.keyboard.type(said)
