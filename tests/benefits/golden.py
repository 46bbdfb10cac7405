"""Golden cases: what the law says of one claim, worked out by hand and kept in `cases/*.toml`.

A case holds the members of a claim as the machine interface writes them, and beside them:

    title, source   what is shown, and by which act and section or page
    pay             gross pay for the whole absence: short for one entry in `pay_periods`
    income          annual (before the insurance deduction) or after_deduction, at_least
    wages           [[day paid, amount]], for `expect.annual_income`
    earlier         the period before, as the portal knows it; or
    after           the claims before, in order, each continuing the one before it
    paid            [{benefit, first_day, last_day, days}], what was paid before
    submitted_on    the day of filing; then `problems` are those of an application, else those of an estimate
    expect          members of the estimate, "none" where there is nothing; `problems` as "code", "code at member" or
                    "code at member: name figure, name figure"; of a list of lines as many members as are named; and
                    annual_income, income_window, income_days (the days before which it counts), income_problems,
                    last_day (the deadline moved off days off)

A `[[table]]` is many cases: `columns` are dotted names of members, every line of `rows` is a case.
`[defaults]` holds what every case of its file has unless it says otherwise; "-" is a member left out after all.
"""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from employers.benefits import income, rules
from employers.benefits.claim import Claim, Earlier, Income, Paid, from_json, to_json
from employers.benefits.deadlines import moved
from employers.benefits.law import Law
from employers.benefits.problems import Problem

FOLDER = Path(__file__).parent / "cases"
BLANK = to_json(Claim(benefit=""))
SENDER = {"employer": "9000004-6", "reference": "row-4711"}
WORKER = {
    "employee": {"personal_identity_code": "010190-9123", "given_name": "Aino", "family_name": "Esimerkki"},
    "employment": {"start": "2019-05-02"},
}
LEFT_OUT = "-"
WITHOUT_WORKER = "occupational_health_reimbursement"
Case = Mapping[str, Any]


def cases() -> Iterator[Case]:
    """Every case of every file."""
    for path in sorted(FOLDER.glob("*.toml")):
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        defaults = content.get("defaults", {})
        written = [*content.get("case", []), *(row for table in content.get("table", []) for row in rows(table))]
        for case in written:
            yield {**defaults, **case, "file": path.stem}


def rows(table: Case) -> Iterator[Case]:
    """One case for every line."""
    for line in filter(None, map(str.strip, table["rows"].splitlines())):
        case = {name: value for name, value in table.items() if name not in ("columns", "rows")}
        case["title"] = f"{table['title']}: {' '.join(line.split())}"
        for name, cell in zip(table["columns"], line.split(), strict=True):
            if cell != LEFT_OUT:
                case = placed(case, name.split("."), int(cell) if cell.isdigit() else cell)
        yield case


def placed(members: Case, path: list[str], value: str | int) -> dict[str, Any]:
    """A copy with the value at the path."""
    name, *rest = path
    return {**members, name: placed(members.get(name, {}), rest, value) if rest else value}


def plain(value: Any) -> Any:
    """Dates as ISO 8601, numbers as text, None as "none": what TOML wrote and what an estimate says compare."""
    if isinstance(value, Mapping):
        return {name: plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return "none" if value is None else value if isinstance(value, str | bool) else str(value)


def iso(value: Any) -> Any:
    """Dates as text, as JSON has them."""
    if isinstance(value, Mapping):
        return {name: iso(item) for name, item in value.items()}
    if isinstance(value, list):
        return [iso(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def claim_of(members: Case) -> Claim:
    """Only a case with a day of filing names an employer and an employee of its own accord."""
    sender: Case = {}
    if "submitted_on" in members:
        sender = SENDER if members["benefit"] == WITHOUT_WORKER else {**SENDER, **WORKER}
    said = {name: iso(value) for name, value in members.items() if name in BLANK}
    claim = {**BLANK, **sender, **said}
    if members.get("pay", LEFT_OUT) != LEFT_OUT:
        claim["pay_periods"] = [{**iso(members["absence"]), "amount": members["pay"]}]
    return from_json({name: None if value == LEFT_OUT else value for name, value in claim.items()})


def income_of(case: Case) -> Income:
    given = case.get("income", {})
    amounts = {name: Decimal(given[name]) for name in ("annual", "after_deduction") if name in given}
    return Income(**amounts, at_least=given.get("at_least", False))


def earlier_of(case: Case) -> Earlier | None:
    if "earlier" in case:
        return Earlier(**case["earlier"])
    earlier = None
    for members in case.get("after", []):
        claim = claim_of({"benefit": case["benefit"], **members})
        law = Law.on(rules.law_day(claim, earlier=earlier))
        earlier = rules.as_earlier(claim, law=law, earlier=earlier)
    return earlier


def day(value: date | str) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


class Answer:
    """What the rules say of a case, asked for by the names that `expect` has."""

    def __init__(self, case: Case) -> None:
        self.case, self.claim, self.earlier, self.income = case, claim_of(case), earlier_of(case), income_of(case)
        self.law = Law.on(rules.law_day(self.claim, earlier=self.earlier))
        self.estimate = rules.estimate(self.claim, law=self.law, income=self.income, earlier=self.earlier)
        self.special: dict[str, Callable[[], Any]] = {
            "annual_income": self.annual_income,
            "income_window": lambda: vars_of(income.income_window(self.onset)),
            "income_days": lambda: rules.income_days(self.claim, law=self.law, earlier=self.earlier),
            "income_problems": lambda: self.shown(income.check(self.income), "income_problems"),
            "last_day": lambda: self.estimate.deadline and moved(self.estimate.deadline),
            "problems": lambda: self.shown(self.problems(), "problems"),
        }

    @property
    def onset(self) -> date:
        return day(self.case["absence"]["start"])

    def said(self, name: str) -> Any:
        found = self.special[name]() if name in self.special else self.estimate.as_dict().get(name)
        return plain(found)

    def annual_income(self) -> Decimal | None:
        wages = [(paid_on, Decimal(amount)) for paid_on, amount in self.case["wages"]]
        return income.annual_income(wages, self.onset)

    def problems(self) -> list[Problem]:
        if "submitted_on" not in self.case:
            return list(self.estimate.problems)
        paid = tuple(Paid(**days) for days in self.case.get("paid", []))
        filed = day(self.case["submitted_on"])
        return rules.check(self.claim, law=self.law, earlier=self.earlier, submitted_on=filed, paid=paid)

    def shown(self, problems: list[Problem], name: str) -> list[str]:
        """As the case writes them: with the member where it names one, and the figures where it names those."""
        expected = self.case["expect"].get(name, [])
        return sorted(next((text for text in ways(one) if text in expected), ways(one)[-1]) for one in problems)


def ways(found: Problem) -> list[str]:
    """To write a problem: briefly, or with its place, or with the figures that its sentence names as well."""
    place = f"{found.code} at {found.field}"
    return [found.code, place, f"{place}: {', '.join(f'{name} {figure(said)}' for name, said in found.params.items())}"]


def figure(said: Any) -> str:
    return f"{said.normalize():f}" if isinstance(said, Decimal) else str(said)


def vars_of(period: Any) -> dict[str, date]:
    return {"start": period.start, "end": period.end}


def narrowed(said: Any, expected: Any) -> Any:
    """Of what was said the members that the expectation names."""
    if isinstance(expected, Mapping) and isinstance(said, Mapping):
        return {name: narrowed(said.get(name, "missing"), value) for name, value in expected.items()}
    if isinstance(expected, list) and isinstance(said, list) and len(expected) == len(said):
        return [narrowed(one, other) for one, other in zip(said, expected, strict=True)]
    return said
