"""What every claim is checked for, whatever the benefit."""

from collections.abc import Iterable, Iterator
from datetime import date

from employers.benefits import details
from employers.benefits.claim import Claim, Employment
from employers.benefits.periods import LAST_DAY, in_range
from employers.benefits.problems import Problem, problem

FIRST_EMPLOYED = date(1930, 1, 1)  # nobody who began earlier is still paid
LONGEST_SPECIFIER = 20  # characters that fit on a bank statement
ABOUT_AN_ABSENCE = (
    "absence", "pay_periods", "other_days", "continues_application", "previous_paid_day", "pay_continues_from",
)  # fmt: skip
ABOUT_A_PERSON = ("employee", "employment")


def check(claim: Claim, *, filing: bool, foreign: Iterable[str] = ()) -> list[Problem]:
    """`foreign`: members that claims for this benefit do not have."""
    return [
        *(problem(name, "not_for_this_benefit") for name in foreign if getattr(claim, name)),
        *details.unknown(claim.benefit, claim.details),
        *details.missing(claim.benefit, claim.details, filing=filing),
        *days_out_of_range(claim),
        *payment_problems(claim),
        *employment_problems(claim),
        *(missing_to_submit(claim, person="employee" not in foreign) if filing else ()),
    ]


def days_out_of_range(claim: Claim) -> Iterator[Problem]:
    """Days that a benefit asks itself; nothing is counted from one of another time."""
    for name, detail in details.DETAILS.get(claim.benefit, {}).items():
        day = claim.details.get(name)
        if detail.kind is details.Kind.DAY and day is not None and not in_range(day):
            yield problem(f"details.{name}", "date_out_of_range")


def missing_to_submit(claim: Claim, *, person: bool) -> list[Problem]:
    """What an application needs beyond an estimate."""
    fields = [field for field in ("employer", "reference") if not getattr(claim, field)]
    fields += missing_of_person(claim) if person else []
    return [problem(field, "required") for field in fields]


def missing_of_person(claim: Claim) -> list[str]:
    fields = ["employee"]
    if claim.employee is not None:
        names = ("personal_identity_code", "given_name", "family_name")
        fields = [f"employee.{name}" for name in names if not getattr(claim.employee, name).strip()]
    return fields if claim.employment else [*fields, "employment.start"]


def employment_problems(claim: Claim) -> Iterable[Problem]:
    if claim.employment is None:
        return []
    if not FIRST_EMPLOYED <= claim.employment.start <= LAST_DAY:
        return [problem("employment.start", "date_out_of_range")]
    if claim.employment.end is not None and claim.employment.end < claim.employment.start:
        return [problem("employment.end", "before_start")]
    return outside_employment(claim, claim.employment)


def outside_employment(claim: Claim, employment: Employment) -> Iterator[Problem]:
    absence = claim.absence
    if absence is None:
        return
    if absence.start < employment.start:
        yield problem("employment.start", "before_employment")
    if employment.end is None:
        return
    if absence.start > employment.end:
        yield problem("employment.end", "after_employment")
    elif absence.end > employment.end:
        yield problem("employment.end", "ends_after_employment")


def payment_problems(claim: Claim) -> Iterator[Problem]:
    if claim.payment_reference and claim.payment_specifier:
        yield problem("payment_specifier", "reference_and_specifier")
    if claim.payment_specifier and len(claim.payment_specifier) > LONGEST_SPECIFIER:
        yield problem("payment_specifier", "specifier_too_long", most=LONGEST_SPECIFIER)
