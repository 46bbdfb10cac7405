"""What is wrong with a claim's values, from JSON and from a file: a clear code at its place, and words for it."""

import copy

import pytest

from employers.benefits import rules
from employers.benefits.law import Law
from employers.benefits.problems import errors
from employers.intake.batch import CSV, decoded, rows
from employers.intake.sentences import SENTENCES
from employers.intake.serializers import Unreadable, read_claim
from tests.intake.files import csv_file
from tests.intake.thirteen import DETAILS, cells, example

pytestmark = pytest.mark.django_db
SICK, INFECTIOUS, PREGNANCY, LEAVE, HEALTH = (
    "sickness_allowance", "infectious_disease_allowance", "pregnancy_allowance", "annual_leave_compensation",
    "occupational_health_reimbursement",
)  # fmt: skip
PAID = "pay_periods.0.amount"
ABSURD = "999999999999.99"

# Benefit, the place in the body, what is written there, the code told at that place.
BOTH = [
    (SICK, PAID, "-1.00", "amount_negative"),
    (SICK, PAID, ABSURD, "amount_invalid"),
    (SICK, PAID, "NaN", "money_invalid"),
    (SICK, PAID, "Infinity", "money_invalid"),
    (SICK, PAID, "1.234", "money_invalid"),
    (SICK, PAID, "1e3", "money_invalid"),
    (SICK, "absence.start", "2018-12-31", "date_out_of_range"),
    (SICK, "absence.end", "2100-01-01", "date_out_of_range"),
    (SICK, "absence.end", "10000-01-01", "date_invalid"),
    (SICK, "absence.end", "2026-02-29", "date_invalid"),
    (INFECTIOUS, "details.monthly_pay", "-1.00", "amount_negative"),
    (INFECTIOUS, "details.monthly_pay", ABSURD, "amount_invalid"),
    (INFECTIOUS, "details.monthly_pay", "NaN", "money_invalid"),
    (INFECTIOUS, "details.monthly_pay", "1.234", "money_invalid"),
    ("donor_allowance", "details.earnings_lost", ABSURD, "amount_invalid"),
    ("donor_allowance", "details.earnings_lost", "-1.00", "amount_negative"),
    (PREGNANCY, "details.due_date", "2018-12-31", "date_out_of_range"),
    (PREGNANCY, "details.due_date", "9999-12-31", "date_out_of_range"),
    (PREGNANCY, "details.due_date", "10000-01-01", "date_invalid"),
    ("parental_allowance", "details.child_born", "9999-12-31", "date_out_of_range"),
    (LEAVE, "details.first_leave_day", "2018-12-31", "date_out_of_range"),
    (LEAVE, "details.months.0.month", "2018-12", "date_out_of_range"),
    (LEAVE, "details.months.0.month", "9999-12", "date_out_of_range"),
    (LEAVE, "details.months.0.month", "10000-01", "month_invalid"),
    (LEAVE, "details.months.0.holiday_pay", "-1.00", "amount_negative"),
    (LEAVE, "details.months.0.holiday_pay", ABSURD, "amount_invalid"),
    (HEALTH, "details.accounting_period.start", "2018-12-31", "date_out_of_range"),
    (HEALTH, "details.accounting_period.end", "9999-12-31", "date_out_of_range"),
    (HEALTH, "details.costs.0.amount", "-1.00", "amount_negative"),
    (HEALTH, "details.costs.0.amount", ABSURD, "amount_invalid"),
    (HEALTH, "details.costs.0.amount", "1e3", "money_invalid"),
    (HEALTH, "details.deductible_income.I", "-1.00", "amount_negative"),
    (HEALTH, "details.employees", 0, "no_employees"),
    (HEALTH, "details.employees", -1, "count_invalid"),
    (HEALTH, "details.bank_account", "FI2112345600000786", "iban_invalid"),
    (SICK, "payment_reference", "1233", "payment_reference_invalid"),
    (SICK, "payment_reference", "RF18539007547035", "payment_reference_invalid"),
    (SICK, "payment_reference", "\u0661\u0662\u0663\u0662", "payment_reference_invalid"),
    (SICK, "benefit", "lottery_prize", "invalid_choice"),
    (SICK, "benefit", "special_care_allowance", "invalid_choice"),
]  # fmt: skip


def put(body, path, value):
    *above, last = (int(part) if part.isdigit() else part for part in path.split("."))
    for part in above:
        body = body[part]
    body[last] = value


def flawed(benefit, path, value):
    said = copy.deepcopy(example(benefit))
    put(said, path, value)
    return said


def wrong_with(body):
    """Errors of the reader, or of the law when everything can be read."""
    try:
        claim = read_claim(body, allow_temporary=True)
    except Unreadable as unreadable:
        return [(problem.field, problem.code) for problem in errors(unreadable.problems)]
    found = rules.check(claim, law=Law.on(rules.law_day(claim)))
    return [(problem.field, problem.code) for problem in errors(found)]


@pytest.mark.parametrize(("benefit", "path", "value", "code"), BOTH)
def test_a_bad_value_has_a_clear_code(benefit, path, value, code):
    said = flawed(benefit, path, value)
    [row] = rows(decoded(csv_file(cells(said))), content_type=CSV)
    for body in (said, row.body):
        assert (path, code) in wrong_with(body)
    assert code in SENTENCES


def periods(count):
    return [{"start": "2026-03-02", "end": "2026-03-02", "amount": "1.00"}] * count


SHAPES = [
    (SICK, {"pay_periods": periods(400)}, ("pay_periods", "too_many_items")),
    (SICK, {"other_days": [{"start": "2026-03-02", "end": "2026-03-02", "kind": "unpaid"}] * 400},
     ("other_days", "too_many_items")),
    (HEALTH, {"details": DETAILS[HEALTH] | {"accounting_period": {"start": "2020-01-01", "end": "2023-04-30"}}},
     ("details.accounting_period", "accounting_period_too_long")),
    (HEALTH, {"details": DETAILS[HEALTH] | {"costs": DETAILS[HEALTH]["costs"] * 101}},
     ("details.costs", "too_many_items")),
    (LEAVE, {"details": DETAILS[LEAVE] | {"months": DETAILS[LEAVE]["months"] * 37}},
     ("details.months", "too_many_items")),
]  # fmt: skip


@pytest.mark.parametrize(("benefit", "changes", "expected"), SHAPES)
def test_too_much_has_a_clear_code(benefit, changes, expected):
    assert expected in wrong_with(example(benefit, **changes))
    assert expected[1] in SENTENCES


def test_an_accounting_period_of_forty_months_is_told_from_a_file_too():
    line = cells(example(HEALTH)) | {"details.accounting_period.end": "30.4.2023"}
    [row] = rows(decoded(csv_file(line)), content_type=CSV)
    assert wrong_with(row.body) == [("details.accounting_period", "accounting_period_too_long")]
