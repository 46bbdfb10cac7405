"""Applications sent over HTTP, beside a bare transaction with the same rows, and beside a bare ModelViewSet.

All three from the same number of connections; both APIs behind the same web server with the same number of processes.
The worker and the scheduler of the portal that is measured go on beside it.
"""

import itertools
import json
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx
import psycopg
from django.db import connection
from psycopg.types.json import Jsonb
from uuid_utils.compat import uuid7

from employers.records import clock
from portal.conformance.claims import period
from portal.conformance.vendor import Vendor
from portal.sandbox.figure import Figure, timed
from portal.sandbox.peer import serve
from portal.sandbox.register.data import identity_code

CONNECTIONS = 8
EMPLOYER, CLIENT = "9000006-2", "sandbox-bench"
FIRST_PERSON = 600_000
ALIKE = "as many connections"
numbers = itertools.count(FIRST_PERSON)


@dataclass(frozen=True, slots=True)
class Table:
    """One that sending an application writes to, with a row of it."""

    name: str
    columns: tuple[str, ...]
    row: tuple[Any, ...]


def figures(*, applications: int) -> Iterator[Figure]:
    token = Vendor(os.environ["PORTAL_URL"], CLIENT, f"{CLIENT}-secret").token
    ours = f"{os.environ['PORTAL_URL']}/api/v1/applications"
    headers = {"Authorization": f"Bearer {token}"}
    tables = written_by(lambda: _post(ours, headers, 1))
    seconds = timed(lambda: _post(ours, headers, applications))
    yield _figure("applications sent over HTTP", applications, seconds, timed(lambda: _bare(tables, applications)),
                  f"{len(tables)} bare INSERTs of the same rows a transaction, {ALIKE}")  # fmt: skip
    with serve.served() as theirs:
        _post(theirs, {}, CONNECTIONS)
        peer = timed(lambda: _post(theirs, {}, applications))
    yield _figure("  the same", applications, seconds, peer, f"a bare DRF ModelViewSet's create, {ALIKE}")


def _figure(what: str, count: int, ours: float, bare: float, beside: str) -> Figure:
    return Figure(what, count, ours, bare, beside)


def _post(address: str, headers: dict[str, str], count: int) -> None:
    """`count` claims by CONNECTIONS callers, each on a line that it keeps."""
    claims = [json.dumps(claim()).encode() for _ in range(count)]

    def caller(mine: list[bytes]) -> None:
        with httpx.Client(headers=headers, timeout=60, trust_env=False) as http:
            for content in mine:
                sent = {"Content-Type": "application/json", "Idempotency-Key": uuid4().hex}
                answer = http.post(address, content=content, headers=sent)
                if answer.status_code != 201:
                    raise RuntimeError(f"{answer.status_code} from {address}")

    with ThreadPoolExecutor(CONNECTIONS) as pool:
        list(pool.map(caller, [claims[place::CONNECTIONS] for place in range(CONNECTIONS)]))


def claim() -> dict[str, Any]:
    """Of somebody nobody has applied for."""
    number = next(numbers)
    absence = period(clock.today() - timedelta(days=42), days=34)
    employee = {"personal_identity_code": identity_code(number), "given_name": "Bertta", "family_name": "Malli"}
    return {
        "employer": EMPLOYER,
        "benefit": "sickness_allowance",
        "reference": f"http-{number}",
        "employee": employee,
        "employment": {"start": "2019-05-02"},
        "absence": absence,
        "pay_periods": [{**absence, "amount": "3600.00"}],
        "pay_basis": "full",
        "certificate": "electronic",
    }


def written_by(work: Callable[[], None]) -> list[Table]:
    """The tables that it adds a row to, each with its newest one. Tables of what follows later are left out."""
    with connection.cursor() as cursor:
        names = [name for name in connection.introspection.table_names(cursor) if name.startswith("employers_")]
        before = _counts(cursor, names)
        work()
        after = _counts(cursor, names)
        grown = [(name, after[name] - before[name]) for name in names if after[name] > before[name]]
        return [_newest(cursor, name) for name, rows in grown for _ in range(rows)]


def _counts(cursor: Any, names: list[str]) -> dict[str, int]:
    cursor.execute(" UNION ALL ".join(f"SELECT '{name}', count(*) FROM {name}" for name in names))  # noqa: S608  our own
    return dict(cursor.fetchall())


def _newest(cursor: Any, name: str) -> Table:
    cursor.execute(f"SELECT * FROM {name} ORDER BY id DESC LIMIT 1")  # noqa: S608
    columns = tuple(column.name for column in cursor.description)
    return Table(name, columns, tuple(_as_sent(value) for value in cursor.fetchone()))


def _as_sent(value: Any) -> Any:
    return Jsonb(value) if isinstance(value, dict | list) else value


def _bare(tables: list[Table], count: int) -> None:
    """Into tables of the same columns, with a key and nothing else."""
    with connection.cursor() as cursor:
        for name in {table.name for table in tables}:
            cursor.execute(f"CREATE TABLE bare_{name} (LIKE {name} INCLUDING DEFAULTS, PRIMARY KEY (id))")
    try:
        with ThreadPoolExecutor(CONNECTIONS) as pool:
            list(pool.map(lambda mine: _insert(tables, mine), [count // CONNECTIONS] * CONNECTIONS))
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE {', '.join(sorted({f'bare_{table.name}' for table in tables}))}")


def _insert(tables: list[Table], count: int) -> None:
    parameters = connection.get_connection_params() | {"cursor_factory": psycopg.Cursor}
    with psycopg.connect(**{name: parameters[name] for name in parameters if name != "context"}) as line:
        for _ in range(count):
            with line.transaction():
                for table in tables:
                    line.execute(_statement(table), _fresh(table))


def _statement(table: Table) -> str:
    columns = ", ".join(f'"{column}"' for column in table.columns)
    return f"INSERT INTO bare_{table.name} ({columns}) VALUES ({', '.join(['%s'] * len(table.columns))})"  # noqa: S608


def _fresh(table: Table) -> list[Any]:
    fresh = zip(table.columns, table.row, strict=True)
    return [uuid7() if column == "id" else value for column, value in fresh]
