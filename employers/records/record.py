"""Write an event, in the transaction of whatever happened."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection, connections
from django.db.models import Model
from django.db.models.fields import NOT_PROVIDED

from employers.records.models import Event


def record(
    type: str,
    *,
    organisation: UUID,
    at: datetime,
    application: UUID | None = None,
    subject: UUID | None = None,
    status: str = "",
) -> Event:
    return Event.objects.create(
        type=type, organisation=organisation, application=application, subject=subject, status=status, at=at
    )


def record_all(type: str, *, organisation: UUID, subjects: Iterable[UUID], at: datetime, status: str = "") -> None:
    """The same of many, in one statement."""
    copy_in([Event(type=type, organisation=organisation, subject=one, status=status, at=at) for one in subjects])


def copy_in(rows: Sequence[Model]) -> None:
    """New rows of one table, however many, by COPY; what the database fills in by itself is left to it."""
    if not rows:
        return
    fields = [one for one in rows[0]._meta.concrete_fields if one.db_default is NOT_PROVIDED]
    columns = ", ".join(f'"{one.column}"' for one in fields)
    database = connections[connection.alias]  # itself: every look through `connection` costs
    with (
        database.wrap_database_errors,
        connection.cursor() as cursor,
        cursor.copy(f"COPY {rows[0]._meta.db_table} ({columns}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row([one.get_db_prep_save(one.pre_save(row, True), database) for one in fields])
