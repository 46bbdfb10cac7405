"""Look at a claim as submit would, writing nothing: the law's checks, what the tables know, and an estimate."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from employers.applications.models import Application
from employers.benefits import rules
from employers.benefits.claim import Claim, Earlier, Income, from_json
from employers.benefits.estimate import Estimate
from employers.benefits.law import Law, NotInForce
from employers.benefits.problems import Problem, errors
from employers.organisations.models import Organisation
from employers.people.models import Person
from employers.people.queries import known_person


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """`estimate` is None only where errors leave nothing to estimate."""

    claim: Claim
    person: Person | None
    continues: Application | None
    law_day: date
    problems: list[Problem]
    estimate: Estimate | None

    @property
    def errors(self) -> list[Problem]:
        return errors(self.problems)

    @property
    def warnings(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.severity == "warning"]


def assess(claim: Claim, *, on: date, organisation: Organisation | None, income: Income, filing: bool) -> Assessment:
    """`filing`: judge lateness and what only a real application must have, as of the day `on`."""
    person = known_person(claim.employee.personal_identity_code) if claim.employee else None
    continues, unknown = _continued(claim, organisation, person)
    earlier = _earlier(continues)
    law_day = rules.law_day(claim, earlier=earlier) if claim.absence else on
    law = Law.on(law_day)
    problems = unknown + rules.check(claim, law=law, earlier=earlier, submitted_on=on if filing else None)
    if filing and organisation:
        problems += payment_blockers(organisation)
    estimate = None if errors(problems) else _estimate(claim, law=law, income=income, earlier=earlier)
    if estimate:
        problems += [problem for problem in estimate.problems if problem not in problems]
        estimate = replace(estimate, problems=tuple(problems))
    return Assessment(
        claim=claim, person=person, continues=continues, law_day=law_day, problems=problems, estimate=estimate
    )


def payment_blockers(organisation: Organisation) -> list[Problem]:
    """What stops a payment and never an application."""
    missing = [name for name in organisation.missing if name != "register_access"]
    return [Problem("", f"{name}_missing", "warning") for name in missing]


def _estimate(claim: Claim, *, law: Law, income: Income, earlier: Earlier | None) -> Estimate | None:
    try:
        return rules.estimate(claim, law=law, income=income, earlier=earlier)
    except NotInForce:
        return None  # check() has said so


def _continued(
    claim: Claim, organisation: Organisation | None, person: Person | None
) -> tuple[Application | None, list[Problem]]:
    """The application this one continues: the same employer's, about the same person, or none at all."""
    if not claim.continues_application:
        return None, []
    found = None
    if organisation and person:
        found = Application.objects.filter(
            pk=UUID(claim.continues_application), organisation=organisation, person=person, absence_end__isnull=False
        ).first()
    return found, [] if found else [Problem("continues_application", "unknown_application")]


def _earlier(continues: Application | None) -> Earlier | None:
    """The earlier application as the law sees it, counted from the first of the chain."""
    if continues is None or continues.absence_end is None or continues.law_day is None:
        return None
    claim = from_json(continues.versions.get(number=continues.version).content)
    try:
        return rules.as_earlier(claim, law=Law.on(continues.law_day), earlier=_earlier(continues.continues))
    except ValueError:  # no parameters on its day: nothing was counted, so its last day has to do
        return Earlier(last_paid_day=continues.absence_end, period_end=continues.absence_end, onset=continues.law_day)
