"""Look at a claim as submit would, writing nothing: the law's checks, what the tables know, and an estimate."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from employers.applications.facts import TABLES, Facts, continued
from employers.applications.models import Application
from employers.applications.queries import is_near
from employers.benefits import rules, slips
from employers.benefits.claim import Claim, Earlier, Income, Paid
from employers.benefits.estimate import Estimate
from employers.benefits.law import Law, NotInForce
from employers.benefits.periods import in_range
from employers.benefits.problems import Problem, errors
from employers.law.queries import LawOn
from employers.organisations.models import Organisation
from employers.people.models import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """`estimate` is None only where errors leave nothing to estimate."""

    claim: Claim
    person: Person | None
    continues: Application | None
    law: Law
    income: Income
    earlier: Earlier | None
    problems: list[Problem]
    estimate: Estimate | None

    @property
    def law_day(self) -> date:
        return self.law.day

    @property
    def errors(self) -> list[Problem]:
        return errors(self.problems)

    @property
    def warnings(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.severity == "warning"]


def as_it_is(law: Law) -> Law:
    return law


def assess(
    claim: Claim,
    *,
    on: date,
    organisation: Organisation | None,
    income: Income,
    filing: bool,
    choose: Callable[[Law], Law] = as_it_is,
    replaces: Application | None = None,
    facts: Facts = TABLES,
) -> Assessment:
    """`filing`: judge lateness and what only a real application must have, as of `on`. `choose`: what an official
    makes of the law of the day. `replaces`: what is said anew does not count beside itself."""
    person = facts.person(claim.employee.personal_identity_code) if claim.employee else None
    continues = _before(replaces, continued(claim, organisation=organisation, person=person, facts=facts))
    law_on = facts.laws()
    earlier = facts.earlier(continues, law_on=law_on)
    law = choose(law_on(rules.law_day(claim, earlier=earlier)))
    problems = unknown_earlier(claim, continues)
    paid = paid_for(claim, organisation=organisation, person=person, replaces=replaces, facts=facts)
    problems += rules.check(claim, law=law, earlier=earlier, submitted_on=on if filing else None, paid=paid)
    if filing and organisation:
        problems += slips.check(claim, law=law, income=income, earlier=earlier, on=on)
        last = _other(latest_before(claim, organisation=organisation, person=person, facts=facts), replaces)
        problems += unsaid_continuation(claim, last=last, law_on=law_on, facts=facts)
        problems += _about_the_employer(claim, organisation=organisation, person=person, facts=facts)
    estimate = None if errors(problems) else _estimate(claim, law=law, income=income, earlier=earlier)
    if estimate:
        problems += [problem for problem in estimate.problems if problem not in problems]
        estimate = replace(estimate, problems=tuple(problems))
    return Assessment(
        claim=claim,
        person=person,
        continues=continues,
        law=law,
        income=income,
        earlier=earlier,
        problems=problems,
        estimate=estimate,
    )


def _about_the_employer(
    claim: Claim, *, organisation: Organisation, person: Person | None, facts: Facts
) -> list[Problem]:
    known = not claim.employee or is_employment_known(organisation, person, facts=facts)
    unknown = [] if known else [Problem("employee", "employment_unknown", "warning")]
    return unknown + payment_blockers(organisation, claim)


def _other(last: Application | None, replaces: Application | None) -> Application | None:
    return None if last == replaces else last


def _before(replaces: Application | None, continues: Application | None) -> Application | None:
    """No application continues itself, at whatever remove."""
    one = continues if replaces else None
    while one:
        if one == replaces:
            return None
        one = one.continues
    return continues


def paid_for(
    claim: Claim,
    *,
    organisation: Organisation | None,
    person: Person | None,
    replaces: Application | None = None,
    facts: Facts = TABLES,
) -> list[Paid]:
    """What counts towards a maximum, where there is one and the day can be in anybody's life."""
    if organisation is None or person is None or claim.absence is None or claim.benefit not in rules.WITH_MAXIMUM:
        return []
    start = claim.absence.start
    if not in_range(start):
        return []
    without = replaces.pk if replaces else None
    return facts.paid_before(start, organisation=organisation, person=person, without=without)


def latest_before(
    claim: Claim, *, organisation: Organisation, person: Person | None, facts: Facts = TABLES
) -> Application | None:
    """Where it matters whether an absence goes on, and the claim does not say."""
    named = claim.continues_application or claim.previous_paid_day
    if named or person is None or claim.absence is None or claim.benefit not in slips.WAITING:
        return None
    return facts.last_before(claim.absence.start, benefit=claim.benefit, organisation=organisation, person=person)


def unsaid_continuation(
    claim: Claim, *, last: Application | None, law_on: LawOn, facts: Facts = TABLES
) -> list[Problem]:
    """The absence may go on or come back from the one before, as near as it is."""
    if last is None or claim.absence is None:
        return []
    onset, earlier = claim.absence.start, facts.earlier(last, law_on=law_on)
    near = earlier and is_near(onset, benefit=claim.benefit, last=last, earlier=earlier, law_on=law_on)
    return [slips.slip("continues_application", "continuation_unsaid", day=last.absence_end)] if near else []


def unknown_earlier(claim: Claim, continues: Application | None) -> list[Problem]:
    unknown = claim.continues_application and continues is None
    return [Problem("continues_application", "unknown_application")] if unknown else []


def is_employment_known(organisation: Organisation, person: Person | None, *, facts: Facts = TABLES) -> bool:
    """Nothing is wrong while the register has not been read. If it has, an identity code may be mistyped."""
    if person and facts.is_employed(organisation, person):
        return True
    return not facts.is_register_read(organisation)


def payment_blockers(organisation: Organisation, claim: Claim) -> list[Problem]:
    """What stops a payment and never an application. A claim may name an account of its own."""
    spared = {"register_access", *(["bank_account"] if claim.details.get("bank_account") else [])}
    missing = [name for name in organisation.missing if name not in spared]
    return [Problem("", f"{name}_missing", "warning") for name in missing]


def _estimate(claim: Claim, *, law: Law, income: Income, earlier: Earlier | None) -> Estimate | None:
    try:
        return rules.estimate(claim, law=law, income=income, earlier=earlier)
    except NotInForce:
        return None  # check() has said so
