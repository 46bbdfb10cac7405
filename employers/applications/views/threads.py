"""Messages between an employer and its adviser: the list, and one thread with its place for the next words."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from employers.applications.message import LONGEST, ask_more, mark_read
from employers.applications.models_threads import Message, Thread
from employers.applications.threads import with_unread
from employers.applications.views.about import told
from employers.applications.views.doors import actor, of_nothing_by, saw, threads_seen_by
from employers.intake.forms.base import Questions
from employers.organisations import rights
from employers.organisations.access import Actor, of_benefits, rights_of_user
from employers.organisations.identifiers import without_codes
from employers.organisations.models import Organisation
from employers.organisations.views.doors import acting_for, signed_in, user_of
from employers.organisations.views.missing import MissingRight
from employers.records import clock, doorbell

A_PAGE = 25
FIRST_WORDS = 120  # characters of a question in the list
SEES = {*rights.to_see(""), *rights.to_see(rights.OCCUPATIONAL_HEALTH)}


class ReplyForm(Questions):
    text = forms.CharField(
        label=gettext_lazy("Your message"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 5})
    )
    missing = {"text": gettext_lazy("Write your message.")}


@require_GET
@acting_for()
def threads(request: HttpRequest, organisation: Organisation, by: Actor) -> HttpResponse:
    """Unread ones first, the latest of each kind before the older."""
    held = refuse_without_right(request, organisation)
    seen = of_benefits(held, rights.to_see) | of_nothing_by(user_of(request))
    found = with_unread(Thread.objects.filter(seen, organisation=organisation)).order_by("-unread", "-id")
    page = Paginator(found.prefetch_related("messages"), A_PAGE).get_page(request.GET.get("page"))
    listed = list(page.object_list)
    saw([one.person_id for one in listed], by=by, purpose="message", action="list")
    context = {"organisation": organisation, "page": page, "threads": [_row(one) for one in listed]}
    return render(request, "employers/applications/threads.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def thread(request: HttpRequest, thread_id: UUID) -> HttpResponse:
    one = get_object_or_404(_seen(request).select_related("organisation", "application"), pk=thread_id)
    by = acting(request, one.organisation)
    form = ReplyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        text = without_codes(form.cleaned_data["text"])
        ask_more(thread_id=one.pk, text=text, by=by, at=clock.now())
        doorbell.ring()
        messages.success(request, _("Your message was sent. The answer comes here."))
        return redirect(one)
    saw([one.person_id], by=by, purpose="message", action="read")
    context = _context(one, form)
    mark_read(thread_id=one.pk, at=clock.now())
    return render(request, "employers/applications/thread.html", context)


def refuse_without_right(request: HttpRequest, organisation: Organisation) -> list[str]:
    """Messages are for those who may apply or see decisions. The rights one holds. Raises MissingRight."""
    held = rights_of_user(user_of(request), organisation, on=clock.today())
    if not rights.may(held, SEES):
        raise MissingRight(organisation, rights.APPLY)
    return held


def acting(request: HttpRequest, organisation: Organisation) -> Actor:
    """By the mandate that gives the right: to apply, or else to see decisions."""
    held = rights_of_user(user_of(request), organisation, on=clock.today())
    return actor(request, organisation, right=next(right for right in rights.RIGHTS if right in {*held} & SEES))


def _seen(request: HttpRequest) -> QuerySet[Thread]:
    return threads_seen_by(user_of(request))


def _row(one: Any) -> dict[str, Any]:
    said = list(one.messages.all())
    first = " ".join(said[0].text.split())
    return {
        "thread": one,
        "title": first if len(first) <= FIRST_WORDS else f"{first[:FIRST_WORDS].rstrip()}…",
        "unread": one.unread,
        "answered": said[-1].role == Message.Role.OFFICIAL,
        "last": said[-1].at,
    }


def _context(one: Thread, form: ReplyForm) -> dict[str, Any]:
    return {
        "organisation": one.organisation,
        "thread": one,
        "about": told(one),
        "messages_said": list(_said(one)),
        "form": form,
        "errors": form.found_wrong(),
    }


def _said(one: Thread) -> Iterator[dict[str, Any]]:
    """Officials have no names here: the agency answers."""
    for message in one.messages.select_related("user"):
        official = message.role == Message.Role.OFFICIAL
        yield {
            "text": message.text,
            "at": message.at,
            "official": official,
            "who": _("Adviser") if official else str(message.user or ""),
            "fresh": official and message.read_at is None,
        }
