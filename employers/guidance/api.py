"""The topics that the web service shows beside a question, for programs that ask the same question themselves."""

from collections.abc import Collection, Mapping
from typing import Any

from django.http import HttpResponse
from django.http.request import QueryDict
from rest_framework.request import Request
from rest_framework.views import APIView

from employers.benefits.claim import BENEFITS
from employers.benefits.problems import Problem
from employers.guidance.flow import STEPS
from employers.guidance.models import GuidanceTopic
from employers.guidance.queries import topics_fitting, topics_for
from employers.guidance.topics import SIZE_CLASSES
from employers.intake import codes
from employers.intake.api import unless_known
from employers.records import clock, paging
from employers.records.problem import invalid

MOST = 5  # beside one question: no more than one reads
KNOWN: Mapping[str, Collection[str]] = {
    "benefit": BENEFITS,
    "step": STEPS,
    "code": codes.every_code(),
    "size_class": SIZE_CLASSES,
}


class Guidance(APIView):
    def get(self, request: Request) -> HttpResponse:
        """The best fits beside a step or a problem; without either every topic that fits."""
        asked, on = chosen(request.query_params), clock.today()
        whose = {"benefit": asked["benefit"], "size_class": asked["size_class"]}
        said = request.query_params.getlist("code")
        if asked["step"] or said:
            topics = topics_for(**whose, step=asked["step"], on=on, codes=said)[:MOST]
        else:
            topics = topics_fitting(**whose, on=on)
        shown, later = paging.part(topics, request.query_params)
        document = {"items": [answer(topic) for topic in shown], "next": later}
        return unless_known(request, document, cache="private, max-age=300")


def chosen(query: QueryDict) -> dict[str, str | None]:
    """What was asked for, by name; of a code the last. Raises the 422 with every value that is none."""
    problems = [
        Problem(name, "invalid_choice")
        for name, known in KNOWN.items()
        if any(value not in known for value in query.getlist(name))
    ]
    if problems:
        raise invalid(problems)
    return {name: query.get(name) for name in KNOWN}


def answer(topic: GuidanceTopic) -> dict[str, Any]:
    """In the active language."""
    return {
        "slug": topic.slug,
        "title": topic.title,
        "summary": topic.summary,
        "body": [{"kind": kind, "lines": lines} for kind, lines in topic.blocks],
        "benefits": topic.benefits,
        "steps": topic.steps,
        "fields": topic.fields,
        "problem_codes": topic.problem_codes,
        "size_classes": topic.size_classes,
        "valid_from": topic.valid_from,
        "valid_until": topic.valid_until,
        "page": topic.get_absolute_url(),
    }
