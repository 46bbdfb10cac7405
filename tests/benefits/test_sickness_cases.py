"""The golden cases of sickness_cases.toml."""

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from employers.benefits import rules
from employers.benefits.claim import Claim, Earlier, Income, OtherDays, PayPeriod, Period
from employers.benefits.law import Law

CASES = tomllib.loads((Path(__file__).parent / "sickness_cases.toml").read_text(encoding="utf-8"))["case"]


def claim_of(case: dict[str, Any]) -> Claim:
    start, end = case["absence"]
    return Claim(
        benefit="sickness_allowance",
        absence=Period(start=start, end=end),
        pay_periods=tuple(PayPeriod(start=first, end=last, amount=Decimal(pay)) for first, last, pay in case["pay"]),
        other_days=tuple(
            OtherDays(start=first, end=last, kind=kind) for first, last, kind in case.get("other_days", [])
        ),
        pay_basis=case.get("pay_basis", "full"),
        previous_paid_day=case.get("previous_paid_day"),
    )


def income_of(case: dict[str, Any]) -> Income:
    given = {name: Decimal(case[name]) for name in ("annual", "after_deduction") if name in case}
    return Income(**given)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["title"])
def test_case(case):
    claim = claim_of(case)
    earlier = Earlier(**case["earlier"]) if "earlier" in case else None
    law = Law.on(rules.law_day(claim, earlier=earlier))

    answer = rules.estimate(claim, law=law, income=income_of(case), earlier=earlier).as_dict()
    answer["problems"] = [problem["code"] for problem in answer["problems"]]

    expected = {**case["expect"], **dict.fromkeys(case["expect"].get("null", []))}
    expected.pop("null", None)
    assert {name: answer[name] for name in expected} == expected


def test_the_example_of_the_contract_in_full():
    """Every member, with the parameters it used."""
    claim = claim_of(CASES[0])
    answer = rules.estimate(
        claim, law=Law.on(rules.law_day(claim)), income=Income(after_deduction=Decimal("40000.00"))
    ).as_dict()
    used = answer.pop("parameters")
    assert answer == {
        "benefit": "sickness_allowance",
        "daily_allowance": "72.98",
        "payable_days": 23,
        "amount": "1678.54",
        "to_employer": "1678.54",
        "to_employee": "0.00",
        "at_least": False,
        "waiting_period": {"start": "2026-03-02", "end": "2026-03-12"},
        "first_payable_day": "2026-03-13",
        "deadline": "2026-05-02",
        "lines": [{"code": "daily_allowance", "quantity": "23", "unit_amount": "72.98", "amount": "1678.54"}],
        "estimate_status": "official",
        "problems": [],
    }
    assert all(use.pop("reference") for use in used)
    assert used == [
        {"name": "sickness.income_limit", "value": "28899", "valid_from": "2026-01-01", "status": "official"},
        {"name": "sickness.rate", "value": "0.70", "valid_from": "2020-01-01", "status": "official"},
        {"name": "sickness.rate_above_limit", "value": "0.15", "valid_from": "2025-01-01", "status": "official"},
        {"name": "sickness.divisor", "value": "300", "valid_from": "2005-01-01", "status": "official"},
    ]
