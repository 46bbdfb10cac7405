"""The guidance pages. Open to everyone: no sign-in, no personal data."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from employers.guidance.flow import COMMON, SUBJECTS, subject_of
from employers.guidance.flows.every import FLOWS
from employers.guidance.forms import VoteForm
from employers.guidance.models import GuidanceTopic
from employers.guidance.queries import found, in_force
from employers.guidance.topics import SIZE_CLASSES
from employers.guidance.vote import TooMany, vote
from employers.guidance.words.every import WORDS
from employers.records import clock

LONGEST_QUERY = 60  # characters
SUBJECT_NAMES = {
    COMMON: gettext_lazy("Applying"),
    "illness": gettext_lazy("Illness, infectious disease, donation"),
    "family": gettext_lazy("Family leave"),
    "rehabilitation": gettext_lazy("Rehabilitation"),
    "occupational_health": gettext_lazy("Occupational health care"),
}
SIZE_NAMES = {
    "small": gettext_lazy("Under 20 employees"),
    "medium": gettext_lazy("20 to 1 000 employees"),
    "large": gettext_lazy("Over 1 000 employees"),
}


@require_GET
def topic_list(request: HttpRequest) -> HttpResponse:
    """Grouped by subject; a search gives one list, the nearest first. A search is kept nowhere."""
    words = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_QUERY]
    size = request.GET.get("size", "")
    topics: Iterable[GuidanceTopic] = in_force(clock.today())
    if words:
        topics = found(in_force(clock.today()), words, language=get_language() or "fi")
    if size in SIZE_CLASSES:
        topics = [topic for topic in topics if not topic.size_classes or size in topic.size_classes]
    shown = list(topics)
    context = {
        "words": words,
        "size": size,
        "sizes": SIZE_NAMES.items(),
        "topics": shown,
        "groups": [] if words else groups(shown),
        "flows": [(reverse(f"flow-{slug}"), WORDS[slug]) for slug in FLOWS],
    }
    return render(request, "employers/guidance/list.html", context)


@require_GET
def topic_page(request: HttpRequest, slug: str) -> HttpResponse:
    topic = _one(request, slug)
    context = {"topic": topic, "step": request.GET.get("step", ""), "size": request.GET.get("size", "")}
    return render(request, "employers/guidance/topic.html", context)


@require_POST
def vote_on(request: HttpRequest, slug: str) -> HttpResponse:
    """Did this help? The session is all that is known of whoever says so."""
    topic, form = _one(request, slug), VoteForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose yes or no. What was missing fits in 1,000 characters."))
        return redirect(topic)
    if not request.session.session_key:
        request.session.create()
    said = {name: form.cleaned_data[name] for name in ("missing", "step", "size_class")}
    try:
        vote(
            topic=topic,
            session=str(request.session.session_key),
            helped=form.cleaned_data["helped"] == "yes",
            at=clock.now(),
            language=get_language() or "",
            **said,
        )
        messages.success(request, _("Thank you. It helps us to write better guidance."))
    except TooMany:
        messages.info(request, _("Thank you. We have been told so much in a short time that we take no more just now."))
    return redirect(topic)


def groups(topics: Iterable[GuidanceTopic]) -> list[dict[str, Any]]:
    by_subject: dict[str, list[GuidanceTopic]] = {name: [] for name in (COMMON, *SUBJECTS)}
    for topic in topics:
        by_subject[subject_of(topic)].append(topic)
    return [
        {"code": name, "name": SUBJECT_NAMES[name], "topics": inside} for name, inside in by_subject.items() if inside
    ]


def _one(request: HttpRequest, slug: str) -> GuidanceTopic:
    """The version in force; an official also sees one that is not, the latest. Raises Http404."""
    versions = GuidanceTopic.objects.filter(slug=slug)
    today = in_force(clock.today(), versions).first()
    if today is None and request.user.has_perm("employers.view_guidancetopic"):
        today = versions.order_by("-valid_from").first()
    if today is None:
        raise Http404
    return today
