"""Answer what an official asked: some of it or all. The last answer moves the application on."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from employers.applications import lifecycle
from employers.applications.models import Application, InformationRequest, RequestItem
from employers.applications.record import move
from employers.organisations.access import Actor


class UnknownItem(Exception):
    """No such question in this request."""

    def __init__(self, item: str) -> None:
        super().__init__(item)
        self.item = item


class AlreadyAnswered(Exception):
    """An answer is given once."""

    def __init__(self, item: str) -> None:
        super().__init__(item)
        self.item = item


@transaction.atomic
def answer(*, request_id: UUID, answers: Mapping[str, str], by: Actor, at: datetime) -> InformationRequest:
    """`answers`: text by item id. Raises UnknownItem, AlreadyAnswered, lifecycle.WrongState or lifecycle.NotYours."""
    request = InformationRequest.objects.get(pk=request_id)
    application = Application.objects.select_for_update(of=("self",)).get(pk=request.application_id)
    items = {str(item.pk): item for item in request.items.all()}
    _refuse(answers, items)
    lifecycle.target("answer", status=application.status, role=by.role)
    for key, text in answers.items():
        _write(items[key], text, by=by, at=at)
    if _complete(items.values()):
        move(application.pk, "answer", by=by, at=at)
    return request


def _refuse(answers: Iterable[str], items: Mapping[str, RequestItem]) -> None:
    for key in answers:
        if key not in items:
            raise UnknownItem(key)
        if items[key].answered_at is not None:
            raise AlreadyAnswered(key)


def _write(item: RequestItem, text: str, *, by: Actor, at: datetime) -> None:
    said = {"answer": text, "answered_at": at, "answered_by": by.user, **by.columns()}
    for name, value in said.items():
        setattr(item, name, value)
    item.save(update_fields=list(said))


def _complete(items: Iterable[RequestItem]) -> bool:
    return all(item.answered_at is not None for item in items)
