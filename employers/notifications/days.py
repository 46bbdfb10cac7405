"""The days an employer has to keep, for its people's calendars. No person, no benefit, no sum."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from employers.applications import lifecycle
from employers.applications.expire import KEPT_FOR
from employers.applications.models import Application, Decision, Draft
from employers.notifications.calendar import Entry
from employers.notifications.models import CalendarFeed
from employers.notifications.queries import open_findings, open_questions, reference
from employers.organisations import rights
from employers.organisations.access import employers_of_user, rights_of_user
from employers.organisations.models import Organisation
from employers.records import clock, crypto

STAYS = timedelta(days=31)  # a day that is over stays in the calendar this long


def feed_of(token: str, *, on: date) -> CalendarFeed | None:
    """None for an address that was taken back, or whose owner may no longer act for the employer."""
    found = CalendarFeed.objects.filter(
        token_hash=crypto.index(token, purpose="calendar"), revoked_at__isnull=True, user__is_active=True
    )
    feed = found.select_related("organisation", "user").first()
    if feed is None or not employers_of_user(feed.user, on=on).filter(pk=feed.organisation_id).exists():
        return None
    return feed


def entries(feed: CalendarFeed, *, on: date) -> list[Entry]:
    """In the active language: what the owner may see on this day."""
    held = rights_of_user(feed.user, feed.organisation, on=on)
    return [
        entry
        for right, days in DAYS
        if right in held
        for entry in days(feed.organisation, since=on - STAYS)
    ]  # fmt: skip


def _deadlines(organisation: Organisation, *, since: date) -> Iterator[Entry]:
    for finding in open_findings(organisation.pk).filter(deadline__gte=since).order_by("pk"):
        yield _entry(
            f"deadline-{finding.pk}",
            day=finding.due,
            title=_("Last day to apply for an allowance"),
            path=reverse("finding", args=[finding.pk]),
            stamp=finding.found_at,
        )


def _answers(organisation: Organisation, *, since: date) -> Iterator[Entry]:
    asked = open_questions().filter(application__organisation=organisation, due__gte=since)
    for one in asked.select_related("application").order_by("pk"):
        yield _entry(
            f"answer-{one.pk}",
            day=one.due,
            title=_("Answer our question"),
            path=reverse("answers", args=[one.application_id, one.pk]),
            stamp=one.asked_at,
            about=one.application,
        )


def _drafts(organisation: Organisation, *, since: date) -> Iterator[Entry]:
    begun = Draft.objects.filter(
        organisation=organisation,
        application__isnull=True,
        told_at__isnull=True,
        changed_at__date__gte=since - KEPT_FOR,
    )
    for pk, changed_at in begun.order_by("pk").values_list("pk", "changed_at"):
        yield _entry(
            f"draft-{pk}",
            day=clock.day_of(changed_at + KEPT_FOR),
            title=_("An unfinished application is deleted"),
            path=reverse("employer", args=[organisation.pk]),
            stamp=changed_at,
        )


def _pay_ends(organisation: Organisation, *, since: date) -> Iterator[Entry]:
    ending = Application.objects.filter(organisation=organisation, pay_ends__gte=since)
    for one in ending.exclude(status=lifecycle.WITHDRAWN).order_by("pk"):
        assert one.pay_ends
        yield _entry(
            f"pay-ends-{one.pk}",
            day=one.pay_ends,
            title=_("Your pay ends and the absence goes on"),
            path=one.get_absolute_url(),
            stamp=one.submitted_at,
            about=one,
        )


def _appeals(organisation: Organisation, *, since: date) -> Iterator[Entry]:
    decided = Decision.objects.filter(application__organisation=organisation, appeal_until__gte=since)
    for one in decided.select_related("application").defer("basis", "calculation").order_by("pk"):
        yield _entry(
            f"appeal-{one.pk}",
            day=one.appeal_until,
            title=_("Last day to appeal against a decision"),
            path=one.application.get_absolute_url(),
            stamp=one.decided_at,
            about=one.application,
        )


Days = Callable[..., Iterator[Entry]]
DAYS: tuple[tuple[str, Days], ...] = (
    (rights.APPLY, _deadlines),
    (rights.APPLY, _answers),
    (rights.APPLY, _drafts),
    (rights.APPLY, _pay_ends),
    (rights.VIEW_DECISIONS, _appeals),
)


def _entry(
    matter: str, *, day: date, title: str, path: str, stamp: datetime, about: Application | None = None
) -> Entry:
    url = settings.PORTAL_URL.rstrip("/") + path
    number = reference(about) if about else ""
    text = "\n".join(
        filter(None, [number and f"{_('Reference')}: {number}", _("Sign in to see what it is about."), url])
    )
    uid = f"{matter}@{urlsplit(settings.PORTAL_URL).hostname or 'localhost'}"
    return Entry(uid=uid, day=day, title=title, text=text, url=url, stamp=stamp)
