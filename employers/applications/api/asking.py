"""Calls about what an official asked: the questions, and the answers to them."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from employers.applications import lifecycle
from employers.applications.answer import AlreadyAnswered, UnknownItem, answer
from employers.applications.api import reading
from employers.applications.api.doing import Doing, doing
from employers.applications.models import Application, InformationRequest, RequestItem
from employers.benefits.problems import Problem
from employers.intake import values, words
from employers.organisations.calls import body_of, caller_of
from employers.records import paging
from employers.records.problem import Refusal, invalid, invalid_at, not_found

MOST = 50  # answers in one body
ANSWER = values.shape({"item": values.uuid, "text": values.filled(4000)}, required=("item", "text"))
ANSWERS = values.shape({"answers": values.listing(ANSWER, most=MOST)}, required=("answers",))


class Requests(APIView):
    def get(self, request: Request, id: UUID) -> Response:
        """What is asked about one application, newest first. An official's own words may tell of a person."""
        caller, page = caller_of(request), paging.asked(request.query_params)
        reading.owned(caller, id)
        reading.log_one(caller, id, action="requests")
        rows = page.rows(asked_about(id))
        return Response(page.answer([{"id": row.pk} for row in rows], [shape(row) for row in rows[: page.limit]]))


class Answers(APIView):
    def post(self, request: Request, id: UUID, rid: UUID) -> HttpResponse:
        """Answer some or all items. The last answer sends the application back to handling."""
        call = doing(request, id)
        if not asked_about(id).filter(pk=rid).exists():
            raise not_found()
        body = body_of(request)
        return call.once(lambda: (201, _answered(call, rid, answers_in(body)), {}), action="answer")


def asked_about(application: UUID) -> QuerySet[InformationRequest]:
    items = Prefetch("items", RequestItem.objects.order_by("id"))
    return InformationRequest.objects.filter(application=application).prefetch_related(items)


def shape(found: InformationRequest) -> dict[str, Any]:
    return {"id": found.pk, "due": found.due, "items": [item(each) for each in found.items.all()]}


def item(found: RequestItem) -> dict[str, Any]:
    """The standard words, and the official's own on the next line."""
    return {
        "id": found.pk,
        "code": found.code,
        "text": "\n".join(filter(None, [words.question(found.code), found.note])),
        "answered": found.answered_at is not None,
    }


def answers_in(body: Any) -> Mapping[str, str]:
    """Text by item. Raises the 422."""
    problems: list[Problem] = []
    found = (ANSWERS(body, "", problems) or {}).get("answers") or []
    if not problems and not found:
        problems.append(Problem("answers", "answers_missing"))
    problems += answered_twice(found)
    if problems:
        raise invalid(problems)
    return {each["item"].lower(): each["text"] for each in found}


def answered_twice(found: list[dict[str, Any]]) -> list[Problem]:
    """Two answers to one question in one body: nobody can tell which was meant."""
    items = [str(each.get("item")).lower() for each in found]
    return [
        Problem(f"answers.{place}.item", "already_answered")
        for place, item in enumerate(items)
        if item in items[:place]
    ]


def _answered(call: Doing, rid: UUID, answers: Mapping[str, str]) -> dict[str, Any]:
    try:
        answer(request_id=rid, answers=answers, by=call.by, at=call.caller.at)
    except (UnknownItem, AlreadyAnswered) as error:
        code = "unknown_item" if isinstance(error, UnknownItem) else "already_answered"
        raise invalid_at(f"answers.{list(answers).index(error.item)}.item", code) from None
    except lifecycle.WrongState:
        raise Refusal(409, "wrong-state", application_status=_status(rid)) from None
    return shape(asked_about(call.pk).get(pk=rid))


def _status(rid: UUID) -> str:
    return Application.objects.values_list("status", flat=True).get(requests=rid)
