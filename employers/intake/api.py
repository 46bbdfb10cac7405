"""Calls that need no token: what every code means, in three languages; every dated value; a page for every problem."""

import hashlib
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from rest_framework.request import Request
from rest_framework.views import APIView

from employers.benefits.law import parameters
from employers.benefits.problems import Problem
from employers.intake import catalogue, telling, values
from employers.law import words as law_words
from employers.law.queries import overlay
from employers.records import clock, paging, wire
from employers.records.problem import invalid_at

PUBLIC = "public, max-age=300"  # the same for everybody


class Codes(APIView):
    authentication_classes = ()
    also: Callable[[], Mapping[str, Any]] = dict  # what later stages add, told by whoever serves the address

    def get(self, request: Request) -> HttpResponse:
        """Every code an answer can hold, with its severity and its words; and what each call needs."""
        return unless_known(request, {**catalogue.every_code(), **self.also()})


class Parameters(APIView):
    authentication_classes = ()

    def get(self, request: Request) -> HttpResponse:
        """Every value in force on a day, today unless `on` says another, with its source and status."""
        on = asked_day(request.query_params.get("on"))
        in_force, later = paging.part(parameters(on, overlay=overlay()), request.query_params)
        items = [{**value.as_dict(), "title": law_words.title(value.name)} for value in in_force]
        return unless_known(request, {"on": on, "items": items, "next": later})


@csrf_exempt  # so that a POST hears of the method and not of a form's token
@require_safe
def problem_page(request: HttpRequest, code: str) -> HttpResponse:
    """What the `type` of a problem document and the `help` of an error lead to. `?language=` is its own switch."""
    asked = request.GET.get("language", "")
    with translation.override(asked if asked in catalogue.LANGUAGES else translation.get_language()):
        page = telling.page(code)
        if page is None:
            raise Http404
        answer = render(request, "employers/intake/problem.html", {"page": page})
        answer.headers["Content-Language"] = translation.get_language()
    return answer


def unless_known(request: Request, document: dict[str, Any], *, cache: str = PUBLIC) -> HttpResponse:
    """304 when the caller holds the same bytes already."""
    return bytes_unless_known(request, wire.dumps(document), cache=cache)


def bytes_unless_known(request: Request, body: bytes, *, cache: str = PUBLIC) -> HttpResponse:
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": etag, "Cache-Control": cache}
    known = {tag.strip().removeprefix("W/") for tag in request.headers.get("If-None-Match", "").split(",")}
    if etag in known or "*" in known:
        return HttpResponse(status=304, headers=headers)
    return HttpResponse(body, content_type="application/json", headers=headers)


def asked_day(text: str | None) -> date:
    if text is None:
        return clock.today()
    problems: list[Problem] = []
    found = values.day(text, "on", problems)
    if problems:
        raise invalid_at("on", "date_invalid")
    return date.fromisoformat(str(found))
