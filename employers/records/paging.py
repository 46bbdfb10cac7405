"""Pages of a list, newest first. A cursor is opaque: the id after which the next page begins."""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from employers.records.problem import invalid_at

USUAL = 50
MOST = 200


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
