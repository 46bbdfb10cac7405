"""Publish the figures of a year: counted once, stored as the bytes that everyone gets, and never changed."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from customers.feedback.measured import by_cell
from customers.feedback.models import Benchmark
from customers.feedback.sums import ALL, LEAST_EMPLOYERS, Key, Sums, telling_lives, with_totals
from customers.segments.rules import segments
from employers.organisations.sectors import SECTORS
from employers.organisations.size import LARGE, MEDIUM, SMALL
from employers.records import wire

FINLAND = ZoneInfo("Europe/Helsinki")
CELLS = [(size, sector) for size in (ALL, SMALL, MEDIUM, LARGE) for sector in (ALL, *SECTORS)]
CENT = Decimal("0.01")


@transaction.atomic
def publish(*, year: int, at: datetime) -> int:
    """How many rows were published: none where the year has been. The year has to be over."""
    if at < begins(year + 1):
        raise ValueError(f"{year} is not over")
    if Benchmark.objects.filter(year=year).exists():
        return 0
    cells = with_totals(by_cell(year, since=begins(year), until=begins(year + 1)))
    codes = [segment.code for segment in segments()]
    told = telling_lives(cells, codes=codes)
    rows = [row(key, cells.get(key, Sums()), year=year, at=at, codes=codes if key in told else ()) for key in CELLS]
    return len(Benchmark.objects.bulk_create(rows))


def begins(year: int) -> datetime:
    return datetime.combine(date(year, 1, 1), time(), tzinfo=FINLAND)


def row(key: Key, sums: Sums, *, year: int, at: datetime, codes: Collection[str]) -> Benchmark:
    size, sector = key
    place = {"year": year, "size_class": size or None, "sector": sector or None}
    body = wire.dumps({**place, **figures(sums), "everyday_life": lives(sums, codes) if codes else None})
    return Benchmark(year=year, size_class=size, sector=sector, body=body, published_at=at)


def figures(sums: Sums) -> Mapping[str, Any]:
    """Of fewer employers they would be somebody's own."""
    enough = sums.employers >= LEAST_EMPLOYERS
    return {
        "absence_days": ratio(sums.absence_days, sums.absences) if enough else None,
        "days_to_application": ratio(sums.days_waited, sums.absences) if enough else None,
        "clarification_rate": ratio(sums.asked, sums.applications) if enough else None,
        "share_automatic": ratio(sums.automatic, sums.applications) if enough else None,
    }


def lives(sums: Sums, codes: Collection[str]) -> list[dict[str, Any]]:
    return [{"code": code, "share": ratio(sums.lives[code], sums.persons)} for code in codes]


def ratio(part: int, whole: int) -> str | None:
    return str((Decimal(part) / whole).quantize(CENT, ROUND_HALF_UP)) if whole else None
