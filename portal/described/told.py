"""What is told of one call: its words, what it takes and gives, and every way in which it says no."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from django.utils.functional import Promise

from portal.described.shape import BUSINESS_ID, TEXT, Shape

JSON = "application/json"

PAGED: Mapping[str, Shape] = {
    "cursor": {**TEXT, "description": "`next` of the page before."},
    "limit": {
        "type": "integer",
        "minimum": 1,
        "maximum": 200,
        "default": 50,
        "description": "How many at most. More than 200: 422 `limit_too_large`.",
    },
}
IN_PARTS: Mapping[str, Shape] = {
    "cursor": PAGED["cursor"],
    "limit": {
        "type": "integer",
        "minimum": 1,
        "maximum": 200,
        "description": "How many at most; without it the whole list. More than 200: 422 `limit_too_large`.",
    },
}
FED: Mapping[str, Shape] = {
    "after": {**TEXT, "description": "`next` of the answer before; without it from the beginning."},
    "limit": PAGED["limit"],
}
OF_EMPLOYER: Mapping[str, Shape] = {
    "employer": {**BUSINESS_ID, "description": "Business ID. One that you may not act for gives an empty list."}
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One call. `summary` is a short line in the reader's language (gettext); `about` is Markdown in English.

    What follows from the rest is not repeated here: 401, 403, 404, 406, 413, 415, 422, 429, 500 and 503 with their
    problem codes, `Idempotency-Key` and rate limits (see portal.described.statuses).
    """

    summary: str | Promise
    about: str = ""
    takes: str | None = None  # the name of a shape
    takes_as: tuple[str, ...] = (JSON,)
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # of a form: the kinds of content of each file
    gives: str | None = None  # the name of a shape; None: no body
    gives_as: tuple[str, ...] = (JSON,)
    status: int = 200  # when all is well
    also: Mapping[int, str | None] = field(default_factory=dict)  # other good answers, with the names of their shapes
    refuses: Mapping[int, tuple[str, ...]] = field(default_factory=dict)  # problem codes of this call's own, by status
    query: Mapping[str, Shape] = field(default_factory=dict)
    keyed: bool = False  # needs an Idempotency-Key
    may_be_keyed: bool = False  # takes one, and does without
    if_match: Literal["", "required", "optional"] = ""
    cached: bool = False  # ETag, and 304 on If-None-Match; any cache may keep it
    strict: bool = False  # heeds `Prefer: handling=strict`
    headers: tuple[str, ...] = ()  # of good answers: "ETag", "Location"; see portal.described.headers
