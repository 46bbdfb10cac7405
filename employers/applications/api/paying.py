"""What was paid: from a line on the bank statement to the application, over every employer that one may ask about."""

import re
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from employers.applications.api import narrowing, shapes
from employers.applications.models import ApplicationVersion, Payment
from employers.benefits.estimate import money
from employers.organisations import rights
from employers.organisations.access import employers_of_client
from employers.organisations.calls import Caller, caller_of
from employers.organisations.models import Organisation
from employers.records import paging
from employers.records.readlog import log_each

APPLICATION, EMPLOYER = "decision__application", "decision__application__organisation"
SEES = (*dict.fromkeys((*rights.READERS, *rights.OF_HEALTH)),)
CREDITOR = re.compile(r"RF[0-9]{2}", re.ASCII)  # ISO 11649 puts this before a Finnish reference number
Row = dict[str, Any]


class Payments(APIView):
    def get(self, request: Request) -> Response:
        """Newest first."""
        caller, page = caller_of(request), paging.asked(request.query_params)
        found = filtered(seen_by(caller), request.query_params)
        rows = page.rows(with_said(found))
        on_page = rows[: page.limit]
        log(caller, on_page)
        return Response(page.answer(rows, [shape(row) for row in on_page]))


def seen_by(caller: Caller) -> QuerySet[Payment]:
    """Of the benefits that the caller may see beside their payments; to whom payments alone are shown, all of them."""
    of_health = Q(**{f"{APPLICATION}__benefit": rights.OCCUPATIONAL_HEALTH})
    there, elsewhere = with_any(caller, rights.OF_HEALTH), with_any(caller, rights.READERS)
    alone = ~Q(**{f"{EMPLOYER}__in": with_any(caller, SEES)})
    return Payment.objects.exclude(status=Payment.State.CANCELLED).filter(
        of_health & Q(**{f"{EMPLOYER}__in": there}) | ~of_health & Q(**{f"{EMPLOYER}__in": elsewhere}) | alone,
        **{f"{EMPLOYER}__in": caller.employers()},
    )


def with_any(caller: Caller, needed: tuple[str, ...]) -> QuerySet[Organisation]:
    return reduce(or_, [employers_of_client(caller.client, on=caller.on, right=right) for right in needed])


def filtered(found: QuerySet[Payment], query: narrowing.Query) -> QuerySet[Payment]:
    found = found.filter(**narrowing.of_employer(query, at=f"{EMPLOYER}__business_id"))
    if day := narrowing.day(query, "paid_after"):
        found = found.filter(paid_on__gt=day)
    return found.filter(reference=plain(query["reference"])) if "reference" in query else found


def plain(reference: str) -> str:
    """As it stands on a bank statement, in groups, with leading zeros or as an RF reference: as we keep it."""
    packed = "".join(reference.split()).upper()
    digits = packed[4:] if CREDITOR.match(packed) else packed
    return digits.lstrip("0")


def with_said(found: QuerySet[Payment]) -> QuerySet[Payment, Any]:
    """With what the application says now, sealed, in the same query."""
    version = ApplicationVersion.objects.filter(
        application=OuterRef(APPLICATION), number=OuterRef(f"{APPLICATION}__version")
    )
    return found.values(
        "id",
        "amount",
        "status",
        "paid_on",
        "reference",
        employer=F(f"{EMPLOYER}__business_id"),
        organisation=F(EMPLOYER),
        person=F(f"{APPLICATION}__person"),
        application=F(APPLICATION),
        application_reference=F(f"{APPLICATION}__reference"),
        version=Subquery(version.values("pk")),
        content=Subquery(version.values("content")),
    )


def log(caller: Caller, rows: list[Row]) -> None:
    """No row in the log, no data."""
    readers = caller.readers(row["organisation"] for row in rows)
    reads = [(row["person"], readers[row["organisation"]]) for row in rows if row["person"]]
    log_each(reads, purpose="payment", action="list", at=caller.at)


def shape(row: Row) -> Row:
    said = shapes.CONTENT.opened(row["content"], row["version"])
    return {
        "id": row["id"],
        "employer": row["employer"],
        "application": row["application"],
        "reference": row["reference"],
        "amount": money(row["amount"]),
        "status": row["status"],
        "paid_on": row["paid_on"],
        "payment_reference": said["payment_reference"],
        "application_reference": row["application_reference"],
    }
