"""Attach a document: to an application on its way, to one that was sent, or to the answer of a question."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.functional import Promise

from employers.applications import formats, lifecycle, store
from employers.applications.formats import Unfit
from employers.applications.models import Application, Channel, Draft, InformationRequest
from employers.applications.models_files import Attachment
from employers.intake.codes import OF_FILES
from employers.intake.sentences import SENTENCES
from employers.organisations.access import Actor
from employers.records import events
from employers.records.record import record

MOST = 20  # documents of one application

# Every reason why a document is not taken, and what to do about it.
WORDS: Mapping[str, str | Promise] = {code: text for code, text in SENTENCES.items() if code in OF_FILES}


@transaction.atomic
def attach(
    *,
    to: Draft | Application,
    name: str,
    content: bytes,
    by: Actor,
    at: datetime,
    request: InformationRequest | None = None,
    channel: str = Channel.WEB,
) -> Attachment:
    """`request`: the question that the document answers. Raises Unfit or store.Unavailable.

    The file is written first and the row after it: what fails in between leaves a file that nobody knows, and the
    sweep takes it away.
    """
    fields = {"draft": to} if isinstance(to, Draft) else {"application": to, "request": request}
    kind, sha256 = formats.kind_of(name, content), formats.fingerprint(content)
    _refuse(_locked(to), sha256)
    attachment = Attachment.objects.create(
        organisation_id=to.organisation_id,
        stored=store.put(content),
        name=formats.cleaned(name),
        kind=kind,
        size=len(content),
        sha256=sha256,
        channel=channel,
        added_at=at,
        added_by=by.user,
        **by.columns(),
        **fields,
    )
    if isinstance(to, Application):
        _tell(attachment, at=at)
    return attachment


@transaction.atomic
def move_along(*, draft_id: UUID, application: Application, at: datetime) -> None:
    """The documents of a draft go with it when it is sent. What the application has already, it does not get twice."""
    there = {bytes(one) for one in application.attachments.values_list("sha256", flat=True)}
    for attachment in Attachment.objects.select_for_update(of=("self",)).filter(draft=draft_id):
        attachment.draft = None
        if bytes(attachment.sha256) not in there:
            attachment.application = application
            _tell(attachment, at=at)
        attachment.save(update_fields=["draft", "application"])


@transaction.atomic
def let_go(*, attachment_id: UUID) -> bool:
    """Take a document away from a draft; one that was sent stays. The sweep deletes what belongs to nothing."""
    return bool(Attachment.objects.filter(pk=attachment_id, draft__isnull=False).update(draft=None))


def _locked(to: Draft | Application) -> Draft | Application:
    """Two at once count each other's documents."""
    return type(to)._default_manager.select_for_update(of=("self",)).get(pk=to.pk)


def _refuse(to: Draft | Application, sha256: bytes) -> None:
    """Raises Unfit."""
    closed = to.application_id if isinstance(to, Draft) else to.status not in lifecycle.OPEN
    if closed:
        raise Unfit("file_too_late")
    there = [bytes(one) for one in to.attachments.values_list("sha256", flat=True)]
    if sha256 in there:
        raise Unfit("file_already_attached")
    if len(there) >= MOST:
        raise Unfit("too_many_files")


def _tell(attachment: Attachment, *, at: datetime) -> None:
    application = attachment.application
    assert application
    record(
        events.ATTACHED,
        organisation=attachment.organisation_id,
        application=application.pk,
        subject=attachment.pk,
        status=application.status,
        at=at,
    )
