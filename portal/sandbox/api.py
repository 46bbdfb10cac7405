"""Calls that only the sandbox has: everything back to the start, and another day for today."""

from datetime import date, datetime, time
from typing import Any, NoReturn

from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from employers.benefits.periods import in_range
from employers.benefits.problems import Problem
from employers.intake import values
from employers.law.queries import overlay
from employers.organisations.calls import body_of
from employers.organisations.permissions import client_of
from employers.records import clock
from employers.records.problem import invalid, invalid_at, not_found
from portal.sandbox import data
from portal.sandbox.emptying import empty_folder
from portal.sandbox.register.forgetting import forget_what_was_sent
from portal.sandbox.today import keep_to_official_years, last_day

MEMBERS = {"now": values.text(40), "today": values.day}
MORNING = time(9, 0)


class Reset(APIView):
    def post(self, request: Request) -> Response:
        """Restore the start. Clients and tokens stay."""
        only_for_the_sandbox(request)
        forget_what_was_sent()
        clock.reset()
        keep_to_official_years()
        data.reset(at=clock.now())
        empty_folder()
        return Response(status=204)


class Clock(APIView):
    def post(self, request: Request) -> Response:
        """Set the time: `{"now": "2026-05-04T09:00:00Z"}`, or `{"today": "2026-05-04"}`. It goes on from there, up to
        the end of the last year with official parameters."""
        only_for_the_sandbox(request)
        clock.move_to(moment_in(body_of(request)))
        return Response({"now": clock.now(), "today": clock.today()})


def only_for_the_sandbox(request: Request) -> None:
    if not client_of(request).application.client_id.startswith("sandbox-"):
        raise not_found()


def moment_in(body: Any) -> datetime:
    problems: list[Problem] = []
    found = values.shape(MEMBERS)(body, "", problems)
    if problems:
        raise invalid(problems)
    if len(found) != 1:
        raise invalid_at("now", "required")
    moment = datetime.combine(found["today"], MORNING, clock.HELSINKI) if "today" in found else parsed(found["now"])
    refuse_far_off(clock.day_of(moment), field=next(iter(found)))
    return moment


def refuse_far_off(day: date, *, field: str) -> None:
    if not in_range(day):
        refuse("date_out_of_range", field=field)
    last = last_day(overlay=overlay())
    if day > last:
        refuse("year_not_official", field=field, last=last)


def parsed(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
        return moment if moment.tzinfo and 1900 < moment.year < 3000 else refuse("time_invalid")
    except ValueError:
        return refuse("time_invalid")


def refuse(code: str, *, field: str = "now", **params: Any) -> NoReturn:
    raise invalid_at(field, code, **params)
