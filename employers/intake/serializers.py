"""From what a caller sent to a Claim: the API's bodies, the rows of a batch, the answers of the web form.

Values are read here, one by one; two values beside each other and the law are judged by `employers.benefits`. When a
value cannot be read, what the law says about the others is told at the same time.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from employers.benefits import income as incomes
from employers.benefits import rules
from employers.benefits.absence import MOST_OTHER_DAYS, MOST_PAY_PERIODS
from employers.benefits.claim import (
    BENEFITS,
    CERTIFICATES,
    INSURER_CASES,
    OTHER_DAY_KINDS,
    PAY_BASES,
    Claim,
    Contact,
    Employee,
    Employment,
    Income,
    OtherDays,
    PayPeriod,
    Period,
)
from employers.benefits.problems import Problem, errors
from employers.intake import detail_values, values
from employers.law.queries import LawOn, law_on

Found = dict[str, Any]

NAME = values.text(100)
OWN_NAME = values.filled(100)
PERIOD = values.shape({"start": values.day, "end": values.day}, required=("start", "end"))
PAY_PERIOD = values.shape(
    {"start": values.day, "end": values.day, "amount": values.money}, required=("start", "end", "amount")
)
OTHER_DAYS = values.shape(
    {"start": values.day, "end": values.day, "kind": values.choice(OTHER_DAY_KINDS)}, required=("start", "end", "kind")
)
EMPLOYMENT = values.shape({"start": values.day, "end": values.day}, required=("start",))
CONTACT = values.shape({"name": NAME, "phone": values.text(40), "email": values.text(254)})
INCOMES = ("annual_income", "income_after_deduction")
EMPLOYEE_MEMBERS = ("personal_identity_code", "given_name", "family_name")


class Unreadable(Exception):
    """Some values cannot be read; `problems` holds everything that has to be changed, as far as it can be told."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(", ".join(f"{problem.field}: {problem.code}" for problem in problems))
        self.problems = problems


def read_claim(data: Any, *, allow_temporary: bool, for_estimate: bool = False, law_on: LawOn = law_on) -> Claim:
    """`data` is parsed JSON, or a row in its shape. Raises Unreadable.

    `allow_temporary` accepts identity codes with individual numbers from 900 to 999: in the sandbox only. `law_on`:
    the law of any day, for whoever has looked it up for many claims.
    """
    return _read(data, allow_temporary=allow_temporary, for_estimate=for_estimate, law_on=law_on)[0]


def read_estimate(data: Any, *, allow_temporary: bool) -> tuple[Claim, Income]:
    """A claim, and the income somebody typed beside it. Raises Unreadable."""
    claim, found = _read(data, allow_temporary=allow_temporary, for_estimate=True, law_on=law_on)
    return claim, _income(found)


def unfit(data: Any, *, benefit: object, allow_temporary: bool, about: tuple[str, ...] = ()) -> list[Problem]:
    """What a claim that is not whole yet cannot hold: members that nobody knows, and values that nobody can read.

    What is missing may still come, at any depth. `about`: members that say what it is about, and have to be there; else
    neither the employer nor the benefit is one of the members.
    """
    known = _members(benefit, allow_temporary=allow_temporary, for_estimate=False)
    members = {name: read for name, read in known.items() if name in about or name not in ("employer", "benefit")}
    problems: list[Problem] = []
    values.shape(members, required=about)(data, "", problems)
    return [problem for problem in problems if problem.code != "required" or problem.field in about]


def _read(data: Any, *, allow_temporary: bool, for_estimate: bool, law_on: LawOn) -> tuple[Claim, Found]:
    problems: list[Problem] = []
    benefit = data.get("benefit") if isinstance(data, dict) else None
    members = _members(benefit, allow_temporary=allow_temporary, for_estimate=for_estimate)
    required = () if for_estimate else ("employer", "reference")
    found = values.shape(members, required=("benefit", *required))(data, "", problems)
    if found is None:
        raise Unreadable(problems)
    if for_estimate:
        problems += [problem for problem in incomes.check(_income(found)) if not _told(problem, problems)]
    claim = _claim(found)
    if problems:
        raise Unreadable([*problems, *_law_says(claim, problems, for_estimate=for_estimate, law_on=law_on)])
    return claim, found


def _members(benefit: Any, *, allow_temporary: bool, for_estimate: bool) -> Mapping[str, values.Reader]:
    identity_code = values.identity_code(allow_temporary=allow_temporary)
    employee = {"personal_identity_code": identity_code, "given_name": OWN_NAME, "family_name": OWN_NAME}
    members: dict[str, values.Reader] = {
        "employer": values.business_id,
        "benefit": values.choice(BENEFITS),
        "reference": values.reference,
        "employee": values.shape(employee, required=EMPLOYEE_MEMBERS),
        "employment": EMPLOYMENT,
        "absence": PERIOD,
        "continues_application": values.uuid,
        "previous_paid_day": values.day,
        "pay_periods": values.listing(PAY_PERIOD, most=MOST_PAY_PERIODS),
        "pay_basis": values.choice(PAY_BASES),
        "pay_continues_from": values.day,
        "other_days": values.listing(OTHER_DAYS, most=MOST_OTHER_DAYS),
        "certificate": values.choice(CERTIFICATES),
        "insurer_case": values.choice(INSURER_CASES),
        "contact": CONTACT,
        "payment_reference": values.payment_reference,
        "payment_specifier": values.text(200),
        "details": detail_values.reader(benefit),
        "additional_information": values.text(4000),
    }
    return members | dict.fromkeys(INCOMES, values.money) if for_estimate else members


def _income(found: Found) -> Income:
    return Income(annual=found.get(INCOMES[0]), after_deduction=found.get(INCOMES[1]))


def _claim(found: Found) -> Claim:
    """As far as it was readable; a part that was not is left out whole."""
    given = {name: value for name, value in found.items() if value is not None and name not in INCOMES}
    made = {
        "employee": _made(Employee, given.get("employee"), EMPLOYEE_MEMBERS),
        "employment": _made(Employment, given.get("employment"), ("start",)),
        "absence": _made(Period, given.get("absence"), ("start", "end")),
        "contact": _made(Contact, given.get("contact"), ()),
        "pay_periods": tuple(PayPeriod(**entry) for entry in given.get("pay_periods", ())),
        "other_days": tuple(OtherDays(**entry) for entry in given.get("other_days", ())),
    }
    return Claim(**{"benefit": "", "pay_basis": "", **given, **made})


def _made(shape: type[Any], found: Found | None, needed: tuple[str, ...]) -> Any:
    if found is None or any(found.get(name) is None for name in needed):
        return None
    return shape(**{name: value for name, value in found.items() if value is not None})


def _law_says(claim: Claim, told: list[Problem], *, for_estimate: bool, law_on: LawOn) -> list[Problem]:
    """Errors of the law about the rest. Nothing is late on the first day of all: a day of filing is only a switch."""
    law = law_on(rules.law_day(claim))
    found = rules.check(claim, law=law, submitted_on=None if for_estimate else date.min)
    return [problem for problem in errors(found) if not _told(problem, told)]


def _told(problem: Problem, told: list[Problem]) -> bool:
    """Something was said already about the same member, what it is part of, or a part of it."""
    path = problem.field.split(".")
    return any(_within(path, other.field.split(".")) for other in told if other.field)


def _within(one: list[str], other: list[str]) -> bool:
    shorter = min(len(one), len(other))
    return one[:shorter] == other[:shorter]
