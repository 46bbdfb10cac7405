"""A person at a browser without JavaScript: follows links, fills in forms, presses buttons, over HTTP."""

from collections.abc import Mapping

import httpx
from lxml import html


class Lost(Exception):
    """The page is not what a person would need next. The text says what was looked for, never what was there."""


class Visitor:
    """One person's session. `page` is what they see; `url` where they are."""

    def __init__(self, base: str, *, language: str = "fi") -> None:
        self.http = httpx.Client(base_url=base, follow_redirects=True, timeout=30)
        self.http.headers["Accept-Language"] = language
        self.page = html.fromstring("<p></p>")
        self.url = base

    def goto(self, path: str) -> None:
        self._show(self.http.get(path))

    def follow(self, href_part: str) -> None:
        """Follow the first link whose address holds this."""
        found = self.links(href_part)
        if not found:
            raise Lost(f"no link to {href_part} on {self.url}")
        self.goto(found[0])

    def links(self, href_part: str) -> list[str]:
        addresses = [link.get("href") or "" for link in self.page.iter("a")]
        return [address for address in addresses if href_part in address]

    def fill(self, values: Mapping[str, str], *, button: str | None = None, action: str = "") -> None:
        """Fill in the form that has these fields, leave the others as they are, and press its button.

        `action` is a part of the address it goes to, where a page has several alike.
        """
        form = self._form(values, button, action)
        data = {name: value for name, value in form.form_values() if isinstance(name, str)}
        data |= values
        if button:
            data[button] = self._value_of(form, button)
        self._show(self.http.post(form.get("action") or self.url, data=data, headers={"Referer": self.url}))

    def says(self, text: str) -> bool:
        return text in " ".join(self.page.text_content().split())

    def text(self, css_class: str) -> str:
        found = self.page.find_class(css_class)
        if not found:
            raise Lost(f"nothing marked {css_class} on {self.url}")
        return " ".join(found[0].text_content().split())

    def _form(self, values: Mapping[str, str], button: str | None, action: str) -> html.FormElement:
        forms: list[html.FormElement] = self.page.xpath("//main//form")
        for form in forms:
            names = {field.get("name") for field in form.iter("input", "select", "textarea", "button")}
            asked = set(values) | ({button} if button else set())
            if form.method == "POST" and asked <= names and action in (form.get("action") or ""):
                return form
        raise Lost(f"no form with {', '.join(sorted(values)) or button or 'a button'} on {self.url}")

    def _value_of(self, form: html.FormElement, button: str) -> str:
        pressed = next(field for field in form.iter("button", "input") if field.get("name") == button)
        return pressed.get("value") or ""

    def _show(self, response: httpx.Response) -> None:
        if response.status_code >= 400:
            raise Lost(f"{response.status_code} at {response.url.path}")
        self.url = str(response.url)
        self.page = html.fromstring(response.content, parser=html.HTMLParser(encoding=response.encoding))
        self.page.make_links_absolute(self.url)
