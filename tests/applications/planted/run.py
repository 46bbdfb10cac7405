"""Time passes: what arrives on a day is merged and looked through on that day, what is done is done."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import transaction

from employers.applications import findings, review_register, withdraw
from employers.applications.decide import decide
from employers.applications.models import Application
from employers.applications.models_register import Finding
from employers.benefits.claim import Employee, Employment, PayPeriod, Period
from employers.income_register.merge import merge
from employers.income_register.models import RegisterCursor, RegisterSync
from employers.organisations.models import Organisation
from tests import cast

from .paydays import RHYTHMS, look_on
from .shape import END, Act, Case, Told

READERS = tuple(RHYTHMS)
LATER = timedelta(microseconds=1)


def moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=UTC)


def run(cases: Iterable[Case]) -> None:
    """Day by day: first what people do, then what the register brings."""
    Organisation.objects.filter(business_id__in=READERS).update(register_access=True)
    arrivals, acts = by_day(cases)
    for day in sorted({*arrivals, *acts, END}):
        for chain in acts.get(day, ()):
            do(chain)
        look(arrivals.get(day, {}), day)


def by_day(cases: Iterable[Case]) -> tuple[dict[date, dict[str, list[Told]]], dict[date, list["Chain"]]]:
    arrivals: dict[date, dict[str, list[Told]]] = defaultdict(lambda: defaultdict(list))
    acts: dict[date, list[Chain]] = defaultdict(list)
    for case in cases:
        for told in case.told:
            day = look_on(told.payer, told.on)
            if day <= END:
                arrivals[day][told.payer].append(told)
        chain = Chain()
        for act in case.acts:
            acts[act.on].append((chain, act))
    return arrivals, acts


class Chain(dict[str, Any]):
    """What was applied for last in a case."""


def look(arrived: dict[str, list[Told]], day: date) -> None:
    at = moment(day)
    for payer, reports in arrived.items():
        sync = RegisterSync.objects.create(organisation=cast.employer(payer), requested_at=at, status="running")
        with transaction.atomic():
            merge([told.report for told in reports], sync=sync, at=at)
        sync.status, sync.finished_at = "finished", at + LATER
        sync.save()
        kept = {"last_sync": sync, "last_good_at": at, "synced_until": sync.finished_at}
        RegisterCursor.objects.update_or_create(organisation=sync.organisation, defaults=kept)
    if arrived:
        review_register.review_register(at=at)
    findings.close(on=day)


def do(step: tuple[Chain, Act]) -> None:
    chain, act = step
    {"apply": _apply, "withdraw": _withdraw, "reject": _reject, "grant": _grant}[act.verb](chain, act)


def _apply(chain: Chain, act: Act) -> None:
    assert act.start
    assert act.end
    assert act.employed
    facts = {
        "benefit": act.benefit,
        "reference": f"planted-{act.code[:6]}-{act.code[7:]}-{act.start}",
        "employee": Employee(personal_identity_code=act.code, given_name="Koe", family_name="Henkilö"),
        "employment": Employment(start=act.employed),
        "absence": Period(start=act.start, end=act.end),
        "pay_periods": (PayPeriod(start=act.start, end=act.end, amount=act.amount),),
    }
    chain["application"] = cast.sent(at=moment(act.on), business_id=act.payer, **facts | act.changes)


def _withdraw(chain: Chain, act: Act) -> None:
    made: Application = chain["application"]
    withdraw.withdraw(application_id=made.pk, reason="x", by=cast.by_web(business_id=act.payer), at=moment(act.on))


def _reject(chain: Chain, act: Act) -> None:
    _decide(chain, act, outcome="rejected", reason="x")


def _grant(chain: Chain, act: Act) -> None:
    _decide(chain, act, outcome="granted", reason="")


def _decide(chain: Chain, act: Act, **ruling: str) -> None:
    made: Application = chain["application"]
    decide(application_id=made.pk, by=cast.by_official(), at=moment(act.on), **ruling)


def disagreements() -> list[str]:
    """What the portal says that applications and the register do not agree about."""
    rows = Finding.objects.filter(kind=Finding.Kind.MISMATCH).select_related("organisation")
    return [f"{row.organisation.business_id} {row} to {row.absence_end} {row.code} {row.facts}" for row in rows]


def found() -> list[Finding]:
    rows = Finding.objects.filter(kind=Finding.Kind.UNCLAIMED).select_related("organisation", "person")
    return list(rows.order_by("absence_start"))
