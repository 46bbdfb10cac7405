"""May this person or client act for this employer? One place decides, and it answers as a queryset too.

Access is decided in the query: what the caller may not see is never loaded.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Now

from employers.organisations import rights
from employers.organisations.models import ClientSystem, Mandate, Organisation, RegisterRole, Source, User
from employers.records.readlog import Reader

LEASE = timedelta(minutes=30)  # how long what Suomi.fi said counts when it cannot be asked again
THROUGH = "agent_organisation__representations"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who does it: a user, a machine client or the system itself, for which employer, by which mandate."""

    role: str  # employer, agent, official, system
    user: User | None = None
    client: ClientSystem | None = None
    principal: Organisation | None = None
    mandate: UUID | None = None
    firm: Organisation | None = None  # whose person acts, where it is not the employer's

    @property
    def organisation(self) -> Organisation | None:
        """The acting organisation: the client's own, the firm whose person acts, or the employer itself."""
        return self.client.organisation if self.client else self.firm or self.principal

    def columns(self) -> dict[str, Any]:
        """Of what is written down in this name: those of models_acting.ActedBy."""
        return {"client": self.client, "acting_organisation": self.organisation, "mandate": self.mandate}

    def as_reader(self) -> Reader:
        kind, who = ("client", self.client.pk) if self.client else ("user", self.user.pk if self.user else None)
        return Reader(
            kind=kind if who else "system",
            id=who,
            organisation=self.organisation.pk if self.organisation else None,
            principal=self.principal.pk if self.principal else None,
            mandate=self.mandate,
        )


def mandates_in_force(*, on: date, right: str | None = None) -> QuerySet[Mandate]:
    mandates = Mandate.objects.filter(_counts(), valid_from__lte=on).filter(_not_over("valid_until", on))
    return mandates.filter(rights__contains=[right]) if right else mandates


def employers_of_client(client: ClientSystem, *, on: date, right: str | None = None) -> QuerySet[Organisation]:
    """The client's own organisation where that is an employer, and whoever gave it a mandate with this right."""
    mandates = mandates_in_force(on=on, right=right).filter(
        principal=OuterRef("pk"), agent_organisation=client.organisation_id
    )
    return Organisation.objects.filter(
        Q(pk=client.organisation_id, kind=Organisation.Kind.EMPLOYER) | Q(Exists(mandates))
    )


def employers_of_user(user: User, *, on: date, right: str | None = None) -> QuerySet[Organisation]:
    """By office, by an own mandate, or as one of the people of a firm that holds a mandate."""
    offices = _offices(user).filter(organisation=OuterRef("pk"))
    ways = ways_of_user(user, on=on, right=right).filter(principal=OuterRef("pk"))
    return Organisation.objects.filter(Q(Exists(offices)) | Q(Exists(ways)))


def employers_with_any(user: User, *, on: date, needed: Collection[str]) -> QuerySet[Organisation]:
    """Those that gave the user at least one of these rights."""
    found = [employers_of_user(user, on=on, right=right) for right in needed]
    return reduce(or_, found)


def covered(user: User, *, on: date, needed: Callable[[str], Collection[str]]) -> Q:
    """Rows with an `organisation` and a `benefit`: those for whose benefit the employer gave one of the rights.

    `needed`: the rights by benefit, as employers.organisations.rights has them.
    """
    of_health = Q(benefit=rights.OCCUPATIONAL_HEALTH)
    there = employers_with_any(user, on=on, needed=needed(rights.OCCUPATIONAL_HEALTH))
    elsewhere = employers_with_any(user, on=on, needed=needed(""))
    return of_health & Q(organisation__in=there) | ~of_health & Q(organisation__in=elsewhere)


def of_benefits(held: Collection[str], needed: Callable[[str], Collection[str]], *, path: str = "benefit") -> Q:
    """The same of one employer's rows, by the rights that are known to be held there. `path`: to the benefit."""
    of_health = Q(**{path: rights.OCCUPATIONAL_HEALTH})
    there = rights.may(held, needed(rights.OCCUPATIONAL_HEALTH))
    elsewhere = rights.may(held, needed(""))
    if there and elsewhere:
        return Q(pk__isnull=False)  # every row; an empty Q would vanish beside what is joined to it by `or`
    return of_health if there else ~of_health if elsewhere else Q(pk__in=[])


def employers_managed_by(user: User, *, on: date) -> QuerySet[Organisation]:
    """Those whose people and firms the user may choose: by office, or by an own mandate that says so."""
    offices = _offices(user).filter(organisation=OuterRef("pk"))
    granting = mandates_in_force(on=on).filter(principal=OuterRef("pk"), agent_user=user, may_grant=True)
    return Organisation.objects.filter(Q(Exists(offices)) | Q(Exists(granting)))


def holds_office(user: User, organisation: Organisation) -> bool:
    return _offices(user).filter(organisation=organisation).exists()


def ways_of_user(user: User, *, on: date, right: str | None = None) -> QuerySet[Mandate]:
    """The mandates a user may use. Of a firm's, those for which the firm lets this very person represent it.

    One row a representation: where a firm's person has two that fit, its mandate comes twice.
    """
    return mandates_in_force(on=on, right=right).filter(Q(agent_user=user) | _represented(user, on=on, right=right))


def rights_of_client(client: ClientSystem, organisation: Organisation, *, on: date) -> list[str]:
    if organisation.pk == client.organisation_id:
        return list(rights.RIGHTS)
    return _in_order(mandates_in_force(on=on).filter(principal=organisation, agent_organisation=client.organisation_id))


def rights_of_user(user: User, organisation: Organisation, *, on: date) -> list[str]:
    """The firm's mandate and the person's word from the firm are met: the smaller set counts."""
    if holds_office(user, organisation):
        return list(rights.RIGHTS)
    ways = ways_of_user(user, on=on).filter(principal=organisation)
    held: set[str] = set()
    for own, given, lent in ways.values_list("agent_user", "rights", f"{THROUGH}__rights"):
        held |= set(given) if own else set(given) & set(lent)
    return [right for right in rights.RIGHTS if right in held]


def who_holds(organisation: UUID, right: str, *, on: date) -> list[str]:
    """Names of those who hold the right: by office or by an own mandate; of a firm with one the firm's name."""
    heads = RegisterRole.objects.filter(_counts(), organisation=organisation).select_related("user")
    given = mandates_in_force(on=on, right=right).filter(principal=organisation)
    agents = [
        one.agent_organisation or one.agent_user for one in given.select_related("agent_user", "agent_organisation")
    ]
    return sorted({str(one) for one in [*agents, *(head.user for head in heads)] if one})


def actor_for_client(client: ClientSystem, organisation: Organisation, *, on: date, right: str) -> Actor:
    """The caller must have found `organisation` through `employers_of_client`."""
    return with_mandate(client, organisation, mandates_of_client(client, [organisation], on=on, right=right))


def mandates_of_client(
    client: ClientSystem, employers: Iterable[Organisation], *, on: date, right: str
) -> dict[UUID, UUID]:
    """By employer the mandate that gives the client's organisation the right; of several the first. One query, none
    where the client is the employer's own."""
    others = [one.pk for one in employers if one.pk != client.organisation_id]
    if not others:
        return {}
    given = mandates_in_force(on=on, right=right).filter(
        principal__in=others, agent_organisation=client.organisation_id
    )
    held: dict[UUID, UUID] = {}
    for principal, mandate in given.order_by("pk").values_list("principal", "pk"):
        held.setdefault(principal, mandate)
    return held


def mandates_from(business_id: str, client: ClientSystem, *, on: date) -> list[Mandate]:
    """What the employer with this number gave the client's organisation, the first first, with the employer itself."""
    given = mandates_in_force(on=on).filter(
        principal__business_id=business_id, agent_organisation=client.organisation_id
    )
    return list(given.select_related("principal").order_by("pk"))


def with_mandate(client: ClientSystem, organisation: Organisation, held: Mapping[UUID, UUID]) -> Actor:
    own = organisation.pk == client.organisation_id
    mandate = None if own else held.get(organisation.pk)
    return Actor(role="employer" if own else "agent", client=client, principal=organisation, mandate=mandate)


def actor_for_user(user: User, organisation: Organisation, *, on: date, right: str) -> Actor:
    """The caller must have found `organisation` through `employers_of_user`.

    An own mandate or an office goes before acting for a firm.
    """
    ways = ways_of_user(user, on=on, right=right or None).filter(principal=organisation)
    office = Exists(_offices(user).filter(organisation=OuterRef("principal")))
    ways = ways.annotate(office=office).select_related("agent_organisation")
    held = ways.order_by(F("agent_organisation").asc(nulls_first=True), "pk").first()
    firm = held.agent_organisation if held and not held.office else None
    own = held if held and not held.agent_organisation_id else None
    mandate = held if firm else own
    return Actor(
        role="agent" if firm else "employer",
        user=user,
        principal=organisation,
        mandate=mandate.pk if mandate else None,
        firm=firm,
    )


def _offices(user: User) -> QuerySet[RegisterRole]:
    return RegisterRole.objects.filter(_counts(), user=user)


def _counts() -> Q:
    """What Suomi.fi said counts while it is fresh. A lease is judged by the database's clock, not by the portal's."""
    return ~Q(source=Source.SUOMI_FI) | Q(checked_at__gt=Now() - LEASE)


def _not_over(name: str, on: date) -> Q:
    return Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__gte": on})


def _represented(user: User, *, on: date, right: str | None) -> Q:
    """In one filter, so that all of it is about the same representation."""
    lent = {"rights__contains": [right]} if right else {"rights__overlap": F("rights")}
    asked = {"user": user, "valid_from__lte": on, **lent}
    every, this = Q(**{f"{THROUGH}__principal__isnull": True}), Q(**{f"{THROUGH}__principal": F("principal")})
    return (
        Q(**{f"{THROUGH}__{name}": value for name, value in asked.items()})
        & _not_over(f"{THROUGH}__valid_until", on)
        & (every | this)
    )


def _in_order(mandates: QuerySet[Mandate]) -> list[str]:
    held = {right for mandate in mandates for right in mandate.rights}
    return [right for right in rights.RIGHTS if right in held]
