"""How an application came to be what it is: every move and every version, and what each version changed."""

from collections.abc import Iterator
from itertools import pairwise, zip_longest
from typing import Any
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from employers.applications import changes
from employers.applications.api import reading
from employers.applications.models import ApplicationVersion, StatusChange
from employers.organisations.calls import caller_of
from employers.records import paging

Diff = list[dict[str, Any]]


class History(APIView):
    def get(self, request: Request, id: UUID) -> Response:
        """Newest first. What changed tells of a person, so it leaves a row in the read log."""
        caller, page = caller_of(request), paging.asked(request.query_params)
        reading.owned(caller, id)
        reading.log_one(caller, id, action="history")
        rows = page.rows(StatusChange.objects.filter(application=id))
        return Response(page.answer([{"id": row.pk} for row in rows], list(moves(id, rows))[: page.limit]))


def moves(id: UUID, rows: list[StatusChange]) -> Iterator[dict[str, Any]]:
    """From the newest. A version is made by the move that it is first named in; the first one changed nothing."""
    made = differences(id, rows)
    for one, before in zip_longest(rows, rows[1:]):
        yield move(one, made.get(one.version) if before and one.version != before.version else None)


def differences(id: UUID, rows: list[StatusChange]) -> dict[int, Diff]:
    """By the number of the version that made them: of those that these moves name."""
    named = {row.version for row in rows}
    numbers = named | {number - 1 for number in named}
    told = ApplicationVersion.objects.filter(application=id, number__in=numbers).order_by("number")
    return {
        after.number: [change.as_dict() for change in changes.diff_said(before.content, after.content)]
        for before, after in pairwise(told)
        if after.number == before.number + 1
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
