"""Every employer one may apply for on one page: what each could still claim, and which of them has the least time."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, F, Min, Q, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from employers.applications.models_register import Finding
from employers.applications.views.found import SOON
from employers.applications.views.guide import topics_beside
from employers.benefits.deadlines import moved
from employers.income_register import freshness
from employers.organisations import rights
from employers.organisations.access import employers_of_user
from employers.organisations.models import Organisation
from employers.organisations.views.doors import signed_in, user_of
from employers.records import clock

A_PAGE = 50
OPEN = Q(findings__status=Finding.State.OPEN)
UNCLAIMED = OPEN & Q(findings__kind=Finding.Kind.UNCLAIMED)
MISMATCH = OPEN & Q(findings__kind=Finding.Kind.MISMATCH)
ORDERS = {
    "days": (F("soonest").asc(nulls_last=True), "name", "pk"),
    "sum": (F("worth").desc(nulls_last=True), "name", "pk"),
    "name": ("name", "pk"),
}


@require_GET
@signed_in
def clients(request: HttpRequest) -> HttpResponse:
    """`order`: days, sum or name; `q`: a part of the name, or the Business ID. Nobody's data is on the page."""
    on, q = clock.today(), " ".join(request.GET.get("q", "").split())[:100]
    order = request.GET.get("order", "")
    order = order if order in ORDERS else "days"
    ours = employers_of_user(user_of(request), on=on, right=rights.APPLY)
    page = Paginator(_found(ours, q).order_by(*ORDERS[order]), A_PAGE).get_page(request.GET.get("page"))
    employers: list[Any] = list(page.object_list)
    context = {
        "page": page,
        "rows": [_row(one, on=on) for one in employers],
        "all_read": all(one.last_good_at for one in employers),  # else nobody knows that nothing is left
        "all": _all(ours),
        "orders": _orders(order),
        "order": order,
        "q": q,
        "topics": topics_beside("clients"),
    }
    return render(request, "employers/applications/clients.html", context)


def _found(ours: QuerySet[Organisation], q: str) -> QuerySet[Organisation]:
    """Each with its counts: one query, however many findings there are."""
    if q:
        ours = ours.filter(Q(name__icontains=q) | Q(business_id=q))
    counted = Organisation.objects.filter(pk__in=ours.values("pk")).annotate(
        open=Count("findings", filter=UNCLAIMED),
        known=Count("findings__estimated_amount", filter=UNCLAIMED),
        worth=Sum("findings__estimated_amount", filter=UNCLAIMED),
        soonest=Min("findings__deadline", filter=UNCLAIMED),
        differ=Count("findings", filter=MISMATCH),
    )
    return freshness.with_freshness(counted)


def _row(one: Any, *, on: date) -> dict[str, Any]:
    last_day = moved(one.soonest) if one.soonest else None
    fresh = freshness.Freshness(
        last_good_at=one.last_good_at, synced_until=one.synced_until, waits_since=one.waits_since
    )
    return {
        "employer": one,
        "without_sum": one.open - one.known,
        "last_day": last_day,
        "days_left": (last_day - on).days if last_day else None,
        "soon": one.soonest is not None and one.soonest <= on + SOON,
        "late": one.register_access and fresh.is_late(clock.now()),
    }


def _all(ours: QuerySet[Organisation]) -> dict[str, Any]:
    """Over every employer, whatever is searched for."""
    open_ones = Finding.objects.filter(organisation__in=ours.values("pk"), status=Finding.State.OPEN)
    unclaimed = Q(kind=Finding.Kind.UNCLAIMED)
    return open_ones.aggregate(
        count=Count("pk", filter=unclaimed),
        worth=Sum("estimated_amount", filter=unclaimed),
        employers=Count("organisation", filter=unclaimed, distinct=True),
        differ=Count("pk", filter=Q(kind=Finding.Kind.MISMATCH)),
    )


def _orders(order: str) -> list[dict[str, Any]]:
    names = {"days": _("The least time first"), "sum": _("The largest sum first"), "name": _("By name")}
    return [{"code": code, "name": name, "here": code == order} for code, name in names.items()]
