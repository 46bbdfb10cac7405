"""Pages of findings by their deadline, the soonest first; what has none comes last.

A cursor holds the deadline and the id of the last one on the page, so that what opens or closes meanwhile moves nothing
to another page.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from employers.records import paging
from employers.records.problem import invalid_at

DAY, ID = 4, 16  # bytes of a cursor
NEVER = bytes(DAY)  # of what has no deadline: there is no day number nought


@dataclass(frozen=True, slots=True, kw_only=True)
class ByDeadline:
    """The same as employers.records.paging.Page, in another order."""

    limit: int
    after: tuple[date | None, UUID] | None

    def rows(self, found: QuerySet[Any, Any]) -> list[Any]:
        if self.after is not None:
            found = found.filter(_later(*self.after))
        return list(found.order_by(F("deadline").asc(nulls_last=True), "id")[: self.limit + 1])

    def answer(self, rows: list[Any], items: list[dict[str, Any]]) -> dict[str, Any]:
        more = len(rows) > self.limit
        return {"items": items, "next": _cursor(rows[self.limit - 1]) if more else None}


def asked(query: Mapping[str, str]) -> ByDeadline:
    """Raises the 422."""
    return ByDeadline(limit=paging.limit(query), after=_after(query.get("cursor")))


def _later(deadline: date | None, id: UUID) -> Q:
    if deadline is None:
        return Q(deadline=None, id__gt=id)
    return Q(deadline__gt=deadline) | Q(deadline=deadline, id__gt=id) | Q(deadline=None)


def _cursor(row: Mapping[str, Any]) -> str:
    day = row["deadline"].toordinal().to_bytes(DAY) if row["deadline"] else NEVER
    return paging.cursor(day + row["id"].bytes)


def _after(text: str | None) -> tuple[date | None, UUID] | None:
    if not text:
        return None
    found = paging.place(text, size=DAY + ID)
    number = int.from_bytes(found[:DAY]) if found else 0
    if found is None or number > date.max.toordinal():
        raise invalid_at("cursor", "id_invalid")
    return date.fromordinal(number) if number else None, UUID(bytes=found[DAY:])
