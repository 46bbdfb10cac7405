"""Empty tables that others may be working on. A reset does not wait for the end of a long piece of work."""

from collections.abc import Sequence
from contextlib import suppress

from django.db import OperationalError, connection, transaction
from psycopg.errors import DeadlockDetected, LockNotAvailable

from employers.applications import store
from employers.records import clock

PATIENCE = "1500ms"  # for those who work on the tables; then they are cut off, as by a failing network
TRIES = 4

HOLDERS = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()
      AND pid IN (SELECT pid FROM pg_locks WHERE granted AND relation = ANY(%s::regclass[]))
"""


def empty(tables: Sequence[str]) -> None:
    """Within the caller's transaction, in which all of them stay locked until its end."""
    names = ", ".join(connection.ops.quote_name(table) for table in tables)
    for tried in range(1, TRIES + 1):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE}'")
                cursor.execute(f"TRUNCATE {names}")
                cursor.execute("SET LOCAL lock_timeout = 0")
                return
        except OperationalError as error:
            if tried == TRIES or not isinstance(error.__cause__, (LockNotAvailable, DeadlockDetected)):
                raise
            _cut_off(tables)


def empty_folder() -> None:
    """Documents that no row names any more."""
    for name in list(store.written_before(clock.real_now())):
        with suppress(store.Unavailable):
            store.remove(name)


def _cut_off(tables: Sequence[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(HOLDERS, [list(tables)])
