"""The same claim through web, JSON, a file and the register: equal claims, equal problems, equal words."""

import copy
from datetime import date

import pytest
from django.utils.translation import override

from employers.applications.register_claim import claim_of
from employers.benefits import rules
from employers.benefits.law import Law
from employers.benefits.problems import errors
from employers.income_register.models import PaidAbsence
from employers.income_register.schema import Reimbursement
from employers.intake.forms.pages import pages_of
from employers.intake.words import described, sentence
from tests.applications.reports import absence, report, told
from tests.intake.doors import answers, asked, by_csv, by_json, by_web, posted
from tests.intake.thirteen import BENEFITS, DETAILS, example

pytestmark = pytest.mark.usefixtures("sandbox")

FILED = date(2026, 4, 15)
REVERSED = {"absence": {"start": "2026-04-10", "end": "2026-03-02"}}
HEALTH, LEAVE = "occupational_health_reimbursement", "annual_leave_compensation"
MONTH = DETAILS[LEAVE]["months"][0]
FEES = [{"class": "I", "kind": "base_fee", "amount": "100.00"}]

# What is changed in the example, and what the law says of it.
FLAWED = {
    "sickness_allowance": (
        {"pay_periods": [{"start": "2026-03-02", "end": "2026-04-11", "amount": "3600.00"}]},
        ("pay_periods.0.end", "outside_absence"),
    ),
    "partial_sickness_allowance": (
        {"details": {"weekly_hours_agreed": "30"}},
        ("details.weekly_hours_agreed", "hours_outside_share"),
    ),
    "pregnancy_allowance": (
        {"details": {"first_benefit_day": "2026-03-03"}},
        ("details.first_benefit_day", "day_after_absence_start"),
    ),
    "special_pregnancy_allowance": (
        {"details": {"daily_hours": "6"}},
        ("details.daily_hours", "hours_too_many"),
    ),
    "parental_allowance": (REVERSED, ("absence.end", "before_start")),
    "partial_parental_allowance": (
        {"details": {"daily_hours_agreed": "5.5"}},
        ("details.daily_hours_agreed", "hours_too_many"),
    ),
    "rehabilitation_allowance": (
        {"employment": {"start": "2026-03-03", "end": None}},
        ("employment.start", "before_employment"),
    ),
    "partial_rehabilitation_allowance": ({"pay_basis": "part"}, ("pay_basis", "full_pay_needed")),
    "infectious_disease_allowance": ({"details": {"monthly_pay": "-1.00"}}, ("details.monthly_pay", "amount_negative")),
    "donor_allowance": (
        {"details": {"earnings_lost": "999999999999.00"}},
        ("details.earnings_lost", "amount_invalid"),
    ),
    "family_leave_compensation": (
        {"details": {"contract": {"kind": "fixed_term", "months": 11}}},
        ("details.contract", "contract_too_short"),
    ),
    LEAVE: ({"details": {"months": [MONTH, MONTH]}}, ("details.months.1.month", "month_twice")),
    HEALTH: ({"details": {"costs": FEES}}, ("details.costs", "base_fees_alone")),
}


# Pages ask for the physician's decision as one thing: it is on its way.
DECISION = {"infectious_disease_allowance": ("follows", {"decision_follows": True})}


def body(benefit, changes=None):
    """What both a machine and a person can say: machines alone may tell, say, of a certificate of any benefit."""
    certificate, follows = DECISION.get(benefit, ("electronic", {}))
    changed = {"certificate": certificate, **copy.deepcopy(changes or {})}
    details = DETAILS[benefit] | follows | changed.pop("details", {})
    whole = example(benefit, details=details, **changed)
    return {
        name: value for name, value in whole.items() if name in {*asked(benefit), "employer", "benefit", "reference"}
    }


def judged(claim):
    return rules.check(claim, law=Law.on(rules.law_day(claim)), submitted_on=FILED)


def words(problems):
    return [(problem.pointer, sentence(problem)) for problem in problems]


@pytest.mark.parametrize("benefit", BENEFITS)
def test_a_sound_claim_is_the_same_through_every_door(benefit):
    said = body(benefit)
    claim = by_json(said)
    assert by_csv(said) == claim
    assert by_web(said) == claim
    assert claim.details or not DETAILS[benefit]
    assert errors(judged(claim)) == []


@pytest.mark.parametrize("benefit", BENEFITS)
def test_a_flawed_claim_is_the_same_and_told_in_the_same_words(benefit):
    changes, wrong = FLAWED[benefit]
    said = body(benefit, changes)
    claims = [by_json(said), by_csv(said), by_web(said)]
    assert claims[1:] == claims[:1] * 2
    found = [judged(claim) for claim in claims]
    assert found[1:] == found[:1] * 2
    assert wrong in [(problem.field, problem.code) for problem in errors(found[0])]
    for language in ("fi", "sv", "en"):
        with override(language):
            machine = [described(problem)["detail"] for problem in errors(found[0])]
            assert machine == [page_says(said, problem) for problem in errors(found[0])]


def page_says(said, problem):
    """The words at the field of the page that asks about the problem's place."""
    shape = next(shape for shape in pages_of(said["benefit"]).values() if shape().knows(problem.field))
    page = posted(shape, said)
    assert any(path.startswith(problem.field) for path in answers(shape, said))
    page.take([problem])
    [text] = [each["text"] for each in page.found_wrong()]
    return text


# What a report asks for and the cause; benefits that a report has no room for say what is missing.
REPORTED = {
    "sickness_allowance": (1, 1),
    "partial_sickness_allowance": (1, 2),
    "parental_allowance": (1, 3),
    "special_pregnancy_allowance": (1, 4),
    "rehabilitation_allowance": (1, 5),
    "family_leave_compensation": (2, 3),
    LEAVE: (3, 23),
}
NEEDS_MORE = ("partial_sickness_allowance", "family_leave_compensation", LEAVE)
WITH_CERTIFICATE = ("sickness_allowance", "partial_sickness_allowance", "special_pregnancy_allowance")
START, END = date(2026, 3, 2), date(2026, 4, 10)


def by_register(benefit, start, end):
    asked_for, cause = REPORTED[benefit]
    reimbursement = Reimbursement(payment_type=asked_for, reference="1232")
    told(report("r1", absence(start, end, cause_code=cause, amount="3600.00", reimbursements=(reimbursement,))))
    return claim_of(PaidAbsence.objects.get(), reference="row-4711")


def as_reported(benefit, start, end):
    """The same as a body."""
    days = {"start": start.isoformat(), "end": end.isoformat()}
    by_days = {} if benefit == LEAVE else {"absence": days, "pay_periods": [{**days, "amount": "3600.00"}]}
    return example(
        benefit,
        **by_days,
        details={},
        certificate="electronic" if benefit in WITH_CERTIFICATE else None,
        contact={"name": "Palkat", "phone": "029", "email": "palkat@example.fi"},
        payment_reference="1232",
    )


@pytest.mark.parametrize(("start", "end"), [(START, END), (END, START)], ids=["sound", "reversed"])
@pytest.mark.parametrize("benefit", REPORTED)
def test_a_report_says_the_same_as_a_body(benefit, start, end):
    claim, machine = by_register(benefit, start, end), by_json(as_reported(benefit, start, end))
    assert claim == machine
    assert words(judged(claim)) == words(judged(machine))
    assert bool(errors(judged(claim))) == (start > end or benefit in NEEDS_MORE)
