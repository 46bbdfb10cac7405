"""What the register shows: paid absences that no application covers, and applications that it disagrees with."""

from datetime import date
from typing import Any
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from employers.applications.api import by_deadline, narrowing
from employers.applications.models_register import Finding
from employers.benefits.claim import BENEFITS
from employers.benefits.deadlines import moved
from employers.benefits.estimate import money_or_none
from employers.organisations.calls import Caller, caller_of
from employers.records import paging
from employers.records.problem import invalid_at
from employers.records.readlog import log_each

COLUMNS = (
    "id",
    "kind",
    "code",
    "facts",
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
    "dismissed_because",
    "dismissed_at",
)
CHOICES = {"status": Finding.State.values, "kind": Finding.Kind.values, "benefit": BENEFITS}
ORDERS = ("newest", "deadline")
Row = dict[str, Any]


class Findings(APIView):
    def get(self, request: Request) -> Response:
        """Newest first, or with `order=deadline` the soonest deadline first and what has none last. A cursor is good
        for the order it was given in. `employer`, `status`, `kind`, `benefit` and `deadline_before` (that day is not
        among them) narrow the list. An `unclaimed` finding is a paid absence that no application covers. A `mismatch`
        names the `application`, in `code` what differs, and in `facts` what the application and the register say; it
        has no deadline."""
        caller = caller_of(request)
        page = _page(request.query_params)
        found = Finding.objects.filter(organisation__in=caller.employers(), **filters(request.query_params))
        rows = page.rows(found.values(*COLUMNS))
        on_page = rows[: page.limit]
        readers = caller.readers(row["organisation_id"] for row in on_page)
        reads = [(row["person_id"], readers[row["organisation_id"]]) for row in on_page]
        log_each(reads, purpose="finding", action="list", at=caller.at)
        return Response(page.answer(rows, [shape(row, caller=caller) for row in on_page]))


def _page(query: Any) -> Any:
    order = query.get("order", "newest")
    if order not in ORDERS:
        raise invalid_at("order", "invalid_choice")
    return by_deadline.asked(query) if order == "deadline" else paging.asked(query)


def filters(query: narrowing.Query) -> dict[str, Any]:
    day = narrowing.day(query, "deadline_before")
    before = {"deadline__lt": day} if day else {}
    return {**narrowing.chosen(query, CHOICES), **narrowing.of_employer(query), **before}


def one(id: UUID, *, caller: Caller) -> dict[str, Any]:
    """Of an employer that the caller may act for."""
    return shape(Finding.objects.values(*COLUMNS).get(pk=id), caller=caller)


def shape(row: Row, *, caller: Caller) -> dict[str, Any]:
    """Never who: the register's facts about a person are read where the absence becomes an application."""
    return {
        "id": row["id"],
        "kind": row["kind"],
        "code": row["code"] or None,
        "facts": row["facts"] or None,
        "employer": row["organisation__business_id"],
        "benefit": row["benefit"],
        "absence": {"start": row["absence_start"], "end": row["absence_end"]},
        "paid": money_or_none(row["paid"]),
        "estimated_amount": money_or_none(row["estimated_amount"]),
        "at_least": True,  # counted from this employer's wages alone
        "deadline": row["deadline"],
        "days_left": _days_left(row["deadline"], on=caller.on),
        "status": row["status"],
        "application": row["application_id"],
        "dismissal": _dismissal(row),
    }


def _days_left(deadline: date | None, *, on: date) -> int | None:
    """As lateness is judged."""
    return None if deadline is None else max((moved(deadline) - on).days, 0)


def _dismissal(row: Row) -> dict[str, Any] | None:
    if row["status"] != Finding.State.DISMISSED:
        return None
    return {"because": row["dismissed_because"], "at": row["dismissed_at"]}
