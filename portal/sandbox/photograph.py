"""Photograph pages in a real browser, at the width of a telephone and of a desk, and lay them out side by side."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from portal.sandbox import browser

ARGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"]
WIDTHS = {"phone": 360, "desk": 1200}
Light = Literal["light", "dark"]


@dataclass(frozen=True, slots=True)
class Shot:
    path: str
    status: int
    kilobytes: float  # of the page itself, as it was sent
    files: tuple[str, ...]


@contextmanager
def chromium() -> Iterator[Browser]:
    program = browser.find()
    if program is None:
        raise FileNotFoundError("No Chromium was found, and none could be fetched.")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=ARGS)
        yield opened
        opened.close()


def photograph(
    opened: Browser, *, base: str, paths: Iterable[str], cookies: list[Any], folder: Path, lights: Iterable[Light]
) -> Iterator[Shot]:
    """`paths` from the root. Files are named by path, width and light; one page after another comes out."""
    folder.mkdir(parents=True, exist_ok=True)
    contexts = {
        f"{width}-{light}": opened.new_context(
            viewport={"width": WIDTHS[width], "height": 800}, color_scheme=light, base_url=base
        )
        for width in WIDTHS
        for light in lights
    }
    for context in contexts.values():
        context.add_cookies(cookies)
    for path in paths:
        yield _shot(path, contexts, folder)
    for context in contexts.values():
        context.close()


def _shot(path: str, contexts: dict[str, BrowserContext], folder: Path) -> Shot:
    files, status, size = [], 0, 0.0
    for name, context in contexts.items():
        page = context.new_page()
        response = page.goto(path)
        assert response
        status, size = response.status, _kilobytes(page)
        file = folder / f"{path.strip('/').replace('/', '_') or 'front'}.{name}.png"
        page.screenshot(path=file, full_page=True)
        files.append(file.name)
        page.close()
    return Shot(path, status, size, tuple(files))


def _kilobytes(page: Page) -> float:
    size: float = page.evaluate("performance.getEntriesByType('navigation')[0].encodedBodySize / 1000")
    return size


def contents(shots: Iterable[Shot]) -> str:
    """A page that shows them all."""
    rows = "\n".join(
        f"<h2>{escape(shot.path)} <small>{shot.status}, {shot.kilobytes:.0f} kB</small></h2><p>"
        + " ".join(f'<a href="{escape(file)}"><img src="{escape(file)}" height="400"></a>' for file in shot.files)
        for shot in shots
    )
    return f'<!doctype html><meta charset="utf-8"><title>Every page</title>{rows}'
