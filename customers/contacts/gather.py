"""Make contacts of what the event log tells: an application, a clarification, an answer, a correction."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Max, Q

from customers.contacts.models import Channel, Contact, Matter
from employers.applications.models import Application, RequestItem, StatusChange
from employers.organisations.size import size_class
from employers.records import events
from employers.records.models import Event

MATTER_OF = {
    events.SUBMITTED: Matter.APPLICATION,
    events.CORRECTED: Matter.CORRECTION,
    events.WITHDRAWN: Matter.WITHDRAWAL,
    events.INFORMATION_REQUESTED: Matter.CLARIFICATION,
    events.ANSWERED: Matter.ANSWER,
}
Moment = tuple[UUID, datetime]


def gather(read: Iterable[Event]) -> int:
    """How many contacts there were among the events. Told again, an event makes no second contact."""
    told = [event for event in read if event.type in MATTER_OF and event.application]
    known = _applications(told)
    asked, machines = _asked(told), _by_machine(told)
    contacts = [_contact(event, known[event.application], asked, machines) for event in told]
    Contact.objects.bulk_create(contacts, ignore_conflicts=True, unique_fields=["event"])
    return len(contacts)


def _contact(
    event: Event, application: Mapping[str, Any], asked: Mapping[Moment, list[str]], machines: set[Moment]
) -> Contact:
    moment = (application["pk"], event.at)
    by_hand = Channel.API if moment in machines else Channel.WEB
    is_new = event.type == events.SUBMITTED
    return Contact(
        event=event.pk,
        at=event.at,
        channel=application["channel"] if is_new else by_hand,
        matter=MATTER_OF[event.type],
        codes=asked.get(moment, []) if event.type == events.INFORMATION_REQUESTED else [],
        organisation_id=event.organisation,
        application_id=application["pk"],
        benefit=application["benefit"],
        size_class=size_class(application["employees"]),
        minutes=_minutes(application["seconds"]) if is_new else None,
    )


def _minutes(seconds: int | None) -> int | None:
    """Begun minutes of work on the form; none where no form was filled in."""
    return -(-seconds // 60) if seconds else None


def _applications(told: Iterable[Event]) -> dict[Any, Mapping[str, Any]]:
    rows = Application.objects.filter(pk__in={event.application for event in told})
    worked = Max("drafts__seconds", filter=Q(drafts__corrects=None))  # on the form it was sent with
    measured = rows.annotate(employees=F("organisation__employees"), seconds=worked)
    return {row["pk"]: row for row in measured.values("pk", "channel", "benefit", "employees", "seconds")}


def _asked(told: Iterable[Event]) -> dict[Moment, list[str]]:
    """Which questions, by application and the moment they were asked."""
    requests = {event.application for event in told if event.type == events.INFORMATION_REQUESTED}
    items = RequestItem.objects.filter(request__application__in=requests)
    asked: dict[Moment, list[str]] = {}
    for application, at, code in items.values_list("request__application", "request__asked_at", "code"):
        asked.setdefault((application, at), []).append(code)
    return asked


def _by_machine(told: Iterable[Event]) -> set[Moment]:
    changes = StatusChange.objects.filter(application__in={event.application for event in told}, client__isnull=False)
    return set(changes.values_list("application", "at"))
