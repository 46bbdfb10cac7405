"""Calls that will end: since when they should not be built on, and when they stop. Twelve months lie between.

RFC 9745 (Deprecation) and RFC 8594 (Sunset). A row stays until the call is gone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.http import http_date


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """`since` and `until` are moments in UTC; `instead` is the page that says what to do."""

    since: datetime
    until: datetime
    instead: str = "/api/docs/"

    def headers(self) -> dict[str, str]:
        return {
            "Deprecation": f"@{int(self.since.timestamp())}",
            "Sunset": http_date(self.until.timestamp()),
            "Link": f'<{self.instead}>; rel="deprecation"; type="text/html"',
        }


# As the table of calls names them: "GET /events": Leaving(since=..., until=...).
LEAVING: Mapping[str, Leaving] = {}
