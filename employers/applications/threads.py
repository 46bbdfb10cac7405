"""Questions to an adviser: whose they are, what is unread, how long answers take."""

from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q, QuerySet

from employers.applications.models_threads import Message, Thread

LEAST_CASES = 10  # fewer say nothing, and might tell of one
LATEST_CASES = 200
UNREAD = Q(messages__role=Message.Role.OFFICIAL, messages__read_at__isnull=True)


def with_unread(threads: QuerySet[Thread]) -> QuerySet[Any]:
    """`unread`: answers nobody on the employer's side has opened."""
    return threads.annotate(unread=Count("messages", filter=UNREAD))


def unread_of(threads: QuerySet[Thread], *, organisation_id: UUID) -> int:
    """In one query, with the access to them. `threads`: those that may be seen."""
    answers = Message.objects.filter(role=Message.Role.OFFICIAL, read_at__isnull=True)
    return answers.filter(thread__organisation=organisation_id, thread__in=threads).count()


def usual_hours() -> int | None:
    """Median hours from the question to the first answer, of the latest cases; None where there are too few.

    Rounded up to whole hours: nobody plans by minutes.
    """
    with connection.cursor() as cursor:
        cursor.execute(MEDIAN, [LATEST_CASES])
        cases, hours = cursor.fetchone()
    return max(int(-(-hours // 1)), 1) if cases >= LEAST_CASES else None


MEDIAN = """
    SELECT count(*), percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM answered_at - opened_at) / 3600)
    FROM (
        SELECT opened_at, answered_at FROM employers_thread
        WHERE answered_at IS NOT NULL ORDER BY id DESC LIMIT %s
    ) AS latest
"""
