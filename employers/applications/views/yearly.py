"""Occupational health care year by year: what was applied for last, what is still open, what one needs first."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from employers.applications.models import LIVE, Application, ApplicationVersion, Draft
from employers.applications.views import drafted
from employers.applications.views.doors import held_of, refuse_without
from employers.applications.views.guide import topics_beside
from employers.benefits import occupational_health as rules
from employers.benefits import occupational_health_conditions as demands
from employers.benefits.claim import Period, from_json
from employers.benefits.occupational_health_years import following, last_day, open_periods
from employers.intake.forms.base import Body
from employers.intake.words import status_name
from employers.law.queries import law_on
from employers.organisations import rights
from employers.organisations.access import Actor
from employers.organisations.models import Organisation
from employers.organisations.views.doors import acting_for
from employers.records import clock

LASTING = ("employees", "entrepreneurs", "bank_account")
AS_LAST = "as_last"  # of a draft's content: the reference of the application that its answers come from
SOON = 30  # days
NEEDED = (
    (_("Your financial statements"), _("The first and the last day of the accounting period. Your book-keeper knows.")),
    (_("The number of employees"), _("In the accounting period, over all your sites. Your payroll tells.")),
    (_("The invoices of the provider"), _("Costs by class and kind. The provider can give them to you as a file.")),
    (_("The contract with the provider"), _("What was agreed, and whether medical care is offered to everybody.")),
    (_("The workplace survey"), _("The provider has written it. It has to be up to date.")),
    (_("The action plan"), _("It is looked through every year, together with the provider.")),
    (
        _("The statement of the occupational safety representative"),
        _("Ask for it before you apply. It is enough that there was a chance to give it."),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """A period that nobody has applied for yet. `named`: how people call it, a year where it is one."""

    period: Period
    last_day: date
    days_left: int

    @property
    def named(self) -> str:
        start, end = self.period.start, self.period.end
        whole = (start.month, start.day, end.month, end.day, end.year) == (1, 1, 12, 31, start.year)
        return str(end.year) if whole else f"{_day(start)}–{_day(end)}"

    @property
    def soon(self) -> bool:
        return self.days_left <= SOON


@require_GET
@acting_for()
def years(request: HttpRequest, organisation: Organisation, by: Actor) -> HttpResponse:
    """Before one begins."""
    held = held_of(request, organisation)
    refuse_without(held, rights.to_prepare(rights.OCCUPATIONAL_HEALTH), organisation)
    sent = _sent(organisation).order_by("-deadline")
    context = {
        "organisation": organisation,
        "open": open_years(organisation, on=clock.today()),
        "sent": [{"one": one, "status": status_name(one.status)} for one in sent],
        "needed": NEEDED,
        "benefit": rights.OCCUPATIONAL_HEALTH,
        "topics": topics_beside("start", benefit=rights.OCCUPATIONAL_HEALTH, organisation=organisation),
    }
    return render(request, "employers/applications/years.html", context)


def open_years(organisation: Organisation, *, on: date) -> list[Open]:
    """In two queries: the latest application, and the figures that were confirmed."""
    found, months = latest(organisation), _months(on)
    last = _period(found)
    ends = [(period, last_day(period, months=months)) for period in open_periods(last, on=on, months=months)]
    return [Open(period=period, last_day=end, days_left=(end - on).days) for period, end in ends]


def forgotten(organisation: Organisation, *, held: list[str], on: date) -> list[Open]:
    """For the start page: who has applied before is told of a year that is open. In two queries at most."""
    prepares = rights.may(held, rights.to_prepare(rights.OCCUPATIONAL_HEALTH))
    if not prepares or not _sent(organisation).exists():
        return []
    return open_years(organisation, on=on)


def as_last_year(organisation: Organisation) -> Body:
    """What a draft begins with: everything but the sums and what is to be said of each year anew."""
    found = latest(organisation)
    last = _period(found)
    if found is None or last is None:
        return {}
    said: Body = found.content.get("details") or {}
    following_period = following(last)
    kinds = list(dict.fromkeys((cost["class"], cost["kind"]) for cost in said.get("costs") or []))
    details = {
        **{name: said[name] for name in LASTING if said.get(name) is not None},
        "accounting_period": {
            "start": following_period.start.isoformat(),
            "end": following_period.end.isoformat(),
        },
        "costs": [{"class": name, "kind": kind} for name, kind in kinds],
    }
    return {"body": {"details": details}, AS_LAST: found.application.reference}


def beside(draft: Draft, step: str) -> Body:
    """On the pages of such a draft: until when to apply, and what was filled in for one."""
    if draft.benefit != rights.OCCUPATIONAL_HEALTH:
        return {}
    kept = drafted.content(draft)
    filled = step in ("period", "costs") and step not in kept["done"]
    return {"as_last": kept.get(AS_LAST) if filled else None, "until": _until(kept["body"])}


def _until(body: Body) -> date | None:
    end = (((body.get("details") or {}).get("accounting_period")) or {}).get("end")
    if not end:
        return None
    day = date.fromisoformat(end)
    return last_day(Period(start=day, end=day), months=_months(clock.today()))


def latest(organisation: Organisation) -> ApplicationVersion | None:
    """What was said last, of the latest period that was applied for."""
    versions = ApplicationVersion.objects.filter(
        application__in=_sent(organisation), number=F("application__version"), application__deadline__isnull=False
    )
    return versions.select_related("application").order_by("-application__deadline", "-application_id").first()


def _sent(organisation: Organisation) -> Any:
    return Application.objects.filter(LIVE, organisation=organisation, benefit=rights.OCCUPATIONAL_HEALTH)


def _period(found: ApplicationVersion | None) -> Period | None:
    return demands.accounting_period(from_json(found.content)) if found else None


def _months(on: date) -> int:
    return law_on(on).count(rules.DEADLINE)


def _day(day: date) -> str:
    return f"{day.day}.{day.month}.{day.year}"
