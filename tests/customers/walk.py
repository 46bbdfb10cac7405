"""Every address an employer, an agent or anybody can ask, with something real behind it."""

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver

from customers.segments.assign import assign
from customers.segments.gather import gather
from customers.segments.rules import segments
from employers.applications.ask import ask
from employers.applications.decide import decide
from employers.applications.draft import begin
from employers.applications.models import Application, InformationRequest
from employers.applications.models_register import Finding
from employers.applications.receive_rows import work_next
from employers.benefits.claim import Employee, Income, PayPeriod, Period
from employers.guidance.load import load
from employers.guidance.topics import read_folder
from employers.income_register.sync import request_sync
from employers.intake.forms.pages import pages_of
from employers.intake.models import Batch
from employers.organisations.models import Mandate
from employers.records import clock
from portal.sandbox.register.data import identity_code
from tests import cast
from tests.applications import files, sittings, threads
from tests.applications.reports import EERO, absence, report, reviewed, year_of_wages
from tests.intake.files import CODES, claim, json_lines
from tests.machine import KEY, Machine
from tests.notifications import hooks, places
from tests.organisations import programs

OFFICIALS = ("admin/",)
CONVERTER = re.compile(r"<(?:\w+:)?(\w+)>")
POSTED = {
    "api/v1/estimates": claim(1, annual_income="40000.00"),
    "api/v1/applications": claim(3),
    "api/v1/applications/validate": claim(3),
    "api/v1/applications/search": {"employer": cast.BAKERY, "personal_identity_code": CODES[0]},
    "api/v1/applications/<uuid:id>/messages": {"text": "When is it decided?"},
    "api/v1/register-syncs": {"employer": cast.BAKERY},
    "api/v1/drafts": {"employer": cast.BAKERY, "benefit": "sickness_allowance"},
    "api/v1/register-findings/<uuid:id>/dismissal": {"because": "not_paid"},
}
TAKEN_BACK = ("api/v1/register-findings/<uuid:id>/dismissal",)
LINES = json_lines(claim(4))
ASKED = {"absence.start": "2.3.2026", "absence.end": "10.4.2026", "pay": "3600", "annual_income": "42 000"}


def everything_in_place() -> dict[str, list[Any]]:
    """One person of every segment, and an example for every variable of an address."""
    load(read_folder(), at=cast.AT)
    decided, asked, request = decided_and_asked()
    Machine().post("batches", json_lines(claim(2)), key=KEY, kind="application/x-ndjson")
    work_next(at=clock.now())
    Machine("sandbox-payroll").post("applications", claim(4), key=KEY)
    often_absent()
    finding = found()
    assign(gather([application.pk for application in applications()]), on=cast.AT.date())
    webhook = hooks.hook("http://127.0.0.1:9/")
    draft = begin(organisation=cast.employer(), user=cast.user("Aino"), benefit="sickness_allowance",
                  content={"body": {}, "done": [], "annual_income": None}, at=clock.now())  # fmt: skip
    return {
        "id": [decided.pk, asked.pk, Batch.objects.get().pk, sync().pk, finding.pk, webhook.pk, draft.pk],
        "aid": [files.checked(asked).pk],
        "did": [hooks.waiting(webhook).pk],
        "application_id": [decided.pk, asked.pk],
        "rid": [request.pk],
        "request_id": [request.pk],
        "organisation_id": [cast.employer().pk],
        "business_id": [cast.BAKERY],
        "key": [KEY],
        "code": ["validation-failed", "late"],
        "draft_id": [draft.pk],
        "finding_id": [finding.pk],
        "preview_id": [sittings.begun_list().pk, sittings.looked_file().pk],
        "right_id": [Mandate.objects.get(agent_user=cast.user("Bo")).pk],
        "whom": ["person", "firm", "representative"],
        "step": list(pages_of("sickness_allowance")),
        "how": ["goes-on", "again"],
        "kind": ["json", "xlsx", "csv"],
        **{name: [value] for name, value in (places.of_routes() | programs.of_routes()).items()},
        "benefit": ["sickness-allowance", "occupational-health-reimbursement"],
        "year": [2020, 2026],
        "thread_id": [threads.asked(asked).pk],
        "attachment_id": [files.checked(draft).pk],
        "topic": ["errors", "codes", "calls-events"],
        "slug": [seed.slug for seed in read_folder()[:2]],  # another test reads them all
    }


def decided_and_asked() -> tuple[Application, Application, InformationRequest]:
    """Two applications, and what the second is asked."""
    decided, asked = cast.sent(), cast.sent(employee=employee(1), reference="asked")
    by, income = cast.by_official(), Income(after_deduction=cast.claim().pay_periods[0].amount)
    decide(application_id=decided.pk, outcome="granted", reason="", by=by, at=cast.AT, income=income)
    request = ask(application_id=asked.pk, items=[("certificate", "")], due=date(2027, 1, 1), by=by, at=cast.AT)
    return decided, asked, request


def particular() -> list[tuple[str, str]]:
    """Pages that are there for some applications and drafts alone: route and address."""
    short = (PayPeriod(start=date(2026, 3, 2), end=date(2026, 3, 20), amount=cast.claim().pay_periods[0].amount),)
    somebody = Employee(personal_identity_code=identity_code(77), given_name="Aino", family_name="Esimerkki")
    ending = cast.sent(pay_periods=short, employee=somebody, reference="ending")
    correction = _draft("sickness_allowance", corrects=ending, body=ending.versions.get().content)
    yearly = _draft("occupational_health_reimbursement", body={})
    return [
        ("fi/applications/<uuid:application_id>/pay-end/", f"/fi/applications/{ending.pk}/pay-end/"),
        ("fi/applications/<uuid:application_id>/pay-report/", f"/fi/applications/{ending.pk}/pay-report/"),
        ("fi/apply/<uuid:draft_id>/correction/", f"/fi/apply/{correction.pk}/correction/"),
        ("fi/apply/<uuid:draft_id>/costs-file/", f"/fi/apply/{yearly.pk}/costs-file/"),
    ]


def _draft(benefit: str, *, body: dict[str, Any], corrects: Any = None) -> Any:
    content = {"body": body, "done": [], "annual_income": None}
    whose = {"organisation": cast.employer(), "user": cast.user("Aino")}
    return begin(**whose, benefit=benefit, content=content, corrects=corrects, at=clock.now())


def employee(number: int) -> Employee:
    return Employee(personal_identity_code=CODES[number], given_name="Aino", family_name="Esimerkki")


def often_absent() -> None:
    for number, start in enumerate((date(2026, 1, 7), date(2026, 2, 2), date(2026, 3, 2))):
        days = {"start": start, "end": start + timedelta(days=4)}
        cast.sent(absence=Period(**days), pay_periods=(PayPeriod(**days, amount=cast.claim().pay_periods[0].amount),),
                  employee=employee(4), reference=f"often-{number}")  # fmt: skip


def found() -> Finding:
    """A paid absence in the register that nobody has applied for."""
    unclaimed = absence(date(2026, 3, 16), date(2026, 3, 31))
    with transaction.atomic():
        reviewed(*year_of_wages(code=EERO), report("r1", unclaimed, code=EERO))
    return Finding.objects.get()


def picked() -> dict[str, Any]:
    """What is open, chosen on the list of findings."""
    return {"chosen": [str(key) for key in Finding.objects.filter(status="open").values_list("pk", flat=True)]}


def opened_again() -> None:
    """What was taken back after its time is over; the walk's other pages show it open."""
    Finding.objects.update(status=Finding.State.OPEN)


def applications() -> Any:
    return cast.Application.objects.order_by("pk")


def sync() -> Any:
    return request_sync(organisation=cast.employer(), by=cast.by_client(), at=cast.AT)


def routes(patterns: Any = None, before: str = "") -> Iterator[str]:
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            if not route.startswith(OFFICIALS):
                yield from routes(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield route


def addresses(route: str, examples: dict[str, list[Any]]) -> list[str]:
    """With every example in place of its variable. A new variable without an example is a KeyError."""
    made = [route.replace("\\Z", "").replace("$", "").replace("^", "")]
    for name in CONVERTER.findall(route):
        made = [CONVERTER.sub(str(value), each, count=1) for each in made for value in examples[name]]
    return ["/" + each for each in made]


def leaks(content: bytes, kind: str) -> set[str]:
    """Codes of segments as a key or value of JSON; their names, in any language, anywhere."""
    text = content.decode(errors="replace")
    names = {name for segment in segments() for name in segment.names.values()}
    seen = {name for name in names if name.casefold() in text.casefold()}
    if "json" in kind:
        seen |= {segment.code for segment in segments()} & set(words_in(json.loads(content)))
    return seen


def words_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from words_in(item)
    elif isinstance(value, dict):
        yield from value
        yield from words_in(list(value.values()))


def fresh_key() -> str:
    return f"key-{uuid4()}"
