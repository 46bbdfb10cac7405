"""Findings of one employer with many absences, beside reading the same absences and writing nothing.

Two employers: one as they are, two years of absences of which most are short, claimed too late or both; and one where
every single absence, a tenth as many, has to be reckoned and opened.
"""

from datetime import UTC, datetime
from functools import partial
from typing import Any

from django.db import connection, transaction

from employers.applications import findings
from employers.applications.models_register import Finding
from employers.income_register.queries import paid_absences
from employers.organisations.models import Organisation
from employers.people.models import Person
from portal.sandbox.figure import Figure, timed
from portal.sandbox.register.data import identity_code

PAYER = "9000009-7"
FIRST_PERSON = 900_000
AT = datetime(2026, 11, 15, 9, 0, tzinfo=UTC)
MONTHS = 24
EACH = 5  # absences of a person in two years
# Month by month a report with wages. `told` in SQL: the numbers of absences, and of each its person, start and end.
WAGES = """
INSERT INTO employers_reportversion (id, organisation_id, person_id, report_id, version, status, payment_date,
    period_start, period_end, wages, absences_told, received_at, current)
SELECT gen_random_uuid(), %(payer)s, people.id, 'bench-' || people.number || '-' || month, 1, 1,
    (date '2024-11-28' + make_interval(months => month))::date,
    (date '2024-11-01' + make_interval(months => month))::date,
    (date '2024-11-28' + make_interval(months => month))::date, 2500 + people.number %% 3000, false, now(), true
FROM unnest(%(people)s::uuid[]) WITH ORDINALITY AS people (id, number), generate_series(0, %(months)s - 1) AS month
"""
ABSENCES = """
WITH told AS (
    SELECT people.id AS person, people.number, nth, gen_random_uuid() AS report,
        CASE WHEN %(each)s = 1 THEN date '2026-09-21' + (people.number %% 21)::integer
            ELSE date '2024-11-15' + (nth * 146 + people.number * 7 %% 120)::integer END AS start
    FROM unnest(%(people)s::uuid[]) WITH ORDINALITY AS people (id, number), generate_series(0, %(each)s - 1) AS nth
), reports AS (
    INSERT INTO employers_reportversion (id, organisation_id, person_id, report_id, version, status, payment_date,
        period_start, period_end, wages, absences_told, received_at, current)
    SELECT report, %(payer)s, person, 'bench-absence-' || number || '-' || nth, 1, 1, start + 30, start, start + 30,
        NULL, true, now(), true FROM told
)
INSERT INTO employers_paidabsence (id, report_id, number, start, "end", cause_code, amount, current, unpaid)
SELECT gen_random_uuid(), report, 0, start,
    start + CASE WHEN %(each)s = 1 OR (number + nth) %% 5 < 2 THEN 27 ELSE 4 END,
    CASE WHEN number %% 20 = 0 THEN 3 WHEN number %% 20 = 1 THEN 5 WHEN number %% 20 = 2 THEN 2 ELSE 1 END,
    2000 + number %% 1000, true, false
FROM told
"""


def figures(*, absences: int) -> list[Figure]:
    """Nothing of it stays."""
    return [
        _figure("absences looked through for findings", absences, each=EACH),
        _figure("absences that all become findings", absences // 10, each=1),
    ]


def _figure(name: str, absences: int, *, each: int) -> Figure:
    with transaction.atomic():
        organisation = Organisation.objects.get(business_id=PAYER)
        _plant(organisation, people=absences // each, each=each)
        spent = timed(partial(findings.find, organisation, at=AT))
        bare = timed(partial(_read, organisation))
        opened = Finding.objects.filter(organisation=organisation, found_at=AT).count()
        transaction.set_rollback(True)
    return Figure(f"{name} ({opened} opened)", absences, spent, bare, "SELECT of the same absences")


def _read(organisation: Organisation) -> None:
    list(paid_absences(organisation).values_list("report__person", "start", "end", "cause_code", "amount"))


def _plant(organisation: Organisation, *, people: int, each: int) -> None:
    codes = [identity_code(FIRST_PERSON + number) for number in range(people)]
    made = [Person(identity_code=code, identity_index=Person.index_of(code)) for code in codes]
    Person.objects.bulk_create(made, batch_size=2000)
    about: dict[str, Any] = {
        "payer": organisation.pk,
        "people": [one.pk for one in made],
        "months": MONTHS,
        "each": each,
    }
    with connection.cursor() as cursor:
        cursor.execute(WAGES, about)
        cursor.execute(ABSENCES, about)
        cursor.execute("ANALYZE employers_reportversion, employers_paidabsence")
