"""How an application came to be what it is: every move and every version, and what each version changed."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from employers.applications import changes
from employers.applications.api import reading
from employers.applications.models import ApplicationVersion, StatusChange
from employers.organisations.calls import caller_of

Diff = list[dict[str, Any]]


class History(APIView):
    def get(self, request: Request, id: UUID) -> Response:
        """All of it, the oldest first. What changed tells of a person, so it leaves a row in the read log."""
        caller = caller_of(request)
        reading.owned(caller, id)
        reading.log_one(caller, id, action="history")
        return Response({"items": list(moves(id)), "next": None})


def moves(id: UUID) -> Iterator[dict[str, Any]]:
    """A version is made by the move that it is first named in; the first one changed nothing."""
    made = differences(id)
    version = 0
    for one in StatusChange.objects.filter(application=id).order_by("id"):
        yield move(one, made.get(one.version) if one.version != version else None)
        version = one.version


def differences(id: UUID) -> dict[int, Diff]:
    """By the number of the version that made them."""
    told = list(ApplicationVersion.objects.filter(application=id).order_by("number"))
    return {
        after.number: [change.as_dict() for change in changes.diff_said(before.content, after.content)]
        for before, after in pairwise(told)
    }


def move(one: StatusChange, diff: Diff | None) -> dict[str, Any]:
    return {
        "at": one.at,
        "verb": one.verb,
        "from": one.source,
        "to": one.target,
        "role": one.role,
        "version": one.version,
        "reason": one.reason,
        "diff": diff,
    }
