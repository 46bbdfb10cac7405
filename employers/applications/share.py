"""A draft is shared: a page saves its own answers only, and never over what somebody else said meanwhile."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from employers.applications.draft import Body, keep
from employers.applications.models import Draft
from employers.organisations.access import Actor


class ChangedMeanwhile(Exception):
    """Somebody else answered the page since it was opened; `draft` holds what they said."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(str(draft.pk))
        self.draft = draft


def times_saved(content: Body, step: str) -> int:
    """What a page shows when it is opened and sends along when it is saved."""
    return int(_mark(content, step).get("times", 0))


def last_by(content: Body, step: str) -> str:
    """The key of the user or machine client who saved the page last, or nothing."""
    return str(_mark(content, step).get("by", ""))


def key_of(by: Actor) -> str:
    who = by.client or by.user
    return str(who.pk) if who else ""


@transaction.atomic
def save_page(
    *, draft_id: UUID, step: str, seen: int | None, change: Callable[[Body], Body], by: Actor, at: datetime
) -> Draft:
    """`seen`: how often the page had been saved when it was opened; None of a page that does not tell.

    Raises ChangedMeanwhile, and then nothing is written. What one said oneself in another window is said anew.
    """
    draft = Draft.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=draft_id)
    others = seen is not None and seen < times_saved(draft.content, step) and last_by(draft.content, step) != key_of(by)
    if others and _body(change(draft.content)) != _body(draft.content):
        raise ChangedMeanwhile(draft)
    return keep(draft_id=draft_id, change=lambda old: marked(change(old), step, by=by), at=at, by=by)


def _body(content: Body) -> Body:
    body: Body = content.get("body", {})
    return body


def _mark(content: Body, step: str) -> Body:
    mark: Body = content.get("saved", {}).get(step, {})
    return mark


def marked(content: Body, step: str, *, by: Actor) -> Body:
    """One save more of this page, so that whoever has it open elsewhere is told."""
    mark = {"times": times_saved(content, step) + 1, "by": key_of(by)}
    return {**content, "saved": {**content.get("saved", {}), step: mark}}
