"""How long a page of a list, and of the feed, takes behind a million applications, beside a bare SELECT of as many.

The million is copied within the database. A copy's sealed content opens under its own row alone, so those that the
visits show, and only those, are sealed anew: visits go to places all over the list.
"""

import os
import random
from collections.abc import Callable, Iterator
from functools import partial
from statistics import quantiles
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from employers.applications.models import Application, ApplicationVersion
from employers.organisations.models import Organisation
from employers.people.models import Person
from employers.records import paging
from portal.conformance.vendor import Vendor
from portal.sandbox.figure import timed
from portal.sandbox.register.data import identity_code
from portal.sandbox.start_page import Latency

CLIENT, EMPLOYERS = "sandbox-bench", ("9000004-6", "9000006-2", "9000007-0", "9000008-9", "9000009-7")
PEOPLE, FIRST_PERSON = 2_000, 700_000
PLACES, VISITS, SHOWN = 20, 100, 50
SEALED = 300  # rows: a page of one employer's among five
FIRST_TRANSACTION = 3
BATCH = 100_000  # rows a statement
BEFORE = 1_600_000_000_000  # milliseconds: ids in the order of time, and all of them older than any other
KINDS = {"id": "a00", "version": "b00", "event": "c00"}
ID = "(lpad(to_hex({before} + n), 12, '0') || '7{kind}8000' || lpad(to_hex(n), 12, '0'))::uuid"
NEWER = UUID(f"{BEFORE + 10**9:012x}7{'0' * 19}")

APPLICATIONS = """
    INSERT INTO employers_application
        (id, organisation_id, person_id, benefit, status, outcome, version, channel, reference, content_hash,
         absence_start, absence_end, law_day, deadline, late, amount, submitted_at, submitted_by_id)
    SELECT {id}, (%(employers)s::uuid[])[1 + n %% %(of)s], (%(people)s::uuid[])[1 + n %% {people}], like_.benefit,
        'decided', 'rejected', 1, 'api', 'many-' || n, int8send(n), day, day + 20, day, day + 80, false, 500,
        timestamptz '2020-09-13 12:00Z' + n * interval '1 second', like_.submitted_by_id
    FROM generate_series(%(first)s::bigint, %(last)s) AS n, employers_application AS like_,
        LATERAL (SELECT date '2020-01-01' + (n / {people})::int AS day) AS days
    WHERE like_.id = %(like)s
"""
VERSIONS = """
    INSERT INTO employers_applicationversion (id, application_id, number, content, estimate, problems, at)
    SELECT {version}, {id}, 1, said.content, '{{}}'::jsonb, '[]'::jsonb, said.at
    FROM generate_series(%(first)s::bigint, %(last)s) AS n, employers_applicationversion AS said
    WHERE said.application_id = %(like)s AND said.number = 1
"""
EVENTS = """
    INSERT INTO employers_event (id, transaction, type, at, organisation, application, status)
    SELECT {event}, {transaction} + n / 10, 'application.submitted',
        timestamptz '2020-09-13 12:00Z' + n * interval '1 second',
        (%(employers)s::uuid[])[1 + n %% %(of)s], {id}, 'submitted'
    FROM generate_series(%(first)s::bigint, %(last)s) AS n
"""
READS = """
    DELETE FROM employers_readlog WHERE person IN (SELECT id FROM employers_person WHERE identity_index = ANY(%s))
"""
AS_A_COPY = "SET LOCAL session_replication_role = replica"  # a million keys, none of which needs to be looked for
TABLES = ("employers_event", "employers_applicationversion", "employers_application")


def figures(*, applications: int) -> Iterator[Latency]:
    """Nothing of it stays."""
    chance = random.Random(1)  # the same places in every run
    like = Application.objects.filter(channel="api", person__isnull=False).latest("id")
    try:
        fill(applications, like=like)
        places = [chance.randrange(applications // 20, applications) for _ in range(PLACES)]
        for place in places:
            _seal_anew(place, like=like)
        yield from _measured(applications, places)
    finally:
        forget()


def fill(count: int, *, like: Application) -> None:
    employers = list(Organisation.objects.filter(business_id__in=EMPLOYERS).values_list("pk", flat=True))
    people = [one.pk for one in Person.objects.bulk_create(_people())]
    told: dict[str, Any] = {"employers": employers, "of": len(employers), "people": people, "like": like.pk}
    for first in range(0, count, BATCH):
        span = {"first": first, "last": min(first + BATCH, count) - 1}
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(AS_A_COPY)
            for statement in (APPLICATIONS, VERSIONS, EVENTS):
                cursor.execute(_with_ids(statement), told | span)
    with connection.cursor() as cursor:
        cursor.execute(f"VACUUM ANALYZE {', '.join(TABLES)}")


def forget() -> None:
    people = [one.identity_index for one in _people()]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(AS_A_COPY)
        cursor.execute(READS, [people])
        for table in TABLES:
            cursor.execute(f"DELETE FROM {table} WHERE id < %s", [NEWER])  # noqa: S608  names of our own
        cursor.execute("DELETE FROM employers_person WHERE identity_index = ANY(%s)", [people])


def _seal_anew(place: int, *, like: Application) -> None:
    """What a visit to this place shows, whatever employer it asks for."""
    said = like.versions.get(number=like.version)
    shown = [_id(number) for number in range(place, max(place - SEALED, -1), -1)]
    ApplicationVersion.objects.filter(application__in=shown).delete()
    anew = [
        ApplicationVersion(application_id=pk, number=1, content=said.content, estimate=said.estimate, at=said.at)
        for pk in shown
    ]
    ApplicationVersion.objects.bulk_create(anew)


def _measured(count: int, places: list[int]) -> Iterator[Latency]:
    vendor = Vendor(os.environ["PORTAL_URL"], CLIENT, f"{CLIENT}-secret")
    for what, path, asked in (
        ("list over HTTP, 95 of 100 pages", "/applications", {}),
        ("  of one employer", "/applications", {"employer": EMPLOYERS[0]}),
        ("  those that wait", "/applications", {"status": "information_requested"}),
    ):
        pages = [asked | {"limit": str(SHOWN), "cursor": paging.cursor(_id(place + 1).bytes)} for place in places]
        yield _latency(what, count, partial(_get, vendor, path), pages, _page, places)
    after = [{"limit": str(SHOWN), "after": _event_cursor(place)} for place in places]
    yield _latency("feed over HTTP, 95 of 100 pages", count, partial(_get, vendor, "/events"), after, _feed, places)


def _latency(
    what: str,
    count: int,
    get: Callable[[dict[str, str]], None],
    asked: list[dict[str, str]],
    bare: Callable[[int], None],
    places: list[int],
) -> Latency:
    ours = p95([partial(get, one) for one in asked])
    return Latency(what, count, ours, p95([partial(bare, place) for place in places]), "a bare SELECT of as many rows")


def p95(visits: list[Callable[[], None]]) -> float:
    """Seconds, of VISITS after one to each."""
    for visit in visits:
        visit()
    return quantiles([timed(visits[number % len(visits)]) for number in range(VISITS)], n=20)[-1]


def _get(vendor: Vendor, path: str, asked: dict[str, str]) -> None:
    vendor.get(path, params=asked)


def _page(place: int) -> None:
    _select("employers_application", "id < %s", "id DESC", [_id(place + 1)])


def _feed(place: int) -> None:
    _select("employers_event", "(transaction, id) > (%s, %s)", "transaction, id", [_transaction(place), _event(place)])


def _select(table: str, where: str, order: str, values: list[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} WHERE {where} ORDER BY {order} LIMIT {SHOWN}", values)  # noqa: S608
        cursor.fetchall()


def _event_cursor(place: int) -> str:
    return paging.cursor(_transaction(place).to_bytes(8, "big") + _event(place).bytes)


def _transaction(number: int) -> int:
    return FIRST_TRANSACTION + number // 10


def _people() -> list[Person]:
    codes = [identity_code(FIRST_PERSON + number) for number in range(PEOPLE)]
    return [Person(identity_code=code, identity_index=Person.index_of(code)) for code in codes]


def _with_ids(statement: str) -> str:
    ids = {name: ID.format(before=BEFORE, kind=kind) for name, kind in KINDS.items()}
    return statement.format(people=PEOPLE, transaction=FIRST_TRANSACTION, **ids)


def _id(number: int, kind: str = "id") -> UUID:
    return UUID(f"{BEFORE + number:012x}7{KINDS[kind]}8000{number:012x}")


def _event(number: int) -> UUID:
    return _id(number, "event")
