"""Look at a row as its sending would, writing nothing: what is wrong with it, what it would give, whether it was sent.

What becomes of the rows before it counts too: two rows of one file cannot claim the same days.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings

from employers.applications.assess import Assessment, assess
from employers.applications.facts import OfOneClaim, own_wages
from employers.applications.submit import Duplicate, Overlap, hash_of, refuse_twins
from employers.benefits.claim import Claim
from employers.benefits.covered import overlaps
from employers.benefits.problems import Problem, errors
from employers.intake.batch import Row
from employers.intake.serializers import Unreadable, read_claim
from employers.organisations import rights
from employers.organisations.identifiers import is_personal_identity_code, masked
from employers.organisations.models import Organisation
from employers.people.queries import known_person

FINE, WARNED, WRONG, SENT = "fine", "warned", "wrong", "sent"
Found = dict[str, Any]
Body = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Looker:
    """For whom and when; `before` gathers the claims of the rows that were looked at."""

    organisation: Organisation
    held: list[str]  # the rights of whoever looks
    on: date
    before: dict[tuple[str, str], list[tuple[int, Claim]]] = field(default_factory=lambda: defaultdict(list))


def look(row: Row, *, by: Looker) -> Found:
    """As JSON. `problems` are codes at fields; personal data is the employee's name, so it belongs into a sealed
    field."""
    found = {"number": row.number, "status": WRONG, "problems": [], **_told(row.body or {}, row.reference)}
    try:
        claim = _claim(row, by)
    except Unreadable as unreadable:
        return found | {"problems": [_kept(problem) for problem in unreadable.problems]}
    assessment = _assessed(claim, by)
    problems = [*assessment.problems, *_of_rows_before(row.number, claim, by)]
    sent, overlap = _twin(assessment, by)
    problems += overlap
    by.before[_about(claim)].append((row.number, claim))
    return found | {
        "status": SENT if sent else WRONG if errors(problems) else WARNED if problems else FINE,
        "problems": [_kept(problem) for problem in problems],
        "person": str(assessment.person.pk) if assessment.person else None,
        "amount": _amount(assessment),
        "application": sent,
    }


def _amount(assessment: Assessment) -> str | None:
    """An estimate may be there without a sum: the income is not known."""
    amount = assessment.estimate.to_employer if assessment.estimate else None
    return None if amount is None else str(amount)


def _claim(row: Row, by: Looker) -> Claim:
    """Everything that is wrong with the row is told at once. Raises Unreadable."""
    problems = list(row.problems)
    if row.body is None:
        raise Unreadable(problems)
    if row.body.get("employer") != by.organisation.business_id:
        problems.append(Problem("employer", "employer_unknown"))
    elif not rights.may(by.held, rights.to_send(str(row.body.get("benefit")))):
        problems.append(Problem("employer", "mandate_missing"))
    try:
        claim = read_claim(row.body, allow_temporary=settings.SANDBOX)
    except Unreadable as unreadable:
        places = {problem.field for problem in problems}
        raise Unreadable(problems + [each for each in unreadable.problems if each.field not in places]) from None
    if problems:
        raise Unreadable(problems)
    return claim


def _assessed(claim: Claim, by: Looker) -> Assessment:
    facts = OfOneClaim()
    income = own_wages(claim, organisation=by.organisation, facts=facts)
    return assess(claim, on=by.on, organisation=by.organisation, income=income, filing=True, facts=facts)


def _twin(assessment: Assessment, by: Looker) -> tuple[str | None, list[Problem]]:
    """The application that says the same already, or what is wrong with saying it beside others."""
    claim, person = assessment.claim, assessment.person
    if claim.employee and person is None:
        return None, []
    try:
        refuse_twins(by.organisation, person, claim, hash_of(claim))
    except Duplicate as duplicate:
        return str(duplicate.existing.pk), []
    except Overlap:
        return None, [Problem("absence", "overlap")]
    return None, []


def _of_rows_before(number: int, claim: Claim, by: Looker) -> list[Problem]:
    others = [first for first, other in by.before[_about(claim)] if overlaps(claim, other)]
    return [Problem("", "row_twice", params={"row": others[0]})] if others else []


def _about(claim: Claim) -> tuple[str, str]:
    return claim.benefit, claim.employee.personal_identity_code if claim.employee else ""


def _told(body: Body, reference: str) -> Found:
    """What a row says of itself, as far as it can be shown: a code masked, and only where it is one."""
    employee, absence = _object(body, "employee"), _object(body, "absence")
    code = str(employee.get("personal_identity_code") or "").upper()
    known = is_personal_identity_code(code, allow_temporary=settings.SANDBOX)
    person = known_person(code) if known else None
    return {
        "reference": reference,
        "benefit": str(body.get("benefit") or ""),
        "employee": f"{employee.get('given_name') or ''} {employee.get('family_name') or ''}".strip()[:200],
        "code": masked(code) if known else "",
        "person": str(person.pk) if person else None,
        "start": _day(absence.get("start")),
        "end": _day(absence.get("end")),
    }


def _object(body: Body, name: str) -> Body:
    value = body.get(name)
    return value if isinstance(value, dict) else {}


def _day(value: Any) -> str | None:
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError:
        return None


def _kept(problem: Problem) -> Found:
    params = {name: str(value) for name, value in problem.params.items()}
    return {"field": problem.field, "code": problem.code, "severity": problem.severity, "params": params}
