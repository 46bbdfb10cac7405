"""One question a page. The answers travel in the address: Back works, a link can be shared, nothing is kept."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from employers.benefits.deadlines import moved
from employers.guidance.flows.by_when import BY_WHEN, day_of, deadline
from employers.guidance.flows.every import FLOWS
from employers.guidance.flows.shape import Flow, Said
from employers.guidance.forms import Answer, form_of
from employers.guidance.models import GuidanceTopic
from employers.guidance.queries import in_force
from employers.guidance.words.every import WORDS
from employers.guidance.words.shape import FlowWords
from employers.intake.words import benefit_name
from employers.law.queries import law_on
from employers.records import clock

Counted = Callable[[Said], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Place:
    """How far the address leads: the answers so far, and the question to ask or the end that was reached."""

    said: dict[str, Any]
    typed: dict[str, str]
    name: str
    form: Answer | None


@require_GET
def flow_page(request: HttpRequest, slug: str) -> HttpResponse:
    return answered(request, slug, by_when if slug == BY_WHEN.slug else lambda _said: {})


def answered(request: HttpRequest, slug: str, counted: Counted) -> HttpResponse:
    """A question, or the end with what was counted from the answers."""
    flow, words = FLOWS[slug], WORDS[slug]
    here = place(flow, words, request.GET)
    context: dict[str, Any] = {"slug": slug, "flow": words, "address": reverse(f"flow-{slug}"), **_behind(slug, here)}
    if here.form is not None:
        context |= {"form": here.form, "errors": here.form.found_wrong(), "typed": here.typed}
        return render(request, "employers/guidance/question.html", context)
    context |= _end(flow, words, here) | counted(here.said)
    return render(request, "employers/guidance/end.html", context)


def place(flow: Flow, words: FlowWords, data: QueryDict) -> Place:
    """Answers that do not belong to the way are left out; the first one that is missing or wrong is asked."""
    said: dict[str, Any] = {}
    typed: dict[str, str] = {}
    name = flow.start
    while name in flow.questions:
        form = form_of(name, flow.questions[name], words.questions[name], data)
        if not form.is_bound or not form.is_valid():
            return Place(said, typed, name, form)
        said[name], typed[name] = form.cleaned_data[name], str(data[name])
        name = flow.questions[name].next(said)
    return Place(said, typed, name, None)


def by_when(said: Said) -> dict[str, Any]:
    """The last day with the days left; without a day where the law of that time is not known."""
    today = clock.today()
    last = deadline(said, law=law_on(day_of(said)))
    if last is None:
        return {"unknown_day": True}
    return {"deadline": last, "last_day": moved(last), "days_left": (moved(last) - today).days}


def _behind(slug: str, here: Place) -> dict[str, Any]:
    """The answers so far, each with a way back to it."""
    address, names = reverse(f"flow-{slug}"), list(here.typed)
    asked = WORDS[slug].questions
    ways = [f"{address}?{urlencode({one: here.typed[one] for one in names[:place]})}" for place in range(len(names))]
    answers = [
        {"question": asked[name].title, "answer": asked[name].choices.get(typed, typed), "href": way}
        for (name, typed), way in zip(here.typed.items(), ways, strict=True)
    ]
    return {"answers": answers, "back": ways[-1] if ways else reverse("guidance-list")}


def _end(flow: Flow, words: FlowWords, here: Place) -> dict[str, Any]:
    end = flow.ends[here.name]
    topics = GuidanceTopic.objects.none() if not end.topics else in_force(clock.today()).filter(slug__in=end.topics)
    benefit = end.benefit or here.said.get("benefit")
    return {
        "end": words.ends[here.name],
        "notes": [words.notes[name] for name in flow.notes_for(here.said)],
        "topics": topics,
        "benefit": benefit and {"name": benefit_name(benefit), "slug": benefit.replace("_", "-")},
    }
