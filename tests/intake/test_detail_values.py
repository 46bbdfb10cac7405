"""Reading a benefit's own details: typed values, or a code at the very place, from JSON and from a file alike."""

from datetime import date
from decimal import Decimal

import pytest

from employers.benefits.claim import from_json, to_json
from employers.intake import columns, detail_values
from employers.intake.serializers import Unreadable, read_claim
from tests.intake.thirteen import BENEFITS, DETAILS, cells, example

pytestmark = pytest.mark.django_db


def read(benefit, details):
    """The typed details, and codes at places."""
    problems = []
    found = detail_values.reader(benefit)(details, "details", problems)
    return found, [(problem.field, problem.code) for problem in problems]


def from_cells(benefit, **row):
    made = columns.body({f"details.{name}": cell for name, cell in row.items()})
    return read(benefit, made.get("details", {}))


@pytest.mark.parametrize("benefit", BENEFITS)
def test_the_example_of_every_benefit_can_be_read(benefit):
    claim = read_claim(example(benefit), allow_temporary=True)
    assert from_json(to_json(claim)) == claim
    assert claim.details.keys() == {name for name, value in DETAILS[benefit].items() if value is not None}


@pytest.mark.parametrize("benefit", BENEFITS)
def test_a_line_of_a_file_says_the_same(benefit):
    written = columns.body(cells(example(benefit)))
    assert read_claim(written, allow_temporary=True) == read_claim(
        {**example(benefit), "other_days": None}, allow_temporary=True
    )


def test_values_are_typed():
    found, problems = read("annual_leave_compensation", DETAILS["annual_leave_compensation"])
    month = {"month": "2026-03", "days": Decimal("2.5"), "paid_days": 25, "holiday_pay": Decimal("300.00")}
    assert (found, problems) == ({"first_leave_day": date(2026, 1, 12), "months": (month,)}, [])
    found, _ = read("special_pregnancy_allowance", DETAILS["special_pregnancy_allowance"])
    assert found == {"hazards": ("chemical",), "other_work_offered": False}


def test_null_is_absent_at_every_depth():
    found, problems = read("occupational_health_reimbursement", {"accounting_period": {"start": None}, "costs": None})
    assert (found, problems) == ({"accounting_period": {}}, [])


OCCUPATIONAL, LEAVE, FAMILY = (
    "occupational_health_reimbursement", "annual_leave_compensation", "family_leave_compensation",
)  # fmt: skip
PARTIAL, INFECTIOUS, SPECIAL, PREGNANCY = (
    "partial_sickness_allowance", "infectious_disease_allowance", "special_pregnancy_allowance", "pregnancy_allowance",
)  # fmt: skip
WRONG = [
    ("sickness_allowance", {"due_date": "2026-03-02"}, "due_date", "unknown_field"),
    (PREGNANCY, {"due_date": "2026-02-30"}, "due_date", "date_invalid"),
    (PREGNANCY, {"due_date": "13.4.2026"}, "due_date", "date_invalid"),
    (PREGNANCY, {"due_date": "10000-01-01"}, "due_date", "date_invalid"),
    (PREGNANCY, {"due_date": 20260413}, "due_date", "invalid_type"),
    (INFECTIOUS, {"monthly_pay": 3000}, "monthly_pay", "money_invalid"),
    (INFECTIOUS, {"monthly_pay": "NaN"}, "monthly_pay", "money_invalid"),
    (INFECTIOUS, {"monthly_pay": "Infinity"}, "monthly_pay", "money_invalid"),
    (INFECTIOUS, {"monthly_pay": "1.234"}, "monthly_pay", "money_invalid"),
    (INFECTIOUS, {"monthly_pay": "1E+3"}, "monthly_pay", "money_invalid"),
    (INFECTIOUS, {"decision_follows": "false"}, "decision_follows", "invalid_type"),
    (INFECTIOUS, {"decision_follows": 0}, "decision_follows", "invalid_type"),
    (PARTIAL, {"weekly_hours_before": 37.5}, "weekly_hours_before", "number_invalid"),
    (PARTIAL, {"weekly_hours_before": "37,5"}, "weekly_hours_before", "number_invalid"),
    (PARTIAL, {"weekly_hours_before": "-1"}, "weekly_hours_before", "number_invalid"),
    (PARTIAL, {"weekly_hours_before": "18.755"}, "weekly_hours_before", "number_invalid"),
    (PARTIAL, {"weekly_hours_before": "1e1"}, "weekly_hours_before", "number_invalid"),
    (PARTIAL, {"weekly_hours_before": "\u0663\u0667"}, "weekly_hours_before", "number_invalid"),
    (PARTIAL, {"weekly_hours_before": "168.01"}, "weekly_hours_before", "number_out_of_range"),
    (FAMILY, {"working_time_percent": "100"}, "working_time_percent", "count_invalid"),
    (FAMILY, {"working_time_percent": True}, "working_time_percent", "count_invalid"),
    (FAMILY, {"working_time_percent": 80.5}, "working_time_percent", "count_invalid"),
    (FAMILY, {"working_time_percent": -1}, "working_time_percent", "count_invalid"),
    (FAMILY, {"working_time_percent": 101}, "working_time_percent", "number_out_of_range"),
    (FAMILY, {"basis": "birth"}, "basis", "invalid_choice"),
    (FAMILY, {"basis": ["pregnancy"]}, "basis", "invalid_type"),
    (FAMILY, {"contract": "open_ended"}, "contract", "invalid_type"),
    (FAMILY, {"contract": {"length": 12}}, "contract.length", "unknown_field"),
    (LEAVE, {"months": {}}, "months", "invalid_type"),
    (LEAVE, {"months": [None]}, "months.0", "invalid_type"),
    (LEAVE, {"months": [{}] * 37}, "months", "too_many_items"),
    (LEAVE, {"months": [{"month": "2026-13"}]}, "months.0.month", "month_invalid"),
    (LEAVE, {"months": [{"month": "0000-01"}]}, "months.0.month", "month_invalid"),
    (LEAVE, {"months": [{"month": "2026-03-01"}]}, "months.0.month", "month_invalid"),
    (LEAVE, {"months": [{}, {"month": 202603}]}, "months.1.month", "invalid_type"),
    (SPECIAL, {"hazards": "chemical"}, "hazards", "invalid_type"),
    (SPECIAL, {"hazards": ["chemical", 7]}, "hazards.1", "invalid_type"),
    (SPECIAL, {"hazards": [" "]}, "hazards.0", "required"),
    (SPECIAL, {"hazards": ["x" * 41]}, "hazards.0", "too_long"),
    (SPECIAL, {"hazards": ["a\x00b"]}, "hazards.0", "not_text"),
    (SPECIAL, {"hazards": ["chemical"] * 21}, "hazards", "too_many_items"),
    (OCCUPATIONAL, {"costs": [{}, {}, {"amount": "1,00"}]}, "costs.2.amount", "money_invalid"),
    (OCCUPATIONAL, {"costs": [{"class": "III"}]}, "costs.0.class", "invalid_choice"),
    (OCCUPATIONAL, {"costs": [{}] * 201}, "costs", "too_many_items"),
    (OCCUPATIONAL, {"bank_account": "FI2112345600000786"}, "bank_account", "iban_invalid"),
    (OCCUPATIONAL, {"bank_account": 21}, "bank_account", "invalid_type"),
    (OCCUPATIONAL, {"deductible_income": {"III": "1.00"}}, "deductible_income.III", "unknown_field"),
    (OCCUPATIONAL, {"conditions": {"free for employees": True}}, "conditions", "unknown_field"),
    (OCCUPATIONAL, {"employees": 1_000_001}, "employees", "number_out_of_range"),
    (OCCUPATIONAL, [], "", "invalid_type"),
    ("lottery_prize", [], "", "invalid_type"),
]  # fmt: skip


@pytest.mark.parametrize(("benefit", "details", "place", "code"), WRONG)
def test_a_wrong_value_is_told_at_its_place(benefit, details, place, code):
    _, problems = read(benefit, details)
    assert problems == [(f"details.{place}".rstrip("."), code)]


def test_an_unknown_benefit_is_told_and_its_details_are_not():
    with pytest.raises(Unreadable) as refused:
        read_claim(
            {**example("sickness_allowance"), "benefit": "lottery_prize", "details": {"a": 1}}, allow_temporary=True
        )
    assert [(problem.field, problem.code) for problem in refused.value.problems] == [("benefit", "invalid_choice")]


def test_an_account_is_kept_without_its_spaces():
    found, problems = read(OCCUPATIONAL, {"bank_account": "fi21 1234 5600 0007 85"})
    assert (found, problems) == ({"bank_account": "FI2112345600000785"}, [])


CELLS = [
    ("weekly_hours_before", "37,5", Decimal("37.5"), PARTIAL),
    ("weekly_hours_before", "37", Decimal(37), PARTIAL),
    ("due_date", "13.4.2026", date(2026, 4, 13), PREGNANCY),
    ("due_date", "2026-04-13", date(2026, 4, 13), PREGNANCY),
    ("monthly_pay", "3 000", Decimal("3000.00"), INFECTIOUS),
    ("working_time_percent", "80", 80, FAMILY),
    ("employees", "1 200", 1200, OCCUPATIONAL),
    *(("decision_follows", said, True, INFECTIOUS) for said in ("TRUE", "true", "1", "Kyllä", "ja", "yes", "TOSI")),
    *(("decision_follows", said, False, INFECTIOUS) for said in ("FALSE", "0", "ei", "Nej", "no", "EPÄTOSI")),
]


@pytest.mark.parametrize(("name", "cell", "value", "benefit"), CELLS)
def test_cells_as_spreadsheets_write_them(name, cell, value, benefit):
    assert from_cells(benefit, **{name: cell}) == ({name: value}, [])


@pytest.mark.parametrize("cell", ["2026-03", "2026-3", "3/2026", "03/2026", "3.2026", "1.3.2026", "2026-03-01"])
def test_months_as_spreadsheets_write_them(cell):
    assert from_cells(LEAVE, **{"months.1.month": cell}) == ({"months": ({"month": "2026-03"},)}, [])


WRONG_CELLS = [
    (PARTIAL, "weekly_hours_before", "half", "number_invalid"),
    (PARTIAL, "weekly_hours_before", "-3", "number_invalid"),
    (FAMILY, "working_time_percent", "80 %", "count_invalid"),
    (FAMILY, "working_time_percent", "80,5", "count_invalid"),
    (INFECTIOUS, "monthly_pay", "1,234", "money_invalid"),
    (INFECTIOUS, "monthly_pay", "1E+3", "money_invalid"),
    (INFECTIOUS, "monthly_pay", "NaN", "money_invalid"),
    (INFECTIOUS, "decision_follows", "perhaps", "invalid_type"),
    (PREGNANCY, "due_date", "30.2.2026", "date_invalid"),
    (LEAVE, "months.1.month", "13/2026", "month_invalid"),
    (LEAVE, "months.1.month", "2.3.2026", "month_invalid"),
    (OCCUPATIONAL, "costs.1.class", "1", "invalid_choice"),
    (OCCUPATIONAL, "bank_account", "FI21", "iban_invalid"),
    (OCCUPATIONAL, "weekly_hours_before", "37,5", "unknown_field"),
]


@pytest.mark.parametrize(("benefit", "name", "cell", "code"), WRONG_CELLS)
def test_a_wrong_cell_is_told_at_its_place(benefit, name, cell, code):
    _, problems = from_cells(benefit, **{name: cell})
    assert problems == [(columns.path(f"details.{name}"), code)]


def test_entries_of_a_list_close_up():
    found, problems = from_cells(SPECIAL, **{"hazards.2": "noise", "hazards.12": "own words"})
    assert (found, problems) == ({"hazards": ("noise", "own words")}, [])


def test_columns_have_room_for_thirty_costs():
    known = columns.kinds()
    assert "details.costs.30.amount" in known
    assert "details.costs.31.amount" not in known
    assert "details.months.13.month" not in known
