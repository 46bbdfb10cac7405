"""Pages of a list, newest first. A cursor is opaque: the id after which the next page begins.

A list that is short by nature is given whole to who does not ask for less of it; its cursor counts what came before.
"""

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import QuerySet

from employers.records.problem import invalid_at

USUAL = 50
MOST = 200
NUMBER = 4  # bytes of a number in a cursor
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    limit: int
    after: UUID | None

    def rows(self, found: QuerySet[Any], *, key: str = "id") -> list[Any]:
        """One row more than the page holds: it says whether there is a next one."""
        return list(self.cut(found, key=key))

    def cut(self, found: QuerySet[Any], *, key: str = "id") -> QuerySet[Any]:
        """Those rows, not asked for yet."""
        if self.after is not None:
            found = found.filter(**{f"{key}__lt": self.after})
        return found.order_by(f"-{key}")[: self.limit + 1]

    def answer(self, rows: list[Any], items: list[dict[str, Any]], *, key: str = "id") -> dict[str, Any]:
        """`rows` as `rows()` gave them, as dictionaries; `items` what is shown of those on the page."""
        more = len(rows) > self.limit
        return {"items": items, "next": cursor(rows[self.limit - 1][key].bytes) if more else None}


def asked(query: Mapping[str, str]) -> Page:
    """Raises the 422."""
    return Page(limit=limit(query), after=_after(query.get("cursor")))


def limit(query: Mapping[str, str]) -> int:
    text = query.get("limit", str(USUAL))
    digits = text.lstrip("0")
    if not (digits and text.isascii() and text.isdigit()):
        raise invalid_at("limit", "invalid_type")
    if len(digits) > len(str(MOST)) or int(digits) > MOST:
        raise invalid_at("limit", "limit_too_large", most=MOST)
    return int(digits)


def part(whole: Sequence[T], query: Mapping[str, str]) -> tuple[Sequence[T], str | None]:
    """What is asked for of a short list, and the cursor of what is left. Raises the 422."""
    most = limit(query) if "limit" in query else len(whole)
    begin = number_after(query.get("cursor", ""))
    end = begin + most
    return whole[begin:end], cursor_at(end) if end < len(whole) else None


def cursor_at(number: int) -> str:
    return cursor(number.to_bytes(NUMBER))


def number_after(text: str) -> int:
    """Raises the 422."""
    if not text:
        return 0
    found = place(text, size=NUMBER)
    if found is None or found[0] > 127:
        raise invalid_at("cursor", "id_invalid")
    return int.from_bytes(found)


def cursor(place: bytes) -> str:
    return base64.urlsafe_b64encode(place).decode().rstrip("=")


def place(cursor: str, *, size: int) -> bytes | None:
    """The bytes of a cursor, or None for one that we never gave."""
    try:
        found = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        return None
    return found if len(found) == size else None


def _after(text: str | None) -> UUID | None:
    if not text:
        return None
    found = place(text, size=16)
    if found is None:
        raise invalid_at("cursor", "id_invalid")
    return UUID(bytes=found)
