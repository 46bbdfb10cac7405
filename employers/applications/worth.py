"""What unclaimed absences would give and until when, for everybody at once: the law's own sum for each. Reads only."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from employers.applications.candidates import incomes
from employers.applications.dossier import Unclaimed
from employers.applications.queries import greatest
from employers.benefits import findable, rules
from employers.benefits.claim import Claim, Income
from employers.benefits.deadlines import moved
from employers.benefits.law import Law, NotInForce
from employers.law.queries import LawOn
from employers.organisations.models import Organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """`amount`: EUR, at least; None where the income is not known. `deadline`: not moved off days off."""

    found: Unclaimed
    amount: Decimal | None
    deadline: date


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    found: Unclaimed
    claim: Claim  # a good one: what no report tells is answered
    law: Law
    days: tuple[date, ...]  # before which income counts

    @property
    def keys(self) -> list[tuple[UUID, date]]:
        return [(self.found.person, day) for day in self.days]


def worth_claiming(
    organisation: Organisation, found: Iterable[Unclaimed], *, on: date, law_on: LawOn
) -> Iterator[Worth]:
    """Those with something to get and time to ask for it. One query, however many."""
    asked = [_asked(one, law_on=law_on) for one in found if one.paid > 0]
    known = incomes(organisation, {key for one in asked for key in one.keys})
    for one in asked:
        worth = _worth(one, income=greatest(known[key] for key in one.keys))
        if worth and moved(worth.deadline) >= on:
            yield worth


def _asked(found: Unclaimed, *, law_on: LawOn) -> _Asked:
    claim = replace(found.claim, details=findable.good(found.claim))
    law = law_on(rules.law_day(claim, earlier=found.earlier))
    days = rules.income_days(claim, law=law, earlier=found.earlier)
    return _Asked(found=found, claim=claim, law=law, days=tuple(days))


def _worth(asked: _Asked, *, income: Income) -> Worth | None:
    """None when nothing is payable, or what is told cannot be claimed as it is. Where the income is not known, whatever
    was paid may be something."""
    claim, paid = asked.claim, asked.found.paid
    try:
        if not findable.FINDABLE[claim.benefit].told:
            claim = findable.with_the_least(claim, paid=paid, annual=income.annual, law=asked.law)
        made = rules.worth(claim, law=asked.law, income=income, earlier=asked.found.earlier)
    except NotInForce:
        return None
    if made.deadline is None or made.to_employer == 0 or not findable.is_worth_claiming(made.problems):
        return None
    return Worth(found=asked.found, amount=made.to_employer, deadline=made.deadline)
