"""What many claims need to be known of, looked up together: a handful of queries, however many claims there are.

Beside what the tables hold stands what was judged good so far and is not written yet: a later row of a file sees the
rows before it, as it would if each had been sent by itself.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, Q

from employers.applications.chains import is_live
from employers.applications.facts import Wages
from employers.applications.models import Application, ApplicationVersion
from employers.applications.queries import earlier_of, payable_days
from employers.benefits import rules
from employers.benefits.claim import Claim, Earlier, Paid, Period, from_json
from employers.benefits.covered import overlaps
from employers.benefits.deadlines import add_months
from employers.benefits.maximum import LOOK_BACK
from employers.income_register.queries import read_already, wages_of_all
from employers.law.queries import LawOn, laws
from employers.organisations.models import ClientSystem, Organisation
from employers.people.models import Employment, Person

Pair = tuple[UUID, UUID | None]  # employer and employee
STATE = ("organisation", "person", "pk", "version", "status", "outcome")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A claim, and who would send it for whom."""

    organisation: Organisation
    claim: Claim
    client: ClientSystem | None

    @property
    def code(self) -> str | None:
        return self.claim.employee.personal_identity_code if self.claim.employee else None


class Contents(Mapping[UUID, Any]):
    """What each application says, opened when it is asked for."""

    def __init__(self) -> None:
        self.versions: dict[UUID, ApplicationVersion] = {}

    def __getitem__(self, key: UUID) -> Any:
        return self.versions[key].content

    def __iter__(self) -> Iterator[UUID]:
        return iter(self.versions)

    def __len__(self) -> int:
        return len(self.versions)


class Gathered:
    """Facts of the claims that were asked about, and of no others."""

    def __init__(self) -> None:
        self.people: dict[bytes, Person] = {}
        self.new: list[Person] = []  # who are not stored yet
        self.made: dict[Pair, list[Application]] = defaultdict(list)
        self.days: dict[UUID, int] = {}  # that each is paid for, where that counts towards a maximum
        self.said = Contents()
        self.taken: set[tuple[UUID, str]] = set()
        self.employed: set[Pair] = set()
        self.read: set[UUID] = set()
        self.paid: dict[Pair, Wages] = {}
        self.pairs: set[Pair] = set()
        self.seen: set[tuple[Any, ...]] = set()  # STATE of each application that was there
        self.references: dict[UUID, tuple[set[str], set[str]]] = {}  # asked about and taken then, by client
        self._law_on = laws()
        self._index: dict[str, bytes] = {}

    def gather(self, asked: Sequence[Asked]) -> None:
        """May be called again for more claims; what was added in between stays."""
        self._find_people({one.code for one in asked if one.code})
        organisations = {one.organisation.pk for one in asked}
        persons = {person.pk for one in asked if one.code and (person := self.person(one.code))}
        self.pairs |= {pair for one in asked if (pair := self._pair(one))}
        about_none = {one.organisation.pk for one in asked if not one.code}
        self._find_applications(Q(organisation__in=organisations, person__in=persons))
        if about_none:
            self._find_applications(Q(organisation__in=about_none, person__isnull=True))
        self._find_references(asked)
        employed = Employment.objects.filter(organisation__in=organisations, person__in=persons)
        self.employed |= set(employed.values_list("organisation_id", "person_id"))
        self.read |= read_already(organisations)
        self.paid |= wages_of_all(organisations, persons)

    def add(self, application: Application, version: ApplicationVersion) -> None:
        """One that is good; `judged` has made it, and it is not stored yet."""
        self._keep(application)
        self.said.versions[application.pk] = version
        self.days[application.pk] = int(version.estimate["payable_days"])
        if application.client_id:
            self.taken.add((application.client_id, application.reference))

    def has_changed(self) -> bool:
        """Whether anything was sent, decided or withdrawn since that the judging could have to do with."""
        now = {state for about in self._asked() for state in Application.objects.filter(about).values_list(*STATE)}
        new = [person.identity_index for person in self.new]
        return (
            any(state[:2] in self.pairs for state in now ^ self.seen)
            or Person.objects.filter(identity_index__in=new).exists()
            or any(self._taken_of(client, asked) - known for client, (asked, known) in self.references.items())
        )

    def _asked(self) -> list[Q]:
        persons = {person for _organisation, person in self.pairs if person}
        about_none = {organisation for organisation, person in self.pairs if not person}
        employers = {organisation for organisation, _person in self.pairs}
        about = [Q(organisation__in=employers, person__in=persons)]
        return [*about, Q(organisation__in=about_none, person__isnull=True)] if about_none else about

    def new_person(self, personal_identity_code: str) -> Person:
        """To be stored."""
        index = self.index_of(personal_identity_code)
        made = self.people[index] = Person(identity_code=personal_identity_code, identity_index=index)
        self.new.append(made)
        return made

    def index_of(self, personal_identity_code: str) -> bytes:
        if personal_identity_code not in self._index:
            self._index[personal_identity_code] = Person.index_of(personal_identity_code)
        return self._index[personal_identity_code]

    def laws(self) -> LawOn:
        return self._law_on

    def person(self, personal_identity_code: str) -> Person | None:
        return self.people.get(self.index_of(personal_identity_code))

    def continued(self, claim: Claim, *, organisation: Organisation, person: Person) -> Application | None:
        assert claim.continues_application
        named = UUID(claim.continues_application)
        made = self.made.get((organisation.pk, person.pk), [])
        return next((one for one in made if one.pk == named and one.absence_end), None)

    def earlier(self, continues: Application | None, *, law_on: LawOn) -> Earlier | None:
        return earlier_of(continues, law_on=law_on, said=self.said)

    def paid_before(
        self, day: date, *, organisation: Organisation, person: Person, without: UUID | None = None
    ) -> list[Paid]:
        since = add_months(day, -LOOK_BACK)
        return [
            Paid(
                benefit=one.benefit,
                first_day=one.absence_start,
                last_day=one.absence_end,
                days=self.days.get(one.pk, 0),
            )
            for one in self._live(organisation, person, benefits=rules.WITH_MAXIMUM, without=without)
            if one.absence_start and one.absence_end and one.absence_end >= since and one.absence_start < day
        ]

    def last_before(
        self, onset: date, *, benefit: str, organisation: Organisation, person: Person
    ) -> Application | None:
        made = self._live(organisation, person, benefits=(benefit,))
        before = [(one.absence_end, one) for one in made if one.absence_end and one.absence_end < onset]
        return max(before, key=lambda one: one[0])[1] if before else None

    def wages(self, organisation: Organisation, person: Person, *, window: Period) -> Wages:
        paid = self.paid.get((organisation.pk, person.pk), [])
        return [one for one in paid if window.start <= one[0] <= window.end]

    def is_employed(self, organisation: Organisation, person: Person) -> bool:
        return (organisation.pk, person.pk) in self.employed

    def is_register_read(self, organisation: Organisation) -> bool:
        return organisation.pk in self.read

    def overlapping(
        self, claim: Claim, *, organisation: Organisation, person: Person | None, without: UUID | None = None
    ) -> list[Application]:
        live = self._live(organisation, person, benefits=(claim.benefit,), without=without)
        if claim.absence is None:
            return [one for one in live if overlaps(claim, from_json(self.said[one.pk]))]
        start, end = claim.absence.start, claim.absence.end
        return [
            one
            for one in live
            if one.absence_start and one.absence_end and one.absence_start <= end and one.absence_end >= start
        ]

    def is_taken(self, reference: str, *, client: ClientSystem) -> bool:
        return (client.pk, reference) in self.taken

    def _live(
        self,
        organisation: Organisation,
        person: Person | None,
        *,
        benefits: Collection[str],
        without: UUID | None = None,
    ) -> Iterator[Application]:
        for one in self.made.get((organisation.pk, person.pk if person else None), ()):
            if one.benefit in benefits and one.pk != without and is_live(one):
                yield one

    def _keep(self, application: Application) -> None:
        self.made[application.organisation_id, application.person_id].append(application)

    def _find_people(self, codes: Collection[str]) -> None:
        unknown = {index for code in codes if (index := self.index_of(code)) not in self.people}
        if unknown:
            for person in Person.objects.filter(identity_index__in=unknown):
                self.people[bytes(person.identity_index)] = person

    def _find_applications(self, about: Q) -> None:
        """With what each of them says, and what goes before it: an application continues one of the same pair."""
        there = Application.objects.filter(about).annotate(days=payable_days())
        found = {one.pk: one for one in there if one.pk not in self.said}
        for one in found.values():
            self._keep(one)
            self.seen.add((one.organisation_id, one.person_id, one.pk, one.version, one.status, one.outcome))
            self.days[one.pk] = int(one.days or 0)
            if one.continues_id in found:
                one.continues = found[one.continues_id]
        versions = ApplicationVersion.objects.filter(application__in=found, number=F("application__version"))
        for version in versions.only("application_id", "content"):
            self.said.versions[version.application_id] = version

    def _find_references(self, asked: Iterable[Asked]) -> None:
        by_client: dict[UUID, set[str]] = defaultdict(set)
        for one in asked:
            if one.client:
                by_client[one.client.pk].add(one.claim.reference)
        for client, references in by_client.items():
            known = self._taken_of(client, references)
            self.taken |= {(client, reference) for reference in known}
            before = self.references.setdefault(client, (set(), set()))
            before[0].update(references)
            before[1].update(known)

    def _taken_of(self, client: UUID, references: set[str]) -> set[str]:
        taken = Application.objects.filter(client=client, reference__in=references)
        return set(taken.values_list("reference", flat=True))

    def _pair(self, one: Asked) -> Pair | None:
        """Of a person who is not known there is nothing to see."""
        person = self.person(one.code) if one.code else None
        return None if one.code and person is None else (one.organisation.pk, person.pk if person else None)
