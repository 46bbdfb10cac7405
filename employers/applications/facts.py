"""What the tables tell of a claim that is judged: asked one by one, or gathered for many claims at once.

The judging is the same either way. `Tables` asks the database whenever something has to be known; `gathered.Gathered`
has looked it all up before, for a chunk of a batch.
"""

from datetime import date
from decimal import Decimal
from functools import cache
from typing import Protocol, TypeVar
from uuid import UUID

from django.db.models import F, QuerySet

from employers.applications import queries
from employers.applications.models import LIVE, Application, ApplicationVersion
from employers.benefits import rules
from employers.benefits.claim import Claim, Earlier, Income, Paid, Period, from_json
from employers.benefits.covered import overlaps
from employers.benefits.income import annual_income, income_window
from employers.benefits.periods import in_range
from employers.income_register.queries import is_read, wages
from employers.law.queries import LawOn, laws
from employers.organisations.models import ClientSystem, Organisation
from employers.people.models import Employment, Person
from employers.people.queries import known_person

Wages = list[tuple[date, Decimal]]  # by the day of payment, EUR
Found = TypeVar("Found")


class Facts(Protocol):
    """Reads only. `organisation` is the employer, `person` the employee; no person where a claim is about none."""

    def laws(self) -> LawOn: ...

    def person(self, personal_identity_code: str) -> Person | None: ...

    def continued(self, claim: Claim, *, organisation: Organisation, person: Person) -> Application | None: ...

    def earlier(self, continues: Application | None, *, law_on: LawOn) -> Earlier | None: ...

    def paid_before(
        self, day: date, *, organisation: Organisation, person: Person, without: UUID | None = None
    ) -> list[Paid]: ...

    def last_before(
        self, onset: date, *, benefit: str, organisation: Organisation, person: Person
    ) -> Application | None: ...

    def wages(self, organisation: Organisation, person: Person, *, window: Period) -> Wages: ...

    def is_employed(self, organisation: Organisation, person: Person) -> bool: ...

    def is_register_read(self, organisation: Organisation) -> bool: ...

    def overlapping(
        self, claim: Claim, *, organisation: Organisation, person: Person | None, without: UUID | None = None
    ) -> list[Application]: ...

    def is_taken(self, reference: str, *, client: ClientSystem) -> bool: ...


class Tables:
    """Each answer is a query of its own."""

    def laws(self) -> LawOn:
        return laws()

    def person(self, personal_identity_code: str) -> Person | None:
        return known_person(personal_identity_code)

    def continued(self, claim: Claim, *, organisation: Organisation, person: Person) -> Application | None:
        return queries.continued(claim, organisation=organisation, person=person)

    def earlier(self, continues: Application | None, *, law_on: LawOn) -> Earlier | None:
        return queries.earlier_of(continues, law_on=law_on)

    def paid_before(
        self, day: date, *, organisation: Organisation, person: Person, without: UUID | None = None
    ) -> list[Paid]:
        return queries.paid_before(day, organisation=organisation, person=person, without=without)

    def last_before(
        self, onset: date, *, benefit: str, organisation: Organisation, person: Person
    ) -> Application | None:
        return queries.last_before(onset, benefit=benefit, organisation=organisation, person=person)

    def wages(self, organisation: Organisation, person: Person, *, window: Period) -> Wages:
        return wages(organisation, person, window=window)

    def is_employed(self, organisation: Organisation, person: Person) -> bool:
        return Employment.objects.filter(organisation=organisation, person=person).exists()

    def is_register_read(self, organisation: Organisation) -> bool:
        return is_read(organisation)

    def overlapping(
        self, claim: Claim, *, organisation: Organisation, person: Person | None, without: UUID | None = None
    ) -> list[Application]:
        """Of claims without an absence, those that cover the same months or the same accounting period."""
        live = _live(claim, organisation=organisation, person=person, without=without)
        if claim.absence:
            return list(live.filter(absence_start__lte=claim.absence.end, absence_end__gte=claim.absence.start))
        said = ApplicationVersion.objects.filter(application__in=live, number=F("application__version"))
        versions = said.select_related("application")
        return [one.application for one in versions if overlaps(claim, from_json(one.content))]

    def is_taken(self, reference: str, *, client: ClientSystem) -> bool:
        return Application.objects.filter(client=client, reference=reference).exists()


class OfOneClaim(Tables):
    """For a claim that is looked at more than once: who it is about and what the law says is asked once."""

    def __init__(self) -> None:
        self._law_on, self._person = laws(), cache(known_person)

    def laws(self) -> LawOn:
        return self._law_on

    def person(self, personal_identity_code: str) -> Person | None:
        return self._person(personal_identity_code)


class Noticed(OfOneClaim):
    """Remembers whether anything of the person's was there: whoever is told what comes of it has read it."""

    def __init__(self) -> None:
        super().__init__()
        self.is_used = False

    def continued(self, claim: Claim, *, organisation: Organisation, person: Person) -> Application | None:
        return self._noticed(super().continued(claim, organisation=organisation, person=person))

    def paid_before(
        self, day: date, *, organisation: Organisation, person: Person, without: UUID | None = None
    ) -> list[Paid]:
        return self._noticed(super().paid_before(day, organisation=organisation, person=person, without=without))

    def last_before(
        self, onset: date, *, benefit: str, organisation: Organisation, person: Person
    ) -> Application | None:
        return self._noticed(super().last_before(onset, benefit=benefit, organisation=organisation, person=person))

    def wages(self, organisation: Organisation, person: Person, *, window: Period) -> Wages:
        return self._noticed(super().wages(organisation, person, window=window))

    def is_employed(self, organisation: Organisation, person: Person) -> bool:
        return self._noticed(super().is_employed(organisation, person))

    def _noticed(self, found: Found) -> Found:
        self.is_used = self.is_used or bool(found)
        return found


TABLES = Tables()


def continued(
    claim: Claim, *, organisation: Organisation | None, person: Person | None, facts: Facts
) -> Application | None:
    """The application this one continues: the same employer's, about the same person, or none at all."""
    if not claim.continues_application or organisation is None or person is None:
        return None
    return facts.continued(claim, organisation=organisation, person=person)


def own_wages(claim: Claim, *, organisation: Organisation | None, facts: Facts = TABLES) -> Income:
    """The yearly income as far as this employer's own wages in the register show it.

    What another employer pays is nobody's business, so the figure is "at least".
    """
    person = facts.person(claim.employee.personal_identity_code) if claim.employee else None
    if organisation is None or person is None:
        return Income()
    continues = continued(claim, organisation=organisation, person=person, facts=facts)
    law_on = facts.laws()
    earlier = facts.earlier(continues, law_on=law_on)
    days = rules.income_days(claim, law=law_on(rules.law_day(claim, earlier=earlier)), earlier=earlier)
    return queries.greatest(_income_before(day, organisation, person, facts) for day in days)


def _income_before(onset: date, organisation: Organisation, person: Person, facts: Facts) -> Income:
    if not in_range(onset):
        return Income()
    annual = annual_income(facts.wages(organisation, person, window=income_window(onset)), onset)
    return Income() if annual is None else Income(annual=annual, at_least=True)


def _live(
    claim: Claim, *, organisation: Organisation, person: Person | None, without: UUID | None
) -> QuerySet[Application]:
    live = Application.objects.filter(LIVE, organisation=organisation, person=person, benefit=claim.benefit)
    return live.exclude(pk=without) if without else live
