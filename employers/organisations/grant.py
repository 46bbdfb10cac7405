"""An employer gives a right to a person or a firm, changes it and ends it; a firm lets its people represent it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction

from employers.organisations.holders import open_mandates, open_representations
from employers.organisations.models import Mandate, Organisation, User
from employers.organisations.models_mandates import Representation, RightsChange
from employers.records import clock, crypto
from employers.records.events import MANDATE_CHANGED
from employers.records.record import record

Act = RightsChange.Act
Given = Mandate | Representation


class AlreadyGiven(Exception):
    """The same agent holds a mandate that is not over: change that one."""


@transaction.atomic
def give(
    *,
    organisation: Organisation,
    agent: User | Organisation,
    name: str,
    rights: Sequence[str],
    until: date | None,
    may_grant: bool,
    by: User,
    at: datetime,
) -> Mandate:
    """In force from today. `name` as the giver wrote it. Raises AlreadyGiven."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    whose = {"agent_user": agent} if isinstance(agent, User) else {"agent_organisation": agent}
    if open_mandates(organisation, on=clock.day_of(at)).filter(**whose).exists():
        raise AlreadyGiven
    mandate = Mandate.objects.create(
        principal=organisation,
        rights=list(rights),
        valid_from=clock.day_of(at),
        valid_until=until,
        may_grant=may_grant and isinstance(agent, User),
        agent_name=name,
        **whose,
    )
    _tell(mandate, Act.GIVEN, by=by, at=at)
    return mandate


@transaction.atomic
def let_represent(
    *,
    firm: Organisation,
    user: User,
    name: str,
    principal: Organisation | None,
    rights: Sequence[str],
    until: date | None,
    by: User,
    at: datetime,
) -> Representation:
    """Without a principal: every customer of the firm. Raises AlreadyGiven."""
    Organisation.objects.select_for_update().get(pk=firm.pk)
    if open_representations(firm, on=clock.day_of(at)).filter(user=user, principal=principal).exists():
        raise AlreadyGiven
    representation = Representation.objects.create(
        firm=firm,
        user=user,
        principal=principal,
        rights=list(rights),
        valid_from=clock.day_of(at),
        valid_until=until,
        agent_name=name,
    )
    _tell(representation, Act.GIVEN, by=by, at=at)
    return representation


@transaction.atomic
def change(*, given: Given, rights: Sequence[str], until: date | None, may_grant: bool, by: User, at: datetime) -> None:
    """`given` must not be over, and be of this portal."""
    row = type(given).objects.select_for_update().get(pk=given.pk)
    row.rights, row.valid_until = list(rights), until
    if isinstance(row, Mandate):
        row.may_grant = may_grant and row.agent_user_id is not None
    row.save()
    _tell(row, Act.CHANGED, by=by, at=at)


@transaction.atomic
def end(*, given: Given, by: User, at: datetime) -> None:
    """From now on: the day before is its last."""
    row = type(given).objects.select_for_update().get(pk=given.pk)
    row.valid_until = clock.day_of(at) - timedelta(days=1)
    row.save(update_fields=["valid_until"])
    _tell(row, Act.ENDED, by=by, at=at)


def person_with(*, identity_code: str, name: str, language: str) -> User:
    """Whoever has this code. Their own name stays as they or their identification told it."""
    return User.objects.get_or_create(
        identity_index=crypto.index(identity_code, purpose="user"),
        defaults={"identity_code": identity_code, "name": name, "language": language},
    )[0]


def name_of(given: Given) -> str:
    """As the giver knows it: the name somebody else wrote is not told."""
    if isinstance(given, Representation):
        return given.agent_name or str(given.user)
    return str(given.agent_organisation) if given.agent_organisation else given.agent_name or str(given.agent_user)


def _tell(given: Given, act: str, *, by: User, at: datetime) -> None:
    organisation = given.principal if isinstance(given, Mandate) else given.firm
    RightsChange.objects.create(
        organisation=organisation, subject=given.pk, act=act, whose=name_of(given), rights=given.rights, by=by, at=at
    )
    record(MANDATE_CHANGED, organisation=organisation.pk, subject=given.pk, at=at)
