"""What the agency publishes of each year."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from employers.guidance.topics import SIZE_CLASSES
from employers.organisations.sectors import SECTORS
from portal.described.shape import TEXT, Shape, answer, many, maybe, one_of, page
from portal.described.told import IN_PARTS, Told

TAG = _("Benchmarks")
ABOUT = (
    "What the agency publishes of each year by size class and sector. No token needed: everyone gets the same bytes."
)

SHARE: Shape = {"type": "string", "pattern": r"^[01]\.[0-9]{2}$"}
NUMBER: Shape = {"type": "string", "pattern": r"^-?[0-9]+\.[0-9]{2}$"}
CALLS: Mapping[str, Told] = {
    "GET /benchmarks": Told(
        summary=_("List the figures of each year"),
        about="Counted once, after the year, over all applications that were sent in it and not withdrawn; published "
        "figures are never changed. The last year first. Without `size_class` or `sector` over all of them. Figures of "
        "fewer than 10 employers are withheld (null).",
        gives="Benchmarks",
        query={
            "size_class": {**one_of(SIZE_CLASSES), "description": "By the employees that employers declared."},
            "sector": {**one_of(SECTORS), "description": "A section of TOL 2008; `GET /codes` names them."},
            **IN_PARTS,
        },
        cached=True,
    ),
}
SHAPES: Mapping[str, Shape] = {
    "Benchmark": answer(
        year={"type": "integer"},
        size_class=maybe(one_of(SIZE_CLASSES)),
        sector=maybe(one_of(SECTORS)),
        absence_days=maybe(NUMBER),
        days_to_application=maybe(NUMBER),
        clarification_rate=maybe(SHARE),
        share_automatic=maybe(SHARE),
        everyday_life=maybe(many(answer(code=TEXT, share=SHARE))),
    ),
    "Benchmarks": page("Benchmark"),
}
MEMBERS: Mapping[str, Mapping[str, str]] = {
    "Benchmark": {
        "size_class": "null: employers of every size.",
        "sector": "null: every sector.",
        "absence_days": "The mean length of an absence that was applied for, in calendar days.",
        "days_to_application": "The mean of the days from the first day of absence to the application.",
        "clarification_rate": "The share of applications about which more had to be asked.",
        "share_automatic": "The share of applications that a program sent or that were made of reports.",
        "everyday_life": "The kinds of everyday life that employees on leave lead, as shares of them. Of at least 10"
        " employers and 1 000 persons with at least 50 in each; withheld (null) else, and where the shares of fewer"
        " could be reckoned from it.",
    },
}
EXAMPLES: Mapping[str, Mapping[str, Any]] = {
    "Benchmarks": {
        "one": {
            "items": [
                {
                    "year": 2025,
                    "size_class": "small",
                    "sector": "C",
                    "absence_days": "31.40",
                    "days_to_application": "38.25",
                    "clarification_rate": "0.12",
                    "share_automatic": "0.44",
                    "everyday_life": None,
                }
            ],
            "next": None,
        }
    }
}
