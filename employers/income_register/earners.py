"""Whom an extract's reports are about: each person and each employment once, however many reports name them."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from uuid_utils import uuid7

from employers.people.models import Employment, Person

from .rows import NULL, copy, line, octets, sealed, text
from .schema import Report

MOST = 20_000  # employments in memory at once
PERSON = "number, id, identity_code, identity_index"
EMPLOYMENT = "id, organisation, number, named_by, given_name, family_name, dated_by, start_day, end_day"
KNOWN = """
    SELECT employment.organisation_id, person.identity_index, employment.id, employment.named_by
    FROM employers_person person JOIN employers_employment employment ON employment.person_id = person.id
    WHERE employment.organisation_id = ANY(%s::uuid[]) AND person.identity_index = ANY(%s)
"""  # as arrays: twenty thousand parameters would each be looked at
Told = tuple[datetime, str]  # when and by which version of which report
NEVER: Told = (datetime.min.replace(tzinfo=UTC), "")


class _Employment:
    """The latest word on names and the latest word on dates, each by itself."""

    __slots__ = ("dated", "days", "named", "names")

    def __init__(self) -> None:
        self.named, self.names = NEVER, ("", "")
        self.dated = NEVER
        self.days: tuple[date, date | None] = (date.min, None)

    def hear(self, report: Report) -> None:
        told = (report.received_at, f"{report.report_id}/{report.version:010}")
        if report.given_name is not None and report.family_name is not None and told > self.named:
            self.named, self.names = told, (report.given_name, report.family_name)
        if report.employment_periods and told > self.dated:
            period = report.employment_period
            if period is not None and period.start is not None:
                self.dated, self.days = told, (period.start, period.end)


class Earners:
    def __init__(self) -> None:
        self.count = 0
        self.numbers: dict[str, int] = {}  # by identity code
        self.employments: dict[tuple[str, str], _Employment] = {}

    def number(self, report: Report, organisation: str) -> int | None:
        """Of the person the report is about, in `staged_person`; None when that is masked."""
        code = report.identity_code
        if code is None:
            return None
        employment = self.employments.get((organisation, code))
        if employment is None:
            employment = self.employments[organisation, code] = _Employment()
            if code not in self.numbers:
                self.count += 1
                self.numbers[code] = self.count
        employment.hear(report)
        return self.numbers[code]

    def copy(self, cursor: Any, *, at_least: int = MOST) -> None:
        """Stage those heard of and forget them, once they are many; who comes again gets another number."""
        if not self.employments or len(self.employments) < at_least:
            return
        indexes = {code: Person.index_of(code) for code in self.numbers}
        copy(cursor, f"staged_person ({PERSON})", [self._person(code, index) for code, index in indexes.items()])
        known = _known(cursor, {organisation for organisation, _ in self.employments}, indexes.values())
        lines = [
            _employment_line(one, organisation, self.numbers[code], known.get((organisation, indexes[code])))
            for (organisation, code), one in self.employments.items()
        ]
        copy(cursor, f"staged_employment ({EMPLOYMENT})", lines)
        self.numbers, self.employments = {}, {}

    def _person(self, code: str, index: bytes) -> str:
        key = uuid7()
        return line((self.numbers[code], key, sealed(Person, "identity_code", code, key), octets(index)))


def _known(
    cursor: Any, organisations: Iterable[str], indexes: Iterable[bytes]
) -> dict[tuple[str, bytes], tuple[UUID, str]]:
    """Employments that are here already: their keys, since names are sealed to them, and who named them."""
    cursor.execute(KNOWN, [list(organisations), list(indexes)])
    return {(str(organisation), bytes(index)): (key, named_by) for organisation, index, key, named_by in cursor}


def _employment_line(one: _Employment, organisation: str, number: int, known: tuple[UUID, str] | None) -> str:
    """Names that the known row has a later word on are not sealed again."""
    key, last_named_by = known or (uuid7(), "")
    named_by = _told_by(one.named)
    dated_by = named_by if one.dated == one.named else _told_by(one.dated)
    given, family = one.names if named_by > last_named_by else (None, None)
    return line((
        key, organisation, number,
        text(named_by) if given else NULL,
        sealed(Employment, "given_name", given, key), sealed(Employment, "family_name", family, key),
        text(dated_by) if dated_by else NULL, one.days[0] if dated_by else NULL, one.days[1] or NULL,
    ))  # fmt: skip


def _told_by(told: Told) -> str:
    """Sorts by time, report and version, also as a text."""
    when, which = told
    return f"{when.astimezone(UTC):%Y%m%dT%H%M%S.%f}/{which}" if told != NEVER else ""
