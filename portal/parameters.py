"""Parameters in the address, as the description of each call has them: all that is wrong with them is told at once.

One that a call does not have is refused: a filter with its name misspelt would be no filter at all, and the caller
would take everything for a part.
"""

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from employers.benefits.problems import Problem
from employers.intake import values
from employers.organisations.permissions import call_of
from employers.records import paging
from employers.records.problem import Refusal, invalid

Shape = Mapping[str, Any]


class AsDescribed(BasePermission):
    """Behind the table of calls: who may not ask hears of that. A call without parameters has none to misspell."""

    def has_permission(self, request: Request, view: Any) -> bool:
        from portal.described.every import CALLS  # its modules ask for what is loaded after this one

        told = CALLS.get(call_of(request._request))
        if told and told.query and (problems := wrong(request.query_params, told.query)):
            raise invalid(problems)
        return True


def wrong(said: QueryDict, known: Mapping[str, Shape]) -> list[Problem]:
    """All at once: each view reads its own parameters one after the other, and stops at the first that is wrong."""
    problems: list[Problem] = []
    values.unknown(said, known, "", problems)
    for name, shape in known.items():
        problems += mistaken(name, said.getlist(name), shape)
    return problems


def mistaken(name: str, texts: list[str], shape: Shape) -> list[Problem]:
    """Said twice where it takes one value, or no such value. What only the view can read is left to it."""
    if len(texts) > 1 and shape.get("type") != "array":
        return [Problem(name, "too_many_items", "error", {"most": 1})]
    one = shape.get("items", shape)
    if "enum" in one:
        return [Problem(name, "invalid_choice")] if set(texts) - set(one["enum"]) else []
    problems: list[Problem] = []
    for text in texts:
        if one.get("format") == "date":
            values.day(text, name, problems)
        elif name == "limit":
            problems += limited(text)
    return problems


def limited(text: str) -> list[Problem]:
    try:
        paging.limit({"limit": text})
    except Refusal as refusal:
        return refusal.errors
    return []
