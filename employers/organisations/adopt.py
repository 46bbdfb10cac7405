"""Take over what Suomi.fi says about a person: rows that count while they are fresh."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from employers.organisations.access import LEASE
from employers.organisations.identifiers import is_business_id
from employers.organisations.mandates import Found
from employers.organisations.models import Mandate, Organisation, RegisterRole, Source, User
from employers.organisations.models_mandates import RightsChange, RightsQuery
from employers.organisations.roles import Entry, meaning
from employers.records import clock
from employers.records.events import MANDATE_CHANGED
from employers.records.record import record

Act = RightsChange.Act


@transaction.atomic
def adopt(
    *, user: User, found: Sequence[Found], before: Collection[UUID], table: tuple[Entry, ...], at: datetime
) -> list[Organisation]:
    """The organisations found, new ones made. What the same visit found `before` and is not named now, has ended."""
    User.objects.select_for_update().get(pk=user.pk)  # two pages of one person ask at once
    known = [one for one in found if is_business_id(one.business_id)]
    RightsQuery.objects.create(user=user, at=at, answered="ok", answer=[_kept(one) for one in known])
    named = [_organisation(one, user) for one in known]
    for organisation, one in zip(named, known, strict=True):
        _take(user, organisation, one, table=table, at=at)
    for organisation in Organisation.objects.filter(pk__in={*before} - {one.pk for one in named}):
        _end_mandates(user, organisation, at=at)
        _end_offices(user, organisation, keep=(), at=at)
    return named


def keep_silence(*, user: User, answered: str, at: datetime) -> None:
    """That Suomi.fi was asked and gave no answer is evidence too."""
    RightsQuery.objects.create(user=user, at=at, answered=answered)


@transaction.atomic
def suspend(*, user: User, organisations: Collection[UUID] | None = None) -> None:
    """The visit is over: what it brought is kept, and counts again when Suomi.fi is asked the next time. None: all."""
    mandates = Mandate.objects.filter(agent_user=user, source=Source.SUOMI_FI)
    offices = RegisterRole.objects.filter(user=user, source=Source.SUOMI_FI)
    if organisations is not None:
        mandates, offices = mandates.filter(principal__in=organisations), offices.filter(organisation__in=organisations)
    mandates.update(checked_at=None)
    offices.update(checked_at=None)


def _kept(one: Found) -> dict[str, object]:
    return {"business_id": one.business_id, "complete": one.complete, "roles": list(one.roles)}


def _organisation(one: Found, user: User) -> Organisation:
    """One that nobody here knew has told nothing yet, not even how many it employs."""
    new = {"name": one.name or one.business_id, "language": user.language}
    return Organisation.objects.get_or_create(business_id=one.business_id, defaults=new)[0]


def _take(user: User, organisation: Organisation, one: Found, *, table: tuple[Entry, ...], at: datetime) -> None:
    """Where sources could not be read, what is not named is no denial: it counts for the rest of its lease."""
    said = meaning(one.roles, on=clock.day_of(at), table=table)
    for office in said.offices:
        _take_office(user, organisation, office, at=at)
    if one.complete:
        _end_offices(user, organisation, keep=said.offices, at=at)
    if said.rights:
        _take_rights(user, organisation, said.rights, complete=one.complete, at=at)
    elif one.complete:
        _end_mandates(user, organisation, at=at)


def _take_office(user: User, organisation: Organisation, office: str, *, at: datetime) -> None:
    """What another register says already is left to it."""
    row, new = RegisterRole.objects.get_or_create(
        user=user, organisation=organisation, role=office, defaults={"source": Source.SUOMI_FI}
    )
    RegisterRole.objects.filter(pk=row.pk, source=Source.SUOMI_FI).update(checked_at=Now())
    if new:
        _tell(user, organisation, Act.GIVEN, subject=row.pk, rights=[office], at=at)


def _take_rights(
    user: User, organisation: Organisation, found: tuple[str, ...], *, complete: bool, at: datetime
) -> None:
    fresh = Q(checked_at__gt=Now() - LEASE)
    mandate = _mandates(user, organisation).annotate(fresh=fresh).first()
    if mandate is None:
        _renew(_new(user, organisation, found, at=at))
        return
    leased = not complete and bool(mandate.fresh)
    _change(mandate, [*dict.fromkeys([*mandate.rights, *found])] if leased else list(found), user=user, at=at)
    if not leased or set(mandate.rights) <= set(found):
        _renew(mandate)


def _new(user: User, organisation: Organisation, found: tuple[str, ...], *, at: datetime) -> Mandate:
    mandate = Mandate.objects.create(
        principal=organisation,
        agent_user=user,
        rights=list(found),
        valid_from=clock.day_of(at),
        source=Source.SUOMI_FI,
    )
    _tell(user, organisation, Act.GIVEN, subject=mandate.pk, rights=found, at=at)
    return mandate


def _change(mandate: Mandate, held: list[str], *, user: User, at: datetime) -> None:
    if set(held) == set(mandate.rights):
        return
    mandate.rights = held
    mandate.save(update_fields=["rights"])
    _tell(user, mandate.principal, Act.CHANGED, subject=mandate.pk, rights=held, at=at)


def _renew(mandate: Mandate) -> None:
    Mandate.objects.filter(pk=mandate.pk).update(checked_at=Now())


def _end_mandates(user: User, organisation: Organisation, *, at: datetime) -> None:
    """An application may name the mandate: it ends, and stays."""
    for mandate in _mandates(user, organisation):
        mandate.valid_until, mandate.checked_at = clock.day_of(at), None
        mandate.save(update_fields=["valid_until", "checked_at"])
        _tell(user, organisation, Act.ENDED, subject=mandate.pk, rights=mandate.rights, at=at)


def _end_offices(user: User, organisation: Organisation, *, keep: Collection[str], at: datetime) -> None:
    held = RegisterRole.objects.filter(user=user, organisation=organisation, source=Source.SUOMI_FI)
    for office in held.exclude(role__in=keep):
        _tell(user, organisation, Act.ENDED, subject=office.pk, rights=[office.role], at=at)
        office.delete()


def _mandates(user: User, organisation: Organisation) -> QuerySet[Mandate]:
    return Mandate.objects.filter(
        principal=organisation, agent_user=user, source=Source.SUOMI_FI, valid_until__isnull=True
    ).select_related("principal")


def _tell(
    user: User, organisation: Organisation, act: str, *, subject: UUID, rights: Collection[str], at: datetime
) -> None:
    RightsChange.objects.create(
        organisation=organisation,
        subject=subject,
        act=act,
        whose=str(user),
        rights=list(rights),
        source=Source.SUOMI_FI,
        at=at,
    )
    record(MANDATE_CHANGED, organisation=organisation.pk, subject=subject, at=at)
