"""The corpus of `corpus/*.toml`: applications as somebody types them, and what the pages say before anything is sent.

`corpus/README.md` tells how a case is written.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction
from django.http import QueryDict

from employers.applications.models import Application, Draft
from employers.applications.submit import Duplicate, Filing, Overlap, Refused, submit
from employers.applications.views import drafted
from employers.benefits.claim import Claim, PayPeriod, Period
from employers.benefits.problems import Problem
from employers.intake.forms.base import Step
from employers.intake.serializers import Unreadable, read_claim
from employers.organisations.models import Organisation
from tests import cast
from tests.applications import reports

FOLDER = Path(__file__).parent / "corpus"
# Said to people who got it right, too: what follows from what they told, or what nobody can know yet.
INFORMATION = (
    "annual_leave_inside",  # the days were told as they should be
    "ceiling_not_confirmed",  # the year's ceiling is set afterwards
    "continuation_unsaid",  # only the employer knows whether it is the same illness
    "income_unknown",  # the register does not tell the wages; an application never carries them
    "insurer_first",  # the case was reported to the insurance company, and applied for in time
    "over_ceiling",  # costs above the ceiling are common, and cut
)
WHOLE = "whole"
Case = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Said:
    """What is said: a code, at a field."""

    code: str
    field: str

    def __str__(self) -> str:
        return f"{self.code} at {self.field}"


def cases(kind: str) -> Iterator[Case]:
    """`flawed` or `right`, each with its file's defaults and the answers of a right application under its own."""
    for path in sorted(FOLDER.glob("*.toml")):
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        defaults = {name: value for name, value in content.items() if name not in ("flawed", "right")}
        for case in content[kind]:
            yield {**defaults, **case, "answers": {**content["answers"], **case.get("answers", {})}}


def noon(day: date) -> datetime:
    return datetime.combine(day, time(10), tzinfo=UTC)


def said_of(case: Case) -> list[Said]:
    """Everything that is said before the application is sent. Leaves nothing behind."""
    with transaction.atomic():
        organisation = _prepared(case)
        said = _of_body(case, organisation) if "body" in case else _of_pages(case, organisation)
        transaction.set_rollback(True)
    return said


def _prepared(case: Case) -> Organisation:
    organisation = cast.employer()
    lacks = case.get("lacks", ())
    organisation.iban = "" if "account" in lacks else organisation.iban
    organisation.electronic_decisions = "consent" not in lacks
    organisation.save()
    register = case.get("register")
    if register:
        who = register.get("about", case["answers"]["employee.personal_identity_code"])
        months = reports.year_of_wages(code=who, wages=register["monthly"])
        reports.told(*months[-register.get("months", 12) :])
    return organisation


def _of_body(case: Case, organisation: Organisation) -> list[Said]:
    """The same claim as a payroll program sends it, with the members that the case changes."""
    body = {**_filled(case, organisation)["body"], "employer": organisation.business_id, "benefit": case["benefit"]}
    try:
        claim = read_claim({**body, "reference": "row-1", **case["body"]}, allow_temporary=True)
        found = drafted.assess(
            claim, on=case["filed"], organisation=organisation, income=drafted.Income(), filing=True
        ).problems
    except Unreadable as unreadable:
        found = unreadable.problems
    return [Said(one.code, one.field or WHOLE) for one in found]


def _filled(case: Case, organisation: Organisation) -> dict[str, Any]:
    draft = _draft(case, organisation)
    for step in drafted.order(case["benefit"]):
        form = _page(step, draft, case)
        form.is_valid()
        if not form.errors:
            draft.content = drafted.with_answers(draft.content, step, form)
    return draft.content


def _draft(case: Case, organisation: Organisation) -> Draft:
    content = {"body": {}, "done": [], "annual_income": None}
    return Draft(organisation=organisation, user=cast.user("Aino"), benefit=case["benefit"], content=content)


def _of_pages(case: Case, organisation: Organisation) -> list[Said]:
    """What the pages say themselves; then the law, at the page that asks for it; then what sending itself refuses."""
    _sent_before(case, organisation)
    draft, said = _draft(case, organisation), []
    for step in drafted.order(case["benefit"]):
        form = _page(step, draft, case)
        form.is_valid()
        said += list(_typed_wrong(form))
        if not form.errors:
            draft.content = drafted.with_answers(draft.content, step, form)
    if not said:
        said = [_placed(one, draft) for one in drafted.assessed(draft, on=case["filed"])[1]]
    return said or list(_refused(draft, case, organisation))


def _page(step: str, draft: Draft, case: Case) -> Step:
    """Every page gets all answers, and reads those of its own fields."""
    data = QueryDict(mutable=True)
    for name, typed in case["answers"].items():
        texts = typed if isinstance(typed, list) else [typed]
        data.setlist(name, [_latest(draft) if text == "the latest" else text for text in texts])
    return drafted.form_for(step, draft, data=data)


def _latest(draft: Draft) -> str:
    """The one that the page offers first, once it is known whom the application is about."""
    return str(next((one.pk for one in drafted.earlier_applications(draft)), ""))


def _typed_wrong(form: Step) -> Iterator[Said]:
    for path, part, name in form.paths():
        for error in part.errors[name].as_data() if name in part.errors else ():
            empty = not str(part.data.get(path, "")).strip()
            yield Said(error.code or ("required" if empty else "invalid"), path)


def _placed(problem: Problem, draft: Draft) -> Said:
    """At its field, if a page asks for it; the law's word about what none asks is about the whole."""
    if not problem.field:
        return Said(problem.code, WHOLE)
    page = drafted.form_for(drafted.place_of(draft.benefit, problem.field), draft)
    return Said(problem.code, problem.field if page.knows(problem.field) else WHOLE)


def _refused(draft: Draft, case: Case, organisation: Organisation) -> Iterator[Said]:
    """What only sending finds: another application about the same days."""
    at = noon(case["filed"])
    claim = drafted.readable(draft, reference="row-2")
    place = "details.accounting_period" if claim.absence is None else "absence"
    try:
        with transaction.atomic():
            submit(organisation=organisation, claim=claim, filing=Filing(channel="web", by=cast.by_web(), at=at))
    except Duplicate:
        yield Said("duplicate", place)
    except Overlap:
        yield Said("overlap", place)
    except Refused as refused:
        yield from (_placed(one, draft) for one in refused.problems)


def _sent_before(case: Case, organisation: Organisation) -> list[Application]:
    """Earlier applications of the same employer about the same matter, as the file's right answers have it."""
    sent = []
    for number, earlier in enumerate(case.get("before", ()), start=1):
        claim = _earlier_claim(case, earlier, organisation, number)
        at = noon(earlier.get("filed", case["filed"]))
        filing = Filing(channel="web", by=cast.by_web(), at=at)
        sent.append(submit(organisation=organisation, claim=claim, filing=filing))
    return sent


def _earlier_claim(case: Case, earlier: Case, organisation: Organisation, number: int) -> Claim:
    original = next(one for one in cases("right") if one["benefit"] == case["benefit"])
    body = {**_filled(original, organisation)["body"], "employer": organisation.business_id}
    claim = read_claim({**body, "benefit": case["benefit"], "reference": f"before-{number}"}, allow_temporary=True)
    if "start" not in earlier:
        return claim
    days = {name: _day(earlier[name]) for name in ("start", "end")}
    pay = PayPeriod(**days, amount=Decimal(earlier["pay"]))
    return Claim(
        **{name: getattr(claim, name) for name in Claim.__dataclass_fields__}
        | {"absence": Period(**days), "pay_periods": (pay,)}
    )


def _day(typed: str) -> date:
    day, month, year = map(int, typed.split("."))
    return date(year, month, day)


def expected(texts: Iterable[str]) -> list[Said]:
    """`code at field` as the corpus writes it."""
    return [Said(*text.split(" at ")) for text in texts]
