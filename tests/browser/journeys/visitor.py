"""Somebody at a browser who goes by what the pages say, in their language. Words are named by their English text."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils.translation import gettext, override
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, expect

from employers.applications.models import Application
from employers.organisations.views.sign_in import BACKEND
from tests import cast
from tests.browser.benefits import fill
from tests.browser.journey import SAVE, go
from tests.pages import come_in, identified

# A journey of many pages: in one language on every run, in the other one too where the large sizes are tried.
FINNISH_FIRST = pytest.mark.parametrize("language", ["fi", pytest.param("sv", marks=pytest.mark.proof)])
SWEDISH_FIRST = pytest.mark.parametrize("language", [pytest.param("fi", marks=pytest.mark.proof), "sv"])
MARKS = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("sandbox", "guidance", "april"),
]
EMPLOYEE = {
    "employee.personal_identity_code": "010190-9123",
    "employee.given_name": "Maija",
    "employee.family_name": "Mallikas",
    "employment.start": "2.5.2019",
}
ABSENCE = {"absence.start": "2.3.2026", "absence.end": "10.4.2026"}
PAY = {
    "pay_basis": "full",
    "pay_periods.0.start": "2.3.2026",
    "pay_periods.0.end": "10.4.2026",
    "pay_periods.0.amount": "3 600,00",
}
CERTIFICATE = {"certificate": "electronic", "insurer_case": "none"}


class Visitor:
    def __init__(self, page: Page, base: str, language: str) -> None:
        self.page, self.base, self.language = page, base, language

    def arrive(self, path: str = "") -> "Visitor":
        """The one address that is typed; everything else is reached from there."""
        self.page.goto(f"{self.base}/{self.language}/{path}")
        return self

    def sign_in_as(self, name: str) -> "Visitor":
        """By a session of their own, where signing in is not what the journey is about."""
        return self._with(come_in(Client(), name))

    def sign_in_as_official(self) -> "Visitor":
        client = Client()
        client.force_login(cast.official(), backend=BACKEND)
        self.page.context.add_cookies([{"name": "django_language", "value": self.language, "url": self.base}])
        return self._with(identified(client))

    def _with(self, client: Client) -> "Visitor":
        name = settings.SESSION_COOKIE_NAME
        self.page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": self.base}])
        return self

    def at_the_bakery(self, name: str = "Aino") -> "Visitor":
        """Signed in, at the start page of the employer."""
        self.sign_in_as(name).arrive("employers/")
        if "/employers/" in self.page.url and self.page.url.rstrip("/").endswith("employers"):
            self.go(self.page.get_by_role("link", name=cast.employer().name))
        return self

    def go(self, where: Locator | str) -> "Visitor":
        """To the page behind a link or a button."""
        go(self.page, where)
        return self

    def at(self, ending: str) -> "Visitor":
        """The address ends so."""
        expect(self.page).to_have_url(re.compile(f"{re.escape(ending)}$"))
        return self

    def words(self, msgid: str, **values: Any) -> str:
        with override(self.language):
            return " ".join((gettext(msgid) % values if values else gettext(msgid)).split())

    def link(self, msgid: str, **values: Any) -> Locator:
        return self.page.get_by_role("link", name=self.words(msgid, **values)).first

    def button(self, msgid: str) -> Locator:
        return self.page.get_by_role("button", name=self.words(msgid)).first

    def follow(self, msgid: str, **values: Any) -> "Visitor":
        return self.go(self.link(msgid, **values))

    def press(self, msgid: str) -> "Visitor":
        return self.go(self.button(msgid))

    def answer(self, answers: Mapping[str, Any], *, save: bool = True) -> "Visitor":
        fill(self.page, answers)
        return self.go(SAVE) if save else self

    def open(self, summary: str) -> "Visitor":
        self.page.locator("summary", has_text=self.words(summary)).first.click()
        return self

    def begin(self, benefit: str = "sickness_allowance") -> "Visitor":
        """The button of the benefit on the employer's start page."""
        offer = self.page.locator("details.group", has=self.page.locator(f"input[value='{benefit}']"))
        if offer.get_attribute("open") is None:
            offer.locator("summary").first.click()
        return self.go(offer.locator(f"form:has(input[value='{benefit}']) button"))

    @property
    def text(self) -> str:
        return " ".join(self.page.inner_text("main").split())

    def sees(self, *msgids: str, **values: Any) -> "Visitor":
        for msgid in msgids:
            expect(self.page.locator("main")).to_contain_text(self.words(msgid, **values), use_inner_text=True)
        assert self.page.locator("html").get_attribute("lang") == self.language
        return self

    def told_at(self, path: str) -> str:
        """What stands beside a field that is wrong. The summary leads there, and a reader hears it with the field."""
        page = self.page
        page.wait_for_function("document.activeElement.className === 'error-summary'")
        page.click(f".error-summary a[href='#id_{path}']")
        field = page.locator(f"[id='id_{path}']")
        assert field.evaluate("one => one === document.activeElement || one.contains(document.activeElement)")
        assert f"id_{path}_error" in (field.get_attribute("aria-describedby") or "").split()
        assert field.get_attribute("aria-invalid") == "true"
        return page.inner_text(f"[id='id_{path}_error']")

    def topic(self) -> str:
        """The slug of the guidance that stands open beside the question."""
        opened = self.page.locator("aside.guidance details[open]").first
        expect(opened.locator("summary + p")).to_be_visible()
        href = opened.locator("a").first.get_attribute("href") or ""
        return href.partition("/guidance/")[2].partition("/")[0]


@pytest.fixture
def visit(live_server: Any, chromium: Browser) -> Iterator[Callable[..., Visitor]]:
    """A window of one's own in a language. What the browser complains about fails the test, but for a door that is
    expected to be shut: `refused` is its status."""
    contexts, complaints = [], []

    def visited(language: str, *, refused: int | None = None, **options: Any) -> Visitor:
        contexts.append(chromium.new_context(**options))
        page = contexts[-1].new_page()

        def heard(said: ConsoleMessage) -> None:
            if said.type == "error" and f"status of {refused} " not in said.text:
                complaints.append(said.text)

        page.on("console", heard)
        return Visitor(page, live_server.url, language)

    yield visited
    for context in contexts:
        context.close()
    assert complaints == []


def the_application() -> Application:
    return Application.objects.get()
