"""What was found of each row of a sitting, as the page shows it: the wrong ones first, a number of them at a time."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from employers.applications.look import FINE, SENT, WARNED, WRONG
from employers.applications.preview import KEPT_FOR
from employers.applications.views.upload_files import told
from employers.intake.models import Batch, BatchRow
from employers.intake.models_previews import Preview
from employers.intake.words import BENEFIT_NAMES
from employers.organisations import rights
from employers.organisations.access import rights_of_user
from employers.organisations.models import Organisation, User
from employers.records import clock

A_PAGE = 50
ORDER = (WRONG, "rejected", "waiting", WARNED, FINE, SENT, "duplicate", "accepted")
STATES: Mapping[str, tuple[Any, str]] = {
    WRONG: (_("To be corrected"), "tag-waiting"),
    WARNED: (_("Can be sent"), "tag-done"),
    FINE: (_("Can be sent"), "tag-done"),
    SENT: (_("Sent before"), "tag-moving"),
    "waiting": (_("Being sent"), "tag-moving"),
    "accepted": (_("Sent"), "tag-done"),
    "rejected": (_("Not sent"), "tag-waiting"),
    "duplicate": (_("Sent before"), "tag-moving"),
}
RUNNING = (Batch.Status.RECEIVED, Batch.Status.RUNNING)


def one_preview(organisation: Organisation, preview_id: UUID, *, user: User) -> Preview:
    """Of a file with occupational health care only its owner and those who may see that. Raises Http404."""
    alive = previews_of(organisation)
    preview: Preview = get_object_or_404(alive.select_related("batch", "user").defer("batch__body"), pk=preview_id)
    held = rights_of_user(user, organisation, on=clock.today())
    told_of = {row["benefit"] for row in preview.found}
    if preview.user_id != user.pk and not all(rights.may(held, rights.to_prepare(benefit)) for benefit in told_of):
        raise Http404
    return preview


def previews_of(organisation: Organisation) -> QuerySet[Preview]:
    alive = Preview.objects.filter(organisation=organisation, changed_at__gte=clock.now() - KEPT_FOR)
    return alive.order_by("-id")


def until(preview: Preview) -> date:
    """The last day it is here, if nobody touches it."""
    return clock.day_of(preview.changed_at + KEPT_FOR - timedelta(seconds=1))


def totals(found: list[dict[str, Any]]) -> dict[str, Any]:
    count = Counter(row["status"] for row in found)
    good = [row for row in found if row["status"] in (FINE, WARNED)]
    known = [Decimal(row["amount"]) for row in good if row["amount"] is not None]
    return {
        "rows": len(found),
        "good": len(good),
        "fine": count[FINE],
        "warned": count[WARNED],
        "wrong": count[WRONG],
        "sent": count[SENT],
        "sum": sum(known, start=Decimal(0)),
        "without_sum": len(good) - len(known),
    }


def is_running(preview: Preview) -> bool:
    return preview.status == Preview.Status.CHECKING or bool(preview.batch and preview.batch.status in RUNNING)


def page_of_rows(preview: Preview, number: str | None) -> Page[dict[str, Any]]:
    """Results are read in one query, and only the rows of the page are put into words."""
    found = _with_results(preview) if preview.batch else preview.found
    in_order = sorted(found, key=lambda row: (ORDER.index(row["status"]), row["number"]))
    page = Paginator(in_order, A_PAGE).get_page(number)
    page.object_list = [_shown(row) for row in page.object_list]
    return page


def _with_results(preview: Preview) -> list[dict[str, Any]]:
    """The batch numbers the rows that were sent from 1; here they keep the numbers of the file."""
    assert preview.batch
    results = {one.number: one for one in preview.batch.results.all()}
    good = (row for row in preview.found if row["status"] in (FINE, WARNED))
    outcome = {row["number"]: results.get(place) for place, row in enumerate(good, start=1)}
    return [row | _result(outcome[row["number"]]) if row["number"] in outcome else row for row in preview.found]


def _result(result: BatchRow | None) -> dict[str, Any]:
    if result is None:
        return {"status": "waiting"}
    done: dict[str, Any] = {"status": result.status, "application": result.application}
    return done | ({"problems": result.problems} if result.problems else {})


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    words, tag = STATES[row["status"]]
    return {
        **row,
        "words": words,
        "tag": tag,
        "benefit_name": BENEFIT_NAMES.get(row["benefit"], row["benefit"][:60]),
        "problems": told(row["problems"], benefit=row["benefit"]),
        "amount": row.get("amount") and Decimal(row["amount"]),
        "start": day(row["start"]),
        "end": day(row["end"]),
    }


def day(text: str | None) -> date | None:
    """One that was kept."""
    return date.fromisoformat(text) if text else None
