"""Every page there is, with an example for each address: what is photographed, so that people can look at it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

VARIABLE = re.compile(r"<(?:\w+:)?(\w+)>")
NOT_PAGES = ("admin/", "api/", "oauth/", "static/", "language/", "healthz", "readyz", ".well-known/", "calendar/")
NOT_LOOKED_AT = ("sign-out",)

Examples = Mapping[str, str]


@dataclass(slots=True)
class Inventory:
    """Addresses below the language's prefix; `without_example` has a variable that nothing here stands for."""

    pages: list[str] = field(default_factory=list)
    without_example: list[str] = field(default_factory=list)


def of(examples: Examples, more: Iterable[str] = ()) -> Inventory:
    """`examples`: a value by the name of a variable of addresses; `more`: addresses of their own."""
    found = Inventory(pages=[*more])
    for route in routes(get_resolver().url_patterns):
        names = VARIABLE.findall(route)
        if any(route.endswith(name) for name in NOT_LOOKED_AT):
            continue
        if all(name in examples for name in names):
            found.pages.append(VARIABLE.sub(lambda match: examples[match[1]], route))
        else:
            found.without_example.append(route)
    return found


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
