"""The call that shows paid absences in the register which no application covers, with the day each right ends."""

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from employers.applications.models_register import Finding
from employers.benefits.deadlines import moved
from employers.benefits.estimate import money, money_or_none
from employers.organisations.calls import Caller, caller_of
from employers.organisations.identifiers import is_business_id
from employers.records import paging
from employers.records.problem import invalid_at
from employers.records.readlog import log_each

COLUMNS = (
    "id",
    "kind",
    "organisation_id",
    "organisation__business_id",
    "person_id",
    "benefit",
    "absence_start",
    "absence_end",
    "paid",
    "estimated_amount",
    "deadline",
    "status",
    "application_id",
)
Row = dict[str, Any]


class Findings(APIView):
    def get(self, request: Request) -> Response:
        """Newest first; `employer` and `status` narrow it."""
        caller, page = caller_of(request), paging.asked(request.query_params)
        found = Finding.objects.filter(organisation__in=caller.employers(), **filters(request.query_params))
        rows = page.rows(found.values(*COLUMNS))
        on_page = rows[: page.limit]
        readers = caller.readers(row["organisation_id"] for row in on_page)
        reads = [(row["person_id"], readers[row["organisation_id"]]) for row in on_page]
        log_each(reads, purpose="finding", action="list", at=caller.at)
        return Response(page.answer(rows, [shape(row, caller=caller) for row in on_page]))


def filters(query: Any) -> dict[str, str]:
    chosen = {}
    if "status" in query:
        if query["status"] not in Finding.State.values:
            raise invalid_at("status", "invalid_choice")
        chosen["status"] = query["status"]
    if "employer" in query:
        chosen["organisation__business_id"] = query["employer"] if is_business_id(query["employer"]) else ""
    return chosen


def shape(row: Row, *, caller: Caller) -> dict[str, Any]:
    """Never who: the register's facts about a person are read where the absence becomes an application."""
    return {
        "id": row["id"],
        "kind": row["kind"],
        "employer": row["organisation__business_id"],
        "benefit": row["benefit"],
        "absence": {"start": row["absence_start"], "end": row["absence_end"]},
        "paid": money(row["paid"]),
        "estimated_amount": money_or_none(row["estimated_amount"]),
        "at_least": True,  # counted from this employer's wages alone
        "deadline": row["deadline"],
        "days_left": max((moved(row["deadline"]) - caller.on).days, 0),  # as lateness is judged
        "status": row["status"],
        "application": row["application_id"],
    }
