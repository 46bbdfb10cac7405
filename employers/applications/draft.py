"""An application on its way through the web form: begun, kept page by page, sent once, or thrown away."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from employers.applications.attach import move_along
from employers.applications.models import Application, Draft
from employers.applications.submit import Filing, submit
from employers.benefits.claim import Claim
from employers.organisations.models import Organisation, User

Body = dict[str, Any]


def begin(*, organisation: Organisation, user: User, benefit: str, content: Body, at: datetime) -> Draft:
    """`content`: `body` is the claim as far as it is known, `done` the pages answered, the rest is for estimates."""
    return Draft.objects.create(
        organisation=organisation, user=user, benefit=benefit, content=content, created_at=at, changed_at=at
    )


@transaction.atomic
def keep(*, draft_id: UUID, change: Callable[[Body], Body], at: datetime) -> Draft:
    """`change` gets the content as it is now, so that two windows do not undo each other.

    Raises Draft.DoesNotExist; a draft that was sent stays as it is.
    """
    draft = Draft.objects.select_for_update(of=("self",)).get(pk=draft_id)
    if draft.application_id is None:
        draft.content = change(draft.content)
        draft.changed_at = at
        draft.save(update_fields=["content", "changed_at"])
    return draft


@transaction.atomic
def send(*, draft_id: UUID, claim: Claim, filing: Filing) -> Application:
    """Sent twice, it is one application. Raises what `submit` raises, and then the draft stays.

    Once sent, the draft holds no personal data: the application does.
    """
    draft = Draft.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=draft_id)
    if draft.application_id is not None:
        return Application.objects.get(pk=draft.application_id)
    application = submit(organisation=draft.organisation, claim=claim, filing=filing)
    draft.application = application
    draft.content = {}
    draft.changed_at = filing.at
    draft.save(update_fields=["application", "content", "changed_at"])
    move_along(draft_id=draft.pk, application=application, at=filing.at)
    return application


def discard(*, draft: Draft) -> None:
    draft.delete()
