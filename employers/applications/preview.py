"""Many applications in one sitting: kept while they are looked through, and sent as a batch once somebody says so."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet

from employers.applications.look import FINE, WARNED, WRONG, Looker, look
from employers.applications.submit import fresh_reference
from employers.intake.batch import JSON_LINES, Row, row_of
from employers.intake.models import Batch
from employers.intake.models_previews import Preview
from employers.intake.receive import receive
from employers.organisations.access import Actor, rights_of_user
from employers.organisations.models import Organisation, User
from employers.records.clock import day_of

AT_ONCE = 300  # rows that one waits for; more of them are looked through while one waits elsewhere
MOST = 1_000  # rows that a person looks through; a program sends more of them as a batch
ATTEMPTS = 3
KEPT_FOR = timedelta(days=1)  # after the last change
Kind, Status = Preview.Kind, Preview.Status
Body = dict[str, Any]


class NotAllFine(Exception):
    """All or none was asked for, and some rows are wrong."""


class NothingToSend(Exception):
    """No row is fine, or they were not looked through."""


def keep_file(
    *, organisation: Organisation, user: User, name: str, header: list[str], lines: list[list[str]], at: datetime
) -> Preview:
    """To be checked, at once or by a worker."""
    content = {"name": name, "header": header, "lines": lines}
    return _kept(Kind.FILE, Status.CHECKING, organisation=organisation, user=user, content=content, at=at)


def begin_list(*, organisation: Organisation, user: User, content: Body, at: datetime) -> Preview:
    """`content`: `common` is what every row has in common, as members of a claim; `rows` are members of each."""
    return _kept(Kind.LIST, Status.OPEN, organisation=organisation, user=user, content=content, at=at)


def _kept(kind: str, status: str, *, organisation: Organisation, user: User, content: Body, at: datetime) -> Preview:
    return Preview.objects.create(
        organisation=organisation, user=user, kind=kind, status=status, content=content, created_at=at, changed_at=at
    )


@transaction.atomic
def keep_list(*, preview_id: UUID, content: Body, at: datetime) -> Preview:
    """What was sent stays as it is."""
    preview = _locked(preview_id)
    if preview.status != Status.SENT:
        preview.content, preview.found, preview.status, preview.changed_at = content, [], Status.OPEN, at
        preview.save(update_fields=["content", "found", "status", "changed_at"])
    return preview


@transaction.atomic
def check(*, preview_id: UUID, at: datetime) -> Preview:
    """Looked through as of today, for whoever began it; nothing is written but what was found."""
    preview = _locked(preview_id)
    if preview.status == Status.SENT:
        return preview
    on = day_of(at)
    held = rights_of_user(preview.user, preview.organisation, on=on)
    looker = Looker(organisation=preview.organisation, held=held, on=on)
    preview.found = [look(row, by=looker) for row in rows(preview)]
    preview.status, preview.changed_at = Status.CHECKED, at
    preview.save(update_fields=["found", "status", "changed_at"])
    return preview


@transaction.atomic
def send(*, preview_id: UUID, mode: str, by: Actor, at: datetime) -> Preview:
    """The rows that are fine become a batch, once. Raises NotAllFine or NothingToSend."""
    preview = _locked(preview_id)
    if preview.status == Status.SENT:
        return preview
    chosen = {found["number"] for found in preview.found if found["status"] in (FINE, WARNED)}
    if preview.status != Status.CHECKED or not chosen:
        raise NothingToSend
    if mode == Batch.Mode.ALL_OR_NOTHING and any(found["status"] == WRONG for found in preview.found):
        raise NotAllFine
    bodies = [row.body for row in rows(preview) if row.number in chosen]
    text = "".join(json.dumps(body, ensure_ascii=False) + "\n" for body in bodies)
    preview.batch = receive(text.encode(), content_type=JSON_LINES, rows=len(bodies), mode=mode, by=by, at=at)
    preview.status, preview.changed_at = Status.SENT, at
    preview.save(update_fields=["batch", "status", "changed_at"])
    return preview


def is_any_due() -> bool:
    return _due().exists()


def check_next(*, at: datetime) -> bool:
    """Check one that waits; False when none does. The attempt is counted first, so that what kills a worker ends."""
    with transaction.atomic():
        preview = _due().order_by("changed_at", "pk").select_for_update(skip_locked=True, of=("self",)).first()
        if preview is None:
            return False
        last = preview.attempts + 1 >= ATTEMPTS
        Preview.objects.filter(pk=preview.pk).update(
            attempts=F("attempts") + 1, status=Status.FAILED if last else Status.CHECKING
        )
    check(preview_id=preview.pk, at=at)
    return True


def expire(*, at: datetime) -> int:
    """What nobody has touched for a day goes; what was sent stays as the applications it became."""
    return Preview.objects.filter(changed_at__lt=at - KEPT_FOR).delete()[0]


def rows(preview: Preview) -> Iterator[Row]:
    """In the shape of a batch's rows. Who the employer is need not be said, and a reference is given where none is."""
    given = _of_file(preview.content) if preview.kind == Kind.FILE else _of_list(preview.content)
    for row in given:
        if row.body is None:
            yield row
            continue
        known = {"employer": preview.organisation.business_id, "reference": fresh_reference()}
        yield Row(row.number, {**known, **row.body}, row.problems)


def _of_file(content: Body) -> Iterable[Row]:
    return (row_of(number, content["header"], line) for number, line in enumerate(content["lines"], start=1))


def _of_list(content: Body) -> Iterable[Row]:
    return (Row(number, {**content["common"], **said}) for number, said in enumerate(content["rows"], start=1))


def _locked(preview_id: UUID) -> Preview:
    previews = Preview.objects.select_for_update(of=("self",)).select_related("organisation", "user", "batch")
    return previews.get(pk=preview_id)


def _due() -> QuerySet[Preview]:
    return Preview.objects.filter(status=Status.CHECKING, attempts__lt=ATTEMPTS).defer("content", "found")


def discard(*, preview_id: UUID) -> None:
    """What was sent from it stays sent."""
    Preview.objects.filter(pk=preview_id).delete()
