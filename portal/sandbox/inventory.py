"""Every page there is, with an example for each address: what is photographed, so that people can look at it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

VARIABLE = re.compile(r"<(?:\w+:)?(\w+)>")
NOT_PAGES = ("admin/", "api/", "oauth/", "static/", "language/", "healthz", "readyz", ".well-known/", "calendar/")
# What only takes a form, gives a file or leads on at once; and what has an example of its own beside this.
NOT_LOOKED_AT = (
    "sign-out",
    "sign-in/begin",
    "sign-in/back",
    "suomi-fi/",
    "suomi-fi/return",
    "suomi-fi/leave",
    "/apply/",
    "/copy/",
    "/correct/",
    "/cancel/",
    "/remove/",
    "/helped/",
    "/<slug:how>/",
    "/notifications/calendar/",
    "/<slug:kind>/",
    "/set-aside/",
    ".pdf",
    "/pay-end/",
    "/requests/<uuid:request_id>/",
    "/attachments/<uuid:attachment_id>/",
    "/attachments/<uuid:attachment_id>/delete/",
)

Examples = Mapping[str, Sequence[str]]


@dataclass(slots=True)
class Inventory:
    """Addresses below the language's prefix; `without_example` has a variable that nothing here stands for."""

    pages: list[str] = field(default_factory=list)
    without_example: list[str] = field(default_factory=list)


def of(examples: Examples, more: Iterable[str] = ()) -> Inventory:
    """`examples`: values by the name of a variable of addresses; `more`: addresses of their own."""
    found = Inventory(pages=list(dict.fromkeys(more)))
    for route in routes(get_resolver().url_patterns):
        if f"/{route}".endswith(NOT_LOOKED_AT):
            continue
        if all(name in examples for name in VARIABLE.findall(route)):
            found.pages += [page for page in addresses(route, examples) if page not in found.pages]
        else:
            found.without_example.append(route)
    return found


def addresses(route: str, examples: Examples) -> list[str]:
    """With every example in the place of its variable."""
    made = [route]
    for name in VARIABLE.findall(route):
        made = [VARIABLE.sub(value, each, count=1) for each in made for value in examples[name]]
    return made


def routes(patterns: Iterable[Any], prefix: str = "") -> Iterator[str]:
    """Addresses of pages without their language, each once."""
    seen = set()
    for route in _all(patterns, prefix):
        own = re.sub(r"^(fi|sv|en)/", "", route)
        if own != route and own not in seen and not own.startswith(NOT_PAGES):
            seen.add(own)
            yield own


def _all(patterns: Iterable[Any], prefix: str) -> Iterator[str]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _all(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield route
