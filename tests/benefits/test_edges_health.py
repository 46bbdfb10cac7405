"""Edges of the reimbursement of occupational health care costs."""

from datetime import date
from typing import Any

import pytest

from employers.benefits import rules
from employers.benefits.claim import Claim, Income
from employers.benefits.estimate import Estimate
from employers.benefits.law import Law
from employers.benefits.occupational_health import raised
from tests.benefits.golden import claim_of

PREFIX = "occupational_health."
CLASS_1 = {"class": "I", "kind": "nurse", "amount": "100.00"}
CLASS_2 = {"class": "II", "kind": "physician", "amount": "200.00"}


def period(start: str, end: str) -> dict[str, date]:
    return {"start": date.fromisoformat(start), "end": date.fromisoformat(end)}


def care(*costs: dict[str, str], employees: int = 25, years: str = "2020-01-01 2020-12-31", **details: Any) -> Claim:
    said = {"accounting_period": period(*years.split()), "employees": employees, "costs": list(costs or [CLASS_1])}
    return claim_of({"benefit": "occupational_health_reimbursement", "details": {**said, **details}})


def estimate(claim: Claim) -> Estimate:
    return rules.estimate(claim, law=Law.on(rules.law_day(claim)), income=Income())


def found(claim: Claim) -> list[str]:
    problems = rules.check(claim, law=Law.on(rules.law_day(claim)))
    return sorted(f"{problem.code} at {problem.field}" for problem in problems)


def named(made: Estimate) -> set[str]:
    return {use.name.removeprefix(PREFIX) for use in made.parameters}


@pytest.mark.parametrize(
    ("costs", "values"),
    [
        ((CLASS_1,), {"ceiling", "class_1_rate"}),
        ((CLASS_2,), {"ceiling", "class_2_share", "class_2_rate"}),
        ((CLASS_1, CLASS_2), {"ceiling", "class_1_rate", "class_2_share", "class_2_rate"}),
    ],
)
def test_only_what_entered_the_amount_is_named(costs, values):
    assert named(estimate(care(*costs))) == values


@pytest.mark.parametrize(("employees", "raises"), [(8, True), (10, False), (12, False)])
def test_a_raised_ceiling_is_named_where_it_raises(employees, raises):
    claim = care(employees=employees)
    made = rules.estimate(claim, law=raised(Law.on(date(2020, 1, 1))), income=Income())
    assert ("counted_at_least" in named(made)) is raises


@pytest.mark.parametrize(
    ("years", "year"),
    [
        ("2020-07-02 2021-07-01", 2020),  # 183 days and 182
        ("2020-07-03 2021-07-02", 2021),  # 182 and 183
        ("2021-07-02 2022-07-01", 2021),  # 183 and 182
        ("2021-12-31 2022-01-01", 2021),  # a tie
        ("2020-12-01 2022-01-31", 2021),
        ("2021-03-01 2021-02-01", 1),  # reversed: none
    ],
)
def test_the_year_that_holds_most_of_the_period(years, year):
    assert rules.law_day(care(years=years)) == date(year, 1, 1)


def test_half_an_accounting_period_is_none():
    claim = care(accounting_period={"start": date(2020, 1, 1)})
    assert found(claim) == ["required at details.accounting_period.end"]


@pytest.mark.parametrize(
    ("years", "problems"),
    [
        ("1900-01-01 1900-12-31", ["end", "start"]),
        ("2018-12-31 2019-12-30", ["start"]),
        ("2099-02-01 2100-01-31", ["end"]),
    ],
)
def test_an_accounting_period_outside_the_years_kept(years, problems):
    expected = [f"date_out_of_range at details.accounting_period.{name}" for name in problems]
    assert [text for text in found(care(years=years)) if "out_of_range" in text] == expected
    assert not [text for text in found(care(years=years)) if "too_long" in text]


@pytest.mark.parametrize(
    ("details", "problems"),
    [
        ({"costs": [{**CLASS_1, "amount": "-1.00"}]}, ["amount_negative at details.costs.0.amount"]),
        ({"costs": [CLASS_1, {**CLASS_2, "amount": "10000000000.01"}]}, ["amount_invalid at details.costs.1.amount"]),
        ({"costs": [{**CLASS_1, "kind": "base_fee"}]}, ["base_fees_alone at details.costs"]),
        (
            {"costs": [{**CLASS_1, "kind": "base_fee"}, {**CLASS_2, "amount": "0.00"}]},
            ["base_fees_alone at details.costs"],
        ),
        ({"costs": [{**CLASS_1, "kind": "base_fee"}, {**CLASS_2, "amount": "0.01"}]}, []),
        ({"costs": [{**CLASS_1, "kind": "base_fee", "amount": "0.50"}]}, ["base_fees_alone at details.costs"]),
        ({"deductible_income": {"I": "-0.01"}}, ["amount_negative at details.deductible_income.I"]),
        ({"deductible_income": {"I": "100.00"}}, []),
        ({"deductible_income": {"I": "100.01"}}, ["deduction_exceeds_costs at details.deductible_income.I"]),
        ({"deductible_income": {"II": "0.01"}}, ["deduction_exceeds_costs at details.deductible_income.II"]),
        ({"employees": 0}, ["no_employees at details.employees"]),
    ],
)
def test_costs_and_income_that_cannot_be(details, problems):
    assert found(care(**details)) == problems


def test_entrepreneurs_count_as_employees():
    costs = [{**CLASS_1, "amount": "5000.00"}]
    assert str(estimate(care(costs=costs, employees=2)).amount) == "508.32"  # 0.60 x 2 x 423.60
    assert str(estimate(care(costs=costs, employees=2, entrepreneurs=1)).amount) == "762.48"
