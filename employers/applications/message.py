"""Ask an adviser, go on asking, and answer. One thread holds both sides."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from employers.applications.models import Application, Channel
from employers.applications.models_threads import Message, Thread
from employers.organisations.access import Actor
from employers.organisations.models import Organisation, User
from employers.people.models import Person
from employers.records import events
from employers.records.record import record

LONGEST = 4000  # characters


class Closed(Exception):
    """Somebody closed the question meanwhile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Where somebody stood when they asked. Codes and addresses only; `draft` is there where it was agreed to."""

    application: Application | None = None
    person: Person | None = None
    benefit: str = ""
    step: str = ""
    field: str = ""
    code: str = ""
    topic: str = ""
    draft: dict[str, Any] | None = None


@transaction.atomic
def open_thread(
    *,
    organisation: Organisation,
    about: About,
    text: str,
    language: str,
    by: Actor,
    at: datetime,
    channel: str = Channel.WEB,
) -> Thread:
    thread = Thread.objects.create(
        organisation=organisation,
        user=by.user,
        language=language,
        opened_at=at,
        waits_since=at,
        **{name: getattr(about, name) for name in About.__dataclass_fields__},
    )
    _write(thread, text, by=by, at=at, channel=channel)
    return thread


@transaction.atomic
def ask_more(*, thread_id: UUID, text: str, by: Actor, at: datetime, channel: str = Channel.WEB) -> Message:
    """The employer's side writes again: what was closed is open again."""
    thread = _locked(thread_id)
    thread.waits_since = thread.waits_since or at
    thread.closed_at = None
    thread.save(update_fields=["waits_since", "closed_at"])
    return _write(thread, text, by=by, at=at, channel=channel)


@transaction.atomic
def write_about(
    *, application_id: UUID, text: str, language: str, by: Actor, at: datetime, channel: str = Channel.API
) -> Message:
    """Goes on in the newest thread about the application, or opens one. Two at once open one and go on in it."""
    held = Application.objects.select_for_update(of=("self",), no_key=True).select_related("organisation")
    application = held.get(pk=application_id)
    newest = Thread.objects.filter(application=application).order_by("-id").first()
    if newest is not None:
        return ask_more(thread_id=newest.pk, text=text, by=by, at=at, channel=channel)
    about = About(application=application, person=application.person, benefit=application.benefit)
    organisation = application.organisation
    thread = open_thread(
        organisation=organisation, about=about, text=text, language=language, by=by, at=at, channel=channel
    )
    return thread.messages.get()


@transaction.atomic
def answer_thread(*, thread_id: UUID, text: str, by: Actor, at: datetime) -> Message:
    """Whoever answers a question that nobody has taken has it. Raises Closed."""
    thread = _locked(thread_id)
    if thread.closed_at:
        raise Closed
    thread.waits_since = None
    thread.answered_at = thread.answered_at or at
    thread.handler = thread.handler or by.user
    thread.save(update_fields=["waits_since", "answered_at", "handler"])
    message = _write(thread, text, by=by, at=at, channel=Channel.WEB)
    _tell(events.MESSAGE, thread, subject=thread.pk, at=at)
    return message


def mark_read(*, thread_id: UUID, at: datetime) -> int:
    """The agency's answers were opened."""
    return _unread().filter(thread=thread_id).update(read_at=at)


def mark_those_read(*, messages: Collection[UUID], at: datetime) -> int:
    """Of these messages, the agency's."""
    return _unread().filter(pk__in=messages).update(read_at=at)


@transaction.atomic
def close_thread(*, thread_id: UUID, at: datetime) -> None:
    thread = _locked(thread_id)
    thread.closed_at = thread.closed_at or at
    thread.waits_since = None
    thread.save(update_fields=["closed_at", "waits_since"])


@transaction.atomic
def hand_over(*, thread_id: UUID, to: User) -> None:
    thread = _locked(thread_id)
    thread.handler = to
    thread.save(update_fields=["handler"])


def _unread() -> QuerySet[Message]:
    return Message.objects.filter(role=Message.Role.OFFICIAL, read_at__isnull=True)


def _locked(thread_id: UUID) -> Thread:
    return Thread.objects.select_for_update(of=("self",)).get(pk=thread_id)


def _write(thread: Thread, text: str, *, by: Actor, at: datetime, channel: str) -> Message:
    message = Message.objects.create(
        thread=thread, text=text, role=by.role, channel=channel, user=by.user, at=at, **by.columns()
    )
    if by.role != Message.Role.OFFICIAL:
        _tell(events.QUESTION, thread, subject=message.pk, at=at)
    return message


def _tell(event: str, thread: Thread, *, subject: UUID, at: datetime) -> None:
    """Ids and nothing else: what was written stays in the thread."""
    application = thread.application
    record(
        event,
        organisation=thread.organisation_id,
        application=application.pk if application else None,
        subject=subject,
        status=application.status if application else "",
        at=at,
    )
