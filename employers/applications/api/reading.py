"""Calls that show applications. Which ones is decided in the query; every person shown leaves a row in the read log."""

from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import F, QuerySet
from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from employers.applications import lifecycle
from employers.applications.api import narrowing, shapes
from employers.applications.models import Application, ApplicationVersion
from employers.benefits.claim import BENEFITS
from employers.benefits.problems import Problem
from employers.intake import values
from employers.organisations.calls import KEY, Caller, body_of, caller_of, check_right, employer_in_body
from employers.people.models import Person
from employers.records import clock, idempotency, paging, wire
from employers.records.problem import invalid, invalid_at, not_found
from employers.records.readlog import log_each

SUBMISSION = f"POST {shapes.BASE}"
FILTERS = {"benefit": BENEFITS, "status": lifecycle.STATUSES}
SEARCH = ("employer", "personal_identity_code")
Row = dict[str, Any]


class Applications(APIView):
    def get(self, request: Request) -> Response:
        """Newest first; `employer`, `benefit`, `status` and `submitted_after` narrow it."""
        caller, page = caller_of(request), paging.asked(request.query_params)
        found = seen_by(caller).filter(**filters(request.query_params))
        return Response(listed(caller, found, page=page, action="list"))


class Search(APIView):
    def post(self, request: Request) -> Response:
        """By personal identity code within one employer. A POST, so that the code stays out of addresses."""
        caller, page, body = caller_of(request), paging.asked(request.query_params), body_of(request)
        employer = employer_in_body(caller, body)
        code = searched(body)
        found = seen_by(caller).filter(organisation=employer, person__identity_index=Person.index_of(code))
        return Response(listed(caller, found, page=page, action="search"))


class One(APIView):
    def get(self, request: Request, id: UUID) -> Response:
        """One application, with its version as the ETag."""
        caller = caller_of(request)
        row = shown(caller, id)
        return Response(shapes.application(row), headers={"ETag": f'"{row["application__version"]}"'})


class ByKey(APIView):
    def get(self, request: Request, key: str) -> HttpResponse:
        """What a lost answer said: the body that the request with this key got."""
        caller = caller_of(request)
        if not KEY.fullmatch(key):
            raise not_found()
        done = idempotency.answered(client=caller.client.pk, route=SUBMISSION, key=key.strip('"'))
        if done is None:
            raise not_found()
        shown(caller, UUID(wire.loads(done.body)["id"]))
        return HttpResponse(done.body, content_type="application/json", headers=done.headers)


def versions() -> QuerySet[ApplicationVersion]:
    """The version of each application that counts."""
    return ApplicationVersion.objects.filter(number=F("application__version"))


def seen_by(caller: Caller) -> QuerySet[Application]:
    return Application.objects.filter(narrowing.seen_by(caller))


def owned(caller: Caller, id: UUID) -> UUID:
    """The employer of this application: 404 for an unknown or foreign one, 403 where it withholds the right."""
    found = Application.objects.filter(pk=id, organisation__in=caller.known()).values_list("organisation", "benefit")
    organisation, benefit = found.first() or (None, "")
    if organisation is None:
        raise not_found()
    check_right(caller, organisation, benefit=benefit)
    return organisation


def shown(caller: Caller, id: UUID) -> Row:
    """The row of one application, logged as read."""
    owned(caller, id)
    row: Row = versions().filter(application__in=seen_by(caller).filter(pk=id)).values(*shapes.COLUMNS).get()
    log(caller, [row], action="read")
    return row


def listed(caller: Caller, found: QuerySet[Application], *, page: paging.Page, action: str) -> dict[str, Any]:
    """The page is cut among the applications: cut among what was said of them, it would read all that is before it.

    Whose they can be at all is asked for first: by a list of ids the database knows how few they are, and looks those
    up. As a part of the query it would walk through everybody's.
    """
    whose = list(caller.known().values_list("pk", flat=True))
    said = versions().filter(application__in=page.cut(found.filter(organisation__in=whose)).values("pk"))
    rows = list(said.order_by("-application_id").values(*shapes.COLUMNS))
    on_page = rows[: page.limit]
    log(caller, on_page, action=action)
    return page.answer(rows, [shapes.application(row) for row in on_page], key="application_id")


def log(caller: Caller, rows: list[Row], *, action: str) -> None:
    """No row in the log, no data."""
    readers = caller.readers(row["application__organisation_id"] for row in rows)
    reads = [
        (row["application__person_id"], readers[row["application__organisation_id"]])
        for row in rows
        if row["application__person_id"]
    ]
    log_each(reads, purpose="application", action=action, at=caller.at)


def log_one(caller: Caller, id: UUID, *, action: str) -> None:
    """The same for whoever reads something about one application."""
    whose = Application.objects.filter(pk=id).values(
        application__organisation_id=F("organisation"), application__person_id=F("person")
    )
    log(caller, [dict(row) for row in whose], action=action)


def filters(query: narrowing.Query) -> dict[str, Any]:
    after = {"submitted_at__gt": moment(query["submitted_after"])} if "submitted_after" in query else {}
    return {**narrowing.chosen(query, FILTERS), **narrowing.of_employer(query), **after}


def moment(text: str) -> datetime:
    """A time with its zone, or a day, which begins in Helsinki."""
    try:
        if values.DAY.fullmatch(text):
            return datetime.combine(date.fromisoformat(text), time.min, tzinfo=clock.HELSINKI)
        found = datetime.fromisoformat(text.replace(" ", "+"))
        return found.astimezone(UTC) if found.tzinfo else _wrong_time()
    except (ValueError, OverflowError):
        return _wrong_time()


def _wrong_time() -> datetime:
    raise invalid_at("submitted_after", "time_invalid")


def searched(body: Any) -> str:
    problems: list[Problem] = []
    code = values.identity_code(allow_temporary=settings.SANDBOX)
    read = values.shape({"employer": values.business_id, "personal_identity_code": code}, required=SEARCH)
    found = read(body, "", problems)
    if problems:
        raise invalid(problems)
    return str(found["personal_identity_code"])
