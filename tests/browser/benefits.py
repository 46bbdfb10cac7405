"""Applying for any benefit at a browser, from the employer's page to the receipt."""

from collections.abc import Iterator, Mapping
from typing import Any

from playwright.sync_api import Page

from employers.applications.draft import begin
from employers.intake.forms.pages import pages_of
from tests import cast
from tests.browser.journey import SAVE, go
from tests.intake import thirteen
from tests.pages import UNASKED, typed

INSTEAD = {"infectious_disease_allowance": {"certificate": "attached"}}


def example(benefit: str) -> dict[str, Any]:
    return thirteen.example(benefit, **INSTEAD.get(benefit, {}))


def come_in(page: Page, base: str) -> None:
    """Aino, in the language of the address."""
    page.goto(f"{base}/sign-in")
    go(page, "button[name='person'][value='0']")


def to_receipt_of(page: Page, base: str, benefit: str) -> Iterator[str]:
    """Stops at every page with its answers on it. Whoever is signed in may apply for the bakery."""
    page.goto(f"{base}/employers/{cast.employer().pk}/")
    offer = page.locator("details.group", has=page.locator(f"input[value='{benefit}']"))
    if offer.get_attribute("open") is None:
        offer.locator("summary").click()
    yield "employer"
    go(page, offer.locator(f"form:has(input[value='{benefit}']) button"))
    for step, shape in pages_of(benefit).items():
        fill(page, UNASKED | typed(shape.from_body(example(benefit))))
        yield step
        go(page, SAVE)
    yield "check"
    go(page, SAVE)
    yield "receipt"


def fill(page: Page, answers: Mapping[str, Any]) -> None:
    """A row that is not there yet is added by its button, which keeps what was typed."""
    for path, value in answers.items():
        there = page.query_selector(f"[name='{path}']")
        if not there and path in UNASKED:
            continue
        if not there:
            go(page, "button[name='add']")
        answer(page, path, value)


def answer(page: Page, path: str, value: Any) -> None:
    field = page.locator(f"[name='{path}']").first
    kind = field.evaluate("one => one.type")
    if kind in ("radio", "checkbox"):
        for one in value if isinstance(value, list) else [value]:
            page.check(f"[name='{path}'][value='{one}']")
    elif kind == "select-one":
        field.select_option(str(value))
    else:
        field.fill(str(value))


def page_of(benefit: str, step: str) -> str:
    """A page of a fresh draft of Aino's."""
    draft = begin(organisation=cast.employer(), user=cast.user("Aino"), benefit=benefit, content={}, at=cast.AT)
    return f"apply/{draft.pk}/{step}/"
