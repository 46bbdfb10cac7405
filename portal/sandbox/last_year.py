"""What the agency has published of last year, in the sandbox: figures of employers that nobody acts for.

A year of their applications is made by chance, the same in every sandbox, put into the tables, counted as every year
is, and taken out again before anybody can see it. Only what was published stays.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from secrets import token_bytes

from django.db import transaction

from customers.feedback.models import Benchmark
from customers.feedback.publish import publish
from customers.segments import rules
from customers.segments.models import SegmentAssignment
from employers.applications import lifecycle
from employers.applications.models import Application, Channel, InformationRequest
from employers.benefits.law import NotInForce
from employers.benefits.weekdays import weekdays_between
from employers.organisations.models import Organisation, User
from employers.organisations.sectors import SECTORS
from employers.organisations.size import LARGE, MEDIUM, SMALL, bounds
from employers.people.models import Person
from employers.records import clock
from employers.records.record import copy_in
from portal.sandbox import cast, strangers

FIRST_EMPLOYER = 9_600_000  # a serial that is in no demo, nor any after it
MOST_EMPLOYEES = 5_000
PROGRAMS = (Channel.API, Channel.API, Channel.BATCH, Channel.REGISTER)
SICK = "sickness_allowance"
BUSY = "CCCCFFFGGGGHHIIJKLMMNNPQQQQRS"  # sectors, by how many employers are in them; the others stand apart
DAY = timedelta(days=1)
WAITING_WEEKDAYS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """How employers of a size apply. `programs`: of ten applications, how many a program sent; `asked`: of a hundred,
    about how many more had to be asked; `waits`: days from the onset to the application, at least and at most."""

    employers: int
    persons: int  # of each, with an absence in the year
    programs: int
    asked: int
    waits: tuple[int, int]


KINDS = {
    SMALL: Kind(employers=160, persons=2, programs=3, asked=22, waits=(15, 59)),
    MEDIUM: Kind(employers=90, persons=4, programs=6, asked=14, waits=(12, 50)),
    LARGE: Kind(employers=30, persons=20, programs=9, asked=8, waits=(10, 40)),
}


@dataclass(slots=True)
class Year:
    """Rows that are to be counted, by the table."""

    organisations: list[Organisation] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    applications: list[Application] = field(default_factory=list)
    requests: list[InformationRequest] = field(default_factory=list)
    lives: list[SegmentAssignment] = field(default_factory=list)


@transaction.atomic
def publish_last_year(*, at: datetime) -> int:
    """How many rows were published: none where the year has been, or was before there were everyday lives."""
    year = clock.day_of(at).year - 1
    if Benchmark.objects.filter(year=year).exists() or not _has_rules(year):
        return 0
    with transaction.atomic():
        made = lived(year, asked_by=User.objects.get(username=cast.OFFICIAL))
        for rows in (made.organisations, made.people, made.applications, made.requests, made.lives):
            copy_in(rows)
        publish(year=year, at=at)
        told = list(Benchmark.objects.filter(year=year))
        transaction.set_rollback(True)
    return len(Benchmark.objects.bulk_create(told))


def _has_rules(year: int) -> bool:
    try:
        rules.thresholds(date(year, 12, 31))
    except NotInForce:
        return False
    return True


def lived(year: int, *, asked_by: User) -> Year:
    made, chance = Year(), Random(year)
    for organisation, kind in _employers(chance):
        made.organisations.append(organisation)
        for person in (_person() for _ in range(kind.persons)):
            sent = list(_applications(organisation, person, kind, year=year, chance=chance))
            made.people.append(person)
            made.applications += sent
            made.requests += [_request(one, by=asked_by) for one in sent if chance.randrange(100) < kind.asked]
            made.lives.append(_life(person, sent, year=year))
    return made


def _employers(chance: Random) -> Iterator[tuple[Organisation, Kind]]:
    business_ids = strangers.business_ids(FIRST_EMPLOYER)
    for size, kind in KINDS.items():
        fewest, most = bounds(size)
        for number in range(kind.employers):
            yield (
                Organisation(
                    business_id=next(business_ids),
                    name=f"{size} {number}",
                    kind=cast.EMPLOYER,
                    employees=chance.randint(max(fewest, kind.persons), min(most, MOST_EMPLOYEES)),
                    sector=chance.choice(BUSY) if number % 10 else chance.choice(list(SECTORS)),
                ),
                kind,
            )


def _person() -> Person:
    """Somebody whom nobody can look up, so that it is nobody else who is here."""
    return Person(identity_code=cast.PEOPLE[0].identity_code, identity_index=token_bytes(32))


def _applications(
    organisation: Organisation, person: Person, kind: Kind, *, year: int, chance: Random
) -> Iterator[Application]:
    """One after another, for as long as the year lasts."""
    start = date(year, 1, 1) + DAY * chance.randrange(280)
    for number in range(chance.choice((1, 1, 1, 2, 2, 3, 4))):
        end = start + DAY * chance.choice((12, 14, 18, 21, 28, 35, 50, 90))
        sent = start + DAY * chance.randint(*kind.waits)
        if sent.year > year:
            return
        yield Application(
            organisation=organisation,
            person=person,
            benefit=SICK,
            status=lifecycle.DECIDED,
            outcome=lifecycle.GRANTED,
            channel=chance.choice(PROGRAMS) if chance.randrange(10) < kind.programs else Channel.WEB,
            reference=f"{person.pk}-{number}",
            content_hash=bytes(32),
            absence_start=start,
            absence_end=end,
            submitted_at=datetime.combine(sent, time(12), clock.HELSINKI),
        )
        start = end + DAY * chance.randint(10, 60)


def _request(one: Application, *, by: User) -> InformationRequest:
    asked_on = clock.day_of(one.submitted_at) + DAY
    return InformationRequest(application=one, due=asked_on + 14 * DAY, asked_at=one.submitted_at + DAY, asked_by=by)


def _life(person: Person, sent: Sequence[Application], *, year: int) -> SegmentAssignment:
    """By the same rules as everybody's, as it was known at the end of the year."""
    found = rules.assign(map(_fact, sent), on=date(year, 12, 31))
    return SegmentAssignment(
        person=person,
        segment=found.segment,
        previous=rules.STEADY,
        reasons=[],
        assigned_on=date(year, 12, 31),
        valid_from=found.valid_from,
    )


def _fact(one: Application) -> rules.AbsenceFact:
    assert one.absence_start
    assert one.absence_end
    weekdays = len(weekdays_between(one.absence_start, one.absence_end))
    return rules.AbsenceFact(
        application_id=str(one.pk),
        start=one.absence_start,
        end=one.absence_end,
        paid_days=max(weekdays - WAITING_WEEKDAYS, 0),
        submitted_on=clock.day_of(one.submitted_at),
        status=one.status,
    )
