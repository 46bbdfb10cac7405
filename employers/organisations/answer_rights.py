"""An employer answers a firm that asks for rights: what it approves becomes a mandate like any other."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from employers.organisations import grant
from employers.organisations.holders import open_mandates
from employers.organisations.models import Mandate, Organisation, User
from employers.organisations.models_clients import RightsRequest
from employers.organisations.request_rights import close, taken
from employers.records import clock

State = RightsRequest.State


@transaction.atomic
def approve(
    *,
    asked: RightsRequest,
    organisation: Organisation,
    rights: Sequence[str],
    until: date | None,
    by: User,
    at: datetime,
) -> Mandate:
    """`rights` and `until` as the employer chose them: in force from now on, in place of what the firm holds.

    Raises NotWaiting.
    """
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    row = taken(asked, at=at)
    row.mandate = _given(row.firm, organisation=organisation, rights=rights, until=until, by=by, at=at)
    close(row, status=State.APPROVED, by=by, at=at)
    return row.mandate


@transaction.atomic
def decline(*, asked: RightsRequest, by: User, at: datetime) -> None:
    """Raises NotWaiting."""
    close(taken(asked, at=at), status=State.DECLINED, by=by, at=at)


def _given(
    firm: Organisation, *, organisation: Organisation, rights: Sequence[str], until: date | None, by: User, at: datetime
) -> Mandate:
    held = open_mandates(organisation, on=clock.day_of(at)).filter(agent_organisation=firm).first()
    if held is None:
        return grant.give(
            organisation=organisation, agent=firm, name="", rights=rights, until=until, may_grant=False, by=by, at=at
        )
    grant.change(given=held, rights=rights, until=until, may_grant=False, by=by, at=at)
    return held
