"""What the start page tells of sent applications: asked, corrected, pay that ends, decided and paid, sent lately."""

from datetime import date, timedelta
from typing import Any

from django.db.models import F, OuterRef, Prefetch, Q, QuerySet, Subquery, prefetch_related_objects

from employers.applications import lifecycle
from employers.applications.models import LIVE, Application, ApplicationVersion, InformationRequest
from employers.applications.models_corrections import CorrectionRequest
from employers.applications.views import listed
from employers.organisations import rights
from employers.organisations.access import of_benefits
from employers.organisations.models import Organisation
from employers.records.clock import day_of

SHOWN = 10  # of each kind; the rest are on the page of all applications
LATELY = timedelta(days=60)  # how long a decision is news
BEFORE_PAY_ENDS, AFTER_PAY_ENDED = timedelta(days=30), timedelta(days=30)

Rows = list[dict[str, Any]]


def matters(organisation: Organisation, *, held: list[str], on: date) -> dict[str, Rows]:
    """By kind, in a number of queries that does not grow with the rows. An application may be there twice."""
    waiting = list(_waiting(organisation, held, on=on))
    decided = [one for one in _decided(organisation, held)[:SHOWN] if _is_news(one, on=on)]
    known = {one.pk for one in decided}
    lately = [one for one in listed.sent(organisation, held)[:SHOWN] if one.pk not in known]
    _with_current_version([*waiting, *decided, *lately])
    return {
        "questions": [_asked(one, on=on) for one in waiting if _is_asked(one, held)][:SHOWN],
        "corrections": [listed.row(one) for one in waiting if one.corrected_at][:SHOWN],
        "pay_ends": [_ending(one, on=on) for one in _by_end(waiting, on=on)][:SHOWN],
        "decided": [_paid(one, held) for one in decided],
        "applications": [listed.row(one) for one in lately],
    }


def _waiting(organisation: Organisation, held: list[str], *, on: date) -> QuerySet[Any]:
    """Those something can be done about, what is asked soonest first. `request`, `due`: of the oldest open question."""
    asked = InformationRequest.objects.filter(application=OuterRef("pk"), items__answered_at__isnull=True)
    corrections = CorrectionRequest.objects.filter(state=CorrectionRequest.State.WAITING)
    of_this = corrections.filter(application=OuterRef("pk"))
    ours = corrections.filter(application__organisation=organisation).values("application")
    to_do = Q(status=lifecycle.INFORMATION_REQUESTED) | Q(pk__in=ours) | _ends(on)
    return (
        listed.sent(organisation, held)
        .filter(to_do)
        .annotate(
            request=Subquery(asked.order_by("id").values("pk")[:1]),
            due=Subquery(asked.order_by("id").values("due")[:1]),
            corrected_at=Subquery(of_this.values("asked_at")[:1]),
        )
        .order_by(F("due").asc(nulls_last=True), "id")[: 3 * SHOWN]
    )


def _ends(on: date) -> Q:
    return LIVE & Q(pay_ends__gte=on - AFTER_PAY_ENDED, pay_ends__lte=on + BEFORE_PAY_ENDS)


def _decided(organisation: Organisation, held: list[str]) -> QuerySet[Application]:
    """The latest first: keys of decisions grow with time."""
    ours = Application.objects.filter(organisation=organisation, decision__isnull=False)
    seen = ours.filter(of_benefits(held, rights.to_see_decision))
    return seen.select_related("decision__payment").order_by("-decision_id")


def _is_news(one: Application, *, on: date) -> bool:
    return one.decision is not None and day_of(one.decision.decided_at) >= on - LATELY


def _is_asked(one: Any, held: list[str]) -> bool:
    """And whoever looks may answer."""
    waits = one.status == lifecycle.INFORMATION_REQUESTED and one.request is not None
    return waits and rights.may(held, rights.to_send(one.benefit))


def _by_end(waiting: list[Any], *, on: date) -> list[Any]:
    first, last = on - AFTER_PAY_ENDED, on + BEFORE_PAY_ENDS
    ending = [
        one
        for one in waiting
        if one.pay_ends and first <= one.pay_ends <= last and lifecycle.is_live(status=one.status, outcome=one.outcome)
    ]
    return sorted(ending, key=lambda one: one.pay_ends)


def _asked(one: Any, *, on: date) -> dict[str, Any]:
    return {**listed.row(one), "due": one.due, "days_left": (one.due - on).days}


def _ending(one: Any, *, on: date) -> dict[str, Any]:
    return {**listed.row(one), "ended": one.pay_ends < on}


def _paid(one: Application, held: list[str]) -> dict[str, Any]:
    payment = getattr(one.decision, "payment", None) if rights.VIEW_PAYMENTS in held else None
    return {**listed.row(one), "decision": one.decision, "paid_on": payment and payment.paid_on}


def _with_current_version(applications: list[Any]) -> None:
    """Of all lists in one query."""
    versions = ApplicationVersion.objects.filter(number=F("application__version"))
    prefetch_related_objects(applications, Prefetch("versions", queryset=versions, to_attr="current"))
