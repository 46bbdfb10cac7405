"""What an official would ask about a claim, before anybody does: one checklist for the employer and the official."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from employers.benefits import slips
from employers.benefits.claim import Claim
from employers.benefits.problems import Problem

# Every warning there is, and the question of `employers.intake.words.QUESTIONS` that an official asks because of it.
# None: nothing needs to be asked, as the warning tells what follows, or the agency finds out by itself.
ASKED: Mapping[str, str | None] = {
    "absence_long": "absence_dates",
    "age_outside": "employee",
    "annual_leave_inside": None,  # the dates are told: the days are the employee's
    "bank_account_missing": None,  # payment waits, the decision does not
    "before_birth": "absence_dates",
    "ceiling_not_confirmed": None,
    "certificate_needed": "certificate",
    "child_too_old": "absence_dates",
    "class_mistaken": "costs",
    "consent_missing": None,
    "continuation_unsaid": "earlier_absence",
    "cost_twice": "costs",
    "costs_unlikely": "costs",
    "day_ahead": "absence_dates",
    "days_over_month": "leave_months",
    "decision_missing": "certificate",
    "difference_only": None,  # the allowance goes to the employee
    "employment_unknown": "employee",
    "ends_after_employment": "employment",
    "full_time_in_sector": "working_hours",
    "hazard_notice_missing": "hazard",
    "health_told": None,
    "income_unknown": None,  # the decision is made with every wage in the register
    "insurer_first": None,  # the insurance company is asked
    "late": "late_reason",
    "maximum_exceeded": None,  # the agency counts the days
    "no_parameters_on_day": None,
    "nothing_payable": None,
    "other_work_offered": "hazard",
    "over_accrual": None,
    "over_ceiling": None,
    "pay_gap": "pay_detail",
    "pay_unlikely": "pay_detail",
    "personal_data": None,
    "saturday_between": "absence_dates",
    "starts_too_early": "absence_dates",
    "starts_too_late": "absence_dates",
    "too_long_ago": None,  # the waiting period is whole
    "worked_days_inside": None,
}
# The same code is asked about in other words where it stands at another field.
AT_FIELD: Mapping[tuple[str, str], str] = {
    ("pay_unlikely", "details.months"): "leave_months",
    ("day_ahead", "details.statement"): "statement",
}
# An employer who explains these in its own words has answered already, and this is where it does.
EXPLAINED = ("late", "full_time_in_sector")
OWN_WORDS = "additional_information"
FOLLOWS = "follows"

# What an official looks at, and the claims that have it.
CHECKLIST: Mapping[str, Callable[[Claim], object]] = {
    "employee": lambda claim: claim.employee,
    "employment": lambda claim: claim.employment,
    "absence_dates": lambda claim: claim.absence,
    "late_reason": lambda claim: True,
    "earlier_absence": lambda claim: claim.benefit in slips.WAITING,
    "pay_detail": lambda claim: claim.pay_periods,
    "certificate": lambda claim: claim.certificate,
    "working_hours": lambda claim: claim.details.get("weekly_hours_before"),
    "hazard": lambda claim: claim.benefit == "special_pregnancy_allowance",
    "leave_months": lambda claim: claim.details.get("months"),
    "costs": lambda claim: claim.details.get("costs"),
    "statement": lambda claim: claim.details.get("statement"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """A question, the field whose answer settles it, and the problem behind it, if the rules named one."""

    question: str
    field: str
    problem: Problem | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One line of the checklist: in order, or to be asked."""

    question: str
    expected: Expected | None


def expected(claim: Claim, problems: Iterable[Problem]) -> list[Expected]:
    """Each question once, at the first field that raises it. `problems`: the warnings kept with the claim; what the
    register and the tables know of it is among them."""
    found: dict[str, Expected] = {}
    for problem in problems:
        question = question_of(problem)
        explained = problem.code in EXPLAINED
        if question and not (explained and claim.additional_information.strip()):
            field = OWN_WORDS if explained else problem.field
            found.setdefault(question, Expected(question=question, field=field, problem=problem))
    if claim.certificate == FOLLOWS or claim.details.get("decision_follows"):
        found.setdefault("certificate", Expected(question="certificate", field="certificate"))
    return list(found.values())


def checklist(claim: Claim, problems: Iterable[Problem]) -> list[Item]:
    """Everything an official looks at in such a claim, in the order of a reader."""
    asked = {one.question: one for one in expected(claim, problems)}
    looked_at = [question for question, has in CHECKLIST.items() if has(claim) or question in asked]
    return [Item(question=question, expected=asked.get(question)) for question in looked_at]


def question_of(problem: Problem) -> str | None:
    """None also for an error: such a claim is not sent."""
    for (code, within), question in AT_FIELD.items():
        if problem.code == code and problem.field.startswith(within):
            return question
    return ASKED.get(problem.code)
