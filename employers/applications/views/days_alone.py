"""The days that follow from an absence before anything is known of the pay: waiting, first payable day, deadline."""

from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any

from employers.applications.models import Draft
from employers.applications.queries import continued, earlier_of
from employers.applications.views import shown
from employers.applications.views.doors import allow_temporary
from employers.benefits import rules
from employers.benefits.claim import Claim, Income
from employers.benefits.compensation import Compensation
from employers.benefits.estimate import Estimate
from employers.benefits.law import Law, NotInForce
from employers.intake.forms.base import Body
from employers.intake.serializers import Unreadable, read_estimate
from employers.law.queries import laws
from employers.people.queries import known_person

WITHOUT = ("details", "other_days")  # what may be half told


def days_alone(draft: Draft, body: Body, *, on: date) -> dict[str, Any] | None:
    """An estimate as pages show it, without any sum. None where the days cannot be counted."""
    days = body.get("absence") or {}
    claim = _claim(draft, body) if days.get("start") and days.get("end") else None
    estimate = _estimate(claim, draft) if claim else None
    if estimate is None or not (estimate.first_payable_day or estimate.deadline):
        return None
    return shown.estimate(estimate.as_dict(), on=on) | {"known": False, "days_alone": True}


def _claim(draft: Draft, body: Body) -> Claim | None:
    """As if every day had been paid: the sum says nothing, the days are right. What is half told is left out."""
    about = {"employer": draft.organisation.business_id, "benefit": draft.benefit}
    paid = {"pay_basis": "full", "pay_periods": [{**body["absence"], "amount": "1.00"}]}
    for said in (body, {name: value for name, value in body.items() if name not in WITHOUT}):
        with suppress(Unreadable):
            return read_estimate({**said, **paid, **about}, allow_temporary=allow_temporary())[0]
    return None


def _estimate(claim: Claim, draft: Draft) -> Estimate | None:
    person = known_person(claim.employee.personal_identity_code) if claim.employee else None
    law_on = laws()
    earlier = earlier_of(continued(claim, organisation=draft.organisation, person=person), law_on=law_on)
    law = law_on(rules.law_day(claim, earlier=earlier))
    estimate = rules.estimate(claim, law=law, income=Income(), earlier=earlier)
    return estimate if estimate.deadline else replace(estimate, deadline=_deadline(claim, law))


def _deadline(claim: Claim, law: Law) -> date | None:
    """Of a sum: nothing else follows from its days."""
    declared = rules.BENEFITS[claim.benefit]
    if not isinstance(declared, Compensation):
        return None
    with suppress(NotInForce):
        return min((day for _place, day in declared.deadlines(claim, law)), default=None)
    return None
