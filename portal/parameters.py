"""Parameters in the address, as the description of each call has them: one that a call does not have is refused.

A filter with its name misspelt would otherwise be no filter at all, and the caller would take everything for a part.
"""

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from employers.benefits.problems import Problem
from employers.intake import values
from employers.organisations.permissions import call_of
from employers.records.problem import invalid


class OnlyItsOwn(BasePermission):
    """Behind the table of calls: who may not ask hears of that. A call without parameters has none to misspell."""

    def has_permission(self, request: Request, view: Any) -> bool:
        from portal.described.every import CALLS  # its modules ask for what is loaded after this one

        told = CALLS.get(call_of(request._request))
        if told and told.query and (problems := wrong(request.query_params, told.query)):
            raise invalid(problems)
        return True


def wrong(said: QueryDict, known: Mapping[str, Mapping[str, Any]]) -> list[Problem]:
    """Every parameter that the call does not have, and every one said twice where it takes one value."""
    problems: list[Problem] = []
    values.unknown(said, known, "", problems)
    single = [name for name in said if name in known and known[name].get("type") != "array"]
    twice = [name for name in single if len(said.getlist(name)) > 1]
    return problems + [Problem(name, "too_many_items", "error", {"most": 1}) for name in twice]
