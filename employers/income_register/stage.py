"""COPY an extract's reports into temporary tables, a batch at a time and outside any transaction that locks something.

What the database may not read is sealed before it leaves this process, once for each person: an extract names the same
employee again and again.
"""

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection
from uuid_utils import uuid7

from employers.organisations.models import Organisation

from .earners import Earners
from .models import PaidAbsence, RegisterSync
from .rows import ABSENCE, POISON, REPORT, Place, Unbelievable, absence_line, copy, places, poison_line, report_line
from .schema import Poison, Report

HERE = Path(__file__).parent
BATCH = 2000  # reports in memory at once
WHOSE = "DeliveryData/Payer"
T = TypeVar("T")
Payers = Mapping[str, UUID]  # organisations by Business ID


def stage(
    reports: Iterable[Report | Poison],
    *,
    payers: Payers,
    only: UUID | None = None,
    progress: Callable[[int], None] = lambda read: None,
) -> int:
    """How many were read. What they say stands in this session's temporary tables until the next stage or settle.

    Reports of payers that are not in `payers` are counted and not kept. `only` is the one employer the register was
    asked for: reports with a masked payer are that employer's, and another payer's reports go to quarantine.
    `progress` is called a batch at a time with the number read so far.
    """
    staging, read = _Staging(payers, only), 0
    with _no_search_for_cycles(), connection.cursor() as cursor:
        execute(cursor, "stage")
        for batch in _batches(reports, BATCH):
            for one in batch:
                staging.add(one)
            staging.copy(cursor)
            read += len(batch)
            progress(read)
        staging.earners.copy(cursor, at_least=1)
        cursor.execute("INSERT INTO staged_total VALUES (%s, %s)", [read, staging.foreign])
    return read


def payers_of(sync: RegisterSync) -> tuple[dict[str, UUID], UUID | None]:
    """Whose reports a sync may bring: `payers` and `only` for `stage`."""
    if sync.organisation is not None:
        return {sync.organisation.business_id: sync.organisation.pk}, sync.organisation.pk
    covered = Organisation.objects.filter(register_subscriptions=sync.subscription)
    return dict(covered.values_list("business_id", "pk")), None


def execute(cursor: Any, name: str, **parameters: Any) -> None:
    """The statements of a file beside this one."""
    for statement in _statements(name):
        cursor.execute(statement, parameters or None)


@cache
def _statements(name: str) -> list[str]:
    return [one for one in (HERE / f"{name}.sql").read_text().split(";\n") if one.strip()]


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """What is read holds none, and looking for them among so many objects takes a fifth of the time."""
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            gc.enable()


def _batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


class _Staging:
    def __init__(self, payers: Payers, only: UUID | None) -> None:
        self.payers = {business_id: str(key) for business_id, key in payers.items()}
        self.only, self.foreign = None if only is None else str(only), 0
        self.earners = Earners()
        self.reports: list[str] = []
        self.poisons: list[str] = []
        self.telling: list[tuple[Report, str, list[int]]] = []  # of absences, by their numbers

    def add(self, one: Report | Poison) -> None:
        business_id = one.business_id
        organisation = self.only if business_id is None else self.payers.get(business_id)
        if organisation is None and self.only is None and business_id is not None:
            self.foreign += 1
        elif isinstance(one, Poison):
            self._quarantine(one, one.reason, organisation or self.only)
        elif organisation is None:
            self._quarantine(one, WHOSE, self.only)
        else:
            self._keep(one, organisation)

    def copy(self, cursor: Any) -> None:
        copy(cursor, f"staged_report ({REPORT})", self.reports)
        copy(cursor, f"staged_poison ({POISON})", self.poisons)
        copy(cursor, f"staged_absence ({ABSENCE})", list(_absence_lines(self.telling)))
        self.telling.clear()
        self.earners.copy(cursor)

    def _keep(self, report: Report, organisation: str) -> None:
        try:
            person = self.earners.number(report, organisation)
            numbers = list(places(report))
            self.reports.append(report_line(report, organisation=organisation, person=person))
        except Unbelievable as error:
            self._quarantine(report, str(error), organisation)
        else:
            if numbers:
                self.telling.append((report, organisation, numbers))

    def _quarantine(self, one: Report | Poison, reason: str, organisation: str | None) -> None:
        self.poisons.append(poison_line(one.report_id, reason, organisation=organisation))


def _absence_lines(telling: Sequence[tuple[Report, str, list[int]]]) -> Iterator[str]:
    """What is sealed is sealed to the key of its row, so that of a known row is looked up."""
    known = _known_absences([report.report_id for report, _organisation, _numbers in telling])
    for report, organisation, numbers in telling:
        for number in numbers:
            place = (report.report_id, report.version, number)
            key = known.setdefault(place, uuid7())
            yield absence_line(report, number, organisation=organisation, key=key)


def _known_absences(report_ids: list[str]) -> dict[Place, Any]:
    if not report_ids:
        return {}
    columns = ("report__report_id", "report__version", "number", "pk")
    rows = PaidAbsence.objects.filter(report__report_id__in=report_ids).values_list(*columns)
    return {(report_id, version, number): key for report_id, version, number, key in rows}
