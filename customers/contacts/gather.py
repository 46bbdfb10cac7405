"""Make contacts of what the event log tells: an application, a clarification, an answer, a question, a reply."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Max, Q

from customers.contacts.models import Channel, Contact, Matter
from employers.applications.models import Application, RequestItem, StatusChange
from employers.applications.models_threads import Message, Thread
from employers.organisations.size import size_class
from employers.records import events
from employers.records.models import Event

MATTER_OF = {
    events.SUBMITTED: Matter.APPLICATION,
    events.CORRECTED: Matter.CORRECTION,
    events.CORRECTION_REQUESTED: Matter.CORRECTION,
    events.WITHDRAWN: Matter.WITHDRAWAL,
    events.INFORMATION_REQUESTED: Matter.CLARIFICATION,
    events.ANSWERED: Matter.ANSWER,
}
SAID = {events.QUESTION: Matter.QUESTION, events.MESSAGE: Matter.REPLY}  # in a thread
Moment = tuple[UUID, datetime]


def gather(read: Iterable[Event]) -> int:
    """How many contacts there were among the events. Told again, an event makes no second contact."""
    told = list(read)
    contacts = [
        *_about_applications([event for event in told if event.type in MATTER_OF]),
        *_in_threads([event for event in told if event.type in SAID]),
    ]
    Contact.objects.bulk_create(contacts, ignore_conflicts=True, unique_fields=["event"])
    return len(contacts)


def _about_applications(told: list[Event]) -> Iterator[Contact]:
    known, asked, machines = _applications(told), _asked(told), _by_machine(told)
    for event in told:
        application = known[event.application]
        moment = (application["pk"], event.at)
        is_new = event.type == events.SUBMITTED
        yield Contact(
            event=event.pk,
            at=event.at,
            channel=application["channel"] if is_new else Channel.API if moment in machines else Channel.WEB,
            matter=MATTER_OF[event.type],
            codes=asked.get(moment, []) if event.type == events.INFORMATION_REQUESTED else [],
            organisation_id=event.organisation,
            application_id=application["pk"],
            benefit=application["benefit"],
            size_class=size_class(application["employees"]),
            minutes=_minutes(application["seconds"]) if is_new else None,
        )


def _in_threads(told: list[Event]) -> Iterator[Contact]:
    """What the employer wrote, and what the agency answered: about which problem, and after which guidance."""
    said = {event.subject for event in told if event.subject}
    asked = {one.pk: one for one in Message.objects.filter(pk__in=said).select_related("thread__organisation")}
    answered = {one.pk: one for one in Thread.objects.filter(pk__in=said).select_related("organisation")}
    for event in told:
        assert event.subject  # a message, or the thread that was answered
        message = asked.get(event.subject)
        thread = message.thread if message else answered[event.subject]
        yield Contact(
            event=event.pk,
            at=event.at,
            channel=message.channel if message else Channel.WEB,
            matter=SAID[event.type],
            codes=[thread.code] if thread.code else [],
            topic=thread.topic,
            organisation_id=event.organisation,
            application_id=event.application,
            benefit=thread.benefit,
            size_class=thread.organisation.size_class,
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
