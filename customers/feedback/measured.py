"""What happened in a year, employer by employer, in three queries."""

from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, DurationField, Exists, ExpressionWrapper, F, OuterRef, Q, Sum
from django.db.models.functions import TruncDate

from customers.feedback.sums import UNKNOWN, Key, Sums
from employers.applications.models import Application, Channel, InformationRequest
from employers.organisations.models import Organisation

AUTOMATIC = (Channel.API, Channel.BATCH, Channel.REGISTER)
DAY = timedelta(days=1)
# Each person once: with the employer of the last application of the year, in the everyday life at its end.
LIVES = """
WITH lately AS (
    SELECT DISTINCT ON (person_id) person_id, organisation_id FROM employers_application
    WHERE person_id IS NOT NULL AND status <> 'withdrawn' AND submitted_at >= %(since)s AND submitted_at < %(until)s
    ORDER BY person_id, submitted_at DESC, id DESC
), lived AS (
    SELECT DISTINCT ON (person_id) person_id, segment FROM customers_segmentassignment
    WHERE valid_from <= %(last_day)s ORDER BY person_id, id DESC
)
SELECT organisation_id, segment, count(*) FROM lately JOIN lived USING (person_id) GROUP BY organisation_id, segment
"""


def by_cell(year: int, *, since: datetime, until: datetime) -> dict[Key, Sums]:
    """By size class and sector. `since` and `until`: when the year begins and ends, in Finland."""
    cells: defaultdict[Key, Sums] = defaultdict(Sums)
    lives = lives_by_employer(year, since=since, until=until)
    rows = {row["organisation"]: row for row in applications(since=since, until=until)}
    for organisation in Organisation.objects.filter(pk__in=rows).only("employees", "sector"):
        key = (organisation.size_class, organisation.sector or UNKNOWN)
        cells[key] += of_employer(rows[organisation.pk], lives.get(organisation.pk, Counter()))
    return dict(cells)


def of_employer(row: dict[str, Any], lives: Counter[str]) -> Sums:
    absences = row["absences"]
    return Sums(
        employers=1,
        applications=row["applications"],
        absences=absences,
        absence_days=(row["lasted"] // DAY if row["lasted"] else 0) + absences,  # both ends counted
        days_waited=row["waited"] // DAY if row["waited"] else 0,
        asked=row["asked"],
        automatic=row["automatic"],
        living=1 if lives else 0,
        lives=lives,
    )


def applications(*, since: datetime, until: datetime) -> Any:
    """Sums of the applications sent in the time and not withdrawn, by employer."""
    asked = Exists(InformationRequest.objects.filter(application=OuterRef("pk")))
    lasted = ExpressionWrapper(F("absence_end") - F("absence_start"), output_field=DurationField())
    waited = ExpressionWrapper(TruncDate("submitted_at") - F("absence_start"), output_field=DurationField())
    sent = Application.objects.filter(submitted_at__gte=since, submitted_at__lt=until).exclude(status="withdrawn")
    found = sent.annotate(was_asked=asked, lasted_days=lasted, waited_days=waited).values("organisation").order_by()
    return found.annotate(
        applications=Count("pk"),
        absences=Count("absence_start"),
        lasted=Sum("lasted_days"),
        waited=Sum("waited_days"),
        asked=Count("pk", filter=Q(was_asked=True)),
        automatic=Count("pk", filter=Q(channel__in=AUTOMATIC)),
    )


def lives_by_employer(year: int, *, since: datetime, until: datetime) -> dict[UUID, Counter[str]]:
    found: defaultdict[UUID, Counter[str]] = defaultdict(Counter)
    with connection.cursor() as cursor:
        cursor.execute(LIVES, {"since": since, "until": until, "last_day": date(year, 12, 31)})
        for organisation, code, persons in cursor.fetchall():
            found[organisation][code] = persons
    return found
