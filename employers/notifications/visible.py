"""Which events a machine client may hear of: by its scope, and by what the employer of each let it see."""

from collections.abc import Mapping
from datetime import date
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from employers.applications.models import Application
from employers.intake.models import Batch
from employers.organisations import rights
from employers.organisations.access import employers_of_client
from employers.organisations.models import ClientSystem, Mandate, Organisation
from employers.records import events

# One of these rights, from the employer that an event is about. Of occupational health care: OF_HEALTH.
NEEDED: Mapping[str, tuple[str, ...]] = {
    events.SUBMITTED: rights.READERS,
    events.CORRECTED: rights.READERS,
    events.WITHDRAWN: rights.READERS,
    events.INFORMATION_REQUESTED: rights.READERS,
    events.MESSAGE: rights.READERS,
    events.DECIDED: rights.READERS,
    events.PAY_ENDED: rights.READERS,
    events.PAYMENT_SENT: (rights.VIEW_PAYMENTS,),
    events.SYNC_FINISHED: (rights.APPLY,),
    events.FINDING_OPENED: (rights.APPLY,),
}
OF_APPLICATIONS = tuple(kind for kind, needed in NEEDED.items() if needed == rights.READERS)


def may_follow(client: ClientSystem) -> bool:
    """What was taken from the client counts at once, whatever it was given a token for."""
    return client.ended_at is None and rights.APPLICATIONS_READ in client.scopes


def visible(client: ClientSystem, *, on: date) -> Q:
    """Of the event log. The query decides: what the client may not see is never loaded.

    Whose events can be for it at all is asked for first: by a list of ids the database knows how few they are, and
    looks those up. As a part of the query it would walk through everybody's events.
    """
    return Q(organisation__in=list(_ever(client))) & (
        _of_applications(client, on=on) | _of_employers(client, on=on) | _own(client)
    )


def _ever(client: ClientSystem) -> set[UUID]:
    """Itself, and whoever gave it a right that holds or held."""
    given = Mandate.objects.filter(agent_organisation=client.organisation_id)
    return {client.organisation_id, *given.values_list("principal", flat=True)}


def _of_applications(client: ClientSystem, *, on: date) -> Q:
    of_health = Exists(Application.objects.filter(pk=OuterRef("application"), benefit=rights.OCCUPATIONAL_HEALTH))
    usual = Q(organisation__in=_with_any(client, rights.READERS, on=on)) & ~Q(of_health)
    health = Q(organisation__in=_with_any(client, rights.OF_HEALTH, on=on)) & Q(of_health)
    return Q(type__in=OF_APPLICATIONS) & (usual | health)


def _of_employers(client: ClientSystem, *, on: date) -> Q:
    return reduce(
        or_,
        (
            Q(type=kind, organisation__in=_with_any(client, needed, on=on))
            for kind, needed in NEEDED.items()
            if kind not in OF_APPLICATIONS
        ),
    )


def _own(client: ClientSystem) -> Q:
    """Its own batches, and its organisation's own mandates: also that one has ended, when nothing else is told."""
    batches = Exists(Batch.objects.filter(pk=OuterRef("subject"), client=client))
    mandates = Exists(Mandate.objects.filter(pk=OuterRef("subject"), agent_organisation=client.organisation_id))
    changed = Q(organisation=client.organisation_id) | Q(mandates)
    return Q(type=events.BATCH_FINISHED) & Q(batches) | Q(type=events.MANDATE_CHANGED) & changed


def _with_any(client: ClientSystem, needed: tuple[str, ...], *, on: date) -> QuerySet[Organisation, Any]:
    found = reduce(or_, (employers_of_client(client, on=on, right=right) for right in needed))
    return found.values("pk")
