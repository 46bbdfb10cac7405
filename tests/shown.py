"""A page as a browser has it: what its form would send if one only pressed the button."""

from html.parser import HTMLParser

UNSEEN = ("csrfmiddlewaretoken", "seen", "chosen")  # the last one: what a finding's button sets aside


def form_of(page: str) -> dict[str, str]:
    """Names and values of the fields in `main`, without those of buttons; a radio that nobody chose is there, empty."""
    reader = _Fields()
    reader.feed(page)
    return reader.found


def questions_of(page: str) -> list[str]:
    """The names of what one is asked, in the order of the page."""
    return [name for name in form_of(page) if name not in UNSEEN]


class _Fields(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self.inside = False
        self.select = self.area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        self.inside = self.inside or tag == "main"
        name = said.get("name") or ""
        if not self.inside:
            return
        if tag == "input" and name:
            self._input(name, said)
        elif tag == "textarea":
            self.area, self.found[name] = name, ""
        elif tag == "select":
            self.select, self.found[name] = name, ""
        elif tag == "option" and "selected" in said:
            self.found[self.select] = said.get("value") or ""

    def _input(self, name: str, said: dict[str, str | None]) -> None:
        if said.get("type") not in ("radio", "checkbox") or "checked" in said:
            self.found[name] = said.get("value") or ""
        else:
            self.found.setdefault(name, "")

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "main"
        self.area = "" if tag == "textarea" else self.area

    def handle_data(self, data: str) -> None:
        if self.area:
            self.found[self.area] += data
