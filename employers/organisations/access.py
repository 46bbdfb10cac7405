"""May this person or client act for this employer? One place decides, and it answers as a queryset too.

Access is decided in the query: what the caller may not see is never loaded.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from employers.organisations import rights
from employers.organisations.models import ClientSystem, Mandate, Organisation, RegisterRole, User
from employers.records.readlog import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who does it: a user, a machine client or the system itself, for which employer, by which mandate."""

    role: str  # employer, agent, official, system
    user: User | None = None
    client: ClientSystem | None = None
    principal: Organisation | None = None
    mandate: UUID | None = None

    @property
    def organisation(self) -> Organisation | None:
        """The acting organisation: the client's own, or the employer itself."""
        return self.client.organisation if self.client else self.principal

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
    mandates = Mandate.objects.filter(valid_from__lte=on).filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on))
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
    roles = RegisterRole.objects.filter(organisation=OuterRef("pk"), user=user)
    mandates = mandates_in_force(on=on, right=right).filter(principal=OuterRef("pk"), agent_user=user)
    return Organisation.objects.filter(Q(Exists(roles)) | Q(Exists(mandates)))


def rights_of_client(client: ClientSystem, organisation: Organisation, *, on: date) -> list[str]:
    if organisation.pk == client.organisation_id:
        return list(rights.RIGHTS)
    return _in_order(mandates_in_force(on=on).filter(principal=organisation, agent_organisation=client.organisation_id))


def rights_of_user(user: User, organisation: Organisation, *, on: date) -> list[str]:
    if RegisterRole.objects.filter(user=user, organisation=organisation).exists():
        return list(rights.RIGHTS)
    return _in_order(mandates_in_force(on=on).filter(principal=organisation, agent_user=user))


def actor_for_client(client: ClientSystem, organisation: Organisation, *, on: date, right: str) -> Actor:
    """The caller must have found `organisation` through `employers_of_client`."""
    own = organisation.pk == client.organisation_id
    held = None if own else mandates_in_force(on=on, right=right).filter(
        principal=organisation, agent_organisation=client.organisation_id
    ).values_list("pk", flat=True).first()  # fmt: skip
    return Actor(role="employer" if own else "agent", client=client, principal=organisation, mandate=held)


def actor_for_user(user: User, organisation: Organisation, *, on: date, right: str) -> Actor:
    """The caller must have found `organisation` through `employers_of_user`."""
    held = mandates_in_force(on=on, right=right).filter(principal=organisation, agent_user=user)
    return Actor(role="employer", user=user, principal=organisation, mandate=held.values_list("pk", flat=True).first())


def _in_order(mandates: QuerySet[Mandate]) -> list[str]:
    held = {right for mandate in mandates for right in mandate.rights}
    return [right for right in rights.RIGHTS if right in held]
