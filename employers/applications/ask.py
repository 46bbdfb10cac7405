"""Ask the employer for what an official still needs to know."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from employers.applications.assign import assign
from employers.applications.models import InformationRequest, RequestItem
from employers.applications.record import move
from employers.intake.words import QUESTIONS
from employers.organisations.access import Actor
from employers.records import clock


class NothingAsked(Exception):
    """A request has at least one question."""


class UnknownQuestion(Exception):
    """Nobody could read this question's code in words."""


class DueTooSoon(Exception):
    """The answer would be due before the question can be read."""


@transaction.atomic
def ask(
    *, application_id: UUID, items: Iterable[tuple[str, str]], due: date, by: Actor, at: datetime
) -> InformationRequest:
    """`items`: a code of QUESTIONS and the official's own words, which may be empty.

    Raises NothingAsked, UnknownQuestion, DueTooSoon, lifecycle.WrongState or lifecycle.NotYours.
    """
    asked = list(items)
    _refuse(asked, due=due, on=clock.day_of(at))
    application = assign(move(application_id, "ask", by=by, at=at), by=by)
    assert by.user  # the lifecycle lets officials alone ask
    request = InformationRequest.objects.create(application=application, due=due, asked_at=at, asked_by=by.user)
    RequestItem.objects.bulk_create(RequestItem(request=request, code=code, note=note or None) for code, note in asked)
    return request


def _refuse(asked: list[tuple[str, str]], *, due: date, on: date) -> None:
    if not asked:
        raise NothingAsked
    for code, _note in asked:
        if code not in QUESTIONS:
            raise UnknownQuestion(code)
    if due <= on:
        raise DueTooSoon(due)
