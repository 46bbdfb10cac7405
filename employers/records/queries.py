"""Reading the event log in order, without ever missing what was committed late.

Numbers of transactions are given in order, and transactions commit in any order. What is below the oldest number that
is still open (`xmin` of PostgreSQL's snapshot, the same for every database of the server) can change no more: nothing
will appear there later. So a reader stops before it, and its cursor passes nothing that it has not seen. The price: one
writing transaction that stays open holds up what was committed beside it until it ends. It loses nothing.

Subtransactions write under the number of the whole, and events of one transaction become visible all at once, in the
order of their ids.
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection, models
from django.db.models import Func, Q
from django.db.models.expressions import Combinable

from employers.records import paging
from employers.records.models import Event
from employers.records.problem import invalid_at

PLACE = 24  # bytes of a cursor that is told: eight of a transaction's number, sixteen of an id
LAST = UUID(int=2**128 - 1)


class Cursor(NamedTuple):
    """A place in the event log: everything up to and including it has been read."""

    transaction: int = 0
    id: UUID = UUID(int=0)


class OldestOpenTransaction(Func):
    function = "pg_current_snapshot"
    template = "(pg_snapshot_xmin(%(function)s())::text::bigint)"
    output_field = models.BigIntegerField()


def events_after(
    cursor: Cursor,
    *,
    limit: int,
    where: Q | None = None,
    told: Mapping[str, Combinable] | None = None,
    organisations: Iterable[UUID] | models.QuerySet[Any, Any] | None = None,
    types: Iterable[str] | None = None,
) -> list[Event]:
    """Oldest first, and only those no open transaction can still come before. A later call sees the rest.

    `told`: what each is annotated with.
    """
    events = settled().filter(after(cursor)).annotate(**(told or {}))
    if where is not None:
        events = events.filter(where)
    if organisations is not None:
        events = events.filter(organisation__in=organisations)
    if types is not None:
        events = events.filter(type__in=types)
    return list(events.order_by("transaction", "id")[:limit])


def settled() -> models.QuerySet[Event]:
    """What no open transaction can come before."""
    return Event.objects.filter(transaction__lt=OldestOpenTransaction())


def after(cursor: Cursor) -> Q:
    """The first condition alone says nothing new; it is what lets the index begin at the place."""
    beyond = Q(transaction__gt=cursor.transaction) | Q(transaction=cursor.transaction, id__gt=cursor.id)
    return Q(transaction__gte=cursor.transaction) & beyond


def place_of(event: Event) -> Cursor:
    return Cursor(event.transaction, event.id)


def newest(*, types: Iterable[str]) -> Cursor | None:
    """The place of the last settled event of these types; None where there is none."""
    found = settled().filter(type__in=types).order_by("-transaction", "-id").first()
    return place_of(found) if found else None


def now_open() -> Cursor:
    """The place before whatever can still happen: a reader that begins here misses nothing that comes after."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        return Cursor(cursor.fetchone()[0] - 1, LAST)


def told(cursor: Cursor) -> str:
    """For whoever asks again later: `next`."""
    return paging.cursor(cursor.transaction.to_bytes(8, "big") + cursor.id.bytes)


def asked(query: Mapping[str, str]) -> Cursor:
    """What `after` says; the beginning without it. Raises the 422."""
    text = query.get("after", "")
    if not text:
        return Cursor()
    found = paging.place(text, size=PLACE)
    if found is None or found[0] > 127:  # the database's numbers end there
        raise invalid_at("after", "id_invalid")
    return Cursor(int.from_bytes(found[:8], "big"), UUID(bytes=found[8:]))
